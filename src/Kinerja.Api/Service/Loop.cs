namespace Kinerja.Api;

/// <summary>
/// What the service does beside answering. One rule for all of it: whatever fails is logged and tried again with the next pass,
/// and only the end of the service ends a loop. What comes from around it (database, disk, time) is a warning, all else an error.
/// </summary>
internal static class Loop
{
    /// <summary>Does something whenever so much time has passed.</summary>
    /// <param name="wait">How long between two passes.</param>
    /// <param name="clock">Whose time.</param>
    /// <param name="log">Where a failure is told.</param>
    /// <param name="undone">What a failure leaves undone, as a sentence.</param>
    /// <param name="pass">What is done.</param>
    /// <param name="ct">Ends the loop.</param>
    public static async Task Every(
        TimeSpan wait, TimeProvider clock, ILogger log, string undone, Func<CancellationToken, Task> pass, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(wait, clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            await Try(log, undone, pass, ct);
        }
    }

    /// <summary>Does something once, by the same rule.</summary>
    public static async Task Try(ILogger log, string undone, Func<CancellationToken, Task> pass, CancellationToken ct)
    {
        try
        {
            await pass(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The service ends, and with it this pass.
        }
        catch (Exception failed)
        {
            log.Log(failed is Npgsql.NpgsqlException or IOException or TimeoutException or ObjectDisposedException
                ? LogLevel.Warning : LogLevel.Error, failed, "{Undone}; the next pass tries again", undone);
        }
    }
}
