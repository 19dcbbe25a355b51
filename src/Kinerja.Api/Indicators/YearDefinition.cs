namespace Kinerja.Api;

/// <summary>An indicator as the catalogue of one year defines it, beside the year before.</summary>
/// <param name="Name">Its wording.</param>
/// <param name="Kind">The kind of value it is measured in.</param>
/// <param name="Unit">What a count counts; null for every other kind.</param>
/// <param name="Polarity">Which direction is better.</param>
/// <param name="NationalTarget">The target RI set for the whole country; null without any.</param>
/// <param name="Changed">What is otherwise than in the last year before that defines it, among the years asked for: the
/// names of the members.</param>
internal sealed record YearDefinition(
    string Name, ValueKind Kind, string? Unit, Polarity Polarity, Value? NationalTarget, IReadOnlyList<string> Changed)
{
    /// <summary>The definitions of the years; none where the catalogue of a year does not have the indicator.</summary>
    public static IReadOnlyList<YearDefinition?> Of(IEnumerable<Catalogue?> years, string indicator)
    {
        var found = new List<YearDefinition?>();
        Indicator? before = null;
        foreach (var one in years.Select(catalogue => catalogue?.Find(indicator)))
        {
            found.Add(one is null ? null : new YearDefinition(
                one.Name, one.Kind, one.Unit, one.Polarity, one.NationalTarget,
                before is null ? [] : [.. GetIndicatorHistory.Changes(before, one).Select(change => change.Member)]));
            before = one ?? before;
        }

        return found;
    }
}
