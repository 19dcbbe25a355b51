using System.ComponentModel.DataAnnotations;

namespace Kinerja.Domain;

/// <summary>
/// When RI takes the reports of a period: from when, until when they are in time, and whether it has closed. A period for
/// which RI has defined no window is open, and nothing in it is late.
/// </summary>
/// <param name="Period">The period.</param>
/// <param name="Opens">The first day on which reports are taken.</param>
/// <param name="Due">The last day on which a submission is in time.</param>
/// <param name="ClosedBy">Who closed it last; none while it has never been closed.</param>
/// <param name="Reopened">For whom it was reopened since; a new closing ends them all.</param>
public sealed record PeriodWindow(
    string Period, DateOnly Opens, DateOnly Due, string? ClosedBy = null, IReadOnlyList<Reopening>? Reopened = null)
{
    /// <summary>What is impossible in a window.</summary>
    public static IEnumerable<Fault> Check(string period, int year, DateOnly opens, DateOnly due)
    {
        if (Domain.Period.Parse(period) is not { } parsed)
        {
            yield return Fault.At("/period", "bad-period");
        }
        else if (parsed.Year != year)
        {
            yield return Fault.At("/period", "period-outside-year", ("period", period), ("year", $"{year}"));
        }

        if (due < opens)
        {
            yield return Fault.At("/due", "due-before-opening");
        }
    }

    /// <summary>The window closed, and every reopening ended.</summary>
    /// <param name="by">Who closes it.</param>
    /// <param name="hasApproved">This person has approved a report of RI for the period: one person does not lock and
    /// approve RI's own.</param>
    public Decision<PeriodWindow> Close(string by, bool hasApproved) =>
        ClosedBy is not null && Reopened is null ? Refusal.Conflict("period-closed-already", ("period", Period))
        : hasApproved ? Refusal.Forbidden("lock-and-approve", ("period", Period))
        : this with { ClosedBy = by, Reopened = null };

    /// <summary>The closed window open once more for some offices.</summary>
    /// <param name="reopening">For whom, why, until when.</param>
    /// <param name="today">The day: what ended before it opens nothing.</param>
    public Decision<PeriodWindow> Reopen(Reopening reopening, DateOnly today) =>
        ClosedBy is null ? Refusal.Conflict("period-not-closed", ("period", Period))
        : reopening.Deadline < today ? Refusal.Broken([Fault.At(
            "/deadline", "deadline-past", ("deadline", $"{reopening.Deadline:yyyy-MM-dd}"), ("today", $"{today:yyyy-MM-dd}"))])
        : this with { Reopened = [.. Reopened ?? [], reopening] };

    /// <summary>Why nothing may be done to an office's report of this period; none when it may. Closing locks every report
    /// in whatever state it is, and changes none: a reopening, until its deadline, finds each as it was.</summary>
    /// <param name="satker">The office.</param>
    /// <param name="today">The day at the office.</param>
    public Refusal? WhyNot(string satker, DateOnly today) =>
        today < Opens ? Refusal.Conflict("period-not-open", ("period", Period), ("opens", $"{Opens:yyyy-MM-dd}"))
        : IsLocked(satker, today) ? Refusal.Conflict("period-locked", ("period", Period))
        : null;

    /// <summary>The last day on which an office's reports of this period are in time: for whom it was reopened, its new deadline.</summary>
    public DateOnly DueAt(string satker) => (Reopened ?? [])
        .Where(reopening => reopening.Offices.Contains(satker)).Select(reopening => reopening.Deadline).Append(Due).Max();

    /// <summary>Why an office states nothing for a period: it is not yet due until the last day in time, which is the last day of
    /// the period where RI has defined no window; then it is missing.</summary>
    /// <param name="period">The period.</param>
    /// <param name="window">Its window; none where RI has defined none.</param>
    /// <param name="satker">The office.</param>
    /// <param name="today">The day at the office.</param>
    public static Absence Unreported(Period period, PeriodWindow? window, string satker, DateOnly today) =>
        today <= (window?.DueAt(satker) ?? period.LastDay) ? Absence.NotYetDue : Absence.Missing;

    /// <summary>Whether an office's reports of this period are locked.</summary>
    public bool IsLocked(string satker, DateOnly today) => ClosedBy is not null
        && (Reopened ?? []).All(reopening => !reopening.Offices.Contains(satker) || reopening.Deadline < today);
}

/// <summary>A closed period opened once more for some offices.</summary>
/// <param name="Offices">The offices.</param>
/// <param name="Reason">Why.</param>
/// <param name="Deadline">The last day; after it their reports are locked again.</param>
public sealed record Reopening(
    [property: Length(1, 1000)] IReadOnlyList<string> Offices,
    [property: StringLength(2000, MinimumLength = 1)] string Reason,
    DateOnly Deadline);
