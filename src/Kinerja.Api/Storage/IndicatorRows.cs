using Npgsql;

namespace Kinerja.Api;

/// <summary>An indicator in a list.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Year">The year the definition holds for.</param>
/// <param name="Name">The official wording.</param>
/// <param name="Kind">The kind of its values.</param>
/// <param name="Polarity">Which direction is better.</param>
/// <param name="RollsUp">It is made from the results of child offices.</param>
internal sealed record IndicatorRow(string Code, int Year, string Name, ValueKind Kind, Polarity Polarity, bool RollsUp);

/// <summary>Reading the national catalogue as a list.</summary>
internal static class IndicatorRows
{
    /// <summary>The definitions by year and code; those of one year where asked for.</summary>
    public static Sql List(int? year, Paging page) => new("""
        select id, body -> 'content' ->> 'code', year, body -> 'content' ->> 'name', body -> 'content' ->> 'kind',
               body -> 'content' ->> 'polarity', body -> 'content' ? 'rollup'
        from document where kind = 'indicator' and satker = $1 and id > $2 and ($3::int is null or year = $3)
        order by id limit $4
        """, Offices.Ri, page.After ?? "", year, page.Size + 1);

    public static (string Id, IndicatorRow Row) Read(NpgsqlDataReader row) => (row.GetString(0), new IndicatorRow(
        row.GetString(1), row.GetInt32(2), row.GetString(3), Words.Read<ValueKind>(row.GetString(4)),
        Words.Read<Polarity>(row.GetString(5)), row.GetBoolean(6)));
}
