namespace Kinerja.Domain;

/// <summary>What an agreement must satisfy: what is impossible is refused at entry, what a real document may wrongly
/// contain is stored as stated and stops the first signature.</summary>
public static class AgreementRules
{
    /// <summary>Posts that may prepare an agreement of a unit: the operator and the unit's head.</summary>
    public static IEnumerable<string> Preparers(Unit unit) => [Post.Operator, unit.Code];

    /// <summary>The impossible: refused at entry.</summary>
    /// <param name="agreement">The agreement.</param>
    /// <param name="satker">Its office.</param>
    /// <param name="units">The units of its office.</param>
    /// <param name="policy">The policy of the year.</param>
    /// <param name="find">Finds an indicator of the year.</param>
    public static IEnumerable<Fault> AtEntry(
        Agreement agreement, string satker, Units units, Policy policy, Func<string, Indicator?> find)
    {
        var numbers = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < agreement.Lines.Count; i++)
        {
            var line = agreement.Lines[i];
            if (!numbers.Add(line.No))
            {
                yield return Fault.At($"/lines/{i}/no", "duplicate-line", ("line", line.No));
            }

            foreach (var fault in Executors(line, satker, units, $"/lines/{i}/executors"))
            {
                yield return fault;
            }

            if (find(line.Indicator) is not { } indicator)
            {
                yield return Resolution.Unknown($"/lines/{i}/indicator", line.Indicator, agreement.Year);
                continue;
            }

            foreach (var fault in DerivedFrom(line, agreement.Unit, satker, units, indicator, $"/lines/{i}/derivedFrom"))
            {
                yield return fault;
            }

            foreach (var fault in Values.Check(line.Target, Measure.Of(indicator), policy, ValueUse.Target, $"/lines/{i}/target")
                .Concat(PeriodTargets(line, agreement.Year, Measure.Of(indicator), policy, $"/lines/{i}/periodTargets")))
            {
                yield return fault;
            }
        }

        var budgets = agreement.Budgets ?? [];
        var codes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < budgets.Count; i++)
        {
            if (!codes.Add(budgets[i].Code))
            {
                yield return Fault.At($"/budgets/{i}/code", "duplicate-budget", ("budget", budgets[i].Code));
            }
        }
    }

    /// <summary>What an amending agreement says of the one it amends: one lawful ground, in words.</summary>
    /// <param name="agreement">The agreement in force.</param>
    /// <param name="reasons">The reasons of the act; the code of the only one is the ground.</param>
    public static Decision<Amendment> Amend(string agreement, IReadOnlyList<Reason> reasons)
    {
        if (reasons is not [var reason])
        {
            return Refusal.Broken([Fault.At("/reasons", "one-ground")]);
        }

        var grounds = Enum.GetValues<AmendmentGround>();
        return grounds.Any(ground => Words.Of(ground) == reason.Code)
            ? new Amendment(agreement, Words.Read<AmendmentGround>(reason.Code), reason.Words)
            : Refusal.Broken([Fault.At("/reasons/0/code", "ground-not-lawful", ("allowed", string.Join(", ", grounds.Select(Words.Of))))]);
    }

    /// <summary>An agreement takes the place of another from its own date on, and one binds a unit on each day. So it is not dated
    /// before the one it replaces, nor on or before the last day of a period whose report was submitted against that one: the
    /// target of a period is that of the agreement in force on its last day, and what is signed is not measured anew.</summary>
    /// <param name="agreement">The agreement.</param>
    /// <param name="replaced">The agreements of its unit and year that bind on its date or later.</param>
    public static IEnumerable<Fault> Replacing(Agreement agreement, IReadOnlyCollection<ReplacedAgreement> replaced)
    {
        if (replaced.MaxBy(other => other.From) is { } last && agreement.Date < last.From)
        {
            yield return Fault.At("/date", "dated-before-amended", ("date", $"{agreement.Date:yyyy-MM-dd}"), ("amended", $"{last.From:yyyy-MM-dd}"));
        }

        if (replaced.Select(other => other.LastSubmitted).OfType<Period>().MaxBy(period => period.LastDay) is { } reported
            && agreement.Date <= reported.LastDay)
        {
            yield return Fault.At("/date", "dated-in-reported-period", ("date", $"{agreement.Date:yyyy-MM-dd}"),
                ("period", reported.Text), ("first", $"{reported.LastDay.AddDays(1):yyyy-MM-dd}"));
        }
    }

    /// <summary>What was stored as stated and no signature may cover: a date that is not of its year, a line carried by a unit
    /// that is not below, a target from which no figure can be computed, a budget that is not the sum of its rincian.</summary>
    /// <param name="agreement">The agreement.</param>
    /// <param name="units">The units of its office.</param>
    /// <param name="policy">The policy of the year.</param>
    /// <param name="find">Finds an indicator of the year.</param>
    public static IEnumerable<Fault> BeforeSigning(
        Agreement agreement, Units units, Policy policy, Func<string, Indicator?> find)
    {
        // Dated in its year or while the year before was being closed; else it would bind in no period of its year.
        if (agreement.Date.Year != agreement.Year && agreement.Date.Year != agreement.Year - 1)
        {
            yield return Fault.At("/date", "date-outside-year", ("date", $"{agreement.Date:yyyy-MM-dd}"), ("year", $"{agreement.Year}"));
        }

        foreach (var (sum, i) in (agreement.Budgets ?? []).Select((budget, i) => (DetailedSum.Of(budget), i)))
        {
            if (sum is { Difference: not 0 })
            {
                yield return Fault.At($"/budgets/{i}/pagu", "total-differs",
                    ("total", $"{sum.Pagu}"), ("sum", $"{sum.Sum}"), ("difference", $"{-sum.Difference}"));
            }
        }

        for (var i = 0; i < agreement.Lines.Count; i++)
        {
            var line = agreement.Lines[i];
            if (find(line.Indicator) is { } indicator)
            {
                if (indicator.Traits.Derived && line.DerivedFrom is not { Count: > 0 })
                {
                    yield return Fault.At($"/lines/{i}/derivedFrom", "derived-without-source", ("line", line.No));
                }

                var targets = (line.PeriodTargets ?? []).Select((part, j) => (part.Target, $"/lines/{i}/periodTargets/{j}/target"));
                foreach (var (target, pointer) in targets.Prepend((line.Target, $"/lines/{i}/target")))
                {
                    if (TargetMark(target, indicator, policy) is { } mark)
                    {
                        yield return Fault.At(pointer, mark);
                    }
                }
            }

            var executors = line.Executors ?? [];
            for (var j = 0; j < executors.Count; j++)
            {
                if (executors[j].Unit is { } code && units.Find(code) is { } unit
                    && units.Above(unit).All(above => above.Code != agreement.Unit))
                {
                    yield return Fault.At($"/lines/{i}/executors/{j}/unit", "executor-not-below", ("unit", code), ("above", agreement.Unit));
                }
            }
        }
    }

    private static IEnumerable<Fault> Executors(AgreementLine line, string satker, Units units, string pointer)
    {
        var executors = line.Executors ?? [];
        for (var j = 0; j < executors.Count; j++)
        {
            var executor = executors[j];
            if (executor.Unit is null == executor.Division is null)
            {
                yield return Fault.At($"{pointer}/{j}", "executor-unclear");
            }
            else if (executor.Unit is { } unit && units.Find(unit) is null)
            {
                yield return Fault.At($"{pointer}/{j}/unit", "unknown-unit", ("unit", unit), ("satker", satker));
            }
            else if (executors.Take(j).Contains(executor))
            {
                yield return Fault.At($"{pointer}/{j}", "duplicate-executor", ("executor", executor.Unit ?? executor.Division!));
            }
        }
    }

    private static IEnumerable<Fault> DerivedFrom(
        AgreementLine line, string unit, string satker, Units units, Indicator indicator, string pointer)
    {
        var named = line.DerivedFrom ?? [];
        if (named.Count > 0 && !indicator.Traits.Derived)
        {
            yield return Fault.At(pointer, "not-derived", ("indicator", indicator.Code));
        }

        for (var j = 0; j < named.Count; j++)
        {
            if (units.Find(named[j]) is null)
            {
                yield return Fault.At($"{pointer}/{j}", "unknown-unit", ("unit", named[j]), ("satker", satker));
            }
            else if (named[j] == unit)
            {
                yield return Fault.At($"{pointer}/{j}", "derived-from-itself", ("unit", unit));
            }
            else if (named.Take(j).Contains(named[j]))
            {
                yield return Fault.At($"{pointer}/{j}", "duplicate-derived-from", ("unit", named[j]));
            }
        }
    }

    private static IEnumerable<Fault> PeriodTargets(AgreementLine line, int year, Measure measure, Policy policy, string pointer)
    {
        var targets = line.PeriodTargets ?? [];
        for (var j = 0; j < targets.Count; j++)
        {
            var (period, target) = targets[j];
            if (Period.Parse(period) is not { } part)
            {
                yield return Fault.At($"{pointer}/{j}/period", "bad-period");
            }
            else if (part.Year != year)
            {
                yield return Fault.At($"{pointer}/{j}/period", "period-outside-year", ("period", period), ("year", $"{year}"));
            }
            else if (part.IsYear)
            {
                yield return Fault.At($"{pointer}/{j}/period", "year-not-a-part", ("period", period));
            }
            else if (targets.Take(j).Any(earlier => earlier.Period == period))
            {
                yield return Fault.At($"{pointer}/{j}/period", "duplicate-period", ("period", period));
            }

            foreach (var fault in Values.Check(target, measure, policy, ValueUse.Target, $"{pointer}/{j}/target"))
            {
                yield return fault;
            }
        }
    }

    // A target is sound when the target itself, taken as the result, can be computed against it.
    private static string? TargetMark(Value target, Indicator indicator, Policy policy)
    {
        var result = target is Value.Band band
            ? indicator.Kind switch
            {
                ValueKind.Percent => new Value.Percent(band.Low),
                ValueKind.Count => new Value.Count(band.Low, indicator.Unit ?? ""),
                ValueKind.Index or ValueKind.AkipGrade or ValueKind.BpkOpinion => (Value)new Value.Index(band.Low),
            }
            : target;
        var capaian = CapaianCalculator.Compute(target, result, Measure.Of(indicator), policy);
        return capaian is { Raw: null, Counting: Counting.Uncounted }
            ? capaian.WhyNone() ?? Marks.TargetMissing
            : null;
    }
}
