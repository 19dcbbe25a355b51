namespace Kinerja.Api;

internal static class GetMe
{
    /// <summary>Who is asking.</summary>
    /// <param name="Subject">The account at the issuer.</param>
    /// <param name="Posts">The posts held at this moment.</param>
    /// <param name="Awaiting">The documents whose next step this caller may do now, oldest first; at most 500.</param>
    internal sealed record Me(string Subject, IReadOnlyList<MyPost> Posts, IReadOnlyList<AwaitingRow> Awaiting);

    /// <summary>A post held at this moment.</summary>
    /// <param name="Post">Office and code: 5305.sekretaris.</param>
    /// <param name="Satker">The office.</param>
    /// <param name="Capacity">definitive, plt or plh.</param>
    internal sealed record MyPost(string Post, string Satker, Capacity Capacity);

    /// <summary>A document that waits for the caller.</summary>
    /// <param name="Kind">What it is.</param>
    /// <param name="Satker">The office it belongs to.</param>
    /// <param name="Id">Its name in that office.</param>
    /// <param name="Version">Its present version.</param>
    /// <param name="Unit">The unit it belongs to.</param>
    /// <param name="Year">The year it is for.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="Post">The post for which the caller may act.</param>
    /// <param name="SignOffs">Where to look at its way, and to act.</param>
    internal sealed record AwaitingRow(
        string Kind, string Satker, string Id, int Version, string? Unit, int? Year, State State, string Post, string SignOffs);

    public static void Map(RouteGroupBuilder me) => me.MapGet("/", Handle)
        .Describe("GetMe", "Who I am, which posts I hold, what awaits my act.").Returns<Me>().Reads();

    private static async Task<IResult> Handle(
        HttpContext http, Database database, Caller caller, TimeProvider clock, Links links, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        var actor = await database.Actor(caller, ct);
        var awaiting = from open in await OpenDocuments.Naming(database, caller, actor, clock.GetUtcNow(), ct)
                       where open.Period.WhyNot is null
                       let post = SignOffDecider.Awaits(open.Subject, actor)
                       where post is not null
                       orderby open.Id
                       select new AwaitingRow(
                           open.Kind, open.Subject.Satker, open.Id, open.Version, open.Unit, open.Year, open.Subject.SignOff.State,
                           $"{post}", links.SignOffs(open.Kind, open.Subject.Satker, open.Id));
        return Results.Json(
            new Me(actor.Subject, [.. actor.Posts.Select(held => new MyPost($"{held.Post}", held.Post.Satker, held.Capacity))],
                [.. awaiting]), Json.Answers);
    }
}
