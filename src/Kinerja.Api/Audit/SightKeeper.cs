namespace Kinerja.Api;

/// <summary>Writes down each second who read what, and once more at the end.</summary>
internal sealed class SightKeeper(Database database, TimeProvider clock, ILogger<SightKeeper> log) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Keep();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Keep();
        }
    }

    // One short statement: what was taken out of memory is not given up in its middle.
    private async Task Keep()
    {
        try
        {
            await database.Sights.Flush(database, CancellationToken.None);
        }
        catch (Exception away) when (away is Npgsql.NpgsqlException or ObjectDisposedException)
        {
            log.LogWarning(away, "Who read what was not written down; it is tried again");
        }
    }
}
