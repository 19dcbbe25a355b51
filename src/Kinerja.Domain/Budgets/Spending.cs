using System.ComponentModel.DataAnnotations;

namespace Kinerja.Domain;

/// <summary>
/// What was spent of budget lines in one period, by SP2D. Amounts are additive: those of all periods together are the
/// year's. Nothing is changed afterwards: a correction is another document, with its reason.
/// </summary>
/// <param name="Year">The budget year.</param>
/// <param name="Period">The period the SP2D are of: <c>2024-B11</c>.</param>
/// <param name="Entries">The amounts, line by line.</param>
/// <param name="Reason">Why it corrects what was stated before; amounts may then be negative.</param>
/// <param name="TakenOver">From which published document the amounts were copied.</param>
/// <param name="PublishedPercent">The percent of the whole pagu that this document prints, where it prints one.</param>
/// <param name="Remark">A remark that is part of the document.</param>
public sealed record Spending(
    [property: Range(Period.FirstYear, Period.LastYear)] int Year,
    [property: StringLength(10, MinimumLength = 4)] string Period,
    [property: Length(1, 5000)] IReadOnlyList<SpendingEntry> Entries,
    [property: StringLength(2000, MinimumLength = 1)] string? Reason = null,
    TakenOver? TakenOver = null,
    [property: Range(0, 100000)] decimal? PublishedPercent = null,
    [property: StringLength(500)] string? Remark = null);

/// <summary>An amount spent of one line.</summary>
/// <param name="Code">The line's code.</param>
/// <param name="Amount">Whole rupiah; negative only in a correction.</param>
/// <param name="Akun">The line's akun.</param>
/// <param name="Source">The line's fund source.</param>
public sealed record SpendingEntry(
    [property: StringLength(40, MinimumLength = 1)] string Code,
    [property: Rupiah(isSigned: true)] long Amount,
    [property: StringLength(10, MinimumLength = 1)] string? Akun = null,
    FundSource? Source = null)
{
    /// <summary>The key of the line.</summary>
    public BudgetKey Key() => new(Code, Akun, Source);
}

/// <summary>A line of the DIPA in force beside what was spent of it.</summary>
/// <param name="Key">What tells it from every other.</param>
/// <param name="Absorption">Pagu and realization.</param>
/// <param name="Mark">What is wrong: <c>spent-above-pagu</c>, <c>spent-without-line</c>; none otherwise.</param>
public sealed record LineAbsorption(BudgetKey Key, Absorption Absorption, string? Mark);

/// <summary>What a statement of spending must satisfy, and what it adds up to.</summary>
public static class SpendingRules
{
    /// <summary>The impossible: refused at entry.</summary>
    /// <param name="spending">What is stated.</param>
    /// <param name="earlier">What was stated before, of the same year.</param>
    /// <param name="grants">The grants of the office, by their NPHD.</param>
    public static IEnumerable<Fault> AtEntry(Spending spending, IReadOnlyList<Spending> earlier, IReadOnlySet<string> grants)
    {
        if (Period.Parse(spending.Period) is not { } period)
        {
            return [Fault.At("/period", "bad-period")];
        }

        var stated = earlier.SelectMany(one => one.Entries.Select(entry => (Key: entry.Key(), Stated: new Stated(Period.Parse(one.Period)!, entry.Amount))))
            .ToLookup(one => one.Key, one => one.Stated);
        return period.Year != spending.Year
            ? [Fault.At("/period", "period-outside-year", ("period", spending.Period), ("year", $"{spending.Year}"))]
            :
            [
                .. BudgetRules.OfLines(spending.Entries.Select(entry => entry.Key()), "entries", grants),
                .. spending.Entries.SelectMany((entry, i) => OfEntry(spending, period, entry, $"/entries/{i}", stated[entry.Key()])),
                .. earlier.Append(spending).SelectMany(one => one.Entries).Sum(entry => (decimal)entry.Amount) > RupiahAttribute.MostInSum
                    ? [Fault.At("/entries", "sum-too-large")] : Array.Empty<Fault>(),
            ];
    }

    /// <summary>Whether a statement speaks of what was spent up to the end of a period.</summary>
    public static bool IsWithin(Spending spending, Period until) => Period.Parse(spending.Period)!.LastDay <= until.LastDay;

    /// <summary>What was spent of each line up to the end of a period; of the whole year without one.</summary>
    public static IReadOnlyDictionary<BudgetKey, long> Sum(IEnumerable<Spending> spendings, Period? until = null) => spendings
        .Where(spending => until is null || IsWithin(spending, until))
        .SelectMany(spending => spending.Entries)
        .GroupBy(entry => entry.Key()).ToDictionary(line => line.Key, line => line.Sum(entry => entry.Amount));

    /// <summary>Each line of a state with what was spent of it, and what was spent without a line.</summary>
    public static IEnumerable<LineAbsorption> Lines(IReadOnlyList<BudgetLine> lines, IReadOnlyDictionary<BudgetKey, long> spent) =>
    [
        .. lines.Select(line => (Key: line.Key(), Both: new Absorption(line.Pagu, spent.GetValueOrDefault(line.Key()))))
            .Select(line => new LineAbsorption(line.Key, line.Both, line.Both.IsExceeded ? Marks.SpentAbovePagu : null)),
        .. spent.Where(one => one.Value != 0).ExceptBy(lines.Select(line => line.Key()), one => one.Key).OrderBy(one => $"{one.Key}", StringComparer.Ordinal)
            .Select(one => new LineAbsorption(one.Key, new Absorption(0, one.Value), Marks.SpentWithoutLine)),
    ];

    /// <summary>Where more was spent than a state allows: no revision is submitted that leaves it so.</summary>
    public static IEnumerable<Fault> AbovePagu(BudgetRevision revision, IReadOnlyDictionary<BudgetKey, long> spent) =>
        Lines(revision.Lines, spent).Select((line, i) => Finding(line, i < revision.Lines.Count ? $"/lines/{i}/pagu" : "/lines")).OfType<Fault>();

    /// <summary>What is wrong with what was spent of a line; none when nothing is.</summary>
    public static Fault? Finding(LineAbsorption line, string pointer) => line.Mark is not { } mark ? null : Fault.At(pointer, mark,
        ("line", $"{line.Key}"), ("pagu", $"{line.Absorption.Pagu}"), ("realization", $"{line.Absorption.Realization}"));

    private static IEnumerable<Fault> OfEntry(
        Spending spending, Period period, SpendingEntry entry, string pointer, IEnumerable<Stated> same)
    {
        if (spending.Reason is null && entry.Amount < 0)
        {
            yield return Fault.At($"{pointer}/amount", "correction-without-reason");
        }

        if (spending.Reason is null && same.Any(one => one.Period == period))
        {
            yield return Fault.At(pointer, "already-spent", ("line", $"{entry.Key()}"), ("period", spending.Period));
        }

        if (same.Select(one => one.Period).FirstOrDefault(other => other != period && other.Overlaps(period)) is { } overlapped)
        {
            yield return Fault.At(pointer, "period-overlaps", ("period", spending.Period), ("other", overlapped.Text));
        }

        if (same.Sum(one => one.Amount) + entry.Amount < 0)
        {
            yield return Fault.At($"{pointer}/amount", "spent-below-zero", ("line", $"{entry.Key()}"));
        }
    }

    /// <summary>An amount of a line that was stated before.</summary>
    private sealed record Stated(Period Period, long Amount);
}
