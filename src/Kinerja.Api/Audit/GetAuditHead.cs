using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinerja.Api;

internal static class GetAuditHead
{
    /// <summary>The end of an office's chain, signed.</summary>
    /// <param name="Satker">The office.</param>
    /// <param name="Number">How many entries its chain has.</param>
    /// <param name="Position">The place of the last among all.</param>
    /// <param name="Hash">The hash of the last link, in hexadecimal digits.</param>
    /// <param name="Kid">The key, of those under /.well-known/webhook-keys.</param>
    /// <param name="Signature">Ed25519, base64url, over the canonical form (RFC 8785) of this object without this member.</param>
    internal sealed record AuditHead(string Satker, long Number, long Position, string Hash, string Kid, string Signature);

    public static void Map(RouteGroupBuilder audit) => audit.MapGet("/head", Handle)
        .Describe("GetAuditHead", "The end of an office's chain, signed: who keeps it can show later that nothing before it changed.")
        .Returns<AuditHead>().Tagged().Takes("satker", "The office.", "5305", required: true).Reads(404);

    private static async Task<IResult> Handle(OfficeOf satker, Database database, Caller caller, SigningKeys keys, CancellationToken ct) =>
        await Ledger.Head(database, caller, satker.Code, ct) is { } head
            ? Found.Computed(keys.Sign(Said(head)).Deserialize<AuditHead>(Json.Answers))
            : Problems.NotFound();

    /// <summary>A head as it is signed here and exported.</summary>
    public static JsonObject Said(ChainHead head) => new()
    {
        ["satker"] = head.Satker,
        ["number"] = head.Number,
        ["position"] = head.Position,
        ["hash"] = Convert.ToHexStringLower(head.Hash),
    };
}
