using Npgsql;

namespace Kinerja.Api;

/// <summary>An office in a list.</summary>
/// <param name="Satker">Its code.</param>
/// <param name="Name">Its official name.</param>
/// <param name="Level">ri, provinsi or kabupaten-kota.</param>
/// <param name="Parent">The office above on the day asked for; null for RI.</param>
/// <param name="Zone">Its time zone.</param>
/// <param name="DipaCode">Its six-digit budget code; null where not known.</param>
internal sealed record SatkerRow(string Satker, string Name, OfficeLevel Level, string? Parent, string Zone, string? DipaCode);

/// <summary>Reading the tree of offices as lists.</summary>
internal static class OfficeRows
{
    /// <summary>The offices in the order of their codes, those below one office or of one level where asked for.</summary>
    public static Sql List(string? parent, OfficeLevel? level, DateOnly asOf, Paging page) => new("""
        select o.satker, o.name, o.level, p.parent, o.zone, o.dipa_code
        from office o left join office_parent p on p.satker = o.satker and p.valid_from <= $3 and $3 < p.valid_until
        where o.satker > $1 and ($2::text is null or p.parent = $2) and ($4::text is null or o.level = $4)
        order by o.satker limit $5
        """, page.After ?? "", parent, asOf, level is { } one ? Words.Of(one) : null, page.Size + 1);

    public static SatkerRow Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), Words.Read<OfficeLevel>(row.GetString(2)), row.TextOrNull(3),
        row.GetString(4), row.TextOrNull(5));

    /// <summary>Whether there is such an office.</summary>
    public static Sql Exists(string satker) => new("select exists (select from office where satker = $1)", satker);
}
