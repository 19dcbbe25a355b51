using System.Text.Json;

namespace Kinerja.Api;

internal static class GetAuditEntry
{
    /// <summary>An entry, and what it changed.</summary>
    /// <param name="Entry">The entry.</param>
    /// <param name="Previous">The hash of the link before it; zeros before the first, null when it is not the caller's to see.</param>
    /// <param name="Text">What the hash covers, after the hash before it, in UTF-8.</param>
    /// <param name="Changes">The members that differ from the version before.</param>
    internal sealed record AuditDetail(AuditEntry Entry, string? Previous, string Text, IReadOnlyList<AuditChange> Changes);

    /// <summary>A member that differs.</summary>
    /// <param name="Pointer">Where it stands in the document (JSON Pointer).</param>
    /// <param name="Before">What stood there; null when nothing did.</param>
    /// <param name="After">What stands there since; null when nothing does.</param>
    internal sealed record AuditChange(string Pointer, JsonElement? Before, JsonElement? After);

    public static void Map(RouteGroupBuilder audit) => audit.MapGet("/{position:long}", Handle)
        .Describe("GetAuditEntry", "One entry of the trail, what it changed in the document, and all that its hash can be computed "
            + "from again.").Returns<AuditDetail>().Tagged().Reads(404);

    private static async Task<IResult> Handle(long position, Database database, Caller caller, Links links, CancellationToken ct)
    {
        if (await Ledger.Find(database, caller, position, ct) is not var (entry, previous, before, after))
        {
            return Problems.NotFound();
        }

        return Found.Computed(new AuditDetail(
            AuditEntry.Of(entry, links),
            entry.Entry.Number == 1 ? Convert.ToHexStringLower([.. TrailEntry.Beginning])
                : previous is null ? null : Convert.ToHexStringLower(previous),
            entry.Entry.Text,
            after is null ? [] : [.. Difference.Between(Read(before), Read(after))
                .Select(change => new AuditChange(change.Pointer, change.Before, change.After))]));
    }

    private static JsonElement? Read(byte[]? body) => body is null ? null : JsonSerializer.Deserialize<JsonElement>(body);
}
