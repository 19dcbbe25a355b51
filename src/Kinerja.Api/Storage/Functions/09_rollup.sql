-- Reading the roll-ups that are kept, for whoever sees the office above.
--
-- below, expected, reported, counted  how many offices there are; how many should bring something; did; brought a figure.
-- gap                                 why an office that is expected is not counted; none where it has no report.
-- rank                                by which the lowest and the highest value are found.

-- The lowest and the highest value of a population, the first by code of equal ones.
create or replace function extremes(
    p_satker text, p_period text, p_indicator text, p_least int, p_reach text, p_self boolean, p_levels text[])
    returns table (lowest jsonb, highest jsonb) stable language plpgsql set plan_cache_mode = force_generic_plan as
$$
declare
    last date := last_day(p_period);
begin
    if p_reach = 'children' or not exists (
        select from tally t where t.satker = p_satker and t.period = p_period and t.indicator = p_indicator and t.at_least = p_least
            and t.counted > 0) then
        return query with chosen as materialized (
            select s.rank, s.satker, s.value
            from population(p_satker, case p_reach when 'children' then 'children' end, p_self, p_levels, last) p
            join standing s on s.satker = p.satker and s.period = p_period and s.indicator = p_indicator and s.at_least = p_least
            where s.value is not null
        )
        select (select to_jsonb(c) from chosen c order by c.rank, c.satker limit 1),
               (select to_jsonb(c) from chosen c order by c.rank desc, c.satker limit 1);
    else
        lowest := (select jsonb_build_object('rank', s.rank, 'satker', s.satker, 'value', s.value) from standing s
            where s.indicator = p_indicator and s.period = p_period and s.at_least = p_least and s.value is not null
              and belongs(s.satker, p_satker, p_self, p_levels, last)
            order by s.rank, s.satker limit 1);
        highest := (select jsonb_build_object('rank', s.rank, 'satker', s.satker, 'value', s.value) from standing s
            where s.indicator = p_indicator and s.period = p_period and s.at_least = p_least and s.value is not null
              and belongs(s.satker, p_satker, p_self, p_levels, last)
            order by s.rank desc, s.satker limit 1);
        return next;
    end if;
end
$$;

-- The roll-ups of an office: for each rule of the year (or one) how many offices are below, expected, reported and counted,
-- the sums, and the lowest and highest where the method asks for them; without the office itself where that is asked for. Nothing
-- for whom the office is not visible.
create or replace function roll_up(p_satker text, p_year int, p_period text, p_least int, p_indicator text, p_itself boolean default true)
    returns table (
    indicator text, below int, expected int, reported int, counted int, not_applicable int, numerators numeric, denominators numeric,
    numbers numeric, meeting int, taken_over int, lowest jsonb, highest jsonb)
    stable language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_column
declare
    last date := last_day(p_period);
begin
    return query
        with rule as materialized (
            select rule.*, p_itself and rule.self and (rule.levels is null or own.level = any (rule.levels)) as with_self
            from rollup_rule rule join office own on own.satker = p_satker
            where rule.year = p_year and (p_indicator is null or rule.indicator = p_indicator) and sees(p_satker, p_year)
        ), child as materialized (
            select c.satker, o.level from office_parent c join office o on o.satker = c.satker
            where c.parent = p_satker and holds(c.valid_from, c.valid_until, last)
        ), part as (
            select r.indicator, t.reported, t.counted, t.not_applicable, t.numerators, t.denominators, t.numbers, t.meeting, t.taken_over
            from rule r join tally t on t.satker = p_satker and t.period = p_period and t.indicator = r.indicator and t.at_least = p_least
                and (r.levels is null or t.level = any (r.levels))
            where r.reach = 'descendants'
            union all
            select r.indicator, 1, (s.gap is null)::int, (s.gap = 'not-applicable' is true)::int, s.numerator, s.denominator, s.number,
                   s.meeting, s.taken_over
            from rule r join child c on r.reach = 'children' and (r.levels is null or c.level = any (r.levels))
            join standing s on s.satker = c.satker and s.period = p_period and s.indicator = r.indicator and s.at_least = p_least
            union all
            select r.indicator, 1, (s.gap is null)::int, (s.gap = 'not-applicable' is true)::int, s.numerator, s.denominator, s.number,
                   s.meeting, s.taken_over
            from rule r join standing s on r.with_self and s.satker = p_satker and s.period = p_period and s.indicator = r.indicator
                and s.at_least = p_least
        ), sums as materialized (
            select indicator, sum(reported) as reported, sum(counted) as counted, sum(not_applicable) as not_applicable,
                   sum(numerators) as numerators, sum(denominators) as denominators, sum(numbers) as numbers, sum(meeting) as meeting,
                   sum(taken_over) as taken_over
            from part group by indicator
        ), extreme as materialized (
            select r.indicator, e.lowest, e.highest
            from rule r cross join lateral extremes(p_satker, p_period, r.indicator, p_least, r.reach, r.with_self, r.levels) e
            where r.method in ('worst', 'best')
        ), office_count as materialized (
            select r.indicator,
                case r.reach when 'descendants' then coalesce((
                    select sum(change) from census
                    where satker = p_satker and day <= last and (r.levels is null or level = any (r.levels))), 0)
                else (select count(*) from child c where r.levels is null or c.level = any (r.levels)) end as below
            from rule r
        ), expected as materialized (
            select r.indicator, case
                when not r.only_carrying then office_count.below + r.with_self::int
                else (r.with_self and exists (
                        select from carrying c where c.satker = p_satker and c.year = p_year and c.indicator = r.indicator
                            and c.months >> last_month(p_period) & 1 = 1))::int
                    + case r.reach when 'descendants' then coalesce((
                        select sum(e.offices) from expectation e
                        where e.satker = p_satker and e.year = p_year and e.indicator = r.indicator and e.month = last_month(p_period)
                            and (r.levels is null or e.level = any (r.levels))), 0)
                    else (select count(*) from child o join carrying c on c.satker = o.satker and c.year = p_year and c.indicator = r.indicator
                            and c.months >> last_month(p_period) & 1 = 1
                        where r.levels is null or o.level = any (r.levels)) end
                end as offices
            from rule r join office_count using (indicator)
        )
        select indicator, office_count.below::int, expected.offices::int, coalesce(sums.reported, 0)::int,
               coalesce(sums.counted, 0)::int, coalesce(sums.not_applicable, 0)::int, coalesce(sums.numerators, 0),
               coalesce(sums.denominators, 0), coalesce(sums.numbers, 0), coalesce(sums.meeting, 0)::int,
               coalesce(sums.taken_over, 0)::int, extreme.lowest, extreme.highest
        from office_count join expected using (indicator) left join sums using (indicator) left join extreme using (indicator)
        order by indicator;
end
$$;

-- The expected offices that are not counted, by name, with the gap (null where there is no report): of one rule, or of all as
-- long as no more than so many offices are below.
create or replace function uncounted(p_satker text, p_year int, p_period text, p_least int, p_indicator text, p_most int)
    returns table (indicator text, satker text, name text, gap text)
    stable language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_column
declare
    last date := last_day(p_period);
begin
    return query
        with rule as materialized (
            select * from rollup_rule
            where year = p_year and (p_indicator is null or indicator = p_indicator) and sees(p_satker, p_year)
              and (p_indicator is not null
                   or (select coalesce(sum(change), 0) from census where satker = p_satker and day <= last) <= p_most)
        ), chosen as materialized (
            select o.satker, o.level, child.satker is not null as is_child
            from reach r join office o on o.satker = r.satker
            left join office_parent child on child.satker = r.satker and child.parent = p_satker
                and holds(child.valid_from, child.valid_until, last)
            where r.viewer = p_satker and holds(r.valid_from, r.valid_until, last)
              and exists (select from rule)
        ), missing as materialized (
            select r.indicator, c.satker
            from chosen c join carrying y on y.satker = c.satker and y.year = p_year and y.months >> last_month(p_period) & 1 = 1
            join rule r on r.only_carrying and r.indicator = y.indicator
                and (r.levels is null or c.level = any (r.levels))
                and case when c.satker = p_satker then r.self else c.is_child or r.reach = 'descendants' end
            union all
            select r.indicator, c.satker
            from chosen c join rule r on not r.only_carrying
                and (r.levels is null or c.level = any (r.levels))
                and case when c.satker = p_satker then r.self else c.is_child or r.reach = 'descendants' end
            except
            select s.indicator, c.satker
            from chosen c join standing s on s.satker = c.satker and s.period = p_period and s.at_least = p_least and s.gap is null
        )
        select m.indicator, o.satker, o.name, s.gap
        from missing m join office o on o.satker = m.satker
        left join standing s on s.satker = m.satker and s.period = p_period and s.at_least = p_least and s.indicator = m.indicator
        order by m.indicator, o.satker;
end
$$;

-- The roll-up that a report of an office cites, of an indicator that is not measured but cited: its own, where somebody of the
-- population stands below it; else that of the office above, its sums and no row. For that one question the caller stands in
-- the place of the office above.
--
-- p_itself       whether the office's own part of its roll-up is the accepted one; not when the citing report states it.
-- counts_itself  whether the population of its own roll-up counts the office.
create or replace function cited_roll_up(p_satker text, p_year int, p_period text, p_least int, p_indicator text, p_itself boolean)
    returns table (
    giver text, counts_itself boolean, indicator text, below int, expected int, reported int, counted int, not_applicable int,
    numerators numeric, denominators numeric, numbers numeric, meeting int, taken_over int, lowest jsonb, highest jsonb)
    language plpgsql security definer set search_path = public, pg_temp as
$$
#variable_conflict use_column
declare
    last date := last_day(p_period);
    scope text := current_setting('app.scope', true);
    above text := (
        select p.parent from office_parent p
        where p.satker = p_satker and holds(p.valid_from, p.valid_until, last));
begin
    if not sees(p_satker, p_year) or not exists (
        select from document d where d.kind = 'indicator' and d.satker = '00' and d.id = p_year || '/' || p_indicator
            and d.body #>> '{content,source}' = 'parent') then
        return;
    end if;
    return query
        select p_satker, rule.self and (rule.levels is null or own.level = any (rule.levels)), r.*
        from roll_up(p_satker, p_year, p_period, p_least, p_indicator, p_itself) r
        join rollup_rule rule on rule.year = p_year and rule.indicator = r.indicator
        join office own on own.satker = p_satker
        where r.below > 0;
    if found or above is null then
        return;
    end if;
    perform set_config('app.scope', array[above]::text, true);
    return query select above, false, r.* from roll_up(above, p_year, p_period, p_least, p_indicator) r;
    perform set_config('app.scope', coalesce(scope, ''), true);
end
$$;
