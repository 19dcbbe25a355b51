namespace Kinerja.Domain;

/// <summary>What a definition in the catalogue must satisfy.</summary>
public static class Definitions
{
    /// <summary>The faults of a definition: a count without a unit, a target that is none, a roll-up without its source
    /// or condition, or made of itself.</summary>
    /// <param name="indicator">The definition.</param>
    /// <param name="policy">The policy of its year.</param>
    /// <param name="find">Finds the other indicators of the year.</param>
    public static IEnumerable<Fault> Check(Indicator indicator, Policy policy, Func<string, Indicator?> find)
    {
        if (indicator.Kind == ValueKind.Count && string.IsNullOrWhiteSpace(indicator.Unit))
        {
            yield return Fault.At("/unit", "unit-missing");
        }

        if (indicator.Traits is { Derived: true } && indicator.Kind != ValueKind.Percent)
        {
            yield return Fault.At("/traits/derived", "derived-is-percent");
        }

        if (indicator.NationalTarget is { } target)
        {
            foreach (var fault in Values.Check(target, Measure.Of(indicator), policy, ValueUse.Target, "/nationalTarget"))
            {
                yield return fault;
            }
        }

        if (indicator.Source == IndicatorSource.Parent && (indicator.Rollup is null || indicator.Traits.Derived))
        {
            yield return Fault.At("/source", "nothing-to-cite");
        }

        if (indicator.Rollup is not { } rollup)
        {
            yield break;
        }

        if (MakesCircle(indicator, find))
        {
            yield return Fault.At("/rollup/source", "rollup-makes-circle", ("source", rollup.Source), ("indicator", indicator.Code));
        }

        var source = rollup.Source == indicator.Code ? indicator : find(rollup.Source);
        if (source is null)
        {
            yield return Fault.At("/rollup/source", "unknown-indicator", ("indicator", rollup.Source), ("year", $"{indicator.Year}"));
        }
        else if (rollup.Method is RollupMethod.Sum && source.Kind == ValueKind.Count && !Values.SameUnit(indicator.Unit, source.Unit))
        {
            yield return Fault.At("/rollup/source", "source-of-another-unit", ("source", source.Unit ?? "–"), ("unit", indicator.Unit ?? "–"));
        }

        if (source is not null && !Fits(rollup.Method, source.Kind, indicator.Kind))
        {
            yield return Fault.At("/rollup/method", "method-does-not-fit", ("method", Words.Of(rollup.Method)),
                ("source", Words.Of(source.Kind)), ("kind", Words.Of(indicator.Kind)));
        }

        var needsCondition = rollup.Method is RollupMethod.ShareMeeting or RollupMethod.CountMeeting;
        if (needsCondition != rollup.Condition is not null)
        {
            yield return Fault.At("/rollup/condition", needsCondition ? "condition-missing" : "condition-without-use");
        }

        if (source is not null && rollup.Condition is { } condition)
        {
            foreach (var fault in Values.Check(condition, Measure.Of(source), policy, ValueUse.Target, "/rollup/condition"))
            {
                yield return fault;
            }
        }
    }

    /// <summary>
    /// What a change would make meaningless: agreements and results state values of a kind, a unit and a direction, and their
    /// periods make a year. Exceptions may be granted later, and not withdrawn; words, targets and roll-ups may change.
    /// </summary>
    /// <param name="before">The definition as it is.</param>
    /// <param name="after">The definition as it is to be.</param>
    /// <param name="isUsed">An agreement in force, a report or a mapping speaks of it.</param>
    public static IEnumerable<Fault> CheckChange(Indicator before, Indicator after, bool isUsed)
    {
        var changed = new (string Pointer, bool IsChanged)[]
        {
            ("/kind", before.Kind != after.Kind),
            ("/unit", before.Unit != after.Unit),
            ("/polarity", before.Polarity != after.Polarity),
            ("/accumulation", before.Accumulation != after.Accumulation),
            ("/traits", Withdraws(before.Traits, after.Traits)),
        };
        return changed.Where(member => isUsed && member.IsChanged)
            .Select(member => Fault.At(member.Pointer, "indicator-in-use", ("indicator", before.Code), ("year", $"{before.Year}")));
    }

    private static bool Withdraws(IndicatorTraits before, IndicatorTraits after) =>
        (before.Signed && !after.Signed) || (before.Unbounded && !after.Unbounded)
        || before.NothingToDoIsDone != after.NothingToDoIsDone;

    /// <summary>The indicators that roll up from one, and would not be sound with its definition as it is to be.</summary>
    /// <param name="source">The definition as it is to be.</param>
    /// <param name="rolled">The year's indicators that roll up from it.</param>
    /// <param name="policy">The policy of the year.</param>
    /// <param name="find">Finds the indicators of the year, the changed one as it is to be.</param>
    public static IEnumerable<Fault> CheckFed(
        Indicator source, IEnumerable<Indicator> rolled, Policy policy, Func<string, Indicator?> find) =>
        rolled.Where(one => one.Code != source.Code && Check(one, policy, find).Any())
            .Select(one => Fault.At("", "breaks-rollup", ("indicator", one.Code), ("source", source.Code)));

    // Children that carry the indicator itself are its plain source, unless they in turn are given it by their parent. Else
    // a source that is rolled up in its turn must not lead back: with the office itself in the population it would be its own.
    private static bool MakesCircle(Indicator indicator, Func<string, Indicator?> find)
    {
        var passed = new HashSet<string>(StringComparer.Ordinal);
        var one = indicator;
        while (one is { Rollup: { } rollup } && rollup.Source != one.Code && passed.Add(one.Code))
        {
            one = rollup.Source == indicator.Code ? indicator : find(rollup.Source);
        }

        return one == indicator && (passed.Count > 0 || indicator.Source == IndicatorSource.Parent);
    }

    /// <summary>Whether a method can make a value of one kind from values of another.</summary>
    private static bool Fits(RollupMethod method, ValueKind source, ValueKind result) => method switch
    {
        RollupMethod.WeightedRatio => source == ValueKind.Percent && result == ValueKind.Percent,
        RollupMethod.ShareMeeting => result == ValueKind.Percent,
        RollupMethod.CountMeeting => result == ValueKind.Count,
        RollupMethod.Sum or RollupMethod.Mean =>
            source == result && source is not (ValueKind.AkipGrade or ValueKind.BpkOpinion),
        RollupMethod.Worst or RollupMethod.Best => source == result,
    };
}
