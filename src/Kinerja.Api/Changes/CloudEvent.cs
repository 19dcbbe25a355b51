namespace Kinerja.Api;

/// <summary>A change of a document, as a CloudEvent 1.0.</summary>
/// <param name="Specversion">1.0.</param>
/// <param name="Id">The office and the number of the entry in its chain: 5305.17.</param>
/// <param name="Source">This service.</param>
/// <param name="Type">What happened: id.kinerja.agreement.countersign.v1.</param>
/// <param name="Subject">The path of the document.</param>
/// <param name="Time">When.</param>
/// <param name="Datacontenttype">application/json.</param>
/// <param name="Data">Which document, which version, by which post.</param>
internal sealed record CloudEvent(
    string Specversion, string Id, string Source, string Type, string Subject, DateTimeOffset Time, string Datacontenttype, ChangeData Data)
{
    private const string Service = "urn:kinerja:api";

    /// <summary>The event of an entry. The post that acted is named, never the person.</summary>
    public static CloudEvent Of(SealedChange change)
    {
        var path = Links.PathOf(change.Kind, change.Satker, change.Id, change.Year);
        return new CloudEvent(
            "1.0", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{change.Satker}.{change.Number}"), Service,
            $"id.kinerja.{change.Kind}.{change.Act}.v1", path, change.At, "application/json",
            new ChangeData(change.Satker, change.Kind, change.Id, change.Version, change.Act, change.Post, change.ContentHash, path));
    }
}

/// <summary>What an event is about. The document itself is asked for by its link, with the reader's own rights.</summary>
/// <param name="Satker">The office it belongs to.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its name in that office.</param>
/// <param name="Version">The version the change made.</param>
/// <param name="Act">What was done.</param>
/// <param name="Post">The post that did it; null for the installation.</param>
/// <param name="ContentHash">The hash of the content since then.</param>
/// <param name="Link">Where it is.</param>
internal sealed record ChangeData(
    string Satker, string Kind, string Id, int Version, string Act, string? Post, string ContentHash, string Link);
