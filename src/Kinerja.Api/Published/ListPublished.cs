namespace Kinerja.Api;

internal static class ListPublished
{
    /// <summary>A document that anyone may read.</summary>
    /// <param name="Kind">What it is.</param>
    /// <param name="Satker">The office it belongs to.</param>
    /// <param name="Id">Its name in that office.</param>
    /// <param name="Version">Its present version.</param>
    /// <param name="Year">The year it is for; null where there is none.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="ContentHash">The hash of its content.</param>
    /// <param name="RecordedAt">When it last changed.</param>
    /// <param name="Href">The document.</param>
    internal sealed record PublishedRow(
        string Kind, string Satker, string Id, int Version, int? Year, string State, string ContentHash, DateTimeOffset RecordedAt,
        string Href);

    public static void Map(RouteGroupBuilder published) => published.MapGet("/", Handle)
        .Describe("ListPublished", "What is published: documents that anyone may read, without a token.").Returns<Page<PublishedRow>>().Tagged()
        .Takes("kind", "Only documents of this kind.", "indicator")
        .Takes("satker", "Only documents of this office.", "00")
        .Takes("year", "Only documents for this year.", "2024").Problems(400);

    private static async Task<IResult> Handle(
        HttpContext http, Database database, Caller caller, Links links, Paging paging, string? kind, string? satker, Year? year,
        CancellationToken ct)
    {
        var rows = await database.Query(caller, PublicDocuments.List(kind, satker, year?.Value, paging), PublicDocuments.Row, ct);
        return paging.Answer(http, rows, PublicDocuments.Key, row => new PublishedRow(
            row.Kind, row.Satker, row.Id, row.Version, row.Year, row.State, row.ContentHash, row.RecordedAt,
            links.Document(row.Kind, row.Satker, row.Id)));
    }
}
