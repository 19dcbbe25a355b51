-- What was held at an instant (p_then), from the versions of documents. The day whose tree or agreements are meant is another
-- matter, and another parameter.
--
-- level_then, round_then, reached_then  the rule of 03_levels.sql, told of versions instead of rows.

-- The offices chosen by the tree of a day, as the tree was known at an instant.
create or replace function population(p_satker text, p_reach text, p_self boolean, p_levels text[], p_day date, p_then timestamptz)
    returns table (satker text) stable language plpgsql as
$$
#variable_conflict use_column
begin
    return query
        with recursive fact as materialized (
            select held.satker, told.parent
            from (select distinct on (v.satker) v.satker, v.body from document_version v
                  where v.kind = 'satker' and v.recorded_at <= p_then order by v.satker, v.version desc) held
            cross join lateral jsonb_to_recordset(held.body #> '{content,parents}') as told (parent text, "from" date, until date)
            where told."from" <= p_day and (told.until is null or p_day < told.until)
        ), below as (
            select fact.satker from fact where fact.parent = p_satker
            union all
            select fact.satker from below join fact on fact.parent = below.satker where p_reach = 'descendants'
        )
        select o.satker from below join office o using (satker) where p_levels is null or o.level = any (p_levels)
        union all
        select o.satker from office o where p_self and o.satker = p_satker and (p_levels is null or o.level = any (p_levels));
end
$$;

-- Until when an agreement bound, as was known at an instant at which it stood in a state. The end of a promise is written with
-- the version that superseded or revoked its agreement; that of a revoked one once more when another takes its place.
create or replace function until_then(p_state text, p_until date, p_revoked_until date, p_replaced_at timestamptz, p_then timestamptz)
    returns date immutable language sql as
$$
    select case p_state when 'in-force' then 'infinity' when 'superseded' then p_until
        when 'revoked' then case when p_replaced_at <= p_then then p_until else coalesce(p_revoked_until, p_until) end
        else '-infinity' end
$$;

-- Whether a line that was promised bound on a day, as was known at an instant: in force by then, and not ended by then for
-- that day.
create or replace function bound_then(p_satker text, p_agreement text, p_until date, p_day date, p_then timestamptz)
    returns boolean stable cost 1000 language plpgsql as -- Told of the lines that are asked for, not of all.
$$
begin
    return coalesce((
        select p_day < until_then(v.body #>> '{signOff,state}', p_until, p.revoked_until, p.replaced_at, p_then)
        from document_version v cross join lateral (
            select revoked_until, replaced_at from promise where satker = p_satker and agreement = p_agreement limit 1) p
        where v.kind = 'agreement' and v.satker = p_satker and v.id = p_agreement and v.recorded_at <= p_then
        order by v.version desc limit 1), false);
end
$$;

-- How far a version of a report was signed for.
create or replace function level_then(p_version jsonb) returns int immutable language sql as
$$
    select case p_version #>> '{signOff,state}'
        when 'submitted' then sign_off_level('submitted')
        when 'verified' then sign_off_level('verified')
        when 'accepted' then sign_off_level('accepted')
        when 'approved' then sign_off_level( -- of RI, which has nobody above, it is the last step
            case when p_version #>> '{signOff,steps,-1,reaches}' = 'approved' then 'accepted' else 'approved' end)
        else sign_off_level('draft') end
$$;

-- Whether a report had been taken back by an instant: its last version is the one that did.
create or replace function taken_back_then(p_state text, p_recorded_at timestamptz, p_then timestamptz) returns boolean immutable language sql as
$$ select p_state = 'revoked' and p_recorded_at <= p_then $$;

-- The report of a unit for a period as was known at an instant; one that was taken back since then has no slot any more.
create or replace function report_then(p_satker text, p_period text, p_unit text, p_then timestamptz) returns table (id text)
    stable rows 1 language sql as
$$
    select d.id from document d
    where d.kind = 'realization' and d.satker = p_satker and d.slot = p_period || '/' || p_unit and d.created_at <= p_then
    union all
    select d.id from document d
    where d.kind = 'realization' and d.satker = p_satker and d.state = 'revoked' and d.period = p_period and d.unit = p_unit
      and d.created_at <= p_then and p_then < d.recorded_at
$$;

-- What is known of the reports of a year by an instant: of each, the last round that had reached each level. What it said
-- stands in the rows of its result once it was submitted, and while it is the present draft; an earlier draft's words are
-- those of the version itself.
create or replace function reached_then(p_offices text[], p_year int, p_then timestamptz) returns table (
    satker text, report text, unit text, period text, level int, round int, version int, content_hash text, draft jsonb,
    recorded_at timestamptz) stable language plpgsql as
$$
#variable_conflict use_column
begin
    return query
        with last as materialized (
            select distinct on (d.satker, d.id, level_then(v.body)) d.satker, d.id, d.unit, d.period, d.version as present,
                   level_then(v.body) as level, (v.body #>> '{signOff,round}')::int as round, v.version, v.recorded_at, v.body
            from document d join document_version v on v.kind = d.kind and v.satker = d.satker and v.id = d.id
            where d.kind = 'realization' and d.satker = any (p_offices) and d.year = p_year and v.recorded_at <= p_then
              and not taken_back_then(d.state, d.recorded_at, p_then)
            order by d.satker, d.id, level_then(v.body), v.version desc
        )
        select last.satker, last.id, last.unit, last.period, last.level, last.round, last.version, last.body ->> 'contentHash',
               case when last.level = sign_off_level('draft') and last.version <> last.present and not exists (
                   select from last higher
                   where higher.satker = last.satker and higher.id = last.id and higher.round = last.round
                     and higher.level > sign_off_level('draft'))
               then last.body end, last.recorded_at
        from last;
end
$$;

-- The round of a report that had reached a level by an instant, and how far it was signed for by then.
create or replace function round_then(p_satker text, p_report text, p_least int, p_then timestamptz)
    returns table (round int, version int, content_hash text, level int, newer boolean, draft jsonb, recorded_at timestamptz)
    stable rows 1 language plpgsql as
$$
#variable_conflict use_column
begin
    return query
        with held as materialized (
            select (v.body #>> '{signOff,round}')::int as round, v.version, v.recorded_at, v.body, level_then(v.body) as level
            from document d join document_version v on v.kind = d.kind and v.satker = d.satker and v.id = d.id and v.recorded_at <= p_then
            where d.kind = 'realization' and d.satker = p_satker and d.id = p_report
              and not taken_back_then(d.state, d.recorded_at, p_then)
        ), counting as (
            select round from held where reaches(level, p_least) order by version desc limit 1
        )
        select held.round, held.version, held.body ->> 'contentHash', held.level,
               exists (select from held next where next.round > held.round),
               case when held.level = sign_off_level('draft') and held.version <> (
                   select d.version from document d where d.kind = 'realization' and d.satker = p_satker and d.id = p_report)
               then held.body end, held.recorded_at
        from held join counting using (round)
        order by held.level desc, held.version desc limit 1;
end
$$;

-- The agreements that bound by an instant, and from when until when, as was known then.
create or replace function agreements_then(p_offices text[], p_year int, p_then timestamptz)
    returns table (satker text, body jsonb, level text, valid_from date, valid_until date)
    stable language plpgsql as
$$
#variable_conflict use_column
begin
    return query
        select d.satker, d.body, p.level, p.valid_from,
               until_then(held.state, p.valid_until, p.revoked_until, p.replaced_at, p_then)
        from document d
        join lateral (
            select level, valid_from, valid_until, revoked_until, replaced_at from promise where promise.satker = d.satker and agreement = d.id limit 1) p on true
        join lateral (
            select v.body #>> '{signOff,state}' as state from document_version v
            where v.kind = d.kind and v.satker = d.satker and v.id = d.id and v.recorded_at <= p_then
            order by v.version desc limit 1) held on held.state in ('in-force', 'superseded', 'revoked')
        where d.kind = 'agreement' and d.satker = any (p_offices) and d.year = p_year;
end
$$;

-- An office's own indicators as they were by an instant.
create or replace function locals_then(p_satker text, p_year int, p_then timestamptz) returns jsonb stable language plpgsql as
$$
begin
    return (
        select jsonb_agg(held.content) from (
            select distinct on (v.id) v.body -> 'content' as content from document_version v
            where v.kind = 'local-indicator' and v.satker = p_satker and v.year = p_year and v.recorded_at <= p_then
            order by v.id, v.version desc) held);
end
$$;

-- What a code of an office counted as: a code of the catalogue as itself, an own one as what it was mapped to by then.
create or replace function counts_as_then(p_satker text, p_year int, p_indicator text, p_then timestamptz) returns text
    stable language plpgsql as
$$
begin
    return case when p_indicator not like 'L-%' then p_indicator else (
        select v.body #>> '{content,mapping,indicator}' from document_version v
        where v.kind = 'local-indicator' and v.satker = p_satker and v.id = p_year || '/' || p_indicator and v.recorded_at <= p_then
        order by v.version desc limit 1) end;
end
$$;
