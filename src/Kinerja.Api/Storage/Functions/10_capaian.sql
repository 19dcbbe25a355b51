-- Capaian of everything below an office, made from the narrow rows when it is asked for.
--
-- figure  the mean of an office's agreements at one level, each the mean of its lines; in percent, rounded each time.
-- gap     why an office has none.

-- The figure of each office below at an agreement level: the mean of its agreements' printed means, each rounded once (half
-- away from zero, as numeric rounds). A line is what a report states for the period, else what is accumulated for it. Offices
-- without an agreement at the level are not there. What no report speaks of is called p_without. In the order of their codes, after p_after, at most p_most. Nothing for whom
-- the office above is not visible.
create or replace function capaian_below(
    p_satker text, p_year int, p_period text, p_level text, p_least int, p_without text, p_after text, p_most int)
    returns table (satker text, figure numeric, reported boolean, overridden int, gap text)
    stable language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as
$$
#variable_conflict use_column
declare
    last date := last_day(p_period);
begin
    return query
        with chosen as materialized (
            select r.satker from reach r
            where r.viewer = p_satker and r.satker <> p_satker and r.satker > p_after and sees(p_satker, p_year)
              and holds(r.valid_from, r.valid_until, last)
              and exists (
                select from promise p where p.satker = r.satker and p.year = p_year and p.level = p_level
                    and holds(p.valid_from, p.valid_until, last))
            order by r.satker limit p_most
        ), promised as materialized (
            select p.satker, p.agreement, p.line
            from chosen c join promise p on p.satker = c.satker and p.year = p_year and p.level = p_level
                and holds(p.valid_from, p.valid_until, last)
        ), said as materialized (
            select r.satker, r.agreement, r.line, r.report, r.round, r.taken_over, r.figure, r.realization ->> 'state' as state
            from chosen c join result r on r.satker = c.satker and r.period = p_period and r.year = p_year and r.level = p_level
        ), counting as materialized (
            select report.satker, report.report, counting.round
            from (select distinct said.satker, said.report from said) report
            cross join lateral counting_round(report.satker, report.report, p_least) counting
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
                where counts(said.taken_over, p_least)
            ) s on s.satker = p.satker and s.agreement = p.agreement and s.line = p.line
            left join made a on s.report is null and a.satker = p.satker and a.agreement = p.agreement and a.line = p.line
        ), agreement as (
            select satker, round(avg(figure) filter (where counted), 2) as mean, bool_or(reported) as reported,
                   count(*) filter (where counted and overridden) as overridden, min(state) as first_state, max(state) as last_state
            from line group by satker, agreement
        )
        select satker, round(avg(mean), 2), bool_or(reported), sum(overridden)::int,
               case when count(mean) > 0 then null
                    when min(first_state) = max(last_state) then min(first_state)
                    when min(first_state) = 'not-yet-due' and max(last_state) = p_without then p_without else 'missing' end
        from agreement group by satker order by satker;
end
$$;

-- The same without names: how many offices have one and the same figure.
create or replace function capaian_counts_below(p_satker text, p_year int, p_period text, p_level text, p_least int)
    returns table (figure numeric, offices int, reported int, overridden int, gap text) stable language sql as
$$
    select figure, count(*)::int, count(*) filter (where reported)::int, sum(overridden)::int, gap
    from capaian_below(p_satker, p_year, p_period, p_level, p_least, 'missing', '', null)
    group by figure, gap
$$;
