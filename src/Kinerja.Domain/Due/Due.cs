namespace Kinerja.Domain;

/// <summary>Why something is to be done.</summary>
public enum DueState
{
    /// <summary>To be prepared and submitted.</summary>
    Due,

    /// <summary>The same, after the last day of its period's window.</summary>
    Late,

    /// <summary>Given back, to be mended.</summary>
    Returned,

    /// <summary>Submitted: the next step is another's.</summary>
    Waiting,
}

/// <summary>A document that is not at the end of its way, or a report that is expected and nobody has begun.</summary>
/// <param name="Satker">Its office.</param>
/// <param name="State">Where it stands; none when nobody has begun it.</param>
/// <param name="IsReturned">It was given back, and not submitted since.</param>
/// <param name="Begun">The day it was begun; none when nobody has.</param>
/// <param name="Changed">The day of its last change; none when nobody has begun it.</param>
/// <param name="Mend">Until when it is to be mended, where whoever returned it said so.</param>
/// <param name="Period">The period it is for; none for what has none.</param>
/// <param name="Window">The window of the period; none where RI has defined none.</param>
public sealed record Unfinished(
    string Satker, State? State, bool IsReturned, DateOnly? Begun, DateOnly? Changed, DateOnly? Mend, Period? Period, PeriodWindow? Window);

/// <summary>What is to be done about something, since when, and until when.</summary>
/// <param name="State">Why it is to be done.</param>
/// <param name="Since">Since when it is so.</param>
/// <param name="Until">The last day in time; none where nothing sets one: a period without a window is open, and nothing in it is
/// late.</param>
/// <param name="IsLocked">Its period is closed: nothing may be done until RI reopens it for the office.</param>
public sealed record Due(DueState State, DateOnly Since, DateOnly? Until, bool IsLocked)
{
    /// <summary>Whether the last day in time is over.</summary>
    public bool IsOverdue(DateOnly today) => Until < today;

    /// <summary>What is to be done about a thing on a day at its office; none while its period is not open. A report that nobody
    /// has begun is expected in every period with a window, and for the year when it is over.</summary>
    public static Due? Of(Unfinished thing, DateOnly today)
    {
        var isLocked = thing.Window?.IsLocked(thing.Satker, today) == true;
        return thing switch
        {
            { State: not (null or Domain.State.Draft) } => new Due(DueState.Waiting, thing.Changed!.Value, null, isLocked),
            { Window.Opens: var opens } when today < opens => null,
            { IsReturned: true } => new Due(DueState.Returned, thing.Changed!.Value, thing.Mend ?? thing.Window?.Due, isLocked),
            { Window: { } window } when today <= window.Due => new Due(DueState.Due, window.Opens, window.Due, isLocked),
            { Window: { } window } => new Due(DueState.Late, window.Due.AddDays(1), window.Due, isLocked),
            { Begun: { } begun } => new Due(DueState.Due, begun, null, isLocked),
            { Period: { IsYear: true } year } when year.LastDay < today => new Due(DueState.Due, year.LastDay.AddDays(1), null, isLocked),
            _ => null,
        };
    }
}
