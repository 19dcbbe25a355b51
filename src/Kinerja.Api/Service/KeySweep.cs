namespace Kinerja.Api;

/// <summary>Forgets idempotency keys after the seven days they are promised for.</summary>
internal sealed class KeySweep(Database database, TimeProvider clock, ILogger<KeySweep> log) : BackgroundService
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await database.Query(Caller.Nobody, new Sql("select forget_keys($1)", clock.GetUtcNow() - Kept), _ => 0, stoppingToken);
            }
            catch (Npgsql.NpgsqlException away)
            {
                log.LogWarning(away, "Old keys were not swept; the next hour tries again");
            }
        }
    }
}
