using System.Collections.Immutable;

namespace Kinerja.Domain;

/// <summary>What one child office brings to a roll-up: the last version that reached the sign-off level asked for.</summary>
/// <param name="Satker">Code of the office.</param>
/// <param name="Reported">A report at that level exists.</param>
/// <param name="Realization">Its realization; an absence when there is no report (missing, or not yet due).</param>
/// <param name="TakenOver">Copied from a published document, without the signatures behind it.</param>
/// <param name="Overridden">The line publishes another capaian; its realization is used all the same.</param>
/// <param name="StatedTwice">More than one agreement of the level carries the source: which one counts is not guessed.</param>
/// <param name="Incomplete">Accumulated from reports of parts, of which one is missing.</param>
public sealed record ChildLine(
    string Satker, bool Reported, Value Realization, bool TakenOver = false, bool Overridden = false, bool StatedTwice = false,
    bool Incomplete = false)
{
    /// <summary>An expected office without a report at the level asked for.</summary>
    public static ChildLine NoReport(string satker, Absence state = Absence.Missing) =>
        new(satker, Reported: false, new Value.Absent(state));
}

/// <summary>What all lines of one roll-up have in common.</summary>
/// <param name="Rule">Method, population and condition.</param>
/// <param name="Source">The indicator in the children: its kind, polarity, traits and unit.</param>
/// <param name="Policy">The policy of the year: points of grades and opinions.</param>
public sealed record RollupFrame(RollupRule Rule, Measure Source, Policy Policy);

/// <summary>An expected office that brings no figure, by name.</summary>
/// <param name="Satker">Its code.</param>
/// <param name="State">Why it brings none.</param>
public sealed record UncountedOffice(string Satker, Gap State);

/// <summary>Why an expected office brings no figure.</summary>
public enum Gap
{
    /// <summary>The period is not over, or the report is not yet due.</summary>
    NotYetDue,

    /// <summary>No report at the level asked for, or a report that states nothing.</summary>
    Missing,

    /// <summary>Belum dinilai.</summary>
    NotAssessed,

    /// <summary>Tidak berlaku.</summary>
    NotApplicable,

    /// <summary>A percent without its ratio: reported, and never part of a weighted ratio.</summary>
    WithoutRatio,

    /// <summary>A value the method cannot combine or the condition cannot judge.</summary>
    OtherKind,

    /// <summary>More than one agreement of the office carries the source at the level.</summary>
    StatedTwice,

    /// <summary>Parts of the period are reported and others are not: a smaller sum is not the period's.</summary>
    Incomplete,
}

/// <summary>Why something has no figure, of one or of many.</summary>
public static class Gaps
{
    /// <summary>An absence under its name among the gaps.</summary>
    public static Gap Of(Absence absence) => absence switch
    {
        Absence.NotYetDue => Gap.NotYetDue,
        Absence.Missing => Gap.Missing,
        Absence.NotAssessed => Gap.NotAssessed,
        Absence.NotApplicable => Gap.NotApplicable,
    };

    /// <summary>What all say alike; otherwise that something is missing.</summary>
    public static Gap Alike(IEnumerable<Gap> gaps) => gaps.Distinct().Take(2).ToList() is [var alike] ? alike : Gap.Missing;
}

/// <summary>One office's value with its place in an order. Equal ranks are ordered by office code.</summary>
/// <param name="Rank">The number, or the points of the grade or opinion.</param>
/// <param name="Satker">The office it comes from.</param>
/// <param name="Value">The recorded value.</param>
public sealed record Ranked(decimal Rank, string Satker, Value Value);

/// <summary>
/// What a set of offices brings to a roll-up. A roll-up is a fold: <see cref="Of"/> makes one office's line an
/// aggregate, <see cref="Combine"/> joins the aggregates of two disjoint sets, <see cref="Identity"/> is that of no
/// office, and <see cref="Result"/> divides, once and last. <c>Combine</c> is associative, and commutative up to the
/// order of the names, so a tree may be folded in any grouping: by office, by province, or by whatever is cached.
/// </summary>
/// <remarks>Precedence for one line: not applicable or another absence; then a kind the method cannot use; then a
/// percent without its ratio; and only what remains is counted.</remarks>
/// <param name="Expected">Offices in the population.</param>
/// <param name="Reported">Those with a report at the level asked for.</param>
/// <param name="Counted">Those whose figure went in.</param>
/// <param name="NotApplicable">Those for which it is not applicable: they leave the denominator of a share.</param>
/// <param name="Numerators">Σ numerators of the counted ratios.</param>
/// <param name="Denominators">Σ denominators of the counted ratios.</param>
/// <param name="Sum">Σ recorded numbers of the counted.</param>
/// <param name="Lowest">The counted value of lowest rank.</param>
/// <param name="Highest">The counted value of highest rank.</param>
/// <param name="Meeting">Those that meet the condition.</param>
/// <param name="TakenOver">How many of the counted are taken over.</param>
/// <param name="Overridden">How many of the counted publish another capaian than the computed one.</param>
/// <param name="Uncounted">The expected that are not counted, by name, with the reason.</param>
public sealed record Aggregate(
    int Expected,
    int Reported,
    int Counted,
    int NotApplicable,
    decimal Numerators,
    decimal Denominators,
    decimal Sum,
    Ranked? Lowest,
    Ranked? Highest,
    int Meeting,
    int TakenOver,
    int Overridden,
    ImmutableList<UncountedOffice> Uncounted)
{
    /// <summary>No office at all: combining with it changes nothing.</summary>
    public static Aggregate Identity { get; } = new(0, 0, 0, 0, 0, 0, 0, null, null, 0, 0, 0, []);

    /// <summary>One office's line.</summary>
    public static Aggregate Of(ChildLine line, RollupFrame frame)
    {
        var present = Identity with { Expected = 1, Reported = line.Reported ? 1 : 0 };
        var value = Values.Recorded(line.Realization, frame.Source);
        if ((line.StatedTwice ? Gap.StatedTwice : line.Incomplete ? Gap.Incomplete : GapOf(value, frame)) is { } gap)
        {
            return present with
            {
                NotApplicable = gap == Gap.NotApplicable ? 1 : 0,
                Uncounted = [new UncountedOffice(line.Satker, gap)],
            };
        }

        var ranked = new Ranked(Rank(value, frame.Policy)!.Value, line.Satker, value);
        return present with
        {
            Counted = 1,
            Numerators = value is Value.Percent { Numerator: { } part } ? part : 0,
            Denominators = value is Value.Percent { Denominator: { } whole } ? whole : 0,
            Sum = Values.Number(value) ?? 0,
            Lowest = ranked,
            Highest = ranked,
            Meeting = Meets(value, frame) == true ? 1 : 0,
            TakenOver = line.TakenOver ? 1 : 0,
            Overridden = line.Overridden ? 1 : 0,
        };
    }

    /// <summary>The aggregate of two disjoint sets of offices.</summary>
    public static Aggregate Combine(Aggregate one, Aggregate other) => new(
        Expected: one.Expected + other.Expected,
        Reported: one.Reported + other.Reported,
        Counted: one.Counted + other.Counted,
        NotApplicable: one.NotApplicable + other.NotApplicable,
        Numerators: one.Numerators + other.Numerators,
        Denominators: one.Denominators + other.Denominators,
        Sum: one.Sum + other.Sum,
        Lowest: First(one.Lowest, other.Lowest, lowest: true),
        Highest: First(one.Highest, other.Highest, lowest: false),
        Meeting: one.Meeting + other.Meeting,
        TakenOver: one.TakenOver + other.TakenOver,
        Overridden: one.Overridden + other.Overridden,
        Uncounted: one.Uncounted.AddRange(other.Uncounted));

    /// <summary>The aggregate of many lines.</summary>
    public static Aggregate Fold(IEnumerable<ChildLine> lines, RollupFrame frame) =>
        lines.Select(line => Of(line, frame)).Aggregate(Identity, Combine);

    /// <summary>
    /// The rolled-up value, rounded once to 2 decimals. Ratio, sum, mean, worst and best are of the counted only, and
    /// missing when none is counted; a share or count takes a missing office as not meeting. All are not applicable
    /// when nothing but not applicable is expected.
    /// </summary>
    /// <param name="frame">The frame the lines were made with.</param>
    /// <param name="unit">The unit of a count; the source's when absent.</param>
    public Value Result(RollupFrame frame, string? unit = null)
    {
        // Tidak berlaku leaves n and m here as in the mean of an agreement.
        var judged = Expected - NotApplicable;
        if (judged == 0)
        {
            return new Value.Absent(Absence.NotApplicable);
        }

        var missing = new Value.Absent(Absence.Missing);
        return frame.Rule.Method switch
        {
            RollupMethod.ShareMeeting => new Value.Percent(Rounding.Two(Exact(frame)!.Value), Meeting, judged),
            RollupMethod.CountMeeting => new Value.Count(Meeting, unit ?? "Satker"),
            _ when Counted == 0 => missing,
            RollupMethod.WeightedRatio =>
                Values.Recorded(new Value.Percent(null, Numerators, Denominators), frame.Source),
            RollupMethod.Sum or RollupMethod.Mean => Number(Exact(frame)!.Value, frame.Source, unit),
            RollupMethod.Worst or RollupMethod.Best => Chosen(frame)?.Value ?? missing,
            _ => throw new ArgumentOutOfRangeException(nameof(frame), frame.Rule.Method, "No such method."),
        };
    }

    /// <summary>The number of <see cref="Result"/> before its one rounding, with ten decimals: to be shown, never computed
    /// with. None where there is no result, and for a grade or an opinion.</summary>
    public decimal? Unrounded(RollupFrame frame) => Exact(frame) is { } number ? Rounding.Ten(number) : null;

    /// <summary>The one value that the worst or the best of the counted is.</summary>
    public Ranked? Chosen(RollupFrame frame) =>
        (frame.Rule.Method == RollupMethod.Worst) == (frame.Source.Polarity == Polarity.Minimize) ? Highest : Lowest;

    private decimal? Exact(RollupFrame frame) => frame.Rule.Method switch
    {
        _ when Expected == NotApplicable => null,
        RollupMethod.ShareMeeting => Meeting * 100m / (Expected - NotApplicable),
        RollupMethod.CountMeeting => Meeting,
        _ when Counted == 0 => null,
        RollupMethod.WeightedRatio => Denominators > 0 ? Rounding.Percent(Numerators, Denominators) : null,
        RollupMethod.Sum => Sum,
        RollupMethod.Mean => Sum / Counted,
        RollupMethod.Worst or RollupMethod.Best => Chosen(frame) is { } chosen ? Values.Number(chosen.Value) : null,
        _ => throw new ArgumentOutOfRangeException(nameof(frame), frame.Rule.Method, "No such method."),
    };

    private static Gap? GapOf(Value value, RollupFrame frame) => (value, frame.Rule.Method) switch
    {
        (Value.Absent { State: Absence.NotYetDue }, _) => Gap.NotYetDue,
        (Value.Absent { State: Absence.Missing }, _) => Gap.Missing,
        (Value.Absent { State: Absence.NotAssessed }, _) => Gap.NotAssessed,
        (Value.Absent { State: Absence.NotApplicable }, _) => Gap.NotApplicable,
        _ when Rank(value, frame.Policy) is null => Gap.OtherKind,
        (_, RollupMethod.ShareMeeting or RollupMethod.CountMeeting) =>
            Meets(value, frame) is null ? Gap.OtherKind : null,
        (Value.Percent { Numerator: null } or Value.Percent { Denominator: null }, RollupMethod.WeightedRatio) =>
            Gap.WithoutRatio,
        (Value.Percent, RollupMethod.WeightedRatio) => null,
        (_, RollupMethod.WeightedRatio) => Gap.OtherKind,
        (_, RollupMethod.Sum or RollupMethod.Mean) when Values.Number(value) is null => Gap.OtherKind,
        _ => IsOf(frame.Source.Kind, value) ? null : Gap.OtherKind,
    };

    // The one rule of "reached" (on recorded values, in the source's polarity), with the condition as the target.
    private static bool? Meets(Value value, RollupFrame frame) => frame.Rule.Condition is { } condition
        ? CapaianCalculator.Compute(condition, value, FitTo(condition, frame.Source), frame.Policy).Reached
        : null;

    // A condition may be a range on an indicator of any polarity.
    private static Measure FitTo(Value condition, Measure source) =>
        condition is Value.Band ? source with { Polarity = Polarity.Range } : source;

    // An index stated with a percent sign is its number.
    private static bool IsOf(ValueKind kind, Value value) =>
        Values.KindOf(value) == kind || (kind == ValueKind.Index && value is Value.Percent);

    private static decimal? Rank(Value value, Policy policy) => value switch
    {
        Value.AkipGrade grade => policy.AkipPoints.TryGetValue(grade.Grade, out var points) ? points : null,
        Value.BpkOpinion opinion => policy.BpkPoints.TryGetValue(opinion.Opinion, out var points) ? points : null,
        _ => Values.Number(value),
    };

    private static Ranked? First(Ranked? one, Ranked? other, bool lowest)
    {
        if (one is null || other is null)
        {
            return one ?? other;
        }

        var order = lowest ? one.Rank.CompareTo(other.Rank) : other.Rank.CompareTo(one.Rank);
        return order < 0 || (order == 0 && string.CompareOrdinal(one.Satker, other.Satker) <= 0) ? one : other;
    }

    private static Value Number(decimal number, Measure source, string? unit) => source.Kind switch
    {
        ValueKind.Percent => new Value.Percent(Rounding.Two(number)),
        ValueKind.Count => new Value.Count(Rounding.Two(number), unit ?? source.Unit ?? ""),
        ValueKind.Index => new Value.Index(Rounding.Two(number)),
        ValueKind.AkipGrade or ValueKind.BpkOpinion => new Value.Absent(Absence.Missing),
    };
}
