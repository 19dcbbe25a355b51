-- Reading: capaian over everything below, what was held at an instant, and documents by the hash of their content.

-- The figure of each office below at an agreement level: the mean of its agreements' printed means, each rounded once (half
-- away from zero, as numeric rounds). A line is what a report states for the period, else what is accumulated for it. Offices
-- without an agreement at the level are not there. In the order of their codes, after p_after, at most p_most. Nothing for whom
-- the office above is not visible.
create function capaian_below(
    p_satker text, p_year int, p_period text, p_level text, p_least int, p_without text, p_after text, p_most int)
    returns table (satker text, figure numeric, reported boolean, overridden int, gap text)
    stable language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as
$$
#variable_conflict use_column
begin
    return query
        with chosen as materialized (
            select r.satker from reach r
            where r.viewer = p_satker and r.satker <> p_satker and r.satker > p_after and sees(p_satker, p_year)
              and r.valid_from <= last_day(p_period) and last_day(p_period) < r.valid_until
              and exists (
                select from promise p where p.satker = r.satker and p.year = p_year and p.level = p_level
                    and p.valid_from <= last_day(p_period) and last_day(p_period) < p.valid_until)
            order by r.satker limit p_most
        ), promised as materialized (
            select p.satker, p.agreement, p.line
            from chosen c join promise p on p.satker = c.satker and p.year = p_year and p.level = p_level
                and p.valid_from <= last_day(p_period) and last_day(p_period) < p.valid_until
        ), said as materialized (
            select r.satker, r.agreement, r.line, r.report, r.round, r.taken_over, r.figure, r.realization ->> 'state' as state
            from chosen c join result r on r.satker = c.satker and r.period = p_period and r.year = p_year and r.level = p_level
        ), counting as materialized (
            select report.satker, report.report, (
                select last.round from reached last
                where last.satker = report.satker and last.report = report.report and last.level >= greatest(p_least, 0)
                order by last.version desc limit 1) as round
            from (select distinct said.satker, said.report from said) report
        ), made as materialized (
            select a.satker, a.agreement, a.line, a.incomplete, a.figure, a.realization ->> 'state' as state
            from chosen c join accumulated a on a.satker = c.satker and a.period = p_period and a.year = p_year and a.level = p_level
                and p_least between a.lowest and a.highest
        ), line as (
            select p.satker, p.agreement, s.report is not null or a.line is not null as reported,
                   (coalesce(s.figure, a.figure) ->> 'reported')::numeric as figure,
                   coalesce(s.figure, a.figure) ->> 'counting' = 'counted' as counted,
                   s.figure ->> 'published' is not null as overridden,
                   case when s.report is not null then coalesce(s.state, 'missing')
                        when a.line is null or a.incomplete then p_without else coalesce(a.state, 'missing') end as state
            from promised p left join (
                select said.* from said join counting on counting.satker = said.satker and counting.report = said.report
                    and counting.round = said.round
                where p_least < 0 or not said.taken_over
            ) s on s.satker = p.satker and s.agreement = p.agreement and s.line = p.line
            left join made a on s.report is null and a.satker = p.satker and a.agreement = p.agreement and a.line = p.line
        ), agreement as (
            select satker, round(avg(figure) filter (where counted), 2) as mean, bool_or(reported) as reported,
                   count(*) filter (where counted and overridden) as overridden, min(state) as first_state, max(state) as last_state
            from line group by satker, agreement
        )
        select satker, round(avg(mean), 2), bool_or(reported), sum(overridden)::int,
               case when count(mean) > 0 then null
                    when min(first_state) = max(last_state) then min(first_state) else 'missing' end
        from agreement group by satker order by satker;
end
$$;

-- The same without names: how many offices have one and the same figure.
create function capaian_below(p_satker text, p_year int, p_period text, p_level text, p_least int)
    returns table (figure numeric, offices int, reported int, overridden int, gap text) stable language sql as
$$
    select figure, count(*)::int, count(*) filter (where reported)::int, sum(overridden)::int, gap
    from capaian_below(p_satker, p_year, p_period, p_level, p_least, 'missing', '', null)
    group by figure, gap
$$;

-- ---- what was held at an instant ----

-- Whether a line that was promised bound on a day, as was known at an instant: in force by then, and not ended by then for
-- that day. The end of a promise is written once, with the version that superseded or revoked its agreement.
create function bound_then(p_satker text, p_agreement text, p_until date, p_day date, p_then timestamptz)
    returns boolean stable cost 1000 language plpgsql as -- Told of the lines that are asked for, not of all.
$$
begin
    return coalesce((
        select case v.body #>> '{signOff,state}' when 'in-force' then true
                   when 'superseded' then p_day < p_until when 'revoked' then p_day < p_until else false end
        from document_version v
        where v.kind = 'agreement' and v.satker = p_satker and v.id = p_agreement and v.recorded_at <= p_then
        order by v.version desc limit 1), false);
end
$$;

-- How far a version of a report was signed for.
create function level_then(p_version jsonb) returns int immutable language sql as
$$
    select case p_version #>> '{signOff,state}'
        when 'submitted' then 1 when 'verified' then 2 when 'accepted' then 4
        when 'approved' then case when p_version #>> '{signOff,steps,-1,reaches}' = 'approved' then 4 else 3 end
        else 0 end
$$;

-- What is known of the reports of a year by an instant: of each, the last round that had reached each level. What it said
-- stands in the rows of its result once it was submitted, and while it is the present draft; an earlier draft's words are
-- those of the version itself.
create function reached_then(p_offices text[], p_year int, p_then timestamptz) returns table (
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
            order by d.satker, d.id, level_then(v.body), v.version desc
        )
        select last.satker, last.id, last.unit, last.period, last.level, last.round, last.version, last.body ->> 'contentHash',
               case when last.level = 0 and last.version <> last.present and not exists (
                   select from last higher
                   where higher.satker = last.satker and higher.id = last.id and higher.round = last.round and higher.level > 0)
               then last.body end, last.recorded_at
        from last;
end
$$;

-- The round of a report that had reached a level by an instant, and how far it was signed for by then.
create function round_then(p_satker text, p_report text, p_least int, p_then timestamptz)
    returns table (round int, version int, content_hash text, level int, newer boolean, draft jsonb, recorded_at timestamptz)
    stable rows 1 language plpgsql as
$$
#variable_conflict use_column
begin
    return query
        with held as materialized (
            select (v.body #>> '{signOff,round}')::int as round, v.version, v.recorded_at, v.body, level_then(v.body) as level
            from document_version v
            where v.kind = 'realization' and v.satker = p_satker and v.id = p_report and v.recorded_at <= p_then
        ), counting as (
            select round from held where level >= greatest(p_least, 0) order by version desc limit 1
        )
        select held.round, held.version, held.body ->> 'contentHash', held.level,
               exists (select from held next where next.round > held.round),
               case when held.level = 0 and held.version <> (
                   select d.version from document d where d.kind = 'realization' and d.satker = p_satker and d.id = p_report)
               then held.body end, held.recorded_at
        from held join counting using (round)
        order by held.level desc, held.version desc limit 1;
end
$$;

-- The agreements that bound by an instant, and from when until when, as was known then.
create function agreements_then(p_offices text[], p_year int, p_then timestamptz)
    returns table (satker text, body jsonb, level text, valid_from date, valid_until date, recorded_at timestamptz)
    stable language plpgsql as
$$
#variable_conflict use_column
begin
    return query
        select d.satker, d.body, p.level, p.valid_from, case held.state when 'in-force' then 'infinity' else p.valid_until end,
               held.recorded_at
        from document d
        join lateral (
            select level, valid_from, valid_until from promise where promise.satker = d.satker and agreement = d.id limit 1) p on true
        join lateral (
            select v.body #>> '{signOff,state}' as state, v.recorded_at from document_version v
            where v.kind = d.kind and v.satker = d.satker and v.id = d.id and v.recorded_at <= p_then
            order by v.version desc limit 1) held on held.state in ('in-force', 'superseded', 'revoked')
        where d.kind = 'agreement' and d.satker = any (p_offices) and d.year = p_year;
end
$$;

-- An office's own indicators as they were by an instant.
create function locals_then(p_satker text, p_year int, p_then timestamptz) returns jsonb stable language plpgsql as
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
create function counts_as_then(p_satker text, p_year int, p_indicator text, p_then timestamptz) returns text stable language plpgsql as
$$
begin
    return case when p_indicator not like 'L-%' then p_indicator else (
        select v.body #>> '{content,mapping,indicator}' from document_version v
        where v.kind = 'local-indicator' and v.satker = p_satker and v.id = p_year || '/' || p_indicator and v.recorded_at <= p_then
        order by v.version desc limit 1) end;
end
$$;

-- The offices chosen by the tree of a day, as the tree was known at an instant.
create function population(p_satker text, p_reach text, p_self boolean, p_levels text[], p_day date, p_then timestamptz)
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

-- ---- documents by the hash of their content ----

alter table document_version add column content_hash text generated always as (body ->> 'contentHash') stored;
create index document_version_hash on document_version (content_hash);
create index document_public on document (kind, satker, id) where public;
