namespace Kinerja.Domain;

/// <summary>What happened to a line from one state to another.</summary>
public enum LineChange
{
    /// <summary>It stands in the later state only.</summary>
    Added,

    /// <summary>It stands in the earlier state only.</summary>
    Removed,

    /// <summary>It stands in both, with another pagu, volume or unit.</summary>
    Changed,
}

/// <summary>One line that differs between two states.</summary>
/// <param name="From">The line before; none when it is added.</param>
/// <param name="To">The line after; none when it is removed.</param>
public sealed record BudgetChange(BudgetLine? From, BudgetLine? To)
{
    /// <summary>What happened.</summary>
    public LineChange Change => From is null ? LineChange.Added : To is null ? LineChange.Removed : LineChange.Changed;

    /// <summary>By how much its pagu differs.</summary>
    public long Amount => (To?.Pagu ?? 0) - (From?.Pagu ?? 0);

    /// <summary>The key of the line, the same before and after.</summary>
    public BudgetKey Key() => (To ?? From)!.Key();
}

/// <summary>
/// The difference of two states, line by line. Law: a difference applied to the state it begins at gives the state it ends
/// at, whatever lies between.
/// </summary>
public static class BudgetDifference
{
    /// <summary>The lines that differ, in the order of their keys.</summary>
    public static IReadOnlyList<BudgetChange> Between(IReadOnlyList<BudgetLine> from, IReadOnlyList<BudgetLine> to)
    {
        var (before, after) = (from.ToDictionary(line => line.Key()), to.ToDictionary(line => line.Key()));
        return [.. before.Keys.Union(after.Keys).OrderBy(key => $"{key}", StringComparer.Ordinal)
            .Select(key => new BudgetChange(before.GetValueOrDefault(key), after.GetValueOrDefault(key)))
            .Where(change => change.From != change.To)];
    }

    /// <summary>The state after the difference, its lines in the order of their keys.</summary>
    /// <exception cref="ArgumentException">The difference does not begin at this state.</exception>
    public static IReadOnlyList<BudgetLine> Apply(IReadOnlyList<BudgetLine> from, IReadOnlyList<BudgetChange> difference)
    {
        var lines = from.ToDictionary(line => line.Key());
        foreach (var change in difference)
        {
            if (lines.GetValueOrDefault(change.Key()) != change.From)
            {
                throw new ArgumentException($"The difference does not begin at this state: {change.Key()}.", nameof(difference));
            }

            lines.Remove(change.Key());
            if (change.To is { } to)
            {
                lines.Add(to.Key(), to);
            }
        }

        return [.. lines.Values.OrderBy(line => $"{line.Key()}", StringComparer.Ordinal)];
    }
}
