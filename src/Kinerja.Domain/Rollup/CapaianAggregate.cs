using System.Collections.Immutable;

namespace Kinerja.Domain;

/// <summary>
/// Capaian of many offices at one agreement level: the mean over offices, weighted equally, carried as Σ and n. The
/// same fold as <see cref="Aggregate"/>; levels are never mixed, so each level has its own fold.
/// </summary>
/// <param name="Expected">Offices with an agreement at the level.</param>
/// <param name="Counted">Those with a figure.</param>
/// <param name="Sum">Σ of the offices' printed figures, in percent.</param>
/// <param name="Spread">How many offices stand in each category.</param>
/// <param name="Overridden">How many lines publish another figure than the computed one.</param>
/// <param name="Uncounted">Offices with an agreement and no figure, by name, with the reason.</param>
public sealed record CapaianAggregate(
    int Expected,
    int Counted,
    decimal Sum,
    ImmutableSortedDictionary<string, int> Spread,
    int Overridden,
    ImmutableList<UncountedOffice> Uncounted)
{
    /// <summary>No office at all.</summary>
    public static CapaianAggregate Identity { get; } =
        new(0, 0, 0, ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal), 0, []);

    /// <summary>Mean over the counted offices, rounded once to 2 decimals; none when none is counted.</summary>
    public decimal? Mean => Counted == 0 ? null : Rounding.Two(Sum / Counted);

    /// <summary>An office's figure at a level: the mean of its agreements' printed capaian, rounded once.</summary>
    public static decimal? OfficeFigure(IEnumerable<decimal?> agreements) => agreements.Average() is { } mean ? Rounding.Two(mean) : null;

    /// <summary>One office. Without an agreement at the level it is not expected.</summary>
    /// <param name="satker">The office.</param>
    /// <param name="agreements">Its agreements at the level.</param>
    /// <param name="policy">The policy of the year: the categories.</param>
    /// <param name="whyNone">Why it has no figure, if it has none.</param>
    public static CapaianAggregate Of(
        string satker, IReadOnlyList<CapaianMean> agreements, Policy policy, Gap whyNone = Gap.Missing)
    {
        if (agreements.Count == 0)
        {
            return Identity;
        }

        var office = Alike(OfficeFigure(agreements.Select(agreement => agreement.Figure)), offices: 1, agreements.Sum(agreement => agreement.Overridden), policy);
        return office.Counted == 1 ? office : office with { Uncounted = [new UncountedOffice(satker, whyNone)] };
    }

    /// <summary>Offices with one and the same figure, without their names.</summary>
    /// <param name="figure">The figure of each; none when they have none.</param>
    /// <param name="offices">How many.</param>
    /// <param name="overridden">How many of their lines are published instead of computed.</param>
    /// <param name="policy">The policy of the year: the categories.</param>
    public static CapaianAggregate Alike(decimal? figure, int offices, int overridden, Policy policy)
    {
        var expected = Identity with { Expected = offices, Overridden = overridden };
        return figure is not { } known ? expected : expected with
        {
            Counted = offices,
            Sum = known * offices,
            Spread = Categories.Of(known, policy) is { } category ? Identity.Spread.Add(category, offices) : Identity.Spread,
        };
    }

    /// <summary>The aggregate of two disjoint sets of offices: associative, commutative up to the order of names.</summary>
    public static CapaianAggregate Combine(CapaianAggregate one, CapaianAggregate other) => new(
        Expected: one.Expected + other.Expected,
        Counted: one.Counted + other.Counted,
        Sum: one.Sum + other.Sum,
        Spread: other.Spread.Aggregate(
            one.Spread, (spread, more) => spread.SetItem(more.Key, spread.GetValueOrDefault(more.Key) + more.Value)),
        Overridden: one.Overridden + other.Overridden,
        Uncounted: one.Uncounted.AddRange(other.Uncounted));
}
