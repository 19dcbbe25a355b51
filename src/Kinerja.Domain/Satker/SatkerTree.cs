namespace Kinerja.Domain;

/// <summary>
/// The hierarchy of offices over time. Every question names its day, because offices are split and moved; a roll-up
/// asks for the last day of its period.
/// </summary>
public sealed class SatkerTree
{
    private readonly Dictionary<string, Satker> offices;
    private readonly ILookup<string, ParentFact> parents;
    private readonly ILookup<string, ParentFact> children;

    /// <summary>The tree of these facts.</summary>
    /// <exception cref="ArgumentException">A fact names an unknown office, overlaps another of the same office, ends
    /// before it begins, or closes a circle: no decision of this class leads there.</exception>
    public SatkerTree(IEnumerable<Satker> offices, IEnumerable<ParentFact> facts)
    {
        this.offices = offices.ToDictionary(office => office.Code, StringComparer.Ordinal);
        var ordered = facts.OrderBy(fact => fact.Satker, StringComparer.Ordinal).ThenBy(fact => fact.From).ToList();
        Facts = ordered;
        parents = ordered.ToLookup(fact => fact.Satker, StringComparer.Ordinal);
        children = ordered.Where(fact => fact.Parent is not null)
            .ToLookup(fact => fact.Parent!, StringComparer.Ordinal);
        Validate();
    }

    /// <summary>All offices there are or were.</summary>
    public IReadOnlyCollection<Satker> Offices => offices.Values;

    /// <summary>All facts, by office and beginning.</summary>
    public IReadOnlyList<ParentFact> Facts { get; }

    /// <summary>An office by its code; none when unknown.</summary>
    public Satker? Find(string code) => offices.GetValueOrDefault(code);

    /// <summary>The office is in the tree on that day.</summary>
    public bool Exists(string code, DateOnly date) => FactOf(code, date) is not null;

    /// <summary>The parent on that day; none for the root and for an office not in the tree then.</summary>
    public string? ParentOf(string code, DateOnly date) => FactOf(code, date)?.Parent;

    /// <summary>The direct children on that day, by code.</summary>
    public IEnumerable<string> ChildrenOf(string code, DateOnly date) =>
        children[code].Where(fact => fact.Holds(date)).Select(fact => fact.Satker);

    /// <summary>All below on that day, each parent before its children.</summary>
    public IEnumerable<string> DescendantsOf(string code, DateOnly date) =>
        ChildrenOf(code, date).SelectMany(child => DescendantsOf(child, date).Prepend(child));

    /// <summary>All above on that day, nearest first.</summary>
    public IEnumerable<string> AncestorsOf(string code, DateOnly date)
    {
        for (var parent = ParentOf(code, date); parent is not null; parent = ParentOf(parent, date))
        {
            yield return parent;
        }
    }

    /// <summary>The office stands somewhere below the other on that day. No office is below itself.</summary>
    public bool IsBelow(string code, string ancestor, DateOnly date) => AncestorsOf(code, date).Contains(ancestor);

    /// <summary>
    /// Moves an office under another parent from a day on: the fact that is closed, and the one that is opened.
    /// </summary>
    /// <returns>The two facts, or a refusal: <c>unknown-satker</c>, <c>root-cannot-move</c>,
    /// <c>already-child-of</c>, <c>move-makes-circle</c>, <c>level-does-not-fit</c>,
    /// <c>move-before-current-parent</c>.</returns>
    public Decision<IReadOnlyList<ParentFact>> Move(string code, string newParent, DateOnly from)
    {
        if (Latest(code) is not { } current)
        {
            return Refusal.Broken("unknown-satker", ("satker", code));
        }

        if (current.Parent is null)
        {
            return Refusal.Broken("root-cannot-move", ("satker", code));
        }

        if (Latest(newParent) is null)
        {
            return Refusal.Broken("unknown-satker", ("satker", newParent));
        }

        if (current.Parent == newParent)
        {
            return Refusal.Broken("already-child-of", ("satker", code), ("parent", newParent));
        }

        if (newParent == code || DaysOfChange(from).Any(day => IsBelow(newParent, code, day)))
        {
            return Refusal.Broken("move-makes-circle", ("satker", code), ("parent", newParent));
        }

        if (!Fits(offices[code].Level, under: offices[newParent].Level))
        {
            return Refusal.Broken("level-does-not-fit", ("satker", code), ("parent", newParent));
        }

        if (from <= current.From)
        {
            return Refusal.Broken(
                "move-before-current-parent", ("satker", code), ("since", current.From.ToString("yyyy-MM-dd", null)));
        }

        return !Exists(newParent, from)
            ? Refusal.Broken("unknown-satker", ("satker", newParent))
            : Decision.Accept<IReadOnlyList<ParentFact>>(
                [current with { Until = from }, new ParentFact(code, newParent, from)]);
    }

    /// <summary>The tree after an accepted move: a fact replaces the one of the same office and beginning.</summary>
    public SatkerTree With(IReadOnlyList<ParentFact> changed) => new(
        offices.Values,
        [.. Facts.Where(fact => !changed.Any(c => c.Satker == fact.Satker && c.From == fact.From)), .. changed]);

    /// <summary>
    /// The reading rule: an office reads its own; today's parent and all above read all years; one that stood above
    /// before keeps the years in which it did, at least for a day. Only today's parent acts. Siblings read nothing.
    /// </summary>
    public Reading ReadableYears(string viewer, string satker, DateOnly today)
    {
        if (viewer == satker || IsBelow(satker, viewer, today))
        {
            return new Reading(AllYears: true, [], MayAct: ParentOf(satker, today) == viewer);
        }

        var spans = PeriodsAbove(viewer, satker, new Period(DateOnly.MinValue, today))
            .Select(period => new YearSpan(period.First.Year, period.Last.Year))
            .Distinct()
            .OrderBy(span => span.First);
        return new Reading(AllYears: false, [.. spans], MayAct: false);
    }

    // A regency hangs under a province, a province under the national office, which is the root.
    private static bool Fits(OfficeLevel level, OfficeLevel under) => level switch
    {
        OfficeLevel.Ri => false,
        OfficeLevel.Provinsi => under == OfficeLevel.Ri,
        OfficeLevel.KabupatenKota => under == OfficeLevel.Provinsi,
    };

    private IEnumerable<Period> PeriodsAbove(string viewer, string satker, Period within) =>
        from fact in parents[satker]
        where fact.Parent is not null
        let period = within.Overlap(fact)
        where period.First <= period.Last
        from found in fact.Parent == viewer ? [period] : PeriodsAbove(viewer, fact.Parent!, period)
        select found;

    private ParentFact? FactOf(string code, DateOnly date) => parents[code].FirstOrDefault(fact => fact.Holds(date));

    // The fact that still holds: an office whose last fact is closed has left the tree.
    private ParentFact? Latest(string code) => parents[code].LastOrDefault() is { Until: null } fact ? fact : null;

    // The tree changes only on the first day of a fact, so a circle can begin only there.
    private IEnumerable<DateOnly> DaysOfChange(DateOnly from) =>
        Facts.Select(fact => fact.From).Where(day => day > from).Append(from).Distinct();

    private void Validate()
    {
        foreach (var fact in Facts)
        {
            var last = parents[fact.Satker].TakeWhile(earlier => earlier != fact).LastOrDefault();
            if (!offices.ContainsKey(fact.Satker) || (fact.Parent is not null && !offices.ContainsKey(fact.Parent)))
            {
                throw new ArgumentException($"{fact} names an unknown office.");
            }

            if (fact.Until <= fact.From || (last is not null && (last.Until is null || last.Until > fact.From)))
            {
                throw new ArgumentException($"{fact} has no period of its own.");
            }

            // Stops at the first repetition: the circle may lie above the office of this fact.
            var seen = new HashSet<string>(StringComparer.Ordinal) { fact.Satker };
            if (AncestorsOf(fact.Satker, fact.From).Any(ancestor => !seen.Add(ancestor)))
            {
                throw new ArgumentException($"{fact} closes a circle.");
            }
        }
    }

    private readonly record struct Period(DateOnly First, DateOnly Last)
    {
        public Period Overlap(ParentFact fact)
        {
            var last = fact.Until?.AddDays(-1) ?? DateOnly.MaxValue;
            return new Period(First > fact.From ? First : fact.From, Last < last ? Last : last);
        }
    }
}
