using Npgsql;

namespace Kinerja.Api;

/// <summary>A local indicator in a list.</summary>
/// <param name="Id">Its name among the office's documents: year and code.</param>
/// <param name="Code">Its code.</param>
/// <param name="Year">The year the definition holds for.</param>
/// <param name="Version">The present version of its definition.</param>
/// <param name="Name">The office's wording.</param>
/// <param name="Kind">The kind of its values.</param>
/// <param name="Polarity">Which direction is better.</param>
/// <param name="Mapping">What it is mapped to, by whom and when; null when it is not.</param>
internal sealed record LocalIndicatorRow(
    string Id, string Code, int Year, int Version, string Name, ValueKind Kind, Polarity Polarity, IndicatorMapping? Mapping)
{
    public static LocalIndicatorRow Of(Document<LocalIndicator> document) => new(
        document.Id, document.Content.Code, document.Content.Year, document.Version, document.Content.Name, document.Content.Kind,
        document.Content.Polarity, document.Content.Mapping);
}

/// <summary>A local indicator that RI has not mapped.</summary>
/// <param name="Satker">The office.</param>
/// <param name="Code">Its code.</param>
/// <param name="Year">The year the definition holds for.</param>
/// <param name="Version">The present version of its definition.</param>
/// <param name="Name">The office's wording.</param>
/// <param name="Kind">The kind of its values.</param>
/// <param name="Unit">What a count counts; null for every other kind.</param>
/// <param name="Polarity">Which direction is better.</param>
/// <param name="Href">The definition.</param>
internal sealed record UnmappedIndicator(
    string Satker, string Code, int Year, int Version, string Name, ValueKind Kind, string? Unit, Polarity Polarity, string Href);

/// <summary>The indicators that offices have defined for themselves.</summary>
internal static class LocalIndicators
{
    /// <summary>Those of an office for a year.</summary>
    public static Sql Of(string satker, int year) =>
        new("select body from document where kind = 'local-indicator' and satker = $1 and year = $2", satker, year);

    public static LocalIndicator Read(NpgsqlDataReader row) => Documents.Read<LocalIndicator>(row.GetFieldValue<byte[]>(0)).Content;

    /// <summary>Those of all offices the caller sees for a year, by office and code.</summary>
    public static async Task<Dictionary<(string Satker, string Code), LocalIndicator>> OfYear(
        DocumentSession session, int year, CancellationToken ct) =>
        (await session.Query(new Sql("select satker, body from document where kind = 'local-indicator' and year = $1", year),
            row => (Satker: row.GetString(0), Local: Documents.Read<LocalIndicator>(row.GetFieldValue<byte[]>(1)).Content), ct))
            .ToDictionary(one => (one.Satker, one.Local.Code), one => one.Local);

    /// <summary>Whether an agreement that was ever in force speaks of one.</summary>
    public static async Task<bool> IsUsed(DocumentSession session, LocalIndicator local, CancellationToken ct) =>
        (await session.Query(new Sql("select exists (select from promise where satker = $1 and year = $2 and indicator = $3)",
            session.Satker, local.Year, local.Code), row => row.GetBoolean(0), ct))[0];

    /// <summary>Those of an office, by year and code.</summary>
    public static Task<List<LocalIndicatorRow>> List(
        Database database, Caller caller, string satker, int? year, Paging page, CancellationToken ct) =>
        database.Query(caller, new Sql("""
            select body from document
            where kind = 'local-indicator' and satker = $1 and id > $2 and ($3::int is null or year = $3) order by id limit $4
            """, satker, page.After ?? "", year, page.Size + 1),
            row => LocalIndicatorRow.Of(Documents.Read<LocalIndicator>(row.GetFieldValue<byte[]>(0))), ct);

    /// <summary>Those that are not mapped, of every office the caller sees, by office, year and code.</summary>
    public static Sql Unmapped(int? year, Paging page)
    {
        var after = (page.After ?? "").Split('/', 2);
        return new Sql("""
            select body from document
            where kind = 'local-indicator' and body #>> '{content,mapping,indicator}' is null and ($1::int is null or year = $1)
              and (satker, id) > ($2, $3)
            order by satker, id limit $4
            """, year, after[0], after.ElementAtOrDefault(1) ?? "", page.Size + 1);
    }

    public static UnmappedIndicator Unmapped(NpgsqlDataReader row, Links links)
    {
        var document = Documents.Read<LocalIndicator>(row.GetFieldValue<byte[]>(0));
        var local = document.Content;
        return new UnmappedIndicator(
            document.Satker, local.Code, local.Year, document.Version, local.Name, local.Kind, local.Unit, local.Polarity,
            links.Document(DocumentKinds.LocalIndicator.Name, document.Satker, document.Id));
    }

    /// <summary>Where the next page begins.</summary>
    public static string Key(UnmappedIndicator row) => $"{row.Satker}/{Catalogue.Id(row.Year, row.Code)}";
}
