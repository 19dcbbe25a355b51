namespace Kinerja.Api;

/// <summary>
/// Tells the trail when a report becomes due and when it becomes late: an entry each, once, however many instances run. Time passes
/// without a request, so it is looked at every hour (<c>Due:Minutes</c>), and dated by when it was seen.
/// </summary>
internal sealed class DueTeller(Database database, TimeProvider clock, IConfiguration configuration, ILogger<DueTeller> log) : BackgroundService
{
    /// <summary>Tells everything that has turned by now; how much was new.</summary>
    public async Task<int> Tell(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var turned = from thing in await database.Ask(Caller.Nobody, DueThings.Untold(now), DueThings.ReadUntold, ct)
                     let due = thing.Due
                     where due is { IsLocked: false }
                     select (thing, due.State);
        return turned.ToList() is { Count: > 0 } turns
            ? (await database.Query(Caller.Nobody, DueThings.Tell(turns, now), row => row.GetInt32(0), ct))[0]
            : 0;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Loop.Every(
        TimeSpan.FromMinutes(configuration.GetValue("Due:Minutes", 60)), clock, log, "It was not told what has become due", Tell,
        stoppingToken);
}
