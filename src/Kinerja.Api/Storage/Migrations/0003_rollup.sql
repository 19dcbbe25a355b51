-- Roll-ups are kept, not computed when they are asked for: what an office brings to each (standing), whether it is expected
-- to (carrying), and the sums of both over every subtree (tally, expectation, census). One function, restand, compares what
-- an office brings now with what is kept and adds the difference to every office above, in the transaction of the change.

create index office_parent_parent on office_parent (parent);

-- The rules of the catalogue, as the roll-up reads them.
create table rollup_rule (
    satker        text not null,
    year          int  not null,
    indicator     text not null,
    source        text not null,
    source_level  text not null,
    method        text not null,
    self          boolean not null,
    reach         text not null,
    only_carrying boolean not null,
    levels        text[],
    primary key (year, indicator)
);
call protect('rollup_rule', 'all', p_years => false, p_writes => 'append');
grant select, insert on rollup_rule to kinerja_app;

-- What the line brings to each roll-up that it feeds, one element a roll-up; null when it feeds none.
alter table result add column feeds jsonb;
create index result_feeds on result (satker, period) where feeds is not null;
grant select (feeds), insert (feeds), update (feeds) on result to kinerja_app;

-- What an office brings to a roll-up at a least sign-off level (-1 taken over … 4 accepted); a gap says why it is not counted.
create table standing (
    satker      text not null,
    period      text not null,
    indicator   text not null,
    at_least       int  not null,
    gap         text,
    numerator   numeric not null,
    denominator numeric not null,
    number      numeric not null,
    rank        numeric,
    meeting     int not null,
    taken_over  int not null,
    value       jsonb,
    primary key (satker, period, at_least, indicator)
);
-- The lowest and the highest of a nation, found without reading it; only the methods that want them keep the value.
create index standing_lowest on standing (indicator, period, at_least, rank, satker) where value is not null;
create index standing_highest on standing (indicator, period, at_least, rank desc, satker) where value is not null;

-- In which months' ends (bits 1 to 12) an agreement of the office carries the source of a roll-up.
create table carrying (
    satker    text not null,
    year      int  not null,
    indicator text not null,
    months    int  not null,
    primary key (satker, year, indicator)
);

-- The standings of everything below an office, by the level of the offices, with the tree of the period's last day.
create table tally (
    satker         text not null,
    period         text not null,
    indicator      text not null,
    at_least          int  not null,
    level          text not null,
    reported       int  not null,
    counted        int  not null,
    not_applicable int  not null,
    numerators     numeric not null,
    denominators   numeric not null,
    numbers        numeric not null,
    meeting        int  not null,
    taken_over     int  not null,
    primary key (satker, period, indicator, at_least, level)
) with (fillfactor = 50); -- Room to update a row where it stands.

-- How many of everything below an office carry the source at a month's end.
create table expectation (
    satker    text not null,
    year      int  not null,
    indicator text not null,
    month     int  not null,
    level     text not null,
    offices   int  not null,
    primary key (satker, year, indicator, month, level)
);

-- How many offices are below an office: what changes on a day.
create table census (
    satker text not null,
    level  text not null,
    day    date not null,
    change int  not null,
    primary key (satker, level, day)
);

-- The application reads and writes these only through the functions below.
call protect('standing', 'none', p_years => false, p_writes => 'none');
call protect('carrying', 'none', p_years => false, p_writes => 'none');
call protect('tally', 'none', p_years => false, p_writes => 'none');
call protect('expectation', 'none', p_years => false, p_writes => 'none');
call protect('census', 'none', p_years => false, p_writes => 'none');

-- The last month and the last day of a period: 2024, 2024-S1, 2024-T1, 2024-B03.
create function last_month(p_period text) returns int immutable language sql as
$$
    select case substr(p_period, 6, 1)
        when 'S' then 6 * substr(p_period, 7)::int when 'T' then 3 * substr(p_period, 7)::int
        when 'B' then substr(p_period, 7)::int else 12 end
$$;

create function month_end(p_year int, p_month int) returns date immutable language sql as
$$ select (make_date(p_year, p_month, 1) + interval '1 month')::date - 1 $$;

create function last_day(p_period text) returns date immutable language sql as
$$ select month_end(left(p_period, 4)::int, last_month(p_period)) $$;

-- The functions below are in PL/pgSQL, which plans a statement once a session; a plan in SQL's own would be made at each call.
create or replace function sees(p_satker text, p_year int) returns boolean stable language plpgsql as
$$
begin
    return exists (
        select 1 from reach
        where viewer = any (nullif(current_setting('app.scope', true), '')::text[]) and satker = p_satker
          and valid_from <= current_setting('app.today')::date
          and (current_setting('app.today')::date < valid_until or p_year between from_year and until_year));
end
$$;

-- What an office brings to each roll-up, from its promises and results: the last round that reached each level counts.
create function brought(p_satker text, p_periods text[]) returns table (
    period text, indicator text, at_least int, gap text, numerator numeric, denominator numeric, number numeric, rank numeric,
    meeting int, taken_over int, value jsonb) stable language plpgsql set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_column
begin
    return query
        with line as (
            select r.period, r.report, r.round, r.taken_over, r.feeds, exists (
                select from promise other
                where other.satker = p.satker and other.year = p.year and other.level = p.level and other.indicator = p.indicator
                  and (other.agreement, other.line) <> (p.agreement, p.line)
                  and other.valid_from <= last_day(r.period) and last_day(r.period) < other.valid_until) as twice
            from result r join promise p on p.satker = r.satker and p.agreement = r.agreement and p.line = r.line
                and p.valid_from <= last_day(r.period) and last_day(r.period) < p.valid_until
            where r.satker = p_satker and r.period = any (p_periods) and r.feeds is not null
        ), counting as (
            select said.report, at_least, (
                select last.round from reached last
                where last.satker = p_satker and last.report = said.report and last.level >= greatest(at_least, 0)
                order by last.version desc limit 1) as round
            from (select distinct report from line) said cross join generate_series(-1, 4) at_least
        )
        select line.period, fed.indicator, counting.at_least,
               case when bool_or(line.twice) then 'stated-twice' else min(fed.gap) end,
               case when bool_or(line.twice) then 0 else min(fed.numerator) end,
               case when bool_or(line.twice) then 0 else min(fed.denominator) end,
               case when bool_or(line.twice) then 0 else min(fed.number) end,
               case when not bool_or(line.twice) then min(fed.rank) end,
               case when bool_or(line.twice) then 0 else min(fed.meeting) end,
               case when bool_or(line.twice) then 0 else min((line.taken_over and fed.gap is null)::int) end,
               case when not bool_or(line.twice) then (array_agg(fed.value))[1] end
        from line join counting on counting.report = line.report and counting.round = line.round
            and (counting.at_least < 0 or not line.taken_over)
        cross join lateral jsonb_to_recordset(line.feeds) as fed (
            indicator text, gap text, numerator numeric, denominator numeric, number numeric, rank numeric, meeting int, value jsonb)
        group by line.period, fed.indicator, counting.at_least;
end
$$;

-- In which months' ends an office carries the source of each roll-up.
create function carried(p_satker text, p_year int) returns table (indicator text, months int) stable language plpgsql set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_column
begin
    return query
        select rule.indicator, bit_or(1 << month)
        from rollup_rule rule
        join promise p on p.satker = p_satker and p.year = p_year and p.level = rule.source_level and p.indicator = rule.source
        join generate_series(1, 12) month on p.valid_from <= month_end(p_year, month) and month_end(p_year, month) < p.valid_until
        where rule.year = p_year
        group by rule.indicator;
end
$$;

-- Brings the figures of an office's periods up to date, and those of every office that was above it on their last days.
-- Rows are taken in one order, the nation's last: nobody waits in a circle, and for the hottest row the shortest.
create function restand(p_satker text, p_periods text[]) returns void language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    perform pg_advisory_xact_lock_shared(1), -- The tree stays as it is,
            pg_advisory_xact_lock(hashtextextended(p_satker, 4)); -- and one restands an office at a time.
    with n as materialized (select *, true as is_there from brought(p_satker, p_periods)
    ), o as materialized (
        select *, true as is_there from standing s where s.satker = p_satker and s.period = any (p_periods)
    ), change as materialized (
        select period, indicator, at_least, n.is_there as stays, n.gap, n.numerator, n.denominator, n.number, n.rank, n.meeting,
               n.taken_over, n.value,
               (n.is_there is true)::int - (o.is_there is true)::int as reported,
               (n.is_there is true and n.gap is null)::int - (o.is_there is true and o.gap is null)::int as counted,
               (n.gap = 'not-applicable' is true)::int - (o.gap = 'not-applicable' is true)::int as not_applicable,
               coalesce(n.numerator, 0) - coalesce(o.numerator, 0) as numerators,
               coalesce(n.denominator, 0) - coalesce(o.denominator, 0) as denominators,
               coalesce(n.number, 0) - coalesce(o.number, 0) as numbers,
               coalesce(n.meeting, 0) - coalesce(o.meeting, 0) as meetings,
               coalesce(n.taken_over, 0) - coalesce(o.taken_over, 0) as taken_overs
        from n full join o using (period, indicator, at_least)
        where (n.is_there, n.gap, n.numerator, n.denominator, n.number, n.rank, n.meeting, n.taken_over, n.value)
            is distinct from (o.is_there, o.gap, o.numerator, o.denominator, o.number, o.rank, o.meeting, o.taken_over, o.value)
    ), dropped as (
        delete from standing s using change c
        where not c.stays is true and s.satker = p_satker and s.period = c.period and s.indicator = c.indicator and s.at_least = c.at_least
    ), put as (
        insert into standing
        select p_satker, period, indicator, at_least, gap, numerator, denominator, number, rank, meeting, taken_over, value
        from change where stays
        on conflict (satker, period, at_least, indicator) do update set gap = excluded.gap, numerator = excluded.numerator,
            denominator = excluded.denominator, number = excluded.number, rank = excluded.rank, meeting = excluded.meeting,
            taken_over = excluded.taken_over, value = excluded.value
    )
    insert into tally as t
    select r.viewer, c.period, c.indicator, c.at_least, office.level, c.reported, c.counted, c.not_applicable, c.numerators,
           c.denominators, c.numbers, c.meetings, c.taken_overs
    from change c
    join office on office.satker = p_satker
    join reach r on r.satker = p_satker and r.viewer <> p_satker
        and r.valid_from <= last_day(c.period) and last_day(c.period) < r.valid_until
    order by r.viewer desc, c.period, c.indicator, c.at_least
    on conflict (satker, period, indicator, at_least, level) do update set reported = t.reported + excluded.reported,
        counted = t.counted + excluded.counted, not_applicable = t.not_applicable + excluded.not_applicable,
        numerators = t.numerators + excluded.numerators, denominators = t.denominators + excluded.denominators,
        numbers = t.numbers + excluded.numbers, meeting = t.meeting + excluded.meeting,
        taken_over = t.taken_over + excluded.taken_over;
end
$$;

-- The same for what an office is expected to bring in a year, and for all that it brought: its agreements have changed.
create function restand(p_satker text, p_year int) returns void language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    perform pg_advisory_xact_lock_shared(1), pg_advisory_xact_lock(hashtextextended(p_satker, 4));
    with n as materialized (select * from carried(p_satker, p_year)
    ), o as materialized (select * from carrying c where c.satker = p_satker and c.year = p_year
    ), change as materialized (
        select indicator, coalesce(n.months, 0) as is_now, coalesce(o.months, 0) as was
        from n full join o using (indicator) where n.months is distinct from o.months
    ), put as (
        insert into carrying select p_satker, p_year, indicator, is_now from change
        on conflict (satker, year, indicator) do update set months = excluded.months
    )
    insert into expectation as e
    select r.viewer, p_year, c.indicator, month, office.level, (c.is_now >> month & 1) - (c.was >> month & 1)
    from change c
    join generate_series(1, 12) month on (c.is_now # c.was) >> month & 1 = 1
    join office on office.satker = p_satker
    join reach r on r.satker = p_satker and r.viewer <> p_satker
        and r.valid_from <= month_end(p_year, month) and month_end(p_year, month) < r.valid_until
    order by r.viewer desc, c.indicator, month
    on conflict (satker, year, indicator, month, level) do update set offices = e.offices + excluded.offices;

    perform restand(p_satker, array_agg(distinct period)) from result where satker = p_satker and year = p_year having count(*) > 0;
end
$$;

-- A rule was added to a year's catalogue: everybody's standings of the year, with nobody else counting meanwhile.
create function restand_all(p_year int) returns void language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    perform lock_tree();
    perform restand(satker, p_year) from (select distinct satker from promise where year = p_year order by 1) promising;
end
$$;

-- Everything anew from the read models of the documents: for rows that were not written through the functions above.
create function rebuild_rollups() returns void language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    perform lock_tree();
    delete from standing;
    insert into standing
    select said.satker, b.* from (select satker, array_agg(distinct period) as periods from result group by 1) said
    cross join lateral brought(said.satker, said.periods) b;
    delete from carrying;
    insert into carrying
    select said.satker, said.year, c.* from (select distinct satker, year from promise) said
    cross join lateral carried(said.satker, said.year) c;
    analyze standing, carrying; -- What follows is planned by what they hold now.

    delete from tally;
    insert into tally
    select r.viewer, s.period, s.indicator, s.at_least, o.level, count(*), count(*) filter (where s.gap is null),
           count(*) filter (where s.gap = 'not-applicable'), sum(s.numerator), sum(s.denominator), sum(s.number), sum(s.meeting),
           sum(s.taken_over)
    from reach r join standing s on s.satker = r.satker join office o on o.satker = r.satker
    where r.viewer <> r.satker and r.valid_from <= last_day(s.period) and last_day(s.period) < r.valid_until
    group by 1, 2, 3, 4, 5;

    delete from expectation;
    insert into expectation
    select r.viewer, c.year, c.indicator, month, o.level, count(*)
    from reach r join carrying c on c.satker = r.satker join office o on o.satker = r.satker
    join generate_series(1, 12) month on c.months >> month & 1 = 1
        and r.valid_from <= month_end(c.year, month) and month_end(c.year, month) < r.valid_until
    where r.viewer <> r.satker
    group by 1, 2, 3, 4, 5;

    delete from census;
    insert into census
    select r.viewer, o.level, day, sum(change)
    from reach r join office o on o.satker = r.satker
    cross join lateral (values (r.valid_from, 1), (r.valid_until, -1)) as turn (day, change)
    where r.viewer <> r.satker
    group by 1, 2, 3;
end
$$;

-- As before; what is kept of the offices above changes by what came under them and what left them.
create or replace function rebuild_reach() returns void language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    perform lock_tree();
    create temporary table reach_before on commit drop as select * from reach;
    delete from reach;
    with recursive above (viewer, satker, valid_from, valid_until) as (
        select satker, satker, '-infinity'::date, 'infinity'::date from office
        union all
        select p.parent, a.satker, greatest(a.valid_from, p.valid_from), least(a.valid_until, p.valid_until)
        from above a join office_parent p on p.satker = a.viewer
        where p.parent is not null and greatest(a.valid_from, p.valid_from) < least(a.valid_until, p.valid_until)
    )
    insert into reach
    select viewer, satker, valid_from, valid_until,
           case when valid_from = '-infinity' then 0 else extract(year from valid_from)::int end,
           case when valid_until = 'infinity' then 9999 else extract(year from valid_until - 1)::int end
    from above;

    create temporary table reach_change on commit drop as
    select 1 as sign, * from (table reach except table reach_before) came
    union all
    select -1, * from (table reach_before except table reach) went;

    insert into tally as t
    select c.viewer, s.period, s.indicator, s.at_least, o.level, sum(sign), sum(sign * (s.gap is null)::int),
           sum(sign * (s.gap is not distinct from 'not-applicable')::int), sum(sign * s.numerator), sum(sign * s.denominator),
           sum(sign * s.number), sum(sign * s.meeting), sum(sign * s.taken_over)
    from reach_change c join office o on o.satker = c.satker
    join standing s on s.satker = c.satker and c.valid_from <= last_day(s.period) and last_day(s.period) < c.valid_until
    where c.viewer <> c.satker
    group by 1, 2, 3, 4, 5
    on conflict (satker, period, indicator, at_least, level) do update set reported = t.reported + excluded.reported,
        counted = t.counted + excluded.counted, not_applicable = t.not_applicable + excluded.not_applicable,
        numerators = t.numerators + excluded.numerators, denominators = t.denominators + excluded.denominators,
        numbers = t.numbers + excluded.numbers, meeting = t.meeting + excluded.meeting,
        taken_over = t.taken_over + excluded.taken_over;

    insert into expectation as e
    select c.viewer, y.year, y.indicator, month, o.level, sum(sign)
    from reach_change c join office o on o.satker = c.satker join carrying y on y.satker = c.satker
    join generate_series(1, 12) month on y.months >> month & 1 = 1
        and c.valid_from <= month_end(y.year, month) and month_end(y.year, month) < c.valid_until
    where c.viewer <> c.satker
    group by 1, 2, 3, 4, 5
    on conflict (satker, year, indicator, month, level) do update set offices = e.offices + excluded.offices;

    insert into census as n
    select c.viewer, o.level, day, sum(sign * change)
    from reach_change c join office o on o.satker = c.satker
    cross join lateral (values (c.valid_from, 1), (c.valid_until, -1)) as turn (day, change)
    where c.viewer <> c.satker
    group by 1, 2, 3
    on conflict (satker, level, day) do update set change = n.change + excluded.change;

    drop table reach_before, reach_change;
end
$$;

-- Whether an office is below another on a day (or is the other, when that counts), and of a level that counts.
create function belongs(p_satker text, p_above text, p_self boolean, p_levels text[], p_day date) returns boolean stable language sql as
$$
    select exists (
        select from reach r join office o on o.satker = r.satker
        where r.viewer = p_above and r.satker = p_satker and r.valid_from <= p_day and p_day < r.valid_until
          and (p_self or r.satker <> r.viewer) and (p_levels is null or o.level = any (p_levels)))
$$;

-- The lowest and the highest value of a population, the first by code of equal ones.
create function extremes(
    p_satker text, p_period text, p_indicator text, p_least int, p_reach text, p_self boolean, p_levels text[])
    returns table (lowest jsonb, highest jsonb) stable language plpgsql set plan_cache_mode = force_generic_plan as
$$
begin
    if p_reach = 'children' or not exists (
        select from tally t where t.satker = p_satker and t.period = p_period and t.indicator = p_indicator and t.at_least = p_least
            and t.counted > 0) then
        return query with chosen as materialized (
            select s.rank, s.satker, s.value
            from population(p_satker, case p_reach when 'children' then 'children' end, p_self, p_levels, last_day(p_period)) p
            join standing s on s.satker = p.satker and s.period = p_period and s.indicator = p_indicator and s.at_least = p_least
            where s.value is not null
        )
        select (select to_jsonb(c) from chosen c order by c.rank, c.satker limit 1),
               (select to_jsonb(c) from chosen c order by c.rank desc, c.satker limit 1);
    else
        lowest := (select jsonb_build_object('rank', s.rank, 'satker', s.satker, 'value', s.value) from standing s
            where s.indicator = p_indicator and s.period = p_period and s.at_least = p_least and s.value is not null
              and belongs(s.satker, p_satker, p_self, p_levels, last_day(p_period))
            order by s.rank, s.satker limit 1);
        highest := (select jsonb_build_object('rank', s.rank, 'satker', s.satker, 'value', s.value) from standing s
            where s.indicator = p_indicator and s.period = p_period and s.at_least = p_least and s.value is not null
              and belongs(s.satker, p_satker, p_self, p_levels, last_day(p_period))
            order by s.rank desc, s.satker limit 1);
        return next;
    end if;
end
$$;

-- The roll-ups of an office: for each rule of the year (or one) how many offices are below, expected, reported and counted,
-- the sums, and the lowest and highest where the method asks for them. Nothing for whom the office is not visible.
create function roll_up(p_satker text, p_year int, p_period text, p_least int, p_indicator text) returns table (
    indicator text, below int, expected int, reported int, counted int, not_applicable int, numerators numeric, denominators numeric,
    numbers numeric, meeting int, taken_over int, lowest jsonb, highest jsonb)
    stable language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_column
begin
    return query
        with rule as materialized (
            select rule.*, rule.self and (rule.levels is null or own.level = any (rule.levels)) as with_self
            from rollup_rule rule join office own on own.satker = p_satker
            where rule.year = p_year and (p_indicator is null or rule.indicator = p_indicator) and sees(p_satker, p_year)
        ), child as materialized (
            select c.satker, o.level from office_parent c join office o on o.satker = c.satker
            where c.parent = p_satker and c.valid_from <= last_day(p_period) and last_day(p_period) < c.valid_until
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
                    where satker = p_satker and day <= last_day(p_period) and (r.levels is null or level = any (r.levels))), 0)
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
create function uncounted(p_satker text, p_year int, p_period text, p_least int, p_indicator text, p_most int)
    returns table (indicator text, satker text, name text, gap text)
    stable language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_column
begin
    return query
        with rule as materialized (
            select * from rollup_rule
            where year = p_year and (p_indicator is null or indicator = p_indicator) and sees(p_satker, p_year)
              and (p_indicator is not null
                   or (select coalesce(sum(change), 0) from census where satker = p_satker and day <= last_day(p_period)) <= p_most)
        ), chosen as materialized (
            select o.satker, o.level, child.satker is not null as is_child
            from reach r join office o on o.satker = r.satker
            left join office_parent child on child.satker = r.satker and child.parent = p_satker
                and child.valid_from <= last_day(p_period) and last_day(p_period) < child.valid_until
            where r.viewer = p_satker and r.valid_from <= last_day(p_period) and last_day(p_period) < r.valid_until
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

revoke execute on function rebuild_rollups from public;

-- What was there before is counted too.
select rebuild_rollups();
