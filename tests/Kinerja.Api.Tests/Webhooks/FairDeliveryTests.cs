namespace Kinerja.Api.Tests;

/// <summary>The service with room for eight deliveries, two of each office, and more patience than a test takes.</summary>
public sealed class FairApi(World world) : Api(world)
{
    protected override IReadOnlyList<(string Name, string Value)> Settings =>
        [("Webhooks:Parallel", "8"), ("Webhooks:PerTarget", "2"), ("Webhooks:TimeoutSeconds", "600")];
}

public sealed class FairDeliveryTests(FairApi api) : IClassFixture<FairApi>
{
    [Fact]
    public async Task An_office_whose_targets_hang_takes_a_quarter_of_the_places_and_the_others_go_on()
    {
        await using var silent = new BareReceiver((_, over) => Task.Delay(Timeout.Infinite, over));
        await using var receiver = await Receiver.Start();
        for (var number = 0; number < 10; number++)
        {
            var (hanging, _) = await api.Subscribed("5301", silent.Url, Subscriptions.Nothing);
            await api.Tested(hanging);
            await api.Tested(hanging);
        }

        var (other, _) = await api.Subscribed("5302", receiver.Url, Subscriptions.Nothing);
        for (var number = 0; number < 10; number++)
        {
            await api.Tested(other);
            await receiver.Next();
            await Eventually.Holds(async () => (await api.Attempts(other)).Count == number + 1);
        }

        Assert.All(await api.Ends(other), end => Assert.Equal("204 delivered", end));
        Assert.Equal(2, silent.Taken);
    }

    [Fact]
    public async Task So_many_tests_of_a_subscription_wait_and_no_more()
    {
        await using var silent = new BareReceiver((_, over) => Task.Delay(Timeout.Infinite, over));
        var (hanging, _) = await api.Subscribed("5303", silent.Url, Subscriptions.Nothing);
        for (var number = 0; number < 5; number++)
        {
            await api.Tested(hanging);
        }

        (await api.As("00.admin-periode").Post($"{hanging.Path}/test", "")).Refuses(409, "too-many-tests");
    }
}
