using System.Text.Json;

namespace Kinerja.Api;

internal static class GetIndicatorHistory
{
    /// <summary>What an indicator was and is, year by year.</summary>
    /// <param name="Code">Its code.</param>
    /// <param name="Years">The years whose catalogue has it, the earliest first.</param>
    internal sealed record IndicatorHistory(string Code, IReadOnlyList<IndicatorYear> Years);

    /// <summary>An indicator in one year.</summary>
    /// <param name="Year">The year.</param>
    /// <param name="Version">The present version of its definition.</param>
    /// <param name="RecordedAt">The instant of that version.</param>
    /// <param name="Definition">The definition.</param>
    /// <param name="Since">The earlier year it is compared with; null for the first.</param>
    /// <param name="Changes">What differs from that year.</param>
    internal sealed record IndicatorYear(
        int Year, int Version, DateTimeOffset RecordedAt, Indicator Definition, int? Since, IReadOnlyList<MemberChange> Changes);

    /// <summary>A member of a definition that differs.</summary>
    /// <param name="Member">Its name.</param>
    /// <param name="Before">What it was; null when it was absent.</param>
    /// <param name="After">What it is; null when it is absent.</param>
    internal sealed record MemberChange(string Member, JsonElement? Before, JsonElement? After);

    public static void Map(RouteGroupBuilder indicators) => indicators.MapGet("/{code}/history", Handle)
        .Describe("GetIndicatorHistory", "An indicator year by year, and what differs: wording, formula, polarity, target, roll-up.")
        .Returns<IndicatorHistory>().Tagged().Problems(400, 404);

    private static async Task<IResult> Handle(string code, Database database, Caller caller, CancellationToken ct)
    {
        var years = await Catalogue.History(database, caller, code, ct);
        return years.Count == 0 ? Problems.NotFound() : Found.Computed(new IndicatorHistory(code, [.. years.Select((year, i) =>
            new IndicatorYear(year.Content.Year, year.Version, year.RecordedAt, year.Content,
                i == 0 ? null : years[i - 1].Content.Year, i == 0 ? [] : [.. Changes(years[i - 1].Content, year.Content)]))]));
    }

    /// <summary>Every member that differs, but for the year itself.</summary>
    public static IEnumerable<MemberChange> Changes(Indicator before, Indicator after)
    {
        var (was, now) = (Members(before), Members(after));
        return from member in was.Keys.Union(now.Keys)
               let one = was.TryGetValue(member, out var early) ? early : (JsonElement?)null
               let other = now.TryGetValue(member, out var late) ? late : (JsonElement?)null
               where one is null || other is null || !JsonElement.DeepEquals(one.Value, other.Value)
               select new MemberChange(member, one, other);
    }

    private static Dictionary<string, JsonElement> Members(Indicator indicator) =>
        JsonSerializer.SerializeToElement(indicator, Json.Documents).EnumerateObject()
            .Where(member => member.Name != "year")
            .ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
}
