using System.Text.Json;

namespace Kinerja.Api;

internal static class GetSignOffs
{
    /// <summary>The way of a document, and what this caller may do now.</summary>
    /// <param name="State">Where it stands.</param>
    /// <param name="Round">Counts the returns.</param>
    /// <param name="Version">The version to send in If-Match.</param>
    /// <param name="ContentHash">The hash of the present content, computed anew from what is stored.</param>
    /// <param name="Steps">The lawful way, first to last.</param>
    /// <param name="Acts">Everything that was done, in order.</param>
    /// <param name="Now">What this caller may do now, and why not otherwise.</param>
    internal sealed record SignOffs(
        State State, int Round, int Version, string ContentHash, IReadOnlyList<StepRow> Steps, IReadOnlyList<ActRow> Acts,
        IReadOnlyList<OptionRow> Now);

    /// <summary>A step of the way.</summary>
    /// <param name="Act">The act.</param>
    /// <param name="Post">The post it is for; of the parent office, as it is today, where the parent acts.</param>
    /// <param name="Reaches">Where the document then stands.</param>
    /// <param name="Done">Whether it is done in this round.</param>
    internal sealed record StepRow(Act Act, string? Post, State Reaches, bool Done);

    /// <summary>An act that was done.</summary>
    /// <param name="Act">What was done.</param>
    /// <param name="Round">In which round.</param>
    /// <param name="Post">For which post.</param>
    /// <param name="Capacity">How the post was held.</param>
    /// <param name="By">By whom.</param>
    /// <param name="At">When: the server's instant.</param>
    /// <param name="From">Where the document stood before.</param>
    /// <param name="To">Where it stood after.</param>
    /// <param name="ContentHash">The hash of the content it was done upon.</param>
    /// <param name="CoversContent">Whether that is still the content as it is stored.</param>
    /// <param name="Reasons">Why, where the act needs it.</param>
    internal sealed record ActRow(
        Act Act, int Round, string Post, Capacity Capacity, string By, DateTimeOffset At, State From, State To,
        string ContentHash, bool CoversContent, IReadOnlyList<Reason>? Reasons);

    /// <summary>Something this caller may do now, or why not.</summary>
    /// <param name="Act">The act.</param>
    /// <param name="Post">The post it would be done for.</param>
    /// <param name="Allowed">Whether it may be done.</param>
    /// <param name="Code">Why not: the code of the problem it would answer; null when allowed.</param>
    /// <param name="Detail">Why not, in words; null when allowed.</param>
    internal sealed record OptionRow(Act Act, string Post, bool Allowed, string? Code, string? Detail);

    public static void Map<T>(RouteGroupBuilder documents, SignedKind<T> kind) => documents
        .MapGet("/{id}/sign-offs", (HttpContext http, string satker, string id, Database database, Caller caller, TimeProvider clock,
            CancellationToken ct) => Handle(kind, http, satker, id, database, caller, clock, ct))
        .Describe($"GetSignOffsOf{kind.Name}", "The way of the document, whether each signature covers its content, and what I may do now.")
        .Returns<SignOffs>().Reads(404);

    private static async Task<IResult> Handle<T>(
        SignedKind<T> kind, HttpContext http, string satker, string id, Database database, Caller caller, TimeProvider clock,
        CancellationToken ct)
    {
        var found = await database.Query(caller, new Sql("""
            select d.body, p.parent from document d left join office_parent p on p.satker = d.satker
                and p.valid_from <= current_setting('app.today')::date and current_setting('app.today')::date < p.valid_until
            where d.kind = $1 and d.satker = $2 and d.id = $3
            """, kind.Kind.Name, satker, id), row => (Body: row.GetFieldValue<byte[]>(0), Parent: row.IsDBNull(1) ? null : row.GetString(1)), ct);
        if (found is not [var (body, parent)])
        {
            return Problems.NotFound();
        }

        using var json = JsonDocument.Parse(body);
        var document = json.Deserialize<Document<T>>(Json.Documents)!;
        var hash = ContentHash.Of(json.RootElement.GetProperty("content"));
        var subject = new SignOffSubject(satker, parent, hash, document.SignOff!);
        var actor = await database.Actor(caller, ct);
        var language = Language.Of(http);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ETag = ETag.Of(document.Version);
        return Results.Json(new SignOffs(
            subject.SignOff.State, subject.SignOff.Round, document.Version, hash,
            [.. subject.SignOff.Steps.Select((step, i) => new StepRow(
                step.Act, SignOffDecider.Seat(subject, step)?.ToString(), step.Reaches, i < subject.SignOff.ThisRound.Count()))],
            [.. subject.SignOff.Acts.Select(done => new ActRow(
                done.Act, done.Round, done.Post, done.Capacity, done.By, done.At, done.From, done.To, done.ContentHash,
                done.ContentHash == hash, done.Reasons))],
            [.. SignOffDecider.Options(subject, actor, clock.GetUtcNow()).Select(option => new OptionRow(
                option.Act, $"{option.Post}", option.WhyNot is null, option.WhyNot?.Code,
                option.WhyNot is { } why ? Texts.Of(why.Code, language, why.Parameters) : null))]), Json.Answers);
    }
}
