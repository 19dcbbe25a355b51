using System.Text.Json;

namespace Kinerja.Api;

/// <summary>What a line of a report brings to a roll-up that it feeds: its part of the fold, kept with the line's result.</summary>
/// <param name="Indicator">The indicator that is rolled up.</param>
/// <param name="Gap">Why the line is not counted; none when it is.</param>
/// <param name="Numerator">Its numerator.</param>
/// <param name="Denominator">Its denominator.</param>
/// <param name="Number">Its recorded number.</param>
/// <param name="Rank">Its place in an order; none when it is not counted.</param>
/// <param name="Meeting">1 when it meets the condition.</param>
/// <param name="Value">The recorded value, for methods that choose one of the offices' values.</param>
internal sealed record Feed(
    string Indicator, Gap? Gap, decimal Numerator, decimal Denominator, decimal Number, decimal? Rank, int Meeting, Value? Value)
{
    /// <summary>What a line brings to everything it feeds, as it is stored; none when it feeds nothing.</summary>
    /// <param name="catalogue">The catalogue of the year.</param>
    /// <param name="source">The catalogue indicator the line counts as; none for an own one that is not mapped.</param>
    /// <param name="level">The level of its agreement.</param>
    /// <param name="realization">What was reached.</param>
    /// <param name="policy">The policy the line was measured by.</param>
    /// <param name="incomplete">Whether a part of what it is made of is missing.</param>
    public static byte[]? Of(
        Catalogue catalogue, string? source, AgreementLevel level, Value realization, Policy policy, bool incomplete = false)
    {
        var feeds = catalogue.Fed[(source ?? "", level)]
            .Select(rolled => Of(rolled, catalogue.Frame(rolled, policy), realization, incomplete)).ToList();
        return feeds.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(feeds, Json.Documents);
    }

    private static Feed Of(Indicator rolled, RollupFrame frame, Value realization, bool incomplete)
    {
        var part = Aggregate.Of(new ChildLine("", Reported: true, realization, Incomplete: incomplete), frame);
        return new Feed(
            rolled.Code, part.Uncounted.Select(office => (Gap?)office.State).SingleOrDefault(), part.Numerators, part.Denominators,
            part.Sum, part.Lowest?.Rank, part.Meeting,
            frame.Rule.Method is RollupMethod.Worst or RollupMethod.Best ? part.Lowest?.Value : null);
    }
}
