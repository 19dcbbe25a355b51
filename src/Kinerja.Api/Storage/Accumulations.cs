using System.Text.Json;

namespace Kinerja.Api;

/// <summary>What a round of a report says of a line, and the policy that its figure names.</summary>
internal sealed record Said(
    string Report, string Period, int Round, string Line, string Indicator, Value Realization, int? CarriedFrom, bool TakenOver,
    string Policy);

/// <summary>That a round of a report reached a level.</summary>
internal sealed record ReachedLevel(string Report, SignOffLevel Level, int Round, int Version, string ContentHash);

/// <summary>A line of an agreement of a unit, and from when until when it is measured against.</summary>
internal sealed record BoundLine(
    string Agreement, string Unit, AgreementLevel Level, string Line, string Indicator, Value Target,
    IReadOnlyDictionary<string, Value>? PeriodTargets, DateOnly From, DateOnly Until)
{
    /// <summary>The lines of an agreement.</summary>
    public static IEnumerable<BoundLine> Of(string id, Agreement agreement, AgreementLevel level, DateOnly from, DateOnly until) =>
        agreement.Lines.Select(line => new BoundLine(
            id, agreement.Unit, level, line.No, line.Indicator, line.Target,
            line.PeriodTargets?.ToDictionary(part => part.Period, part => part.Target, StringComparer.Ordinal), from, until));
}

/// <summary>Everything from which the figures of a unit's year are accumulated.</summary>
internal sealed record UnitYear(IReadOnlyList<BoundLine> Lines, IReadOnlyList<Said> Said, IReadOnlyList<ReachedLevel> Reached);

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
        var counting = new Counting(of);
        foreach (var whole in wholes)
        {
            var lines = of.Lines.Where(line => line.From <= whole.LastDay && whole.LastDay < line.Until).ToList();
            var agreement = lines.MaxBy(line => line.From)?.Agreement;
            lines.RemoveAll(line => line.Agreement != agreement);
            foreach (var line in lines)
            {
                if (catalogue.Find(line.Indicator) is { } indicator)
                {
                    var isAlone = lines.Count(other => other.Indicator == line.Indicator) == 1;
                    foreach (var stretch in counting.Stretches(whole, line, isAlone))
                    {
                        if (Row(satker, line, whole, stretch, indicator, catalogue) is { } row)
                        {
                            yield return row;
                        }
                    }
                }
            }
        }
    }

    /// <summary>What a report's round says of the lines of the agreement it is measured by.</summary>
    public static IEnumerable<Said> Of(Document<Realization> report, IEnumerable<LineResult> results) => results.Select(result => new Said(
        report.Id, report.Content.Period, report.SignOff!.Round, result.Line.No, result.Line.Indicator, result.Entry.Result,
        result.Entry.CarriedFrom, result.Entry.TakenOverFrom is not null, result.Capaian.Policy));

    /// <summary>The rows of a unit's periods go.</summary>
    public static Sql Drop(string satker, int year, string unit, IEnumerable<Period> wholes) => new(
        "delete from accumulated where satker = $1 and year = $2 and unit = $3 and period = any ($4)",
        satker, year, unit, wholes.Select(whole => whole.Text).ToArray());

    /// <summary>Asks for what was promised, said and reached in a unit's year, and that it stays until the transaction ends.</summary>
    public static IReadOnlyList<Sql> Ask(string satker, int year, string unit) =>
    [
        // One at a time: two parts that change at once are both in what is made last.
        Promises.HoldUnitYear(satker, year, unit),
        Catalogue.Hold(year),
        LocalIndicators.Of(satker, year),
        new Sql("""
            select agreement, unit, level, line, indicator, target, period_targets, valid_from, valid_until from promise
            where satker = $1 and year = $2 and unit = $3 order by agreement, sort
            """, satker, year, unit),
        new Sql(
            "select report, period, round, line, indicator, realization, carried_from, taken_over, policy from said_of_unit($1, $2, $3)",
            satker, year, unit),
        new Sql("select report, level, round, version, content_hash from reached_of_unit($1, $2, $3)", satker, year, unit),
    ];

    /// <summary>The answers to <see cref="Ask"/>.</summary>
    public static async Task<((long, long) Stamp, List<LocalIndicator> Local, UnitYear Of)> Read(Answers answers)
    {
        await answers.Next(_ => 0);
        return ((await answers.Next(Catalogue.Stamp))[0], await answers.Next(LocalIndicators.Read), new UnitYear(
            await answers.Next(row => new BoundLine(
                row.GetString(0), row.GetString(1), Words.Read<AgreementLevel>(row.GetString(2)), row.GetString(3), row.GetString(4),
                row.Json<Value>(5), row.JsonOrNull<Dictionary<string, Value>>(6), row.GetFieldValue<DateOnly>(7), row.GetFieldValue<DateOnly>(8))),
            await answers.Next(row => new Said(
                row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.Json<Value>(5),
                row.ValueOrNull<int>(6), row.GetBoolean(7), row.GetString(8))),
            await answers.Next(row => new ReachedLevel(
                row.GetString(0), (SignOffLevel)row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetString(4)))));
    }

    private static Row? Row(string satker, BoundLine line, Period whole, Stretch of, Indicator indicator, Catalogue catalogue)
    {
        var measure = Measure.Of(indicator);
        if (Accumulated.Of(whole, of.Parts, indicator.Accumulation, measure) is not { } made)
        {
            return null;
        }

        var stated = line.PeriodTargets?.GetValueOrDefault(whole.Text);
        var policy = catalogue.PolicyOf(made.PolicyOfParts());
        var capaian = made.Capaian(stated ?? line.Target, measure, policy);
        capaian = stated is not null || whole.IsYear ? capaian : capaian with { Marks = [.. capaian.Marks, Marks.YearTarget] };
        return new Row(Table,
            satker, line.Agreement, line.Line, whole.Text, (int)of.Lowest, (int)of.Highest, whole.Year, line.Unit, Words.Of(line.Level),
            line.Indicator, Body(made.Realization), made.CarriedFrom, made.Level == SignOffLevel.TakenOver, made.IsIncomplete,
            (int)made.Level, made.Newer, Body(capaian), Body(made),
            Feed.Of(catalogue, catalogue.CountsAs(line.Indicator), line.Level, made.Realization, policy, made.IsIncomplete));
    }

    private static async Task Renew(
        DocumentSession session, int year, string unit, IReadOnlyList<Period> wholes, CancellationToken ct)
    {
        var (stamp, local, of) = await session.SendAndAsk(Ask(session.Satker, year, unit), Read, ct);
        var catalogue = (await Catalogue.Load(session, year, stamp, ct))!.With(local);
        session.Also(Drop(session.Satker, year, unit, wholes));
        session.Also([.. Rows(session.Satker, of, wholes, catalogue)]);
    }

    private static byte[] Body<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Kinerja.Api.Json.Documents);

    /// <summary>Sign-off levels at which a line's figure is made of the same rounds.</summary>
    private sealed record Stretch(SignOffLevel Lowest, SignOffLevel Highest, List<Part> Parts);

    /// <summary>What counts of each report at a level: the last round that reached it, without what is taken over.</summary>
    private sealed class Counting
    {
        private static readonly SignOffLevel[] Levels = [.. Enum.GetValues<SignOffLevel>().Order()];

        private readonly Dictionary<(string Report, SignOffLevel Least), int> rounds = [];
        private readonly ILookup<string, (Period Period, Said Said, Part Part)> spoken;

        public Counting(UnitYear of)
        {
            var reached = of.Reached.ToLookup(level => level.Report);
            foreach (var report in reached)
            {
                foreach (var least in Levels)
                {
                    if (report.Where(level => level.Level >= (SignOffLevel)Math.Max((int)least, 0)).MaxBy(level => level.Version) is { } last)
                    {
                        rounds.Add((report.Key, least), last.Round);
                    }
                }
            }

            spoken = (
                from said in of.Said
                let highest = reached[said.Report].Where(level => level.Round == said.Round).MaxBy(level => level.Level)
                where highest is not null
                let part = new Part(
                    said.Period, said.Report, said.Round, highest.Version, highest.ContentHash,
                    said.TakenOver ? SignOffLevel.TakenOver : highest.Level, reached[said.Report].Any(level => level.Round > said.Round),
                    said.Realization, said.Policy, said.CarriedFrom)
                select (Period.Parse(said.Period)!, said, part))
                .ToLookup(one => one.said.Indicator);
        }

        /// <summary>The parts of a line's figure. Most levels are made of the same rounds: one stretch for each row of them.</summary>
        public List<Stretch> Stretches(Period whole, BoundLine line, bool isAlone)
        {
            var said = spoken[line.Indicator]
                .Where(one => whole.Holds(one.Period) && (isAlone || one.Said.Line == line.Line))
                .OrderBy(one => one.Said.Period, StringComparer.Ordinal).ThenByDescending(one => one.Said.Line == line.Line).ToList();
            var stretches = new List<Stretch>();
            foreach (var least in said.Count == 0 ? [] : Levels)
            {
                var parts = new List<Part>(said.Count);
                foreach (var (_, one, part) in said)
                {
                    if (rounds.TryGetValue((one.Report, least), out var round) && round == one.Round
                        && (least == SignOffLevel.TakenOver || !one.TakenOver) && (parts is not [.., var last] || last.Report != one.Report))
                    {
                        parts.Add(part);
                    }
                }

                if (stretches is [.., var open] && open.Parts.SequenceEqual(parts, ReferenceEqualityComparer.Instance))
                {
                    stretches[^1] = open with { Highest = least };
                }
                else
                {
                    stretches.Add(new Stretch(least, least, parts));
                }
            }

            return stretches;
        }
    }
}
