using System.Text;

namespace Kinerja.Api.Tests;

/// <summary>The service with room for two deliveries, one of each subscription, and more patience than a test takes.</summary>
public sealed class PatientApi(World world) : Api(world)
{
    protected override IReadOnlyList<(string Name, string Value)> Settings =>
        [("Webhooks:Parallel", "2"), ("Webhooks:PerTarget", "1"), ("Webhooks:TimeoutSeconds", "600")];
}

/// <summary>The service whose tries take a second and no longer.</summary>
public sealed class HastyApi(World world) : Api(world)
{
    protected override IReadOnlyList<(string Name, string Value)> Settings => [("Webhooks:TimeoutSeconds", "1")];
}

public sealed class SilentTargetTests(PatientApi api) : IClassFixture<PatientApi>
{
    [Fact]
    public async Task A_target_that_never_answers_holds_up_nobody_else()
    {
        await using var silent = new BareReceiver((_, over) => Task.Delay(Timeout.Infinite, over));
        await using var receiver = await Receiver.Start();
        var (hanging, _) = await api.Subscribed("5301", silent.Url, Subscriptions.Nothing);
        var (other, _) = await api.Subscribed("5302", receiver.Url, Subscriptions.Nothing);
        await api.Tested(hanging);
        await api.Tested(hanging);
        await Eventually.Holds(() => Task.FromResult(silent.Taken == 1));
        for (var number = 0; number < 5; number++)
        {
            await api.Tested(other);
        }

        await receiver.Next(5);
        await Eventually.Holds(async () => (await api.Attempts(other)).Count == 5);
        Assert.All(await api.Ends(other), end => Assert.Equal("204 delivered", end));
        Assert.Equal(1, silent.Taken); // The second waits for the first; neither is over.
        Assert.Empty(await api.Attempts(hanging));
    }
}

public sealed class EndlessTargetTests(HastyApi api) : IClassFixture<HastyApi>
{
    [Theory]
    [InlineData("5301", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "4\r\ntiga\r\n", false, "200 delivered")]
    [InlineData("5302", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "4\r\ntiga\r\n", true, "200 delivered")]
    [InlineData("5303", "HTTP/1.1 200 OK\r\nX-Tiga: ", "tiga", true, "target-timeout waiting")]
    [InlineData("5304", "HTTP/1.1 200 OK\r\n", "X-Tiga: tiga\r\n", false, "target-no-answer waiting")]
    [InlineData("5305", "", "tiga", true, "target-timeout waiting")]
    public async Task An_answer_without_end_is_cut_off(string satker, string start, string more, bool isSlow, string end)
    {
        await using var receiver = new BareReceiver(async (stream, over) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(start), over);
            using var drip = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!isSlow || await drip.WaitForNextTickAsync(over))
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(more), over);
            }
        });
        var (webhook, _) = await api.Subscribed(satker, receiver.Url, Subscriptions.Nothing);
        await api.Tested(webhook);
        await Eventually.Holds(async () => (await api.Attempts(webhook)).Count > 0);

        Assert.Equal(end, (await api.Ends(webhook)).Last());
        await receiver.Cut.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }
}
