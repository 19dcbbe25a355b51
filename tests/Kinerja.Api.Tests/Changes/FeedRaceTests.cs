using System.Collections.Concurrent;
using Npgsql;

namespace Kinerja.Api.Tests;

/// <summary>
/// Many writers at once, whose transactions are of any length and end either way, and readers that are cut off and come again:
/// every change that was committed is told once, to everybody in the same order, and a document's in the order of its versions.
/// <c>KINERJA_TEST_ALL=1</c> has 64 writers and 100,000 changes.
/// </summary>
public sealed class FeedRaceTests(Api api) : IClassFixture<Api>
{
    private const int Documents = 300;
    private const int Readers = 6;
    private static readonly bool All = Environment.GetEnvironmentVariable("KINERJA_TEST_ALL") == "1";
    private static readonly int Writers = All ? 64 : 16;
    private static readonly int Wanted = All ? 100_000 : 3_000;
    private readonly ConcurrentBag<(string Document, int Version)> committed = [];
    private int changes;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_missed_told_twice_or_out_of_order()
    {
        await api.Owner.Execute($"""
            insert into document (kind, satker, id, version, state, content_hash, created_at, recorded_at, body)
            select 'race', (array['5305', '53', '5371', '5201', '00'])[1 + i % 5], 'd' || lpad(i::text, 3, '0'), 0, 'x', 'x', now(), now(), '{"{}"}'
            from generate_series(0, {Documents - 1}) i
            """);
        await api.Seal();
        var start = (await new Feed(api.As("00.inspektur")).FromNow()).Next;
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(api.OwnerConnection) { MaxPoolSize = Writers, MaxAutoPrepare = 10 }.ConnectionString);
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => Write(source, new Random(Seeds.Run + writer)), Ct)));
        var reading = Enumerable.Range(0, Readers).Select(reader => Task.Run(() => Read(start!, writing, new Random(Seeds.Run - 1 - reader)), Ct)).ToList();
        await writing;
        var told = await Task.WhenAll(reading);

        var expected = committed.Select(change => $"{change.Document} {change.Version}").Order(StringComparer.Ordinal).ToList();
        Assert.True(expected.Count >= Wanted, $"KINERJA_SEED={Seeds.Run}");
        Assert.All(told, reader => Assert.True(reader.SequenceEqual(told[0]), $"KINERJA_SEED={Seeds.Run}: two readers were told otherwise"));
        Assert.True(expected.SequenceEqual(told[0].Order(StringComparer.Ordinal)), $"KINERJA_SEED={Seeds.Run}: {told[0].Count} were told of {expected.Count}");
        foreach (var document in told[0].GroupBy(change => change[..4]))
        {
            Assert.True(document.Select(change => int.Parse(change[5..], null)).SequenceEqual(Enumerable.Range(1, document.Count())),
                $"KINERJA_SEED={Seeds.Run}: {document.Key} is not in order");
        }

        Assert.Equal(["True"], await api.Owner.Rows("select max(position) = count(*) from ledger"));
        Assert.Equal(["True"], await api.Owner.Rows(
            "select bool_and(dense) from (select max(number) = count(*) as dense from ledger group by satker) chain"));
        await using var connection = await api.Owner.OpenConnectionAsync(Ct);
        Assert.Empty((await TrailVerification.Check(connection, [], entriesOnly: true, Ct)).Broken);
        TestContext.Current.TestOutputHelper?.WriteLine($"KINERJA_SEED={Seeds.Run}: {expected.Count} changes, {told.Length} readers");
    }

    /// <summary>Three transactions take their numbers in the order 1, 2, 3; the third changes the document first, the first after
    /// it, and the second stays open: by the numbers below the oldest open one, the later change would pass the earlier.</summary>
    [Fact]
    public async Task An_open_transaction_holds_nothing_up_and_lets_nobody_pass()
    {
        await using var source = NpgsqlDataSource.Create(api.OwnerConnection);
        await using var first = await Begin(source);
        await using var open = await Begin(source);
        await using var third = await Begin(source);

        await Change(third, "urut", 1);
        await Change(first, "urut", 2);
        await api.Seal();
        Assert.Equal(["urut|1", "urut|2"], await Sealed());

        await Change(open, "lama", 1);
        await api.Seal();
        Assert.Equal(["urut|1", "urut|2", "lama|1"], await Sealed());
    }

    private Task<List<string>> Sealed() => api.Owner.Rows("select id, version from ledger where kind = 'sela' order by position");

    private static async Task<NpgsqlConnection> Begin(NpgsqlDataSource source)
    {
        var connection = await source.OpenConnectionAsync(Ct);
        await using var command = new NpgsqlCommand("begin; select pg_current_xact_id()", connection);
        await command.ExecuteNonQueryAsync(Ct);
        return connection;
    }

    private static async Task Change(NpgsqlConnection connection, string id, int version)
    {
        await using var command = new NpgsqlCommand($"""
            insert into journal (satker, kind, id, version, act, subject, after_hash, at, request_id)
                values ('5305', 'sela', '{id}', {version}, 'change', 'x', 'x', now(), 'x');
            commit
            """, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>Transactions of one to six documents, in the order of their names so that none waits in a circle; a fifth is undone.</summary>
    private async Task Write(NpgsqlDataSource source, Random dice)
    {
        await using var connection = await source.OpenConnectionAsync(Ct);
        while (Volatile.Read(ref changes) < Wanted)
        {
            await using var transaction = await connection.BeginTransactionAsync(Ct);
            if (dice.Next(3) == 0)
            {
                // Its number may be older than that of whom it waits for.
                await using var early = new NpgsqlCommand("select pg_current_xact_id()", connection);
                await early.ExecuteScalarAsync(Ct);
            }

            var mine = new List<(string, int)>();
            foreach (var document in Enumerable.Range(0, dice.Next(1, 7)).Select(_ => $"d{dice.Next(Documents):000}").Distinct()
                .Order(StringComparer.Ordinal))
            {
                await using var change = new NpgsqlCommand("""
                    with changed as (update document set version = version + 1 where kind = 'race' and id = $1 returning satker, id, version)
                    insert into journal (satker, kind, id, version, act, subject, post, after_hash, at, request_id)
                    select satker, 'race', id, version, 'change', 'x', satker || '.ketua', 'x', now(), 'x' from changed returning version
                    """, connection);
                change.Parameters.Add(new() { Value = document });
                mine.Add((document, (int)(await change.ExecuteScalarAsync(Ct))!));
            }

            if (dice.Next(5) == 0)
            {
                await transaction.RollbackAsync(Ct);
                continue;
            }

            await transaction.CommitAsync(Ct);
            Interlocked.Add(ref changes, mine.Count);
            mine.ForEach(committed.Add);
        }
    }

    /// <summary>Reads on from what it last had whole; now and then it is cut off in the middle of an answer.</summary>
    private async Task<List<string>> Read(string next, Task writing, Random dice)
    {
        var told = new List<string>();
        var client = api.As("00.inspektur");
        while (true)
        {
            var isOver = writing.IsCompleted;
            if (isOver)
            {
                await api.Seal();
            }

            var path = $"/v1/changes?after={next}&limit={dice.Next(1, 501)}&wait={(isOver ? 0 : 1)}";
            if (dice.Next(6) == 0)
            {
                using var cut = new CancellationTokenSource();
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
                var asked = client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cut.Token);
                await cut.CancelAsync();
                await asked.ContinueWith(answer => answer.IsCompletedSuccessfully ? answer.Result.Content.ReadAsStringAsync(cut.Token) : null,
                    TaskScheduler.Default);
                continue;
            }

            var answer = (await client.Get(path)).Is(200).Json;
            told.AddRange(answer["items"]!.AsArray().Where(change => (string)change!["data"]!["kind"]! == "race")
                .Select(change => $"{change!["data"]!["id"]} {change["data"]!["version"]}"));
            var before = next;
            next = (string)answer["next"]!;
            if (isOver && before == next)
            {
                return told;
            }
        }
    }
}
