namespace Kinerja.Api;

/// <summary>Of how many offices a figure speaks, and who is missing.</summary>
/// <param name="Expected">Offices that should be in it.</param>
/// <param name="Reported">Those with a report at the level asked for.</param>
/// <param name="Counted">Those whose figure went in.</param>
/// <param name="Missing">The expected that are not counted, by name, with the reason.</param>
internal sealed record Coverage(int Expected, int Reported, int Counted, IReadOnlyList<MissingOffice> Missing);

/// <summary>An expected office that brings no figure.</summary>
/// <param name="Satker">The office.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">Why it brings none.</param>
internal sealed record MissingOffice(string Satker, string Name, Gap State);

/// <summary>A signed document that a figure is made of.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Satker">The office it belongs to.</param>
/// <param name="Id">Its name in that office.</param>
/// <param name="Version">The version that counts; null for an agreement in a roll-up.</param>
/// <param name="ContentHash">What was signed; null for an agreement in a roll-up.</param>
/// <param name="SignOff">How far it was signed for; null for what has no such levels: an agreement, money.</param>
/// <param name="Href">The document.</param>
/// <param name="SignOffs">Its signatures; null for what nobody signs here.</param>
internal sealed record SourceDocument(
    string Kind, string Satker, string Id, int? Version, string? ContentHash, SignOffLevel? SignOff, string Href, string? SignOffs)
{
    public static SourceDocument Agreement(Links links, string satker, string id) => new(
        DocumentKinds.Agreement.Name, satker, id, null, null, null,
        links.Document(DocumentKinds.Agreement.Name, satker, id), links.SignOffs(DocumentKinds.Agreement.Name, satker, id));

    /// <summary>A document as it was read; its year where its address names it.</summary>
    public static SourceDocument Of<T>(Links links, Document<T> document, int? year = null) => new(
        document.Kind, document.Satker, document.Id, document.Version, document.ContentHash, null,
        links.Document(document.Kind, document.Satker, document.Id, year),
        document.SignOff is null ? null : links.SignOffs(document.Kind, document.Satker, document.Id));

    /// <summary>The report that states a result, or those it is accumulated from.</summary>
    public static IEnumerable<SourceDocument> Reports(Links links, string satker, MeasuredResult result) =>
        result.Accumulated?.Parts.Select(part => Report(links, satker, part))
        ?? [Report(links, satker, result.Report, result.Version, result.ContentHash, result.Level)];

    public static SourceDocument Report(Links links, string satker, Part part) =>
        Report(links, satker, part.Report, part.Version, part.ContentHash, part.Level);

    private static SourceDocument Report(Links links, string satker, string id, int version, string contentHash, SignOffLevel level) => new(
        DocumentKinds.Realization.Name, satker, id, version, contentHash, level,
        links.Document(DocumentKinds.Realization.Name, satker, id), links.SignOffs(DocumentKinds.Realization.Name, satker, id));
}
