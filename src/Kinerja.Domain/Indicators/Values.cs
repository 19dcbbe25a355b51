namespace Kinerja.Domain;

/// <summary>What a value is stated as.</summary>
public enum ValueUse
{
    /// <summary>A promise: the only place for a <see cref="Value.Band"/>.</summary>
    Target,

    /// <summary>What was reached.</summary>
    Result,
}

/// <summary>
/// The rules of a value at entry, and the figure it records. At entry only the impossible is refused: a value of
/// another kind than the catalogue's is stored as stated (and is a finding later).
/// </summary>
public static class Values
{
    /// <summary>The most significant digits a number may have: every such number is exact in JSON.</summary>
    public const int MostDigits = 15;

    /// <summary>How far a stated percent may stand from its own ratio, in percent points: beyond it one of the two
    /// is wrong, and the entry is refused unless it is taken over.</summary>
    public const decimal RatioTolerance = 0.01m;

    /// <summary>The most decimals a number may have: a sum over all offices stays within what a decimal holds.</summary>
    public const int MostDecimals = 10;

    private const decimal Limit = 1_000_000_000_000_000m;

    /// <summary>All rules that a stated value breaks; none when it can be stored.</summary>
    /// <param name="value">The value as stated.</param>
    /// <param name="measure">Its indicator.</param>
    /// <param name="policy">The policy of its year: the scales of grades and opinions.</param>
    /// <param name="use">Target or result.</param>
    /// <param name="pointer">RFC 6901 pointer to the value.</param>
    /// <param name="takenOver">Copied from a published document, where a percent may contradict its ratio.</param>
    public static IEnumerable<Fault> Check(
        Value value, Measure measure, Policy policy, ValueUse use, string pointer, bool takenOver = false)
    {
        var faults = new List<Fault>();
        foreach (var (member, number) in Numbers(value))
        {
            if (!Fits(number))
            {
                faults.Add(Fault.At($"{pointer}/{member}", "too-many-digits", ("most", "15")));
            }

            if (number < 0 && !measure.Traits.Signed)
            {
                faults.Add(Fault.At($"{pointer}/{member}", "negative-value"));
            }
        }

        switch (value)
        {
            case Value.Percent percent:
                faults.AddRange(CheckRatio(percent, measure.Traits, pointer, takenOver));
                break;
            case Value.Band when use == ValueUse.Result:
                faults.Add(Fault.At(pointer, "range-not-a-result"));
                break;
            case Value.Band band when band.Low >= band.High:
                faults.Add(Fault.At(pointer, "range-empty"));
                break;
            case Value.AkipGrade grade when !policy.AkipPoints.ContainsKey(grade.Grade):
                faults.Add(Fault.At($"{pointer}/value", "unknown-grade", ("grade", grade.Grade)));
                break;
            case Value.BpkOpinion opinion when !policy.BpkPoints.ContainsKey(opinion.Opinion):
                faults.Add(Fault.At($"{pointer}/value", "unknown-opinion", ("opinion", opinion.Opinion)));
                break;
            default:
                break;
        }

        return faults;
    }

    /// <summary>
    /// The value that is recorded, and from which every figure is computed. A percent is the one stated, else its
    /// ratio rounded once; 0 of 0 is not applicable whatever was stated beside it, or 100 where the catalogue says that
    /// nothing to do counts as done. A percent from which no number can be had is missing. All else is recorded as stated.
    /// </summary>
    public static Value Recorded(Value value, Measure measure) => value switch
    {
        Value.Percent when IsZeroOfZero(value) && measure.Traits.NothingToDoIsDone => new Value.Percent(100, 0, 0),
        Value.Percent when IsZeroOfZero(value) => new Value.Absent(Absence.NotApplicable),
        Value.Percent { Stated: not null } => value,
        Value.Percent { Numerator: { } part, Denominator: { } whole } percent
            when whole > 0 && Rounding.Percent(part, whole) is { } ratio =>
            percent with { Stated = Rounding.Two(ratio) },
        Value.Percent => new Value.Absent(Absence.Missing),
        _ => value,
    };

    /// <summary>There was nothing to do: a ratio of 0 of 0.</summary>
    public static bool IsZeroOfZero(Value value) => value is Value.Percent { Numerator: 0, Denominator: 0 };

    /// <summary>The number of a recorded value; none for a range, a grade, an opinion or an absence.</summary>
    public static decimal? Number(Value recorded) => recorded switch
    {
        Value.Percent percent => percent.Stated,
        Value.Count count => count.Amount,
        Value.Index index => index.Amount,
        _ => null,
    };

    /// <summary>The kind a value was stated in; none for a range (it takes its indicator's) and an absence.</summary>
    public static ValueKind? KindOf(Value value) => value switch
    {
        Value.Percent => ValueKind.Percent,
        Value.Count => ValueKind.Count,
        Value.Index => ValueKind.Index,
        Value.AkipGrade => ValueKind.AkipGrade,
        Value.BpkOpinion => ValueKind.BpkOpinion,
        _ => null,
    };

    /// <summary>A number of at most 15 significant digits, of which 10 are decimals, and below 10^15: exact in JSON, and no sum
    /// overflows.</summary>
    public static bool Fits(decimal number)
    {
        if (Math.Round(number, MostDecimals) != number)
        {
            return false;
        }

        var size = Math.Abs(number);
        while (size < Limit && size != decimal.Truncate(size))
        {
            size *= 10;
        }

        return size < Limit;
    }

    private static IEnumerable<Fault> CheckRatio(
        Value.Percent percent, IndicatorTraits traits, string pointer, bool takenOver)
    {
        switch (percent)
        {
            case { Stated: null, Numerator: null, Denominator: null }:
                yield return Fault.At(pointer, "value-missing");
                yield break;
            case { Numerator: null, Denominator: null }:
                yield break;
            case { Numerator: null } or { Denominator: null }:
                yield return Fault.At(pointer, "incomplete-ratio");
                yield break;
            case { Denominator: < 0 } or { Denominator: 0, Numerator: not 0 }:
                yield return Fault.At($"{pointer}/denominator", "zero-denominator");
                yield break;
            default:
                break;
        }

        var (part, whole) = (percent.Numerator.Value, percent.Denominator.Value);
        if (part > whole && !traits.Unbounded)
        {
            yield return Fault.At($"{pointer}/numerator", "numerator-above-denominator");
        }

        if (percent.Stated is { } stated && whole > 0 && !takenOver && Contradicts(stated, part, whole))
        {
            yield return Fault.At($"{pointer}/value", "percent-contradicts-ratio");
        }
    }

    private static bool Contradicts(decimal stated, decimal part, decimal whole) =>
        Rounding.Percent(part, whole) is not { } ratio
        || Math.Abs(decimal.Clamp(stated, -Limit, Limit) - ratio) > RatioTolerance;

    private static IEnumerable<(string Member, decimal Number)> Numbers(Value value) => value switch
    {
        Value.Percent percent => Present(
            ("value", percent.Stated), ("numerator", percent.Numerator), ("denominator", percent.Denominator)),
        Value.Count count => Present(("value", count.Amount)),
        Value.Index index => Present(("value", index.Amount)),
        Value.Band band => Present(("low", band.Low), ("high", band.High)),
        _ => [],
    };

    private static IEnumerable<(string Member, decimal Number)> Present(
        params (string Member, decimal? Number)[] members) =>
        members.Where(m => m.Number is not null).Select(m => (m.Member, m.Number!.Value));
}
