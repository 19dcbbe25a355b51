using Npgsql;

namespace Kinerja.Api;

/// <summary>The money of an office's year as a write sees it; nobody else changes it meanwhile.</summary>
/// <param name="Chain">The states that are held.</param>
/// <param name="Grants">The grants of the office, by their NPHD.</param>
/// <param name="Spendings">What was stated as spent.</param>
internal sealed record BudgetYear(BudgetChain Chain, IReadOnlySet<string> Grants, IReadOnlyList<Spending> Spendings)
{
    public static Task<BudgetYear> Load(DocumentSession session, int year, CancellationToken ct) =>
        session.Once($"budget {year}", () => session.Ask(
            [
                new Sql("select lock_budget($1, $2)", session.Satker, year), Budgets.Chain(session.Satker, year, at: null),
                new Sql("select slot from document where kind = 'grant' and satker = $1", session.Satker),
                Budgets.Spendings(session.Satker, year, at: null),
            ],
            async answers =>
            {
                await answers.Next(_ => 0);
                return new BudgetYear(
                    new BudgetChain(await answers.Next(Budgets.Held)),
                    (await answers.Next(row => row.GetString(0))).ToHashSet(StringComparer.Ordinal),
                    (await answers.Next(Budgets.Document<Spending>)).ConvertAll(spending => spending.Content));
            }, ct));
}

/// <summary>A row of a roll-up of money: of an office, or of a program, kegiatan and fund source.</summary>
/// <param name="Satker">The office; none in a row of a program.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">The number of its state in force; none when it holds none.</param>
/// <param name="HasSpent">Something was stated as spent.</param>
/// <param name="Part">The program and the kegiatan, and their pagu.</param>
/// <param name="Source">The fund source; none where it is not stated.</param>
/// <param name="Absorption">Pagu and realization.</param>
internal sealed record MoneyRow(
    string? Satker, string? Name, int? State, bool HasSpent, BudgetPart Part, string? Source, Absorption Absorption)
{
    /// <summary>An office that spent and holds no state: what it spent counts, and has no pagu.</summary>
    public bool IsSpentWithoutState => Satker is not null && State is null && HasSpent;
}

/// <summary>The DIPA of an office's agreements in force: on each agreement's own date, and today.</summary>
/// <param name="Parts">By agreement, and whether it is today's.</param>
internal sealed record NamedParts(ILookup<(string Agreement, bool IsToday), BudgetPart> Parts)
{
    /// <summary>The money that an agreement in force names, as it was and as it is.</summary>
    public IReadOnlyList<NamedMoney> Of(string agreement, IReadOnlyList<AgreementBudget>? budgets) =>
        MoneyCascade.Named(budgets, [.. Parts[(agreement, false)]], [.. Parts[(agreement, true)]]);

    /// <summary>The last state there is: today's, else that of the agreement's date.</summary>
    public IEnumerable<BudgetPart> Last(string agreement) => Parts.Contains((agreement, true))
        ? Parts[(agreement, true)]
        : Parts[(agreement, false)];
}

/// <summary>A year of an office's money.</summary>
internal sealed record MoneyYear(int Year, int State, bool IsTakenOver, Absorption Absorption, decimal? PublishedPercent);

/// <summary>Read model of money: states, their pagu and what was spent, as narrow rows beside the documents.</summary>
internal static class Budgets
{
    public static readonly Table StateTable = new("budget_state",
        "satker text, year int, number int, version int, valid_from date, taken_over boolean, recorded_at timestamptz");

    public static readonly Table PartTable = new("budget_part",
        "satker text, year int, number int, version int, program text, kegiatan text, source text, pagu bigint");

    public static readonly Table SpentTable = new("budget_spent", """
        satker text, year int, id text, month int, program text, kegiatan text, source text, amount bigint, recorded_at timestamptz
        """);

    /// <summary>Writes that a state is held as this version says: from its date on it is in force until the next.</summary>
    public static void Hold(DocumentSession session, Document<BudgetRevision> state)
    {
        var rows = Rows(state);
        session.Also(rows[0].Insert());
        session.Also([.. rows.Skip(1)]);
    }

    /// <summary>The rows of a state that is held: the state, then its parts.</summary>
    public static IReadOnlyList<Row> Rows(Document<BudgetRevision> state)
    {
        var content = state.Content;
        return
        [
            new Row(StateTable, state.Satker, content.Year, content.Number, state.Version, content.Date, content.TakenOver is not null, state.RecordedAt),
            .. content.Lines.GroupBy(line => Part(line.Key())).Select(part => new Row(PartTable,
                state.Satker, content.Year, content.Number, state.Version, part.Key.Program, part.Key.Kegiatan, part.Key.Source, part.Sum(line => line.Pagu))),
        ];
    }

    /// <summary>The rows of what was spent.</summary>
    public static IReadOnlyList<Row> Rows(Document<Spending> spending)
    {
        var content = spending.Content;
        return [.. content.Entries.GroupBy(entry => Part(entry.Key())).Select(part => new Row(SpentTable,
            spending.Satker, content.Year, spending.Id, Period.Parse(content.Period)!.LastDay.Month, part.Key.Program, part.Key.Kegiatan,
            part.Key.Source, part.Sum(entry => entry.Amount), spending.RecordedAt))];
    }

    private static (string Program, string Kegiatan, string Source) Part(BudgetKey key) => (
        BudgetCode.Parse(key.Code)!.Program ?? "", BudgetCode.Parse(key.Code)!.Kegiatan ?? "", key.Source?.ToString() ?? "");

    /// <summary>The states that are held of a year, by number.</summary>
    public static Sql Chain(string satker, int year, DateTimeOffset? at) => new("""
        select number, valid_from, taken_over from budget_held($1, $2, $3) order by number
        """, satker, year, Instant(at));

    public static HeldState Held(NpgsqlDataReader row) => new(row.GetInt32(0), row.GetFieldValue<DateOnly>(1), row.GetBoolean(2));

    public static Document<T> Document<T>(NpgsqlDataReader row) => Documents.Read<T>(row.GetFieldValue<byte[]>(0));

    /// <summary>The state in force on a day, as it was held at an instant.</summary>
    public static Sql InForce(string satker, int year, DateOnly day, DateTimeOffset? at) =>
        new("""
            select v.body from budget_in_force($1, $2, $3, $4) held
            join document_version v on v.kind = 'budget-revision' and v.satker = held.satker
                and v.id = held.year || '-' || held.number and v.version = held.version
            """, satker, year, day, Instant(at));

    /// <summary>States by their numbers, in their order; those that are held, or being prepared too.</summary>
    public static Sql ByNumber(string satker, int year, params int[] numbers) => new(
        "select body from document where kind = 'budget-revision' and satker = $1 and id = any ($2) order by split_part(id, '-', 2)::int", satker, numbers.Select(number => BudgetRevision.IdOf(year, number)).ToArray());

    /// <summary>Every state of a year from a number on.</summary>
    public static Sql From(string satker, int year, int number, int most) => new("""
        select body from document where kind = 'budget-revision' and satker = $1 and year = $2 and split_part(id, '-', 2)::int >= $3
        order by split_part(id, '-', 2)::int limit $4
        """, satker, year, number, most);

    /// <summary>What was stated as spent in a year, oldest first.</summary>
    public static Sql Spendings(string satker, int year, DateTimeOffset? at) => new("""
        select body from document where kind = 'spending' and satker = $1 and year = $2 and recorded_at <= coalesce($3, 'infinity') order by id
        """, satker, year, Instant(at));

    /// <summary>The agreements in force of a year.</summary>
    public static Sql Agreements(string satker, int year) => new(
        "select body from document where kind = 'agreement' and satker = $1 and year = $2 and state = 'in-force' order by id", satker, year);

    /// <summary>The budgets of agreements in force: of a year, of one agreement, or of all.</summary>
    public static Sql Funded(string satker, int? year, string? agreement) => new("""
        select id, body #> '{content,budgets}' from document
        where kind = 'agreement' and satker = $1 and state = 'in-force' and ($2::int is null or year = $2) and ($3::text is null or id = $3)
        """, satker, year, agreement);

    /// <summary>A row of <see cref="Funded"/>: the agreement, and its budgets.</summary>
    public static KeyValuePair<string, IReadOnlyList<AgreementBudget>> ReadFunded(NpgsqlDataReader row) =>
        new(row.GetString(0), BudgetsOf(row, 1));

    /// <summary>The budgets of an agreement, as its content states them; none where it states none.</summary>
    public static IReadOnlyList<AgreementBudget> BudgetsOf(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? []
        : row.Json<IReadOnlyList<AgreementBudget>>(column);

    /// <summary>For each agreement in force, the money of the DIPA on the agreement's own date and today, per program and
    /// kegiatan, or per code of a line where the agreement names something deeper: of a year, of one agreement, or of all.</summary>
    public static Sql Naming(string satker, int? year, string? agreement, DateOnly today) => new("""
        select a.id, day.is_today, p.code, sum(p.pagu)::bigint
        from (
            select id, satker, year, (body #>> '{content,date}')::date as date,
                   body @? '$.content.budgets[*].code ? (@ like_regex "[0-9]{4}[.][A-Z]")' as is_deep
            from document
            where kind = 'agreement' and satker = $1 and state = 'in-force' and ($2::int is null or year = $2) and ($3::text is null or id = $3)
        ) a
        cross join lateral (values (false, a.date), (true, $4::date)) day (is_today, day)
        cross join lateral budget_in_force(a.satker, a.year, day.day, null) held
        cross join lateral (
            select concat_ws('.', coalesce(nullif(b.program, ''), '076.01'), nullif(b.kegiatan, '')) as code, b.pagu
            from budget_part b where not a.is_deep and b.satker = held.satker and b.year = held.year and b.number = held.number
                and b.version = held.version
            union all
            select line ->> 'code', (line ->> 'pagu')::bigint
            from document_version v cross join lateral jsonb_array_elements(v.body #> '{content,lines}') line
            where a.is_deep and v.kind = 'budget-revision' and v.satker = held.satker and v.id = held.year || '-' || held.number
                and v.version = held.version
        ) p
        group by a.id, day.is_today, p.code
        """, satker, year, agreement, today);

    /// <summary>The answer to <see cref="Naming"/>.</summary>
    public static async Task<NamedParts> ReadNaming(Answers answers) => new((await answers.Next(row => (
        Agreement: row.GetString(0), IsToday: row.GetBoolean(1), Part: new BudgetPart(BudgetCode.Parse(row.GetString(2))!, row.GetInt64(3))))).ToLookup(
            row => (row.Agreement, row.IsToday), row => row.Part));

    private static string? Stated(NpgsqlDataReader row, int column) => row.TextOrNull(column) is { Length: > 0 } word ? word : null;

    /// <summary>The money of an office and everything below it, or of what is below it alone.</summary>
    public static Sql RollUp(string satker, bool self, Period period, DateTimeOffset? at) => new("""
        select satker, name, state, spent, program, kegiatan, source, pagu, realization from budget_roll_up($1, $2, $3, $4, $5, $6)
        """, satker, self, period.Year, period.LastDay, period.LastDay.Month, Instant(at));

    public static MoneyRow Money(NpgsqlDataReader row) => new(
        row.TextOrNull(0), row.TextOrNull(1), row.ValueOrNull<int>(2), row.GetBoolean(3),
        new BudgetPart(BudgetCode.Of(Stated(row, 4), Stated(row, 5)), row.GetInt64(7)), Stated(row, 6), new Absorption(row.GetInt64(7), row.GetInt64(8)));

    /// <summary>The years of an office that hold a state: the last one of each, and what was spent.</summary>
    public static Sql Years(string satker, int from, int to) => new("""
        select s.year, s.number, s.taken_over,
               (select coalesce(sum(p.pagu), 0)::bigint from budget_part p where p.satker = s.satker and p.year = s.year and p.number = s.number
                and p.version = s.version),
               (select coalesce(sum(b.amount), 0)::bigint from budget_spent b where b.satker = s.satker and b.year = s.year),
               (select (d.body #>> '{content,publishedPercent}')::numeric from document d
                where d.kind = 'spending' and d.satker = s.satker and d.year = s.year and d.body #> '{content,publishedPercent}' is not null
                order by d.id desc limit 1)
        from (select distinct on (year) * from budget_state where satker = $1 and year between $2 and $3 order by year, number desc, version desc) s
        order by s.year
        """, satker, from, to);

    public static MoneyYear Year(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetInt32(1), row.GetBoolean(2), new Absorption(row.GetInt64(3), row.GetInt64(4)),
        row.ValueOrNull<decimal>(5));

    /// <summary>The grants of an office.</summary>
    public static Sql Grants(string satker, string after = "", int? most = null) => new(
        "select body from document where kind = 'grant' and satker = $1 and id > $2 order by id limit $3::int", satker, after, most);

    /// <summary>What was spent of each fund source in each year.</summary>
    public static Sql SpentBySource(string satker) => new("""
        select source, year, sum(amount)::bigint from budget_spent where satker = $1 and source <> '' group by source, year order by source, year
        """, satker);

    private static NpgsqlParameter<DateTimeOffset?> Instant(DateTimeOffset? at) =>
        new() { TypedValue = at?.ToUniversalTime(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz };
}
