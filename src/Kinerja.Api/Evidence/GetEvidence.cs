using Microsoft.Net.Http.Headers;

namespace Kinerja.Api;

internal static class GetEvidence
{
    public static void Map(RouteGroupBuilder evidence) => evidence.MapGet("/{hash}", Handle)
        .Describe("GetEvidence", "A file of an office's evidence, to be saved and not shown: its tag is its hash, and a part of it may "
            + "be asked for by Range.")
        .Produces(200, contentType: "application/octet-stream").Tagged().Reads(404);

    private static async Task<IResult> Handle(
        HttpContext http, string satker, string hash, Database database, Caller caller, EvidenceFiles files, CancellationToken ct)
    {
        if (await Documents.Find(database, caller, DocumentKinds.Evidence, satker, hash, ct) is not { Content: var evidence })
        {
            return Problems.NotFound();
        }

        database.Saw(caller, satker, DocumentKinds.Evidence.Name, hash, version: 1);
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.PhysicalFile(
            files.PathOf(evidence.Hash), FileTypes.MediaType(evidence.Type), FileTypes.Name(evidence), lastModified: null,
            new EntityTagHeaderValue($"\"{evidence.Hash}\""), enableRangeProcessing: true);
    }
}
