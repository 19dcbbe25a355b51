namespace Kinerja.Api;

internal static class ListIndicators
{
    /// <summary>An indicator in a list.</summary>
    /// <param name="Code">Its code.</param>
    /// <param name="Year">The year the definition holds for.</param>
    /// <param name="Name">The official wording.</param>
    /// <param name="Kind">The kind of its values.</param>
    /// <param name="Polarity">Which direction is better.</param>
    /// <param name="RollsUp">It is made from the results of child offices.</param>
    internal sealed record IndicatorRow(string Code, int Year, string Name, string Kind, string Polarity, bool RollsUp);

    public static void Map(RouteGroupBuilder indicators) => indicators.MapGet("/", Handle)
        .Describe("ListIndicators", "The national catalogue, by year and code.").Returns<Page<IndicatorRow>>().Tagged()
        .Takes("year", "Only the definitions of this year.", "2024").Problems(400);

    private static async Task<IResult> Handle(
        HttpContext http, Database database, Caller caller, Paging paging, Year? year, CancellationToken ct)
    {
        var rows = await database.Query(caller, new Sql("""
            select body -> 'content' ->> 'code', year, body -> 'content' ->> 'name', body -> 'content' ->> 'kind',
                   body -> 'content' ->> 'polarity', body -> 'content' ? 'rollup', id
            from document where kind = 'indicator' and satker = $1 and id > $2 and ($3::int is null or year = $3)
            order by id limit $4
            """, Offices.Ri, paging.After ?? "", year?.Value, paging.Size + 1), row => (Id: row.GetString(6), Row: new IndicatorRow(
                row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetBoolean(5))), ct);
        return paging.Answer(http, rows, row => row.Id, row => row.Row);
    }
}
