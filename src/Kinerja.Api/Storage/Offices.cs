namespace Kinerja.Api;

/// <summary>Read models of the tree of offices and of the posts register.</summary>
internal static class Offices
{
    public const string Ri = "00";

    /// <summary>Npgsql writes the last day there is as <c>infinity</c>.</summary>
    private static readonly DateOnly Forever = DateOnly.MaxValue;

    public static readonly Table Table = new("office",
        "satker text, level text, name text, dipa_code text, zone text");

    public static readonly Table UnitTable = new("unit",
        "satker text, code text, parent text, level text, name text, functions text[], sort int");

    public static readonly Table ParentTable = new("office_parent",
        "satker text, parent text, valid_from date, valid_until date");

    public static readonly Table PostingTable = new("posting",
        "satker text, id text, post text, subject text, capacity text, decree text, valid_from date, valid_until date");

    /// <summary>Writes the rows of an office from its document.</summary>
    public static void Write(DocumentSession session, Office office)
    {
        session.Also(Of(office).Insert("on conflict (satker) do nothing"));
        foreach (var row in UnitsOf(office))
        {
            session.Also(row.Insert());
        }

        WriteParents(session, office);
    }

    /// <summary>Writes under which offices an office stood.</summary>
    public static void WriteParents(DocumentSession session, Office office)
    {
        foreach (var row in ParentsOf(office))
        {
            session.Also(row.Insert("on conflict (satker, valid_from) do update set valid_until = excluded.valid_until"));
        }
    }

    /// <summary>Writes who holds a post.</summary>
    public static void WritePosting(DocumentSession session, Document<Posting> posting) => session.Also(Of(posting).Insert(
        "on conflict (satker, id) do update set valid_until = excluded.valid_until"));

    public static Row Of(Office office) =>
        new(Table, office.Code, Words.Of(office.Level), office.Name, office.DipaCode, office.Zone);

    public static IEnumerable<Row> UnitsOf(Office office) => office.Units.Select((unit, sort) => new Row(UnitTable,
        office.Code, unit.Code, unit.Parent, Words.Of(unit.Level), unit.Name, unit.Functions.ToArray(), sort));

    public static IEnumerable<Row> ParentsOf(Office office) => office.Parents.Select(fact => new Row(ParentTable,
        office.Code, fact.Parent, fact.From, fact.Until ?? Forever));

    public static Row Of(Document<Posting> posting) => new(PostingTable,
        posting.Satker, posting.Id, posting.Content.Post, posting.Content.Subject, Words.Of(posting.Content.Capacity),
        posting.Content.Decree, posting.Content.From, posting.Content.Until ?? Forever);

    /// <summary>The name of an office whose documents of a year the caller may read; none otherwise.</summary>
    public static Sql NameIfVisible(string satker, int year) =>
        new("select name from office where satker = $1 and sees(satker, $2)", satker, year);

    /// <summary>Of some years, those of which the caller may read an office's documents.</summary>
    public static Sql ReadableYears(string satker, IEnumerable<int> years) =>
        new("select year from unnest($2::int[]) year where sees($1, year) order by year", satker, years.ToArray());

    public static string Name(Npgsql.NpgsqlDataReader row) => row.GetString(0);

    /// <summary>Whether the caller may read the documents of an office now, or those of a year.</summary>
    public static async Task<bool> IsVisible(Database database, Caller caller, string satker, int? year, CancellationToken ct) =>
        (await database.Query(caller, new Sql("select sees($1, $2)", satker,
            new Npgsql.NpgsqlParameter<int?> { TypedValue = year, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer }), row => row.GetBoolean(0), ct))[0];

    /// <summary>Everything that depends on the tree, anew.</summary>
    public static void RebuildReach(DocumentSession session) => session.Also(new Sql("select rebuild_reach()"));

    /// <summary>Everybody who was ever appointed to a post of the office; nobody else appoints to it meanwhile.</summary>
    public static async Task<List<Posting>> Postings(DocumentSession session, string post, CancellationToken ct)
    {
        await session.Query(new Sql("select lock_post($1, $2)", session.Satker, post), _ => 0, ct);
        return await session.Query(new Sql("""
            select d.body from posting p join document d on d.kind = 'posting' and d.satker = p.satker and d.id = p.id
            where p.satker = $1 and p.post = $2
            """, session.Satker, post), row => Documents.Read<Posting>(row.GetFieldValue<byte[]>(0)).Content, ct);
    }

    /// <summary>Whether the subject of a posting holds a post of another office in that time; nobody else appoints it
    /// meanwhile.</summary>
    public static async Task<bool> BoundElsewhere(DocumentSession session, Posting posting, CancellationToken ct) =>
        (await session.Query(new Sql("select bound_elsewhere($1, $2, $3, $4)",
            posting.Subject, session.Satker, posting.From, posting.Until ?? Forever), row => row.GetBoolean(0), ct))[0];

    /// <summary>The session's office as an appointment sees it; none when there is no such office.</summary>
    public static async Task<AppointingOffice?> Appointing(DocumentSession session, CancellationToken ct)
    {
        if (await Units(session, session.Satker, ct) is not { } units)
        {
            return null;
        }

        var level = await session.Query(new Sql("select level from office where satker = $1", session.Satker),
            row => Words.Read<OfficeLevel>(row.GetString(0)), ct);
        var parentsSekretaris = await Parent(session, ct) is { } parent && await Units(session, parent, ct) is { } above
            ? new Post(parent, above.Secretariat.Code)
            : null;
        return new AppointingOffice(session.Satker, level[0], units, parentsSekretaris);
    }

    /// <summary>The tree as facts, for a decision about it; nobody else changes it meanwhile.</summary>
    public static async Task<SatkerTree> Tree(DocumentSession session, CancellationToken ct)
    {
        await session.Query(new Sql("select lock_tree()"), _ => 0, ct);
        var offices = await session.Query(new Sql("select satker, name, level from office"),
            row => new Satker(row.GetString(0), row.GetString(1), Words.Read<OfficeLevel>(row.GetString(2))), ct);
        var parents = await session.Query(
            new Sql("select satker, parent, valid_from, nullif(valid_until, 'infinity') from office_parent"),
            row => new ParentFact(row.GetString(0), row.TextOrNull(1), row.GetFieldValue<DateOnly>(2),
                row.ValueOrNull<DateOnly>(3)), ct);
        return new SatkerTree(offices, parents);
    }

    /// <summary>The office above today; none for RI and for an office that is not there.</summary>
    public static async Task<string?> Parent(DocumentSession session, CancellationToken ct) =>
        (await session.Query(new Sql("""
            select parent from office_parent where satker = $1 and parent is not null
                and holds(valid_from, valid_until, current_setting('app.today')::date)
            """, session.Satker), row => row.GetString(0), ct)).FirstOrDefault();

    /// <summary>The day at the session's office.</summary>
    public static async Task<DateOnly> Today(DocumentSession session, CancellationToken ct) => (await session.Query(
        new Sql("select ($2 at time zone zone)::date from office where satker = $1", session.Satker, session.Now),
        row => row.GetFieldValue<DateOnly>(0), ct))[0];

    /// <summary>The units of an office; none when there is no such office.</summary>
    public static async Task<Units?> Units(DocumentSession session, string satker, CancellationToken ct)
    {
        var units = await session.Query(Units(satker), Unit, ct);
        return units.Count == 0 ? null : new Units(units);
    }

    public static Sql Units(string satker) =>
        new("select code, parent, level, name, functions from unit where satker = $1 order by sort", satker);

    public static Unit Unit(Npgsql.NpgsqlDataReader row) => new(
        row.GetString(0), row.TextOrNull(1), Words.Read<AgreementLevel>(row.GetString(2)), row.GetString(3),
        row.GetFieldValue<string[]>(4));
}
