using System.Text.Json;
using Npgsql;

namespace Kinerja.Api;

/// <summary>What a round of a report says of a line.</summary>
internal sealed record Said(
    string Report, string Period, int Round, string Line, string Indicator, Value Realization, int? CarriedFrom, bool TakenOver);

/// <summary>That a round of a report reached a level.</summary>
internal sealed record ReachedLevel(string Report, SignOffLevel Level, int Round, int Version, string ContentHash);

/// <summary>An agreement of a unit, and from when until when it is measured against.</summary>
internal sealed record Binding(Document<Agreement> Agreement, AgreementLevel Level, DateOnly From, DateOnly Until);

/// <summary>Everything from which the figures of a unit's year are accumulated.</summary>
internal sealed record UnitYear(IReadOnlyList<Binding> Agreements, IReadOnlyList<Said> Said, IReadOnlyList<ReachedLevel> Reached);

/// <summary>
/// Read model: the figures of periods accumulated from the reports of their parts, for every level at which they are
/// another one. They are made anew in the transaction in which a part changes, so that own capaian, children and roll-ups
/// read the same rows. What a report states for the period itself comes first, where it is read.
/// </summary>
internal static class Accumulations
{
    public static readonly Table Table = new("accumulated", """
        satker text, agreement text, line text, period text, lowest int, highest int, year int, unit text, level text,
        indicator text, realization jsonb, carried_from int, taken_over boolean, incomplete boolean, reached int, newer boolean,
        figure jsonb, made jsonb, feeds jsonb
        """);

    /// <summary>Makes the figures anew that a report goes into, once what it says has been written.</summary>
    public static async Task Renew(DocumentSession session, Realization report, CancellationToken ct)
    {
        if (Period.Parse(report.Period)!.Above is { Count: > 0 } wholes)
        {
            await Renew(session, report.Year, report.Unit, wholes, ct);
        }
    }

    /// <summary>The same for all figures of a unit's year: its agreements have changed.</summary>
    public static Task Renew(DocumentSession session, int year, string unit, CancellationToken ct) =>
        Renew(session, year, unit, [.. Period.Wholes(year)], ct);

    /// <summary>The rows of a unit's year.</summary>
    /// <param name="satker">The office.</param>
    /// <param name="of">What was promised, said and reached.</param>
    /// <param name="wholes">The periods.</param>
    /// <param name="catalogue">The catalogue of the year.</param>
    public static IEnumerable<Row> Rows(string satker, UnitYear of, IEnumerable<Period> wholes, Catalogue catalogue)
    {
        var reached = of.Reached.ToLookup(level => level.Report);
        foreach (var whole in wholes)
        {
            var binding = of.Agreements.Where(one => one.From <= whole.LastDay && whole.LastDay < one.Until).MaxBy(one => one.From);
            var said = of.Said.Where(one => whole.Holds(Period.Parse(one.Period)!)).ToList();
            if (binding is null || said.Count == 0)
            {
                continue;
            }

            var lines = binding.Agreement.Content.Lines;
            foreach (var line in lines)
            {
                if (catalogue.Find(line.Indicator) is { } indicator)
                {
                    var isAlone = lines.Count(other => other.Indicator == line.Indicator) == 1;
                    var ofLine = said.Where(one => one.Indicator == line.Indicator && (isAlone || one.Line == line.No)).ToList();
                    foreach (var row in Rows(satker, binding, line, whole, ofLine, reached, indicator, catalogue))
                    {
                        yield return row;
                    }
                }
            }
        }
    }

    /// <summary>What a report's round says of the lines of the agreement it is measured by.</summary>
    public static IEnumerable<Said> Of(Document<Realization> report, IEnumerable<LineResult> results) => results.Select(result => new Said(
        report.Id, report.Content.Period, report.SignOff!.Round, result.Line.No, result.Line.Indicator, result.Entry.Result,
        result.Entry.CarriedFrom, result.Entry.TakenOverFrom is not null));

    private static IEnumerable<Row> Rows(
        string satker, Binding binding, AgreementLine line, Period whole, List<Said> said, ILookup<string, ReachedLevel> reached,
        Indicator indicator, Catalogue catalogue)
    {
        // Most levels are made of the same rounds: one row for each stretch of them.
        (SignOffLevel Lowest, SignOffLevel Highest, List<Part> Parts)? stretch = null;
        foreach (var least in Enum.GetValues<SignOffLevel>().Order())
        {
            var parts = Counting(said, reached, least, line.No);
            if (stretch is { } open && open.Parts.SequenceEqual(parts))
            {
                stretch = open with { Highest = least };
                continue;
            }

            if (stretch is { } ended && Row(ended) is { } row)
            {
                yield return row;
            }

            stretch = (least, least, parts);
        }

        if (Row(stretch!.Value) is { } last)
        {
            yield return last;
        }

        Row? Row((SignOffLevel Lowest, SignOffLevel Highest, List<Part> Parts) of)
        {
            var measure = Measure.Of(indicator);
            if (Accumulated.Of(whole, of.Parts, indicator.Accumulation, measure) is not { } made)
            {
                return null;
            }

            var stated = line.StatedFor(whole.Text);
            var capaian = made.Capaian(stated ?? line.Target, measure, catalogue.Policy);
            capaian = stated is not null || whole.IsYear ? capaian : capaian with { Marks = [.. capaian.Marks, Marks.YearTarget] };
            return new Row(Table,
                satker, binding.Agreement.Id, line.No, whole.Text, (int)of.Lowest, (int)of.Highest, whole.Year,
                binding.Agreement.Content.Unit, Words.Of(binding.Level), line.Indicator, Body(made.Realization), made.CarriedFrom,
                made.Level == SignOffLevel.TakenOver, made.IsIncomplete, (int)made.Level, made.Newer, Body(capaian), Body(made),
                Feed.Of(catalogue, catalogue.CountsAs(line.Indicator), binding.Level, made.Realization, catalogue.Policy, made.IsIncomplete));
        }
    }

    /// <summary>What counts of each report at a level: the last round that reached it, without what is taken over.</summary>
    private static List<Part> Counting(List<Said> said, ILookup<string, ReachedLevel> reached, SignOffLevel least, string line) =>
    [
        .. from report in said.Select(one => one.Report).Distinct()
           let round = reached[report].Where(level => level.Level >= (SignOffLevel)Math.Max((int)least, 0)).MaxBy(level => level.Version)?.Round
           let one = said.Where(one => one.Report == report && one.Round == round && (least == SignOffLevel.TakenOver || !one.TakenOver))
               .OrderByDescending(one => one.Line == line).FirstOrDefault()
           where one is not null
           let highest = reached[report].Where(level => level.Round == round).MaxBy(level => level.Level)!
           orderby one.Period
           select new Part(
               one.Period, report, one.Round, highest.Version, highest.ContentHash, one.TakenOver ? SignOffLevel.TakenOver : highest.Level,
               reached[report].Any(level => level.Round > round), one.Realization, one.CarriedFrom),
    ];

    private static async Task Renew(
        DocumentSession session, int year, string unit, IReadOnlyList<Period> wholes, CancellationToken ct)
    {
        await session.Send(ct); // What is read below is what stands then.
        var (stamp, of) = await session.Ask(Ask(session.Satker, year, unit), Read, ct);
        var catalogue = await Catalogue.OfOffice(session, year, ct);
        session.Also(new Sql("delete from accumulated where satker = $1 and year = $2 and unit = $3 and period = any ($4)",
            session.Satker, year, unit, wholes.Select(whole => whole.Text).ToArray()));
        session.Also([.. Rows(session.Satker, of, wholes, catalogue!)]);
    }

    private static IReadOnlyList<Sql> Ask(string satker, int year, string unit) =>
    [
        // One at a time: two parts that change at once are both in what is made last.
        new Sql("select pg_advisory_xact_lock(hashtextextended($1, 5))", $"{satker}/{year}/{unit}"),
        Catalogue.Stamp(year),
        new Sql("""
            select d.body, p.level, p.valid_from, p.valid_until from document d
            join lateral (select * from promise p where p.satker = d.satker and p.agreement = d.id limit 1) p on true
            where d.kind = 'agreement' and d.satker = $1 and d.year = $2 and d.unit = $3
            """, satker, year, unit),
        new Sql("""
            select r.report, r.period, r.round, r.line, r.indicator, r.realization, r.carried_from, r.taken_over
            from result r where r.satker = $1 and r.agreement in (select agreement from promise where satker = $1 and year = $2 and unit = $3)
            """, satker, year, unit),
        new Sql("""
            select k.report, k.level, k.round, k.version, k.content_hash
            from document d join reached k on k.satker = d.satker and k.report = d.id
            where d.kind = 'realization' and d.satker = $1 and d.year = $2 and d.unit = $3
            """, satker, year, unit),
    ];

    private static async Task<((long, long) Stamp, UnitYear Of)> Read(Answers answers)
    {
        await answers.Next(_ => 0);
        return ((await answers.Next(Catalogue.Stamp))[0], new UnitYear(
            await answers.Next(row => new Binding(
                Documents.Read<Agreement>(row.GetFieldValue<byte[]>(0)), Words.Read<AgreementLevel>(row.GetString(1)),
                row.GetFieldValue<DateOnly>(2), row.GetFieldValue<DateOnly>(3))),
            await answers.Next(Spoken),
            await answers.Next(row => new ReachedLevel(
                row.GetString(0), (SignOffLevel)row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetString(4)))));
    }

    private static Said Spoken(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4),
        JsonSerializer.Deserialize<Value>(row.GetFieldValue<byte[]>(5), Json.Documents)!, row.IsDBNull(6) ? null : row.GetInt32(6),
        row.GetBoolean(7));

    private static byte[] Body<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Json.Documents);
}
