namespace Kinerja.Api;

/// <summary>
/// Sends what is due. Several instances may run: each takes deliveries for the time that a try can last, and what one leaves behind
/// is taken by another afterwards, so that every event arrives at least once.
/// </summary>
internal sealed class Dispatcher(
    Database database, Sealer sealer, WebhookTargets targets, SigningKeys keys, WebhookSettings settings, TimeProvider clock,
    ILogger<Dispatcher> log) : BackgroundService
{
    /// <summary>So often it looks for what other instances committed, and for what is to be tried again.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sending = new List<Task>();
        var quiet = Task.CompletedTask;
        while (!stoppingToken.IsCancellationRequested)
        {
            sending.RemoveAll(one => one.IsCompleted);
            var (head, more) = (long.MaxValue, false);
            await Loop.Try(log, "Deliveries were not taken", async ct =>
            {
                (var due, head, var isBehind) = await Webhooks.Claim(
                    database, clock.GetUtcNow(), settings.Lease, settings.Parallel - sending.Count, settings.PerTarget, settings.PerOffice, ct);
                sending.AddRange(due.Select(Send));
                more = isBehind || (due.Count > 0 && sending.Count < settings.Parallel);
            }, stoppingToken);
            if (!more)
            {
                // One wait at a time: it ends when the ledger grows, or after a moment.
                quiet = quiet.IsCompleted ? sealer.Beyond(head, Moment, stoppingToken) : quiet;
                await Task.WhenAny([.. sending, quiet]);
            }
        }

        await Task.WhenAll(sending); // Each ends with its own time limit.
    }

    private async Task Send(DueDelivery due)
    {
        try
        {
            var start = clock.GetTimestamp();
            var tried = await Try(due);
            var now = clock.GetUtcNow();
            var after = Delivering.Decide(due.Attempt, tried, now, settings.Waits, Random.Shared.Next(1001));
            var failingSince = await Webhooks.Settle(database, due, tried, after, now, clock.GetElapsedTime(start), CancellationToken.None);
            if (after.IsGone || Delivering.IsPaused(failingSince, now, settings.Patience))
            {
                await Webhooks.Stop(
                    database, due.Satker, due.Webhook, after.IsGone ? StopReason.Gone : StopReason.Failing, now, CancellationToken.None);
                sealer.Committed();
            }
        }
        catch (Exception away) when (away is Npgsql.NpgsqlException or TimeoutException)
        {
            log.LogWarning(away, "How a delivery went was not written down; it is sent again");
        }
        catch (Exception broken)
        {
            log.LogError(broken, "How {Message} went was not written down; it is sent again when its lease ends", due.MessageId);
        }
    }

    /// <summary>Makes the message and sends it. One that cannot be made has failed like one that was not answered.</summary>
    private async Task<Tried> Try(DueDelivery due)
    {
        try
        {
            var body = due.Body ?? Json.Bytes(CloudEvent.Of(
                due.Change ?? throw new InvalidOperationException($"{due.MessageId} has neither a body nor an entry.")));
            return await targets.Post(
                due.Url, body, WebhookSecret.Headers(due.MessageId, clock.GetUtcNow(), body, due.Secrets, keys));
        }
        catch (Exception broken)
        {
            log.LogError(broken, "{Message} cannot be sent", due.MessageId);
            return new Tried(null, "delivery-not-made");
        }
    }
}

/// <summary>Forgets deliveries and attempts that are over.</summary>
internal sealed class DeliverySweep(Database database, WebhookSettings settings, TimeProvider clock, ILogger<DeliverySweep> log)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Loop.Every(
        TimeSpan.FromHours(1), clock, log, "Old deliveries were not swept",
        ct => Webhooks.Forget(database, clock.GetUtcNow() - settings.Kept, ct), stoppingToken);
}
