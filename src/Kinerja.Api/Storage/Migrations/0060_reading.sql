-- Reading: capaian over everything below, what was held at an instant, and documents by the hash of their content.

-- The figure of each office below at an agreement level: the mean of its agreements' printed means, each rounded once (half
-- away from zero, as numeric rounds). Offices without an agreement at the level are not there. In the order of their codes,
-- after p_after, at most p_most. Nothing for whom the office above is not visible.
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
        ), line as (
            select p.satker, p.agreement, s.report is not null as reported,
                   (s.figure ->> 'reported')::numeric as figure, s.figure ->> 'counting' = 'counted' as counted,
                   s.figure ->> 'published' is not null as overridden,
                   case when s.report is null then p_without else coalesce(s.state, 'missing') end as state
            from promised p left join (
                select said.* from said join counting on counting.satker = said.satker and counting.report = said.report
                    and counting.round = said.round
                where p_least < 0 or not said.taken_over
            ) s on s.satker = p.satker and s.agreement = p.agreement and s.line = p.line
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
    returns boolean stable language plpgsql as
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

-- The round of a report that had reached a level by an instant, and how far it was signed for by then. What it said stands
-- in the rows of its result once it was submitted; a draft's words are those of the version itself.
create function round_then(p_satker text, p_report text, p_least int, p_then timestamptz)
    returns table (round int, version int, content_hash text, level int, newer boolean, draft jsonb)
    stable language plpgsql as
$$
#variable_conflict use_column
begin
    return query
        with held as materialized (
            select (v.body #>> '{signOff,round}')::int as round, v.version, v.body, case v.body #>> '{signOff,state}'
                       when 'submitted' then 1 when 'verified' then 2 when 'accepted' then 4
                       when 'approved' then case when v.body #>> '{signOff,steps,-1,reaches}' = 'approved' then 4 else 3 end
                       else 0 end as level
            from document_version v
            where v.kind = 'realization' and v.satker = p_satker and v.id = p_report and v.recorded_at <= p_then
        ), counting as (
            select round from held where level >= greatest(p_least, 0) order by version desc limit 1
        )
        select held.round, held.version, held.body ->> 'contentHash', held.level,
               exists (select from held next where next.round > held.round), case when held.level = 0 then held.body end
        from held join counting using (round)
        order by held.level desc, held.version desc limit 1;
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
