namespace Kinerja.Api;

/// <summary>Forgets idempotency keys after the seven days they are promised for.</summary>
internal sealed class KeySweep(Database database, TimeProvider clock, ILogger<KeySweep> log) : BackgroundService
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Loop.Every(
        TimeSpan.FromHours(1), clock, log, "Old keys were not swept",
        ct => Write.ForgetKeys(database, clock.GetUtcNow() - Kept, ct), stoppingToken);
}
