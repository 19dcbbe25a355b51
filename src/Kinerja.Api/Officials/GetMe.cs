namespace Kinerja.Api;

internal static class GetMe
{
    /// <summary>Who is asking.</summary>
    /// <param name="Subject">The account at the issuer.</param>
    /// <param name="Posts">The posts held at this moment.</param>
    /// <param name="Awaiting">The documents that wait for an act of one of these posts, oldest first; at most 500.</param>
    internal sealed record Me(string Subject, IReadOnlyList<MyPost> Posts, IReadOnlyList<AwaitingRow> Awaiting);

    /// <summary>A post held at this moment.</summary>
    /// <param name="Post">Office and code: 5305.sekretaris.</param>
    /// <param name="Satker">The office.</param>
    /// <param name="Capacity">definitive, plt or plh.</param>
    internal sealed record MyPost(string Post, string Satker, string Capacity);

    /// <summary>A document that waits for the caller.</summary>
    /// <param name="Kind">What it is.</param>
    /// <param name="Satker">The office it belongs to.</param>
    /// <param name="Id">Its name in that office.</param>
    /// <param name="Version">Its present version.</param>
    /// <param name="Unit">The unit it belongs to.</param>
    /// <param name="Year">The year it is for.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="Post">The post whose act it waits for.</param>
    /// <param name="SignOffs">Where to look at its way, and to act.</param>
    internal sealed record AwaitingRow(
        string Kind, string Satker, string Id, int Version, string? Unit, int? Year, string State, string Post, string SignOffs);

    public static void Map(RouteGroupBuilder me) => me.MapGet("/", Handle)
        .Describe("GetMe", "Who I am, which posts I hold, what awaits my act.").Returns<Me>().Reads();

    private static async Task<IResult> Handle(HttpContext http, Database database, Caller caller, Links links, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        var actor = await database.Actor(caller, ct);
        var awaiting = await database.Query(caller, new Sql("""
            select d.kind, d.satker, d.id, d.version, d.unit, d.year, d.state, d.satker || '.' || d.awaiting
            from unnest($1::text[], $2::text[]) mine (satker, post)
            join document d on d.satker = mine.satker and d.awaiting = mine.post
            union all
            select d.kind, d.satker, d.id, d.version, d.unit, d.year, d.state, p.parent || '.' || mine.post
            from unnest($1::text[], $2::text[]) mine (satker, post)
            join office_parent p on p.parent = mine.satker
                and p.valid_from <= current_setting('app.today')::date and current_setting('app.today')::date < p.valid_until
            join document d on d.satker = p.satker and d.awaiting = 'parent.' || mine.post
            order by 3 limit 500
            """, actor.Posts.Select(held => held.Post.Satker).ToArray(), actor.Posts.Select(held => held.Post.Code).ToArray()),
            row => new AwaitingRow(
                row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.IsDBNull(4) ? null : row.GetString(4),
                row.IsDBNull(5) ? null : row.GetInt32(5), row.GetString(6), row.GetString(7),
                links.SignOffs(row.GetString(0), row.GetString(1), row.GetString(2))), ct);
        return Results.Json(
            new Me(actor.Subject, [.. actor.Posts.Select(held => new MyPost($"{held.Post}", held.Post.Satker, Words.Of(held.Capacity)))],
                awaiting), Json.Answers);
    }
}
