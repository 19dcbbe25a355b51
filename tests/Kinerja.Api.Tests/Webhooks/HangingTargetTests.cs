using System.Text;
using Npgsql;

namespace Kinerja.Api.Tests;

/// <summary>The service with room for two deliveries, one of each subscription, and more patience than a test takes.</summary>
public sealed class PatientApi(World world) : Api(world)
{
    protected override IReadOnlyList<(string Name, string Value)> Settings =>
        [("Webhooks:Parallel", "2"), ("Webhooks:PerTarget", "1"), ("Webhooks:TimeoutSeconds", "600")];
}

/// <summary>The service with room for eight deliveries, two of each office, and more patience than a test takes.</summary>
public sealed class SharedApi(World world) : Api(world)
{
    protected override IReadOnlyList<(string Name, string Value)> Settings =>
        [("Webhooks:Parallel", "8"), ("Webhooks:TimeoutSeconds", "600")];
}

public sealed class SharedSenderTests(SharedApi api) : IClassFixture<SharedApi>
{
    [Fact]
    public async Task An_office_whose_targets_all_hang_holds_up_no_other_office()
    {
        await using var silent = new BareReceiver((_, over) => Task.Delay(Timeout.Infinite, over));
        await using var receiver = await Receiver.Start();
        for (var number = 0; number < 3; number++)
        {
            var (hanging, _) = await api.Subscribed("5301", silent.Url, Subscriptions.Nothing);
            for (var test = 0; test < 4; test++)
            {
                await api.Tested(hanging);
            }
        }

        await Eventually.Holds(() => Task.FromResult(silent.Taken >= 2));
        var (other, _) = await api.Subscribed("5302", receiver.Url, Subscriptions.Nothing);
        for (var test = 0; test < 5; test++)
        {
            await api.Tested(other);
        }

        await receiver.Next(5);
        Assert.Equal(2, silent.Taken);
    }

    [Fact]
    public async Task Tests_do_not_pile_up()
    {
        await using var silent = new BareReceiver((_, over) => Task.Delay(Timeout.Infinite, over));
        var (hanging, _) = await api.Subscribed("5303", silent.Url, Subscriptions.Nothing);
        for (var test = 0; test < 10; test++)
        {
            await api.Tested(hanging);
        }

        (await api.As("00.admin-periode").Post($"{hanging.Path}/test", "")).Refuses(409, "tests-waiting");
    }

    [Fact]
    public async Task Very_many_subscriptions_get_their_deliveries_in_several_transactions()
    {
        await api.Seal();
        await using var connection = await api.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var many = new NpgsqlCommand("""
            insert into webhook (satker, id, url, types, state, position)
            select '5305', 'w' || n, 'https://x.example', '{id.kinerja.webhook.test.v1}', 'active', 0 from generate_series(1, 450) n
            """, connection, transaction);
        await many.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        foreach (var (isBehind, done) in new[] { (true, 200), (true, 400), (false, 450) })
        {
            await using var turn = new NpgsqlCommand("select fan_out(now(), 1000000)", connection, transaction);
            Assert.Equal(isBehind, await turn.ExecuteScalarAsync(TestContext.Current.CancellationToken));
            await using var count = new NpgsqlCommand("select count(*)::int from webhook where satker = '5305' and position > 0", connection, transaction);
            Assert.Equal(done, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }
    }
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
