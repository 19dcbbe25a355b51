using Npgsql;

namespace Kinerja.Api;

/// <summary>A document that is not at the end of its way, with what decides whose act it waits for.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its name in its office.</param>
/// <param name="Version">Its present version.</param>
/// <param name="Unit">The unit it belongs to.</param>
/// <param name="Year">The year it is for.</param>
/// <param name="Subject">The office, its way so far, and who holds the posts of the way.</param>
/// <param name="Period">The window of its period.</param>
internal sealed record OpenDocument(
    string Kind, string Id, int Version, string? Unit, int? Year, SignOffSubject Subject, PeriodNow Period);

/// <summary>What may wait for an act of a person.</summary>
internal static class OpenDocuments
{
    /// <summary>
    /// The open documents whose way names a post of the person, in its own office and right below: more than wait for him, as
    /// a step may be another's, or fall to a higher post. Those that stand at a step of his own come first; at most 500.
    /// </summary>
    public static Task<List<OpenDocument>> Naming(Database database, Caller caller, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        var holders = new Dictionary<string, IReadOnlyList<Holder>>(StringComparer.Ordinal);
        return database.Query(caller, new Sql("""
            with mine as materialized (
                select * from unnest($1::text[], $2::text[]) mine (satker, post)
            ), named as (
                select d.kind, d.satker, d.id, d.awaiting = mine.post as is_at
                from mine join document d on d.satker = mine.satker and d.awaiting is not null
                where d.awaiting = mine.post or exists (
                    select from jsonb_array_elements(d.body #> '{signOff,steps}') step
                    where mine.post in (step ->> 'post', step ->> 'or') and step ->> 'atParent' is distinct from 'true')
                union all
                select d.kind, d.satker, d.id, true
                from mine join office_parent p on p.parent = mine.satker
                    and p.valid_from <= current_setting('app.today')::date and current_setting('app.today')::date < p.valid_until
                join document d on d.satker = p.satker and d.awaiting = 'parent.' || mine.post
            ), first as materialized (
                select kind, satker, id, row_number() over (partition by satker order by id, kind) as number
                from (select kind, satker, id from named group by kind, satker, id order by bool_or(is_at) desc, id limit 500) chosen
            ), held as (
                select office.satker, h.parent, jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                    'post', jsonb_build_object('satker', h.satker, 'code', h.post),
                    'subject', h.subject, 'capacity', h.capacity, 'decree', h.decree))) filter (where h.post is not null) as holders
                from (select satker from first where number = 1) office cross join lateral hands(office.satker, $3, false) h
                group by office.satker, h.parent
            )
            select d.kind, d.satker, d.id, d.version, d.unit, d.year, d.content_hash, d.body -> 'signOff', w.body, w.today, held.parent,
                   case when first.number = 1 then held.holders end
            from first join document d using (kind, satker, id) join held using (satker)
            left join lateral period_window(d.period, d.satker, $3, false) w on d.period is not null
            order by d.satker, first.number
            """, actor.Posts.Select(held => held.Post.Satker).ToArray(), actor.Posts.Select(held => held.Post.Code).ToArray(), now),
            row => Read(row, holders), ct);
    }

    /// <param name="row">The document.</param>
    /// <param name="holders">Who holds the posts of an office's ways, as the first of its rows tells.</param>
    private static OpenDocument Read(NpgsqlDataReader row, Dictionary<string, IReadOnlyList<Holder>> holders)
    {
        var satker = row.GetString(1);
        if (!row.IsDBNull(11))
        {
            holders[satker] = row.Json<IReadOnlyList<Holder>>(11);
        }

        return new OpenDocument(
            row.GetString(0), row.GetString(2), row.GetInt32(3), row.TextOrNull(4),
            row.ValueOrNull<int>(5),
            new SignOffSubject(satker, row.TextOrNull(10), row.GetString(6), row.Json<SignOff>(7),
                holders.GetValueOrDefault(satker, [])),
            PeriodNow.Read(satker, row, 8));
    }
}
