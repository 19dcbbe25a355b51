namespace Kinerja.Domain;

/// <summary>What a realization report must satisfy, and the figures it gives.</summary>
public static class RealizationRules
{
    private const int YearLength = 4;

    /// <summary>Posts that may prepare a report of a unit: the operator, the unit's head, and for the Sekretaris' and
    /// the Ketua's the head of the planning unit, who submits it.</summary>
    public static IEnumerable<string> Preparers(Units units, Unit unit) =>
        unit == units.Root || unit == units.Secretariat
            ? [Post.Operator, units.Planning.Code, unit.Code]
            : [Post.Operator, unit.Code];

    /// <summary>The impossible: refused at entry.</summary>
    public static IEnumerable<Fault> AtEntry(Realization report, Policy policy, Func<string, Indicator?> find)
    {
        if (Period.Parse(report.Period) is not { } period)
        {
            yield return Fault.At("/period", "bad-period");
        }
        else if (period.Year != report.Year)
        {
            yield return Fault.At("/period", "period-outside-year", ("period", report.Period), ("year", $"{report.Year}"));
        }

        var lines = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < report.Entries.Count; i++)
        {
            var entry = report.Entries[i];
            if (!lines.Add(entry.Line))
            {
                yield return Fault.At($"/entries/{i}/line", "duplicate-line", ("line", entry.Line));
            }

            if (entry.CarriedFrom >= report.Year)
            {
                yield return Fault.At($"/entries/{i}/carriedFrom", "carried-from-later", ("year", $"{report.Year}"));
            }

            if (find(entry.Indicator) is not { } indicator)
            {
                yield return Resolution.Unknown($"/entries/{i}/indicator", entry.Indicator, report.Year);
                continue;
            }

            foreach (var fault in Values.Check(entry.Result, Measure.Of(indicator), policy, ValueUse.Result,
                $"/entries/{i}/result", takenOver: entry.TakenOverFrom is not null))
            {
                yield return fault;
            }
        }
    }

    /// <summary>What was stored as stated and may not be submitted: entries and lines without each other, and results
    /// from which no figure can be computed.</summary>
    /// <param name="report">The report.</param>
    /// <param name="agreement">The agreement in force on the period's last day; none when there is none.</param>
    /// <param name="policy">The policy of the year.</param>
    /// <param name="find">Finds an indicator of the year.</param>
    public static IEnumerable<Fault> BeforeSubmission(
        Realization report, Agreement? agreement, Policy policy, Func<string, Indicator?> find)
    {
        if (agreement is null)
        {
            yield return Fault.At("/unit", "no-agreement-in-force", ("unit", report.Unit), ("period", report.Period));
            yield break;
        }

        foreach (var line in agreement.Lines.Where(line => report.Entries.All(entry => entry.Line != line.No)))
        {
            yield return Fault.At("/entries", "line-without-entry", ("line", line.No));
        }

        for (var i = 0; i < report.Entries.Count; i++)
        {
            var entry = report.Entries[i];
            if (agreement.Lines.FirstOrDefault(line => line.No == entry.Line) is not { } line)
            {
                yield return Fault.At($"/entries/{i}/line", "entry-without-line", ("line", entry.Line));
            }
            else if (line.Indicator != entry.Indicator)
            {
                yield return Fault.At($"/entries/{i}/indicator", "indicator-differs",
                    ("entry", entry.Indicator), ("agreement", line.Indicator));
            }
            else if (find(line.Indicator) is { } indicator
                && CapaianCalculator.Compute(line.Target, entry.Result, Measure.Of(indicator), policy) is
                { Raw: null, State: null, Counting: Counting.Uncounted } capaian)
            {
                yield return Fault.At($"/entries/{i}/result", capaian.Marks[^1]);
            }
        }
    }

    /// <summary>The result of each line of the agreement that the report has an entry for.</summary>
    public static IEnumerable<LineResult> Results(
        Realization report, Agreement agreement, Policy policy, Func<string, Indicator?> find) =>
        from line in agreement.Lines
        join entry in report.Entries on (line.No, line.Indicator) equals (entry.Line, entry.Indicator)
        let indicator = find(line.Indicator)
        where indicator is not null
        let capaian = CapaianCalculator.Compute(line.Target, entry.Result, Measure.Of(indicator), policy)
        select new LineResult(line, entry,
            report.Period.Length == YearLength ? capaian : capaian with { Marks = [.. capaian.Marks, Marks.YearTarget] });
}

/// <summary>A line of an agreement, what the report says of it, and its capaian.</summary>
public sealed record LineResult(AgreementLine Line, RealizationEntry Entry, Capaian Capaian);
