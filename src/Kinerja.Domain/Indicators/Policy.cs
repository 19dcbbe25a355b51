using System.ComponentModel.DataAnnotations;

namespace Kinerja.Domain;

/// <summary>
/// The rules of one year by which figures are reported, set by RI and versioned: every stored capaian names the
/// version it was computed with.
/// </summary>
/// <param name="Version">Year and edition, for example <c>2024.1</c>.</param>
/// <param name="Year">The year of measurement.</param>
/// <param name="Floor">The lowest reported capaian, in percent.</param>
/// <param name="Categories">Lower bounds (exclusive, in percent of the rounded raw figure), highest first.</param>
/// <param name="AkipPoints">Points of each AKIP grade.</param>
/// <param name="BpkPoints">Points of each BPK opinion.</param>
/// <param name="Cap">The highest reported capaian, in percent; none when absent.</param>
public sealed record Policy(
    [property: RegularExpression("^[0-9]{4}[.][1-9][0-9]{0,3}$")] string Version,
    [property: Range(Period.FirstYear, Period.LastYear)] int Year,
    [property: Range(0, 100)] decimal Floor,
    [property: Length(1, 5)] IReadOnlyList<CategoryBand> Categories,
    IReadOnlyDictionary<string, decimal> AkipPoints,
    IReadOnlyDictionary<string, decimal> BpkPoints,
    decimal? Cap = null);

/// <summary>A category and the figure it begins above; the last one has no lower bound.</summary>
public sealed record CategoryBand(string Category, decimal? Above = null);
