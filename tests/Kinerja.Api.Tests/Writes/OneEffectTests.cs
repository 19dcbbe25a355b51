namespace Kinerja.Api.Tests;

/// <summary>One effect for each key, whatever becomes of the requests: sent eight times at once, cut off before or after the commit,
/// or while the issuer is slow. <c>KINERJA_TEST_ALL=1</c> takes ten thousand keys.</summary>
public sealed class OneEffectTests(Api api) : IClassFixture<Api>
{
    private static readonly bool All = Environment.GetEnvironmentVariable("KINERJA_TEST_ALL") == "1";
    private static readonly int Keys = All ? 10_000 : 200;
    private static readonly int CutKeys = All ? 1_000 : 60;
    private static readonly string[] Offices = [.. Enumerable.Range(5301, 21).Select(number => $"{number}")];

    private static ParallelOptions Many => new() { MaxDegreeOfParallelism = 16, CancellationToken = TestContext.Current.CancellationToken };

    [Fact]
    public async Task Duplicates_at_once_have_one_effect_and_one_answer()
    {
        var replayed = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, Keys), Many, async (number, _) =>
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, new Random(Seeds.Run + number).Next(1, 9)).Select(_ => Register("ganda", number)));
            Assert.All(answers, answer => Assert.Equal(answers[0].Body, answer.Body));
            Assert.Single(answers, answer => answer.Header("Idempotency-Replayed") is null);
            Interlocked.Add(ref replayed, answers.Length - 1);
        });

        await HaveOneEffectEach("ganda", Keys);
        Assert.True(replayed > Keys, $"KINERJA_SEED={Seeds.Run}: {replayed} were replayed");
    }

    [Fact]
    public async Task What_was_cut_off_before_or_after_its_commit_has_one_effect_when_it_is_sent_until_it_is_answered()
    {
        await using var network = new Cutter(api.Address, Seeds.Run);
        await Parallel.ForEachAsync(Enumerable.Range(0, CutKeys), Many, async (number, _) =>
        {
            using var sockets = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero };
            using var through = await api.Through(sockets, network.Address, Preparer(number));
            for (Answer? answer = null; answer is null;)
            {
                try
                {
                    answer = await Register("putus", number, through);
                }
                catch (HttpRequestException)
                {
                    // Whether it was done is not known: the same key again.
                }
            }
        });

        await HaveOneEffectEach("putus", CutKeys);
        Assert.True(network.Cuts > CutKeys / 2, $"KINERJA_SEED={Seeds.Run}: {network.Cuts} cuts");
    }

    [Fact]
    public async Task While_the_issuer_is_slow_nothing_is_done_and_afterwards_once()
    {
        await using var issuer = await StubIssuer.Start();
        var address = api.With(issuer, TimeProvider.System);
        var draft = await api.Given.DraftedAgreement();
        var hand = Given.WayOfAgreement(draft.Satker, Given.Unit(draft))[0];
        async Task<Answer> Sign() => await api.Bearing(address, hand.Post).Post(
            draft.SignOffs, Given.ActBody(draft, hand), Requests.IfMatch(1), Requests.Key("lambat"));

        issuer.Ill = (200, null);
        Assert.All(await Task.WhenAll(Sign(), Sign(), Sign()), answer => answer.Refuses(503, "unavailable"));
        Assert.Equal(1, await api.Owner.Count($"journal where id = '{draft.Id}'"));
        issuer.Ill = null;
        var answers = new List<Answer>();
        while (answers.Count < 4)
        {
            answers.AddRange((await Task.WhenAll(Sign(), Sign(), Sign(), Sign())).Where(answer => answer.Status != 409));
        }

        Assert.All(answers, answer => Assert.Equal(answers[0].Is(200).Body, answer.Body));
        Assert.Equal(2, await api.Owner.Count($"journal where id = '{draft.Id}'"));
    }

    private static string Preparer(int number) => $"{Offices[number % Offices.Length]}.rendatin";

    /// <summary>Registers a grant of its own name; asks again while a twin is at it.</summary>
    private async Task<Answer> Register(string name, int number, HttpClient? through = null)
    {
        var (satker, client) = (Offices[number % Offices.Length], through ?? api.As(Preparer(number)));
        while (true)
        {
            var answer = await client.Post($"/v1/satker/{satker}/grants", Money.Grant($"{name}-{number}"), Requests.Key($"{name}-{number}"));
            if (answer.Status != 409)
            {
                return answer.Is(201);
            }

            answer.Refuses(409, "key-in-flight");
        }
    }

    private async Task HaveOneEffectEach(string name, int keys)
    {
        await api.Seal();
        foreach (var table in new[]
        {
            $"document where kind = 'grant' and slot like '{name}-%'",
            $"document_version where kind = 'grant' and body #>> '{{content,nphd}}' like '{name}-%'",
            $"journal j join document d using (kind, satker, id) where d.kind = 'grant' and d.slot like '{name}-%'",
            $"ledger l join document d using (kind, satker, id) where d.kind = 'grant' and d.slot like '{name}-%'",
            $"idempotency where key like '{name}-%'",
        })
        {
            Assert.True(await api.Owner.Count(table) == keys, $"KINERJA_SEED={Seeds.Run}: {table}: {await api.Owner.Count(table)} of {keys}");
        }
    }
}
