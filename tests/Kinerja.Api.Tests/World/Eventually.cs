namespace Kinerja.Api.Tests;

/// <summary>What another thread or process brings about.</summary>
internal static class Eventually
{
    /// <summary>Asks until something holds.</summary>
    public static async Task Holds(Func<Task<bool>> holds, TimeSpan? patience = null)
    {
        var limit = Environment.TickCount64 + (long)(patience ?? TimeSpan.FromSeconds(60)).TotalMilliseconds;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await holds())
        {
            Assert.True(Environment.TickCount64 < limit, "it does not come to hold");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
