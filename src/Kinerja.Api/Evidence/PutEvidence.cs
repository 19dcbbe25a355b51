using Microsoft.AspNetCore.Http.Features;

namespace Kinerja.Api;

internal static class PutEvidence
{
    public static void Map(RouteGroupBuilder evidence) => evidence.MapPut("/{hash}", Handle)
        .Describe("PutEvidence", "Adds a file to an office's evidence, under the SHA-256 of its bytes: PDF, PNG, JPEG, XLSX, DOCX or "
            + "UTF-8 text, by what its bytes show. The same bytes again change nothing.")
        .Takes("label", "What people call it; paths and control characters are taken out.", "Foto kegiatan.jpg")
        .WithMetadata(new TakesFile())
        .Returns<Document<Evidence>>(201).Returns<Document<Evidence>>().Writes();

    private static async Task<IResult> Handle(
        HttpContext http, string satker, string hash, Database database, Caller caller, EvidenceFiles files, Write write, CancellationToken ct)
    {
        // Whoever may not is turned away before a byte is taken.
        if (await OfficeNow.Peek(database, caller, satker, ct) is not var (actor, units))
        {
            return Problems.NotFound();
        }

        if (!Preparer(actor, satker, units).Accepts(out _, out var forbidden))
        {
            return forbidden.ToProblem();
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null; // Counted here, and told with its own code.
        }

        using var received = await files.Receive(http.Request.Body, ct);
        return await write.Run(satker, received.Hash, async session =>
        {
            if (await OfficeNow.Load(session, ct) is not { } office)
            {
                return Refusal.NotFound();
            }

            if (!Preparer(session.Actor, satker, office.Units).Accepts(out var preparer, out var refusal))
            {
                return refusal;
            }

            if (received.Hash != hash)
            {
                return Refusal.Broken("hash-differs", ("hash", received.Hash));
            }

            if (received.Type is not { } type || received.Size == 0)
            {
                return Refusal.Broken("evidence-of-another-type");
            }

            if (await session.Load(DocumentKinds.Evidence, hash, ct) is { } there)
            {
                files.Keep(received); // In the place of what may have been lost.
                return Reply.Ok(there);
            }

            var added = session.Create(DocumentKinds.Evidence, hash,
                new Evidence(hash, received.Size, type, EvidenceRules.Label(http.Request.Query["label"], hash)), null, "add", preparer);
            files.Keep(received);
            return Reply.Created(added, $"/v1/satker/{satker}/evidence/{hash}");
        }, ct);
    }

    /// <summary>The post for which the caller adds a file.</summary>
    private static Decision<Post> Preparer(Actor actor, string satker, Units units)
    {
        var codes = EvidenceRules.Preparers(units).ToList();
        return actor.HoldsAny(satker, codes) is { } held
            ? held.Post
            : Refusal.Forbidden("post-not-held",
                ("required", string.Join(", ", codes.Select(code => $"{satker}.{code}"))), ("held", actor.HeldInWords));
    }
}
