namespace Kinerja.Api;

/// <summary>Writes down each second who read what, and once more at the end.</summary>
internal sealed class SightKeeper(Database database, TimeProvider clock, ILogger<SightKeeper> log) : BackgroundService
{
    private const string Undone = "Who read what was not written down";

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Loop.Try(log, Undone, Keep, CancellationToken.None);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loop.Every(TimeSpan.FromSeconds(1), clock, log, Undone, Keep, stoppingToken);

    // One short statement: what was taken out of memory is not given up in its middle.
    private Task Keep(CancellationToken _) => database.Sights.Flush(database, CancellationToken.None);
}
