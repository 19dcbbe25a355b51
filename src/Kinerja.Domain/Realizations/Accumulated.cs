namespace Kinerja.Domain;

/// <summary>What the report of a part of the year says of a line: the round of it that counts.</summary>
/// <param name="Period">The part.</param>
/// <param name="Report">The report.</param>
/// <param name="Round">Its round.</param>
/// <param name="Version">The version at which the round reached its highest level.</param>
/// <param name="ContentHash">What was signed.</param>
/// <param name="Level">The highest level the round reached; taken over when the value is.</param>
/// <param name="Newer">A newer round of the report is being prepared.</param>
/// <param name="Realization">What was reached.</param>
/// <param name="Policy">The version of the policy that its own figure names.</param>
/// <param name="CarriedFrom">The year it was measured, when it is carried over.</param>
public sealed record Part(
    string Period, string Report, int Round, int Version, string ContentHash, SignOffLevel Level, bool Newer, Value Realization,
    string Policy, int? CarriedFrom = null);

/// <summary>
/// The figure of a period whose own report does not state it, made of the reports of its parts: cumulative takes the last,
/// which states the year to date; additive sums, a percent its numerators and denominators; latest takes the last, as
/// for grades, opinions and indices. A part is what is stated for it, else made of its own parts in the same way.
/// </summary>
/// <param name="Realization">The figure. An additive one that lacks a part is missing: a smaller sum is not the year's.</param>
/// <param name="Level">How far it is signed for: the least of the parts that are summed, else that of the part taken.</param>
/// <param name="Parts">What it is made of.</param>
/// <param name="Missing">Periods that nobody reports, or reports without a value; none for what stands by its latest.</param>
/// <param name="Marks">What a reader must know.</param>
/// <param name="SoFar">The sum of what there is, when a part is missing.</param>
public sealed record Accumulated(
    Value Realization, SignOffLevel Level, IReadOnlyList<Part> Parts, IReadOnlyList<string> Missing, IReadOnlyList<string> Marks,
    Value? SoFar = null)
{
    /// <summary>It lacks a part, and has therefore no figure.</summary>
    public bool IsIncomplete => Missing.Count > 0 && Realization is Value.Absent;

    /// <summary>The year in which a part was measured, when one is carried over.</summary>
    public int? CarriedFrom => Parts.Min(part => part.CarriedFrom);

    /// <summary>A newer round of a part is being prepared.</summary>
    public bool Newer => Parts.Any(part => part.Newer);

    /// <summary>The figure of a period from what is said of its parts; none when nothing is.</summary>
    /// <param name="whole">The period.</param>
    /// <param name="said">What counts of each period of the year that is reported.</param>
    /// <param name="accumulation">How the indicator accumulates.</param>
    /// <param name="measure">The indicator.</param>
    public static Accumulated? Of(Period whole, IReadOnlyCollection<Part> said, Accumulation accumulation, Measure measure)
    {
        var cover = Cover(whole, said.ToDictionary(part => Domain.Period.Parse(part.Period)!)).ToList();
        var parts = cover.Where(piece => piece.Part is not null).Select(piece => piece.Part!).ToList();
        if (parts.Count == 0)
        {
            return null;
        }

        // A gap is named in the rhythm the office reports in.
        var rhythm = cover.Where(piece => piece.Part is not null).Min(piece => piece.Period.Fineness);
        return accumulation switch
        {
            Accumulation.Additive => Sum(parts, [.. cover.SelectMany(piece => Lacking(piece, rhythm))], measure),
            Accumulation.Cumulative => Last(parts) is var last && cover.FindIndex(piece => piece.Part == last) is var at
                ? Taken(last, [.. cover.Skip(at + 1).SelectMany(piece => piece.Part is null ? Split(piece.Period, rhythm) : [piece.Period.Text])])
                : null,
            Accumulation.Latest => Taken(Last(parts), []),
        };
    }

    /// <summary>The version of the policy the figure is computed with: what its decisive part names, the part that is taken, or
    /// of those that are summed the one submitted last. A later policy changes it no more than it changes that part.</summary>
    public string PolicyOfParts() => Parts.Select(part => part.Policy).MaxBy(PolicyRules.Number)!;

    /// <summary>The capaian of the figure.</summary>
    public Capaian Capaian(Value target, Measure measure, Policy policy)
    {
        var capaian = CapaianCalculator.Compute(target, Realization, measure, policy);
        return capaian with { Marks = [.. capaian.Marks, .. Marks] };
    }

    private static IEnumerable<(Period Period, Part? Part)> Cover(Period whole, IReadOnlyDictionary<Period, Part> said) =>
        whole.Parts.SelectMany(piece =>
            said.TryGetValue(piece, out var part) ? [(piece, part)]
            : said.Keys.Any(piece.Holds) ? Cover(piece, said)
            : new (Period, Part?)[] { (piece, null) });

    private static IEnumerable<string> Split(Period gap, int rhythm) =>
        gap.Fineness >= rhythm ? [gap.Text] : gap.Parts.SelectMany(part => Split(part, rhythm));

    private static IEnumerable<string> Lacking((Period Period, Part? Part) piece, int rhythm) =>
        piece.Part is null ? Split(piece.Period, rhythm) : IsBlank(piece.Part) ? [piece.Period.Text] : [];

    private static bool IsBlank(Part part) => part.Realization is Value.Absent { State: not Absence.NotApplicable };

    private static Part Last(List<Part> parts) => parts.FindLast(part => part.Realization is not Value.Absent) ?? parts[^1];

    private static Accumulated Taken(Part part, IReadOnlyList<string> missing) => new(
        part.Realization, part.Level, [part], missing,
        missing.Count == 0 ? [Domain.Marks.Accumulated] : [Domain.Marks.Accumulated, Domain.Marks.Incomplete]);

    private static Accumulated Sum(List<Part> parts, IReadOnlyList<string> missing, Measure measure)
    {
        var values = parts.Select(part => part.Realization).Where(value => value is not Value.Absent).ToList();
        var (sum, mark) = values.Count == 0 ? (new Value.Absent(Absence.NotApplicable), null) : Sum(values, measure);
        string[] marks = mark is null ? [Domain.Marks.Accumulated] : [Domain.Marks.Accumulated, mark];
        var level = parts.Min(part => part.Level);
        return missing.Count == 0
            ? new(sum ?? new Value.Absent(Absence.Missing), level, parts, missing, marks)
            : new(new Value.Absent(Absence.Missing), level, parts, missing, [.. marks, Domain.Marks.Incomplete], values.Count == 0 ? null : sum);
    }

    private static (Value? Sum, string? Mark) Sum(List<Value> values, Measure measure)
    {
        Value? sum = values[0] switch
        {
            Value.Percent when measure.Kind != ValueKind.Index && values.All(value => value is Value.Percent) =>
                new Value.Percent(
                    null, values.Sum(value => ((Value.Percent)value).Numerator), values.Sum(value => ((Value.Percent)value).Denominator)),
            Value.Count first when values.All(value => value is Value.Count) =>
                first with { Amount = values.Sum(value => Values.Number(value)!.Value) },
            Value.Index or Value.Percent { Stated: not null } when measure.Kind == ValueKind.Index
                && values.All(value => value is Value.Index or Value.Percent { Stated: not null }) =>
                new Value.Index(values.Sum(value => Values.Number(value)!.Value)),
            _ => null,
        };
        return sum switch
        {
            null => (null, Domain.Marks.KindsDiffer),
            Value.Percent when values.Any(value => value is Value.Percent { Numerator: null } or Value.Percent { Denominator: null }) =>
                (null, Domain.Marks.PartWithoutRatio),
            Value.Percent { Numerator: { } part, Denominator: { } whole } when !Values.Fits(part) || !Values.Fits(whole) =>
                (null, Domain.Marks.TooManyDigits),
            not Value.Percent when !Values.Fits(Values.Number(sum)!.Value) => (null, Domain.Marks.TooManyDigits),
            Value.Count first when values.Cast<Value.Count>().Any(count => !Values.SameUnit(count.Unit, first.Unit)) =>
                (sum, Domain.Marks.UnitsDiffer),
            _ => (Values.Recorded(sum, measure), null),
        };
    }
}
