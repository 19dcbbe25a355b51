using System.Collections.Concurrent;

namespace Kinerja.Api.Tests;

/// <summary>The service in a process of its own; the one of the class itself sends nothing.</summary>
public sealed class SilentApi(World world) : Api(world)
{
    protected override IReadOnlyList<(string Name, string Value)> Settings => [("Webhooks:Parallel", "0")];
}

/// <summary>
/// The service is killed again and again while it takes changes and sends them to a receiver that fails half of the time: every
/// event arrives at least once, and a document's in their order. <c>KINERJA_TEST_ALL=1</c> kills twenty times.
/// </summary>
public sealed class KilledTests(SilentApi api) : IClassFixture<SilentApi>
{
    private static readonly bool All = Environment.GetEnvironmentVariable("KINERJA_TEST_ALL") == "1";
    private static readonly int Kills = All ? 20 : 2;
    private static readonly int Writers = All ? 12 : 4;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_arrives_at_least_once_and_a_documents_in_order()
    {
        await using var receiver = await Receiver.Start();
        var dice = new Random(Seeds.Run);
        receiver.Answers = _ =>
        {
            lock (dice)
            {
                return dice.Next(2) == 0 ? 204 : 500;
            }
        };
        (await api.As("00.admin-periode").Post(
            "/v1/satker/53/webhooks", new WebhookWish(receiver.Url, ["id.kinerja.agreement.draft.v1", "id.kinerja.agreement.redraft.v1"]))).Is(201);
        var port = Shell.FreePort();
        var address = new Uri($"http://127.0.0.1:{port}");
        using var over = new CancellationTokenSource();
        var written = new ConcurrentDictionary<string, int>();
        var writing = Enumerable.Range(5301, Writers).Select(number => Task.Run(() => Write($"{number}", address, written, over.Token), Ct)).ToList();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var killed = await Start(address);
            var least = receiver.All.Count + dice.Next(5, 60);
            await Eventually.Holds(() => Task.FromResult(receiver.All.Count >= least));
        }

        await using (await Start(address))
        {
            await over.CancelAsync();
            await Task.WhenAll(writing);
            await api.Seal();
            await Eventually.Holds(async () => await api.Owner.Count("webhook_delivery where state = 'waiting'") == 0
                && await api.Owner.Count("webhook where position < (select max(position) from ledger)") == 0, TimeSpan.FromSeconds(120));
        }

        Assert.Equal(0, await api.Owner.Count("webhook_delivery where state <> 'delivered'"));
        var delivered = receiver.All.Where(message => message.Status == 204).ToList();
        foreach (var (document, version) in written)
        {
            var versions = delivered.Where(message => (string)message.Data["id"]! == document).Select(message => message.Version).ToList();
            Assert.True(versions.SequenceEqual(versions.Order()), $"KINERJA_SEED={Seeds.Run}: {document} is out of order");
            Assert.True(versions.Distinct().SequenceEqual(Enumerable.Range(1, version)), $"KINERJA_SEED={Seeds.Run}: {document} has {string.Join(' ', versions)} of {version}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"KINERJA_SEED={Seeds.Run}: {written.Values.Sum()} events, {receiver.All.Count} tries, {delivered.Count} deliveries, {Kills} kills");
    }

    /// <summary>The program in a process of its own, which tries again at once.</summary>
    private Task<OwnProcess> Start(Uri address) => OwnProcess.Start(api, address,
    [
        ("Webhooks:Parallel", "16"), ("Webhooks:PerTarget", "16"), ("Webhooks:TimeoutSeconds", "2"),
        .. Enumerable.Range(0, 60).Select(wait => ($"Webhooks:RetrySeconds:{wait}", "0")),
    ]);

    /// <summary>Drafts an agreement and changes it again and again, through whatever instance answers; what became of a request that
    /// was cut off is told by the next.</summary>
    private async Task Write(string satker, Uri address, ConcurrentDictionary<string, int> written, CancellationToken over)
    {
        var client = api.At(address, $"{satker}.rendatin");
        var path = $"/v1/satker/{satker}/agreements";
        var key = Requests.Key("draft");
        var document = Doc.Of((await Answered(() => client.Post(path, Given.Agreement("rendatin"), key), 201)).Json);
        for (var target = 0; !over.IsCancellationRequested; target = (target + 1) % 90)
        {
            var version = document.Version;
            var answer = await Answered(() => client.Put(
                document.Path, Given.Agreement("rendatin", 2024, Given.Line(target: new Value.Percent(target + 10))), Requests.IfMatch(version)), 200, 412);
            document = Doc.Of((answer.Status == 200 ? answer : await Answered(() => client.Get(document.Path), 200)).Json);
            written[document.Id] = document.Version;
        }
    }

    /// <summary>Asks until there is an answer of one of these statuses.</summary>
    private static async Task<Answer> Answered(Func<Task<Answer>> ask, params int[] statuses)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await timer.WaitForNextTickAsync(Ct))
        {
            try
            {
                var answer = await ask();
                if (statuses.Contains(answer.Status))
                {
                    return answer;
                }

                Assert.True(answer.Status is 409 or 503, answer.Text);
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException)
            {
                // It was killed; the next instance is asked.
            }
        }

        throw new OperationCanceledException();
    }
}
