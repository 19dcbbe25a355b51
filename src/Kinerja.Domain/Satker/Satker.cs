namespace Kinerja.Domain;

/// <summary>An office as the tree knows it.</summary>
/// <param name="Code">The region code: <c>00</c>, <c>53</c>, <c>5305</c>.</param>
/// <param name="Name">The official name.</param>
/// <param name="Level">Its level.</param>
public sealed record Satker(string Code, string Name, OfficeLevel Level);

/// <summary>
/// An office hangs under a parent for a period. An office without a fact on a date does not exist then.
/// </summary>
/// <param name="Satker">The office.</param>
/// <param name="Parent">Its parent; none for the root.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The day after the last; none while it holds.</param>
/// <param name="Decree">The law or decree that moved it there; none where the tree began with it.</param>
public sealed record ParentFact(string Satker, string? Parent, DateOnly From, DateOnly? Until = null, string? Decree = null)
{
    /// <summary>The fact holds on that day.</summary>
    public bool Holds(DateOnly date) => From <= date && (Until is null || date < Until);
}
