namespace Kinerja.Api;

internal static class ListPostings
{
    /// <summary>Who holds a post.</summary>
    /// <param name="Id">The posting's name in its office.</param>
    /// <param name="Post">The post: office and code.</param>
    /// <param name="Subject">The account at the issuer.</param>
    /// <param name="Capacity">definitive, plt or plh.</param>
    /// <param name="Decree">The number of the decree.</param>
    /// <param name="From">The first day.</param>
    /// <param name="Until">The first day it is no longer held; null while open.</param>
    internal sealed record PostingRow(
        string Id, string Post, string Subject, string Capacity, string Decree, DateOnly From, DateOnly? Until);

    public static void Map(RouteGroupBuilder posts) => posts.MapGet("/", Handle)
        .Describe("ListPostings", "Who holds which post of an office, and when.").Returns<Page<PostingRow>>().Tagged()
        .Takes("asOf", "Only those held on this day; all when absent.", "2024-06-30").Reads();

    private static async Task<IResult> Handle(
        HttpContext http, string satker, Database database, Caller caller, Paging paging, Day? asOf, CancellationToken ct)
    {
        var rows = await database.Query(caller, new Sql("""
            select id, satker || '.' || post, subject, capacity, decree, valid_from, nullif(valid_until, 'infinity') from posting
            where satker = $1 and id > $2 and ($3::date is null or (valid_from <= $3 and $3 < valid_until))
            order by id limit $4
            """, satker, paging.After ?? "", asOf?.Date, paging.Size + 1),
            row => new PostingRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3),
                row.GetString(4), row.GetFieldValue<DateOnly>(5), row.IsDBNull(6) ? null : row.GetFieldValue<DateOnly>(6)), ct);
        return paging.Answer(http, rows, row => row.Id);
    }
}
