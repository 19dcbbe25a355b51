using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Kinerja.Api;

/// <summary>
/// Puts the reference data in: the tree of offices with their units, the policies, the administrator who begins. Runs as the
/// owner of the database, before anybody can act over HTTP. What is there already stays as it is.
/// </summary>
internal static class Loader
{
    private static readonly Caller Installation = new("installation");
    private static readonly DateOnly Since = new(2000, 1, 1);

    /// <summary>Loads the tree and the policies from a folder.</summary>
    public static async Task Load(string owner, string folder, TextWriter log, TimeProvider clock, CancellationToken ct)
    {
        await using var source = Database.ConnectOwner(owner);
        var offices = ReadOffices(folder);
        var there = await There(source, "satker", ct);
        foreach (var office in offices.Where(office => !there.Contains(office.Code)).OrderBy(office => office.Level))
        {
            await Write(source, clock, office.Code, session =>
            {
                Offices.Write(session, office);
                session.Create(DocumentKinds.Office, office.Code, office, null, "load", null);
            }, ct);
        }

        await Write(source, clock, Offices.Ri, Offices.RebuildReach, ct);
        await log.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"offices: {offices.Count}, new: {offices.Count(office => !there.Contains(office.Code))}"));

        var policies = await There(source, "policy", ct);
        foreach (var policy in ReadPolicies(folder))
        {
            if (policies.Contains($"{policy.Year}"))
            {
                continue;
            }

            await Write(source, clock, Offices.Ri,
                session => session.Create(DocumentKinds.Policy, $"{policy.Year}", policy, null, "load", null), ct);
            await log.WriteLineAsync($"policy {policy.Version}");
        }

        await DefineRollups(source, clock, log, ct);
    }

    /// <summary>Roll-ups that were defined before they were kept are kept from now on.</summary>
    private static async Task DefineRollups(NpgsqlDataSource source, TimeProvider clock, TextWriter log, CancellationToken ct)
    {
        await using var query = source.CreateCommand("""
            select body from document d where kind = 'indicator' and body #> '{content,rollup}' is not null
                and not exists (select from rollup_rule rule where rule.year = d.year and rule.indicator = body #>> '{content,code}')
            order by id
            """);
        var waiting = new List<Indicator>();
        await using (var rows = await query.ExecuteReaderAsync(ct))
        {
            while (await rows.ReadAsync(ct))
            {
                waiting.Add(Documents.Read<Indicator>(rows.GetFieldValue<byte[]>(0)).Content);
            }
        }

        foreach (var rolled in waiting)
        {
            await Write(source, clock, Offices.Ri, async session => await KeptRollups.Define(
                session, [(null, rolled)], (await Catalogue.LoadToChange(session, rolled.Year, ct))!, ct), ct);
            await log.WriteLineAsync($"roll-up {Catalogue.Id(rolled.Year, rolled.Code)}");
        }
    }

    /// <summary>Appoints a period administrator of RI, who appoints everybody else over HTTP: the first one, and another
    /// when the last one was ended. Nothing happens while somebody holds the post.</summary>
    public static async Task Appoint(string owner, string subject, TextWriter log, TimeProvider clock, CancellationToken ct)
    {
        await using var source = Database.ConnectOwner(owner);
        var (today, isHeld, wasHeld) = await Administrators(source, clock.GetUtcNow(), ct);
        if (isHeld)
        {
            await log.WriteLineAsync("a period administrator is appointed already");
            return;
        }

        await Write(source, clock, Offices.Ri, session => Offices.WritePosting(session, session.Create(
            DocumentKinds.Posting, Guid.CreateVersion7(session.Now).ToString(),
            new Posting(Post.PeriodAdministrator, subject, Capacity.Definitive, "installation", wasHeld ? today : Since), null, "appoint", null)),
            ct);
        await log.WriteLineAsync($"{Offices.Ri}.{Post.PeriodAdministrator}: {subject}");
    }

    /// <summary>The day at RI, and whether anybody is its period administrator on that day, or ever was.</summary>
    private static async Task<(DateOnly Today, bool IsHeld, bool WasHeld)> Administrators(
        NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct)
    {
        await using var query = source.CreateCommand("""
            select today, coalesce(bool_or(holds(p.valid_from, p.valid_until, today)), false), count(p.id) > 0
            from office o cross join lateral (select ($1 at time zone o.zone)::date as today) day
            left join posting p on p.satker = o.satker and p.post = $3
            where o.satker = $2 group by today
            """);
        query.Parameters.Add(new() { Value = now });
        query.Parameters.Add(new() { Value = Offices.Ri });
        query.Parameters.Add(new() { Value = Post.PeriodAdministrator });
        await using var rows = await query.ExecuteReaderAsync(ct);
        await rows.ReadAsync(ct);
        return (rows.GetFieldValue<DateOnly>(0), rows.GetBoolean(1), rows.GetBoolean(2));
    }

    /// <summary>The offices of a folder's <c>satker.csv</c>, with the units of their level.</summary>
    public static List<Office> ReadOffices(string folder)
    {
        var units = ReadUnits(folder);
        return [.. File.ReadLines(Path.Combine(folder, "satker.csv")).Skip(1).Select(line => Read(line.Split(',', 4), units))];
    }

    /// <summary>The units an office has, by its level.</summary>
    public static Dictionary<string, List<Unit>> ReadUnits(string folder) =>
        JsonSerializer.Deserialize<Dictionary<string, List<Unit>>>(
            File.ReadAllBytes(Path.Combine(folder, "units.json")), Json.Documents)!;

    public static IEnumerable<Policy> ReadPolicies(string folder) =>
        Directory.EnumerateFiles(folder, "policy-*.json").Order(StringComparer.Ordinal)
            .Select(file => JsonSerializer.Deserialize<Policy>(File.ReadAllBytes(file), Json.Documents)!);

    private static Office Read(string[] fields, Dictionary<string, List<Unit>> units)
    {
        var (code, parent, name) = (fields[0], fields[1].Length == 0 ? null : fields[1], fields[3].Trim('"'));
        var level = Enum.Parse<OfficeLevel>(fields[2], ignoreCase: true);
        return new Office(code, name, level, Zone(code), [new ParentFact(code, parent, Since)], units[Words.Of(level)]);
    }

    /// <summary>WIB, WITA or WIT, by the region code's province.</summary>
    private static string Zone(string code) => code switch
    {
        ['8', '1' or '2', ..] or ['9', ..] => "Asia/Jayapura",
        ['5', '1' or '2' or '3', ..] or ['6', '3' or '4' or '5', ..] or ['7', ..] => "Asia/Makassar",
        _ => "Asia/Jakarta",
    };

    private static async Task<HashSet<string>> There(NpgsqlDataSource source, string kind, CancellationToken ct)
    {
        await using var query = source.CreateCommand("select id from document where kind = $1");
        query.Parameters.Add(new() { Value = kind });
        await using var rows = await query.ExecuteReaderAsync(ct);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(ct))
        {
            ids.Add(rows.GetString(0));
        }

        return ids;
    }

    private static Task Write(
        NpgsqlDataSource source, TimeProvider clock, string satker, Action<DocumentSession> work, CancellationToken ct) =>
        Write(source, clock, satker, session =>
        {
            work(session);
            return Task.CompletedTask;
        }, ct);

    private static async Task Write(
        NpgsqlDataSource source, TimeProvider clock, string satker, Func<DocumentSession, Task> work, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var session = new DocumentSession(
            connection, transaction, Installation, new Actor(Installation.Subject, []), satker, clock.GetUtcNow(), "installation",
            new Catalogues());
        await work(session);
        await session.Commit(ct);
    }
}
