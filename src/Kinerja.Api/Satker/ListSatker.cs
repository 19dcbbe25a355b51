namespace Kinerja.Api;

internal static class ListSatker
{
    /// <summary>An office in a list.</summary>
    /// <param name="Satker">Its code.</param>
    /// <param name="Name">Its official name.</param>
    /// <param name="Level">ri, provinsi or kabupaten-kota.</param>
    /// <param name="Parent">The office above on the day asked for; null for RI.</param>
    /// <param name="Zone">Its time zone.</param>
    /// <param name="DipaCode">Its six-digit budget code; null where not known.</param>
    internal sealed record SatkerRow(string Satker, string Name, string Level, string? Parent, string Zone, string? DipaCode);

    public static void Map(RouteGroupBuilder offices) => offices.MapGet("/", Handle)
        .Describe("ListSatker", "The offices, as the tree is or was on a day.").Returns<Page<SatkerRow>>().Tagged()
        .Takes("parent", "Only the direct children of this office.", "53")
        .Takes("level", "Only this level: ri, provinsi, kabupaten-kota.", "provinsi")
        .Takes("asOf", "The day whose tree is meant; today when absent.", "2022-06-30")
        .Problems(400);

    private static Task<IResult> Handle(
        HttpContext http, Database database, Caller caller, Paging paging, TimeProvider clock, OneOf<OfficeLevel>? level, Day? asOf,
        string? parent, CancellationToken ct) =>
        Rows(http, database, caller, paging, parent, level, asOf ?? Day.Today(clock), ct);

    public static async Task<IResult> Rows(
        HttpContext http, Database database, Caller caller, Paging paging, string? parent, OneOf<OfficeLevel>? level, Day asOf,
        CancellationToken ct)
    {
        var rows = await database.Query(caller, new Sql("""
            select o.satker, o.name, o.level, p.parent, o.zone, o.dipa_code
            from office o left join office_parent p on p.satker = o.satker and p.valid_from <= $3 and $3 < p.valid_until
            where o.satker > $1 and ($2::text is null or p.parent = $2) and ($4::text is null or o.level = $4)
            order by o.satker limit $5
            """, paging.After ?? "", parent, asOf.Date, level?.Word, paging.Size + 1),
            row => new SatkerRow(row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3),
                row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5)), ct);
        return paging.Answer(http, rows, row => row.Satker);
    }
}
