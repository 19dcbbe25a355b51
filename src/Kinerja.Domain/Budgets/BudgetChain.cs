namespace Kinerja.Domain;

/// <summary>A state of the DIPA that is held: in force, superseded, or taken over.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Date">From when it is in force.</param>
/// <param name="IsTakenOver">Copied from a published document.</param>
public sealed record HeldState(int Number, DateOnly Date, bool IsTakenOver);

/// <summary>
/// The states of one DIPA. Numbers run from 0 without gaps; a state taken over may stand at any number, and those before
/// and between that nobody holds are named.
/// </summary>
/// <param name="States">What is held, by number.</param>
public sealed record BudgetChain(IReadOnlyList<HeldState> States)
{
    /// <summary>The number that follows the last.</summary>
    public int Next => States.Count == 0 ? 0 : States[^1].Number + 1;

    /// <summary>The numbers below the last that are not held.</summary>
    public IEnumerable<int> NotHeld => Enumerable.Range(0, Next).Except(States.Select(state => state.Number));

    /// <summary>The state in force on a day; none before the first.</summary>
    public HeldState? At(DateOnly day) => States.LastOrDefault(state => state.Date <= day);

    /// <summary>The state that a number follows.</summary>
    public HeldState? Before(int number) => States.LastOrDefault(state => state.Number < number);

    /// <summary>Why a state of this number cannot be begun.</summary>
    public Fault? WhyNot(BudgetRevision revision) =>
        revision.TakenOver is null && revision.Number != Next
            ? Fault.At("/number", "revision-gap", ("number", $"{revision.Number}"), ("next", $"{Next}"))
        : revision.TakenOver is not null && OutOfOrder(revision) is { } fault ? fault
        : null;

    /// <summary>Why its date does not stand between those of its neighbours.</summary>
    public Fault? OutOfOrder(BudgetRevision revision) =>
        Before(revision.Number) is { } before && revision.Date < before.Date
            ? Fault.At("/date", "dated-before-revision", ("date", $"{revision.Date:yyyy-MM-dd}"), ("other", $"{before.Number}"), ("since", $"{before.Date:yyyy-MM-dd}"))
        : States.FirstOrDefault(state => state.Number > revision.Number) is { } after && after.Date < revision.Date
            ? Fault.At("/date", "dated-after-revision", ("date", $"{revision.Date:yyyy-MM-dd}"), ("other", $"{after.Number}"), ("since", $"{after.Date:yyyy-MM-dd}"))
        : null;
}
