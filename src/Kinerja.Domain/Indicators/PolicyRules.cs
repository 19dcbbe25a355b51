namespace Kinerja.Domain;

/// <summary>What a version of a year's policy must satisfy.</summary>
public static class PolicyRules
{
    /// <summary>The predicates of the AKIP evaluation, the best first.</summary>
    public static readonly IReadOnlyList<string> AkipGrades = ["AA", "A", "BB", "B", "CC", "C", "D"];

    /// <summary>The opinions of the BPK, the best first.</summary>
    public static readonly IReadOnlyList<string> BpkOpinions = ["WTP", "WTP-DPP", "WDP", "TW", "TMP"];

    /// <summary>The words of the categories, the best first. A policy sets where each begins, and may leave some out.</summary>
    public static readonly IReadOnlyList<string> Categories =
        ["sangat-berhasil", "berhasil", "cukup-berhasil", "kurang-berhasil", "tidak-berhasil"];

    /// <summary>The caps in use among institutions, beside having none: no regulation fixes one.</summary>
    public static readonly IReadOnlyList<decimal> Caps = [100, 120];

    /// <summary>The version that follows another: 2024.2 after 2024.1.</summary>
    public static string Next(Policy policy) => $"{policy.Year}.{Number(policy.Version) + 1}";

    /// <summary>The place of a version among those of its year: 2 of 2024.2.</summary>
    public static int Number(string version) => int.Parse(version.AsSpan(version.IndexOf('.', StringComparison.Ordinal) + 1), null);

    /// <summary>The faults of a policy that is to follow another.</summary>
    /// <param name="policy">The policy as it is to be.</param>
    /// <param name="before">The policy of the year as it is.</param>
    public static IEnumerable<Fault> Check(Policy policy, Policy before) =>
    [
        .. policy.Version == Next(before) ? [] : new[] { Fault.At("/version", "version-does-not-follow", ("next", Next(before))) },
        .. policy.Cap is not { } cap || Caps.Contains(cap) ? [] : new[] { Fault.At("/cap", "cap-not-in-use", ("allowed", string.Join(", ", Caps))) },
        .. CheckCategories(policy.Categories),
        .. CheckScale("/akipPoints", policy.AkipPoints, AkipGrades, "unknown-grade"),
        .. CheckScale("/bpkPoints", policy.BpkPoints, BpkOpinions, "unknown-opinion"),
    ];

    // From the best down, each below the one before; only the last has no bound, so that every figure has a category.
    private static IEnumerable<Fault> CheckCategories(IReadOnlyList<CategoryBand> bands)
    {
        for (var i = 0; i < bands.Count; i++)
        {
            var (category, above) = bands[i];
            var place = Categories.ToList().IndexOf(category);
            if (place < 0)
            {
                yield return Fault.At($"/categories/{i}/category", "unknown-category", ("allowed", string.Join(", ", Categories)));
            }
            else if (i > 0 && Categories.ToList().IndexOf(bands[i - 1].Category) >= place)
            {
                yield return Fault.At($"/categories/{i}/category", "categories-out-of-order");
            }

            if (above is null != (i == bands.Count - 1))
            {
                yield return Fault.At($"/categories/{i}/above", "only-the-last-is-open");
            }
            else if (i > 0 && above >= bands[i - 1].Above)
            {
                yield return Fault.At($"/categories/{i}/above", "categories-out-of-order");
            }
        }
    }

    // Points for every member of the scale and for nothing else, none below 0, and none above a better one's.
    private static IEnumerable<Fault> CheckScale(
        string pointer, IReadOnlyDictionary<string, decimal> points, IReadOnlyList<string> scale, string unknown)
    {
        foreach (var stranger in points.Keys.Except(scale).Order(StringComparer.Ordinal))
        {
            yield return Fault.At($"{pointer}/{Fault.Step(stranger)}", unknown);
        }

        for (var i = 0; i < scale.Count; i++)
        {
            if (!points.TryGetValue(scale[i], out var own))
            {
                yield return Fault.At($"{pointer}/{scale[i]}", "points-missing", ("grade", scale[i]));
            }
            else if (own < 0 || (i > 0 && points.TryGetValue(scale[i - 1], out var better) && own > better))
            {
                yield return Fault.At($"{pointer}/{scale[i]}", "scale-out-of-order", ("grade", scale[i]));
            }
        }
    }
}
