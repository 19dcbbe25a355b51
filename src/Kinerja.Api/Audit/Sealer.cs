namespace Kinerja.Api;

/// <summary>
/// Gives what was committed its place in the ledger, outside of every write: soon after a commit of this process, and
/// every so often for what other processes committed. Several instances may run; one seals at a time.
/// </summary>
internal sealed class Sealer(Database database, TimeProvider clock, IConfiguration configuration, ILogger<Sealer> log) : BackgroundService
{
    /// <summary>How many rows are sealed in one transaction; the next follows at once when there are more.</summary>
    private const int Most = 50_000;

    /// <summary>Commits of one moment are sealed by one pass.</summary>
    private readonly TimeSpan moment = TimeSpan.FromMilliseconds(configuration.GetValue("Trail:MomentMilliseconds", 50));

    /// <summary>After how many moments without a commit of this process it looks for those of others.</summary>
    private readonly int patience = configuration.GetValue("Trail:Patience", 10);

    private readonly Lock advancing = new();
    private TaskCompletionSource advanced = Fresh();
    private long head;
    private int committed = 1;
    private int quiet;

    /// <summary>Something was committed here.</summary>
    public void Committed() => Volatile.Write(ref committed, 1);

    /// <summary>Seals everything committed so far, and says where the ledger ends.</summary>
    public async Task<long> Seal(CancellationToken ct)
    {
        while (await Pass(wait: true, ct) == Most)
        {
        }

        return Interlocked.Read(ref head);
    }

    /// <summary>Waits until the ledger goes beyond a position, and no longer than so long.</summary>
    public async Task Beyond(long position, TimeSpan wait, CancellationToken ct)
    {
        Task next;
        lock (advancing)
        {
            if (head > position)
            {
                return;
            }

            next = advanced.Task;
        }

        try
        {
            await next.WaitAsync(wait, clock, ct);
        }
        catch (TimeoutException)
        {
            // Nothing came: that is an answer too.
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loop.Every(moment, clock, log, "The ledger was not sealed", Look, stoppingToken);

    /// <summary>Seals when something was committed here, or when nothing was for long enough.</summary>
    private async Task Look(CancellationToken ct)
    {
        quiet++;
        if (Interlocked.Exchange(ref committed, 0) == 0 && quiet < patience)
        {
            return;
        }

        quiet = 0;
        while (await Pass(wait: false, ct) == Most)
        {
        }
    }

    private async Task<int> Pass(bool wait, CancellationToken ct)
    {
        var (rows, last) = await database.Ask(Caller.Nobody, Ledger.Seal(Most, wait), async answers =>
            ((await answers.Next(row => row.GetInt32(0)))[0], (await answers.Next(row => row.GetInt64(0)))[0]), ct);
        lock (advancing)
        {
            if (last > head)
            {
                head = last;
                advanced.SetResult();
                advanced = Fresh();
            }
        }

        return rows;
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
