using Npgsql;

namespace Kinerja.Api;

/// <summary>Offices below with one and the same figure.</summary>
/// <param name="Figure">The figure of each; none when they have none.</param>
/// <param name="Offices">How many.</param>
/// <param name="Reported">How many of them have a report at the level asked for.</param>
/// <param name="Overridden">How many of their lines are published instead of computed.</param>
internal sealed record AlikeOffices(decimal? Figure, int Offices, int Reported, int Overridden);

/// <summary>An office below with its figure at an agreement level.</summary>
/// <param name="Satker">The office.</param>
/// <param name="Name">Its name.</param>
/// <param name="Figure">The mean of its agreements' printed capaian; null without any.</param>
/// <param name="Category">The category of the figure; null without one.</param>
/// <param name="Reported">Whether it has a report at the level asked for.</param>
/// <param name="Overridden">How many of its lines are published instead of computed.</param>
/// <param name="State">Why it has no figure; null when it has one.</param>
/// <param name="Explain">Its own capaian, line by line, each with its explanation.</param>
internal sealed record OfficeFigure(
    string Satker, string Name, decimal? Figure, string? Category, bool Reported, int Overridden, Gap? State, string Explain);

/// <summary>Reading the capaian of everything below an office. Computed from the narrow rows when it is asked for: linear in
/// the offices, and nothing that a write would have to keep. By the tree of another day, and as it was held at an instant, it is
/// folded from the lines (<see cref="Folded"/>).</summary>
internal static class CapaianBelow
{
    // What the database says of a line that no report speaks of: whether that is missing depends on the day at the office.
    private const string Unreported = "unreported";

    public static Sql Sums(string satker, MeasuredQuery query) => new(
        "select figure, offices, reported, overridden from capaian_counts_below($1, $2, $3, $4, $5)",
        satker, query.Period.Year, query.Period.Text, Words.Of(query.Level!.Value), (int)query.Least);

    public static AlikeOffices Alike(NpgsqlDataReader row) =>
        new(row.ValueOrNull<decimal>(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3));

    /// <summary>One page of the offices, in the order of their codes.</summary>
    public static Sql Offices(string satker, MeasuredQuery query, Paging page) => new("""
        select below.satker, o.name, below.figure, below.reported, below.overridden, below.gap
        from capaian_below($1, $2, $3, $4, $5, $6, $7, $8) below join office o using (satker) order by below.satker
        """, satker, query.Period.Year, query.Period.Text, Words.Of(query.Level!.Value), (int)query.Least, Unreported,
        page.After ?? "", page.Size + 1);

    public static OfficeFigure Office(NpgsqlDataReader row, Policy policy, MeasuredQuery query, Deadlines deadlines, Links links)
    {
        decimal? figure = row.ValueOrNull<decimal>(2);
        return new OfficeFigure(
            row.GetString(0), row.GetString(1), figure, figure is { } known ? Categories.Of(known, policy) : null, row.GetBoolean(3),
            row.GetInt32(4), row.IsDBNull(5) ? null
            : row.GetString(5) is var gap && gap == Unreported ? deadlines.Gap(row.GetString(0), query.Period) : Words.Read<Gap>(gap),
            links.Capaian(row.GetString(0), query));
    }

    /// <summary>The offices in the order of their codes, for any day's tree and any instant.</summary>
    public static async Task<List<OfficeCapaian>> Folded(
        Database database, Caller caller, string satker, MeasuredQuery query, Catalogue catalogue, Deadlines deadlines, Links links,
        CancellationToken ct, string after = "", int most = int.MaxValue)
    {
        var below = await Measured.OfOffices(database, caller, Measured.OfBelow(satker, query, after, most), query, catalogue, ct);
        var lines = below.Lines.ToLookup(line => line.Satker);
        return below.Offices.ConvertAll(office => OfficeCapaian.Of(office.Satker, office.Name, lines[office.Satker], query, deadlines, links));
    }

    /// <summary>Offices without their names.</summary>
    public static List<AlikeOffices> Alike(IEnumerable<OfficeCapaian> offices) =>
    [
        .. offices.GroupBy(office => office.Figure).Select(same => new AlikeOffices(
            same.Key, same.Count(), same.Count(office => office.HasReport()), same.Sum(office => office.Overridden()))),
    ];

    public static OfficeFigure Office(OfficeCapaian office, Policy policy, MeasuredQuery query, Links links) => new(
        office.Satker, office.Name, office.Figure, office.Figure is { } figure ? Categories.Of(figure, policy) : null, office.HasReport(),
        office.Overridden(), office.Figure is null ? office.WhyNone() : null, links.Capaian(office.Satker, query));
}
