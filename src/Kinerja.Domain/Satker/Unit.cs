namespace Kinerja.Domain;

/// <summary>A unit of an office. Its head post has the same code.</summary>
/// <param name="Code">Unique in the office: <c>sekretaris</c>, <c>kul</c>.</param>
/// <param name="Parent">The unit above; absent for the root, whose head is the Ketua.</param>
/// <param name="Level">The level its agreement stands on.</param>
/// <param name="Name">The official name.</param>
/// <param name="Functions">What the unit does for the whole office: <c>planning</c>, <c>finance</c>.</param>
public sealed record Unit(
    string Code, string? Parent, AgreementLevel Level, string Name, IReadOnlyList<string> Functions)
{
    /// <summary>The function of the unit that prepares the office's reports.</summary>
    public const string Planning = "planning";

    /// <summary>The function of the unit that keeps the office's budget.</summary>
    public const string Finance = "finance";
}

/// <summary>The units of one office as a tree.</summary>
public sealed record Units(IReadOnlyList<Unit> All)
{
    /// <summary>The unit of a code; none when the office has no such unit.</summary>
    public Unit? Find(string code) => All.FirstOrDefault(unit => unit.Code == code);

    /// <summary>The unit at the top, headed by the Ketua.</summary>
    public Unit Root => All.Single(unit => unit.Parent is null);

    /// <summary>The secretariat: the unit right below the top.</summary>
    public Unit Secretariat => All.Single(unit => unit.Parent == Root.Code);

    /// <summary>The unit's head is the Ketua or the Sekretaris.</summary>
    public bool IsHead(Unit unit) => unit == Root || unit == Secretariat;

    /// <summary>The unit that prepares the office's reports.</summary>
    public Unit Planning => All.First(unit => unit.Functions.Contains(Unit.Planning));

    /// <summary>The unit that keeps the office's budget.</summary>
    public Unit Finance => All.First(unit => unit.Functions.Contains(Unit.Finance));

    /// <summary>The units above, nearest first, up to the root.</summary>
    public IEnumerable<Unit> Above(Unit unit)
    {
        for (var next = unit.Parent; next is not null;)
        {
            var above = All.Single(candidate => candidate.Code == next);
            yield return above;
            next = above.Parent;
        }
    }
}
