using Npgsql;

namespace Kinerja.Api;

/// <summary>Who holds a post.</summary>
/// <param name="Id">The posting's name in its office.</param>
/// <param name="Post">The post: office and code.</param>
/// <param name="Subject">The account at the issuer.</param>
/// <param name="Capacity">definitive, plt or plh.</param>
/// <param name="Decree">The number of the decree.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The first day it is no longer held; null while open.</param>
internal sealed record PostingRow(
    string Id, string Post, string Subject, Capacity Capacity, string Decree, DateOnly From, DateOnly? Until);

/// <summary>Reading the posts register as a list.</summary>
internal static class PostingRows
{
    /// <summary>The postings of an office, oldest first; those held on a day where asked for.</summary>
    public static Sql List(string satker, DateOnly? asOf, Paging page) => new("""
        select id, satker || '.' || post, subject, capacity, decree, valid_from, nullif(valid_until, 'infinity') from posting
        where satker = $1 and id > $2 and ($3::date is null or (valid_from <= $3 and $3 < valid_until))
        order by id limit $4
        """, satker, page.After ?? "", asOf, page.Size + 1);

    public static PostingRow Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), Words.Read<Capacity>(row.GetString(3)), row.GetString(4),
        row.GetFieldValue<DateOnly>(5), row.ValueOrNull<DateOnly>(6));
}
