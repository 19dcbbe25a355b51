namespace Kinerja.Domain;

/// <summary>
/// The rules of one year by which figures are reported, set by RI and versioned: every stored capaian names the
/// version it was computed with.
/// </summary>
/// <param name="Version">Year and edition, for example <c>2024.1</c>.</param>
/// <param name="Year">The year of measurement.</param>
/// <param name="Floor">The lowest reported capaian, in percent.</param>
/// <param name="Cap">The highest reported capaian, in percent; none when absent.</param>
/// <param name="Categories">Lower bounds (exclusive, in percent of the rounded raw figure), highest first.</param>
/// <param name="AkipPoints">Points of each AKIP grade.</param>
/// <param name="BpkPoints">Points of each BPK opinion.</param>
public sealed record Policy(
    string Version,
    int Year,
    decimal Floor,
    decimal? Cap,
    IReadOnlyList<CategoryBand> Categories,
    IReadOnlyDictionary<string, decimal> AkipPoints,
    IReadOnlyDictionary<string, decimal> BpkPoints);

/// <summary>A category and the figure it begins above; the last one has no lower bound.</summary>
public sealed record CategoryBand(string Category, decimal? Above);
