namespace Kinerja.Domain;

/// <summary>
/// Capaian of one line. Order of the rules: an absent realization has no figure; a blank target has none; kinds that
/// cannot be compared have none; then the formula (<see cref="Formulas"/>), one rounding, category, floor and cap; and
/// a published figure stands beside all of it.
/// </summary>
public static class CapaianCalculator
{
    /// <summary>The capaian of a realization. Never throws for what a document may state.</summary>
    /// <param name="target">The target of the period; blank when absent.</param>
    /// <param name="realization">The realization as stated.</param>
    /// <param name="measure">The indicator of the line.</param>
    /// <param name="policy">The policy of the year.</param>
    /// <param name="published">The figure the office publishes instead (an accepted override), in percent.</param>
    public static Capaian Compute(
        Value? target, Value realization, Measure measure, Policy policy, decimal? published = null)
    {
        var judged = Judge(target, realization, measure, policy);
        var raw = judged.Figure?.Unrounded is { } unrounded ? Rounding.Two(unrounded) : (decimal?)null;
        if (raw is { } figure && !Values.Fits(figure) || judged.Figure is { Unrounded: null, Mark: null })
        {
            judged = judged.And(Marks.TooManyDigits);
            raw = null;
        }

        var computed = new Capaian(
            Raw: raw,
            Reported: Report(raw, policy),
            Category: Categorize(raw, policy),
            Reached: judged.Figure?.Reached,
            Unrounded: raw is null ? null : Rounding.Ten(judged.Figure!.Unrounded!.Value),
            Formula: judged.Figure?.Formula,
            T: judged.Figure?.T,
            R: judged.Figure?.R,
            State: judged.State,
            Counting: Capaian.CountingOf(raw, judged.State, judged.Marks),
            Marks: judged.Marks,
            Policy: policy.Version);
        return published is null ? computed : Override(computed, Rounding.Two(published.Value), policy);
    }

    // The realization, reached or not, stays what it is: only the printed figure and its category are another's.
    private static Capaian Override(Capaian computed, decimal published, Policy policy) => computed with
    {
        Published = published,
        Reported = Report(published, policy),
        Category = Categorize(published, policy),
        ComputedReported = computed.Reported,
        ComputedCategory = computed.Category,
        Counting = Counting.Counted,
    };

    private static decimal? Report(decimal? figure, Policy policy) => figure is not { } known
        ? null
        : Math.Min(Math.Max(known, policy.Floor), policy.Cap ?? decimal.MaxValue);

    private static string? Categorize(decimal? figure, Policy policy) =>
        figure is { } known ? Categories.Of(known, policy) : null;

    private static Judged Judge(Value? target, Value realization, Measure measure, Policy policy)
    {
        var judged = new Judged();
        var promised = target is null ? null : Values.Recorded(target, measure);
        var recorded = Values.Recorded(realization, measure);
        if (promised is null or Value.Absent)
        {
            judged = judged.And(Marks.TargetMissing);
        }

        if (recorded is Value.Absent absent)
        {
            return judged with { State = absent.State };
        }

        if (Values.IsZeroOfZero(realization))
        {
            judged = judged.And(Marks.NothingToDoIsDone);
        }

        return promised is null or Value.Absent ? judged : Compare(promised, recorded, measure, policy, judged);
    }

    private static Judged Compare(Value target, Value realization, Measure measure, Policy policy, Judged judged)
    {
        if (target is Value.Index || measure.Kind == ValueKind.Index)
        {
            if (target is Value.Percent || realization is Value.Percent)
            {
                judged = judged.And(Marks.IndexWithPercentSign);
            }

            (target, realization) = (AsIndex(target), AsIndex(realization));
        }

        // A range names no kind of its own: it is in the catalogue's.
        if ((Values.KindOf(target) ?? measure.Kind) != Values.KindOf(realization))
        {
            return judged.And(Marks.KindsDiffer);
        }

        return (target, realization) switch
        {
            (Value.AkipGrade t, Value.AkipGrade r) =>
                ByPoints(policy.AkipPoints, t.Grade, r.Grade, Marks.UnknownGrade, judged),
            (Value.BpkOpinion t, Value.BpkOpinion r) =>
                ByPoints(policy.BpkPoints, t.Opinion, r.Opinion, Marks.UnknownOpinion, judged),
            (Value.Count t, Value.Count r) when !Values.SameUnit(t.Unit, r.Unit) =>
                ByNumber(t, r, measure.Polarity, judged.And(Marks.UnitsDiffer)),
            _ => ByNumber(target, realization, measure.Polarity, judged),
        };
    }

    private static Judged ByNumber(Value target, Value realization, Polarity polarity, Judged judged)
    {
        if (Values.Number(realization) is not { } r)
        {
            return judged.And(Marks.KindsDiffer);
        }

        if (!Values.Fits(r) || !Bounds(target).All(Values.Fits))
        {
            return judged.And(Marks.TooManyDigits);
        }

        if (target is Value.Band != (polarity == Polarity.Range))
        {
            return judged.And(Marks.TargetDoesNotFitPolarity);
        }

        var (low, high) = (Bounds(target)[0], Bounds(target)[^1]);
        return polarity switch
        {
            Polarity.Maximize => judged.With(Formulas.Maximize(low, r)),
            Polarity.Minimize => judged.With(Formulas.Minimize(low, r)),
            Polarity.Exact => judged.With(Formulas.Exact(low, r)),
            Polarity.Range => low > high ? judged.And(Marks.RangeEmpty) : judged.With(Formulas.Range(low, high, r)),
        };
    }

    private static decimal[] Bounds(Value target) =>
        target is Value.Band band ? [band.Low, band.High] : [Values.Number(target)!.Value];

    private static Judged ByPoints(
        IReadOnlyDictionary<string, decimal> points, string target, string realization, string unknown,
        Judged judged) =>
        points.TryGetValue(target, out var t) && points.TryGetValue(realization, out var r)
            ? judged.With(Formulas.Points(t, r))
            : judged.And(unknown);

    private static Value AsIndex(Value value) =>
        value is Value.Percent { Stated: { } number } ? new Value.Index(number) : value;

    // What is known so far: the formula's figure, or why there is none.
    private sealed record Judged
    {
        public Figure? Figure { get; init; }

        public Absence? State { get; init; }

        public IReadOnlyList<string> Marks { get; init; } = [];

        public Judged And(string mark) => this with { Marks = [.. Marks, mark] };

        public Judged With(Figure figure) =>
            figure.Mark is null ? this with { Figure = figure } : And(figure.Mark) with { Figure = figure };
    }
}
