using System.Text.Json;

namespace Kinerja.Api;

/// <summary>Figures accumulated from the reports of parts, as they were held at an instant: the rows that would have been written
/// then, from the versions of the documents, by the rule they are written by (<see cref="Accumulations"/>).</summary>
internal static class AccumulatedThen
{
    /// <summary>A level that a report had reached then; with its content, where that was a draft of which no later row is kept.</summary>
    private sealed record Held(
        string Satker, string Unit, string Period, ReachedLevel Reached, Document<Realization>? Draft, DateTimeOffset At);

    /// <summary>An agreement of a unit, and from when until when it was measured against.</summary>
    private sealed record Binding(Document<Agreement> Agreement, AgreementLevel Level, DateOnly From, DateOnly Until);

    private sealed record Read(
        ILookup<string, Binding> Agreements, ILookup<string, Said> Said, ILookup<string, Held> Held,
        IReadOnlyDictionary<string, IReadOnlyList<LocalIndicator>> Local);

    /// <summary>The lines of a question, with what was accumulated for those that no report stated.</summary>
    public static async Task<List<MeasuredLine>> Complete(
        Database database, Caller caller, MeasuredQuery query, Catalogue? catalogue, List<MeasuredLine> lines, CancellationToken ct)
    {
        var open = lines.Where(line => line.Result is null).Select(line => line.Satker).Distinct().ToArray();
        if (query.Times.RecordedAt is not { } then || catalogue is null || query.Period.Parts is [] || open is [])
        {
            return lines;
        }

        var read = await database.Ask(caller, Ask(open, query.Period.Year, then), Answer, ct);
        var made = open.SelectMany(satker => Figures(satker, read, query, catalogue.With(read.Local[satker])))
            .ToDictionary(one => one.Place, one => one.Result);
        return lines.ConvertAll(line => line.Result is null && made.TryGetValue((line.Satker, line.Agreement, line.Line), out var result)
            ? line with { Result = result }
            : line);
    }

    private static IEnumerable<((string Satker, string Agreement, string Line) Place, MeasuredResult Result)> Figures(
        string satker, Read read, MeasuredQuery query, Catalogue catalogue) =>
        from unit in read.Agreements[satker].GroupBy(one => one.Agreement.Content.Unit)
        let bindings = unit.ToList()
        let held = read.Held[satker].Where(one => one.Unit == unit.Key).ToList()
        let year = new UnitYear(
            [.. bindings.SelectMany(one => BoundLine.Of(one.Agreement.Id, one.Agreement.Content, one.Level, one.From, one.Until))],
            [.. SaidBy(held, read.Said[satker], bindings, catalogue)], [.. held.Select(one => one.Reached)])
        from row in Accumulations.Rows(satker, year, [query.Period], catalogue)
        where (int)row["lowest"]! <= (int)query.Least && (int)query.Least <= (int)row["highest"]!
        select ((satker, (string)row["agreement"]!, (string)row["line"]!), Result(row));

    /// <summary>What the rounds said: a draft that has since been changed, what its version said.</summary>
    private static IEnumerable<Said> SaidBy(
        List<Held> held, IEnumerable<Said> rows, List<Binding> bindings, Catalogue catalogue)
    {
        var drafts = held.Where(one => one.Draft is not null).ToDictionary(one => (one.Reached.Report, one.Reached.Round));
        var reports = held.Select(one => one.Reached.Report).ToHashSet(StringComparer.Ordinal);
        return rows.Where(said => reports.Contains(said.Report) && !drafts.ContainsKey((said.Report, said.Round))).Concat(
            from one in drafts.Values
            let lastDay = Period.Parse(one.Period)!.LastDay
            let binding = bindings.Where(binding => binding.From <= lastDay && lastDay < binding.Until).MaxBy(binding => binding.From)
            where binding is not null
            from said in Accumulations.Of(one.Draft!, RealizationRules.Results(
                one.Draft!.Content, binding.Agreement.Content, catalogue.MeasuringAt(one.At).Policy, catalogue.Find))
            select said);
    }

    private static MeasuredResult Result(Row row)
    {
        var made = Json<Accumulated>(row["made"]!);
        return MeasuredResult.Of(made, made.Realization, Json<Capaian>(row["figure"]!));
    }

    private static IReadOnlyList<Sql> Ask(string[] offices, int year, DateTimeOffset then) =>
    [
        new Sql("select satker, body, level, valid_from, valid_until from agreements_then($1, $2, $3)", offices, year, then),
        new Sql("""
            select satker, report, period, round, line, indicator, realization, carried_from, taken_over, figure ->> 'policy' from result
            where satker = any ($1) and year = $2
            """, offices, year),
        new Sql("select satker, report, unit, period, level, round, version, content_hash, draft, recorded_at from reached_then($1, $2, $3)",
            offices, year, then),
        new Sql("select satker, locals_then(satker, $2, $3) from unnest($1) as asked (satker)", offices, year, then),
    ];

    private static async Task<Read> Answer(Answers answers) => new(
        (await answers.Next(row => (Satker: row.GetString(0), Binding: new Binding(
            Documents.Read<Agreement>(row.GetFieldValue<byte[]>(1)), Words.Read<AgreementLevel>(row.GetString(2)),
            row.GetFieldValue<DateOnly>(3), row.GetFieldValue<DateOnly>(4))))).ToLookup(one => one.Satker, one => one.Binding),
        (await answers.Next(row => (Satker: row.GetString(0), Said: new Said(
            row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetString(4), row.GetString(5), row.Json<Value>(6),
            row.ValueOrNull<int>(7), row.GetBoolean(8), row.GetString(9))))).ToLookup(one => one.Satker, one => one.Said),
        (await answers.Next(row => new Held(
            row.GetString(0), row.GetString(2), row.GetString(3),
            new ReachedLevel(row.GetString(1), (SignOffLevel)row.GetInt32(4), row.GetInt32(5), row.GetInt32(6), row.GetString(7)),
            row.IsDBNull(8) ? null : Documents.Read<Realization>(row.GetFieldValue<byte[]>(8)),
            row.GetFieldValue<DateTimeOffset>(9)))).ToLookup(one => one.Satker),
        (await answers.Next(row => (Satker: row.GetString(0), Local: LinesThen.Locals(row, 1))))
            .ToDictionary(one => one.Satker, one => one.Local, StringComparer.Ordinal));

    private static T Json<T>(object body) => JsonSerializer.Deserialize<T>((byte[])body, Kinerja.Api.Json.Documents)!;
}
