using System.Globalization;

namespace Kinerja.Api;

internal static class ListAudit
{
    public static void Map(RouteGroupBuilder audit) => audit.MapGet("/", Handle)
        .Describe("ListAudit", "Who did what, for which post, when, and which acts were refused: of the offices the caller reads, the "
            + "latest first; and the caller's own refused acts anywhere.").Returns<Page<AuditEntry>>().Tagged()
        .Takes("satker", "Only entries in the chain of this office.", "5305")
        .Takes("kind", "Only documents of this kind.", "agreement")
        .Takes("id", "Only the document of this name.", "0192f7c2-5b1e-7c60-9a55-3f1f0c8f2a11")
        .Takes("subject", "Only what this account did.", "5305.ketua")
        .Takes("post", "Only what was done for this post.", "5305.ketua")
        .Takes("from", "Only since this instant.", "2024-01-01T00:00:00Z")
        .Takes("to", "Only before this instant.", "2025-01-01T00:00:00Z")
        .Takes("refused", "yes: only what was refused; no: only what was done.", "yes").Reads();

    private static async Task<IResult> Handle(
        HttpContext http, Database database, Caller caller, Links links, Paging paging, string? satker, string? kind, string? id,
        string? subject, string? post, Instant? from, Instant? to, OneOf<YesNo>? refused, CancellationToken ct)
    {
        var query = new TrailQuery(satker, kind, id, subject, post, from?.At, to?.At, refused is null ? null : refused.Value == YesNo.Yes);
        return paging.Answer(http, await Ledger.Entries(database, caller, query, paging.AfterNumber(), paging.Size + 1, ct),
            entry => entry.Entry.Position.ToString(CultureInfo.InvariantCulture), entry => AuditEntry.Of(entry, links));
    }
}
