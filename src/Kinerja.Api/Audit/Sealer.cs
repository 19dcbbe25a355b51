namespace Kinerja.Api;

/// <summary>
/// Gives what was committed its place in the ledger, outside of every write: soon after a commit of this process, and
/// every so often for what other processes committed. Several instances may run; one seals at a time.
/// </summary>
internal sealed class Sealer : BackgroundService
{
    /// <summary>So many rows in one transaction; more wait for the next, at once.</summary>
    private const int Most = 50_000;

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private readonly Database database;
    private readonly ILogger<Sealer> log;
    private readonly TimeSpan poll;
    private readonly TimeSpan gather;
    private readonly SemaphoreSlim committed = new(0, 1);
    private readonly Lock advancing = new();
    private TaskCompletionSource advanced = Fresh();
    private long head;

    public Sealer(Database database, IConfiguration configuration, ILogger<Sealer> log)
    {
        (this.database, this.log) = (database, log);
        poll = TimeSpan.FromMilliseconds(configuration.GetValue("Trail:PollMilliseconds", 500));
        gather = TimeSpan.FromMilliseconds(configuration.GetValue("Trail:GatherMilliseconds", 50));
    }

    /// <summary>Something was committed here.</summary>
    public void Committed()
    {
        try
        {
            committed.Release();
        }
        catch (SemaphoreFullException)
        {
            // The one before was not heard yet: the next pass sees both.
        }
    }

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

        await Task.WhenAny(next, Task.Delay(wait, ct));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await Pass(wait: false, stoppingToken) == Most)
                {
                }

                if (await committed.WaitAsync(poll, stoppingToken))
                {
                    await Task.Delay(gather, stoppingToken); // One pass for all commits of a moment.
                }
            }
            catch (Npgsql.NpgsqlException away)
            {
                log.LogWarning(away, "The ledger was not sealed; it is tried again");
                await Task.Delay(AfterFailure, stoppingToken);
            }
        }
    }

    public override void Dispose()
    {
        committed.Dispose();
        base.Dispose();
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
