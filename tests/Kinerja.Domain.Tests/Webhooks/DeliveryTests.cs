namespace Kinerja.Domain.Tests;

public sealed class DeliveryTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(200, DeliveryState.Delivered, false)]
    [InlineData(204, DeliveryState.Delivered, false)]
    [InlineData(299, DeliveryState.Delivered, false)]
    [InlineData(100, DeliveryState.Waiting, false)]
    [InlineData(301, DeliveryState.Waiting, false)]
    [InlineData(404, DeliveryState.Waiting, false)]
    [InlineData(500, DeliveryState.Waiting, false)]
    [InlineData(null, DeliveryState.Waiting, false)]
    [InlineData(410, DeliveryState.GivenUp, true)]
    public void Only_2xx_delivers_and_only_410_ends(int? status, DeliveryState state, bool isGone)
    {
        var after = Delivering.Decide(1, new Tried(status), Now, Delivering.Waits, 0);

        Assert.Equal((state, isGone), (after.State, after.IsGone));
    }

    [Fact]
    public void Ten_tries_take_three_days_and_the_waits_grow_by_a_fifth_at_most()
    {
        var (least, most) = (Now, Now);
        for (var attempt = 1; attempt < 10; attempt++)
        {
            least = Delivering.Decide(attempt, new Tried(500), least, Delivering.Waits, 0).NextAt!.Value;
            most = Delivering.Decide(attempt, new Tried(500), most, Delivering.Waits, 1000).NextAt!.Value;
        }

        Assert.Equal(new TimeSpan(75, 35, 5), least - Now);
        Assert.Equal((least - Now) * 1.2, most - Now);
        Assert.Equal(new AfterTry(DeliveryState.GivenUp, null), Delivering.Decide(10, new Tried(500), Now, Delivering.Waits, 0));
    }

    [Theory]
    [InlineData(429, 60, 60)]
    [InlineData(503, 60, 60)]
    [InlineData(503, 1, 5)]
    [InlineData(500, 60, 5)]
    [InlineData(429, 1_000_000, 86_400)]
    public void A_busy_target_is_left_alone_as_long_as_it_asks_but_no_longer_than_a_day(int status, int asked, int waited) =>
        Assert.Equal(Now.AddSeconds(waited), Delivering.Decide(
            1, new Tried(status, RetryAfter: TimeSpan.FromSeconds(asked)), Now, Delivering.Waits, 0).NextAt);

    [Fact]
    public void Patience_ends_on_its_day()
    {
        Assert.False(Delivering.IsPaused(null, Now, TimeSpan.FromDays(5)));
        Assert.False(Delivering.IsPaused(Now.AddDays(-5).AddTicks(1), Now, TimeSpan.FromDays(5)));
        Assert.True(Delivering.IsPaused(Now.AddDays(-5), Now, TimeSpan.FromDays(5)));
    }
}
