-- Keeping the roll-ups: what an office brings, and the sums over everything above it, changed in the transaction of the act.
--
-- brought      what an office brings to each roll-up of a period at each least level, as its documents say now.
-- standing     the same as it was kept last; restand compares the two and adds the difference to every office above.
-- tally        the sum of the standings of everything below an office, by the level of the offices.
-- carried      in which months an office has an agreement with a roll-up's source: then it is expected to bring something. Kept as
--              carrying; the expectation of an office is how many below it carry.
-- census       how many offices stand below an office, as changes from day to day.
-- twice        two lines of an office speak for one source: neither counts, and the gap says so.

-- What an office brings to each roll-up, from its promises and results: the round that counts at each level (03_levels.sql), and
-- what is accumulated where no report states the period.
create or replace function brought(p_satker text, p_periods text[]) returns table (
    period text, indicator text, at_least int, gap text, numerator numeric, denominator numeric, number numeric, rank numeric,
    meeting int, taken_over int, value jsonb) stable language plpgsql set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_column
begin
    return query
        with line as materialized (
            select r.period, last_day(r.period) as day, r.agreement, r.line, r.report, r.round, null::int as lowest,
                   null::int as highest, r.taken_over, r.feeds
            from result r where r.satker = p_satker and r.period = any (p_periods) and r.feeds is not null
            union all
            select a.period, last_day(a.period), a.agreement, a.line, null, null, a.lowest, a.highest, a.taken_over, a.feeds
            from accumulated a where a.satker = p_satker and a.period = any (p_periods) and a.feeds is not null
        ), bound as materialized (
            select line.*, exists (
                select from promise other
                where other.satker = p.satker and other.year = p.year and other.level = p.level and other.counts_as = p.counts_as
                  and (other.agreement, other.line) <> (p.agreement, p.line)
                  and holds(other.valid_from, other.valid_until, line.day)) as twice
            from line join promise p on p.satker = p_satker and p.agreement = line.agreement and p.line = line.line
                and holds(p.valid_from, p.valid_until, line.day)
        ), counting as materialized (
            select said.report, at_least, counting.round
            from (select distinct report from bound where report is not null) said
            cross join generate_series(sign_off_level('taken-over'), sign_off_level('accepted')) at_least
            cross join lateral counting_round(p_satker, said.report, at_least) counting
        ), stated as materialized (
            select bound.period, bound.agreement, bound.line, counting.at_least, bound.twice, bound.taken_over, bound.feeds
            from bound join counting on counting.report = bound.report and counting.round = bound.round
                and counts(bound.taken_over, counting.at_least)
        ), every as (
            select * from stated
            union all
            select made.period, made.agreement, made.line, asked.at_least, made.twice, made.taken_over, made.feeds
            from bound made cross join lateral generate_series(made.lowest, made.highest) as asked (at_least)
            where made.report is null and not exists (
                select from stated
                where stated.period = made.period and stated.agreement = made.agreement and stated.line = made.line
                  and stated.at_least = asked.at_least)
        )
        select line.period, fed.indicator, line.at_least,
               case when bool_or(line.twice) then 'stated-twice' else min(fed.gap) end,
               case when bool_or(line.twice) then 0 else min(fed.numerator) end,
               case when bool_or(line.twice) then 0 else min(fed.denominator) end,
               case when bool_or(line.twice) then 0 else min(fed.number) end,
               case when not bool_or(line.twice) then min(fed.rank) end,
               case when bool_or(line.twice) then 0 else min(fed.meeting) end,
               case when bool_or(line.twice) then 0 else min((line.taken_over and fed.gap is null)::int) end,
               case when not bool_or(line.twice) then (array_agg(fed.value))[1] end
        from every line
        cross join lateral jsonb_to_recordset(line.feeds) as fed (
            indicator text, gap text, numerator numeric, denominator numeric, number numeric, rank numeric, meeting int, value jsonb)
        group by line.period, fed.indicator, line.at_least;
end
$$;

-- In which months' ends an office carries the source of each roll-up.
create or replace function carried(p_satker text, p_year int)
    returns table (indicator text, months int) stable language plpgsql set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_column
begin
    return query
        select rule.indicator, bit_or(1 << month)
        from rollup_rule rule
        join promise p on p.satker = p_satker and p.year = p_year and p.level = rule.source_level and p.counts_as = rule.source
        join generate_series(1, 12) month on holds(p.valid_from, p.valid_until, month_end(p_year, month))
        where rule.year = p_year
        group by rule.indicator;
end
$$;

-- Brings the figures of an office's periods up to date, and those of every office that was above it on their last days.
-- Rows are taken in one order, the nation's last: nobody waits in a circle, and for the hottest row the shortest.
create or replace function restand(p_satker text, p_periods text[]) returns void
    language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    perform share_tree(), lock_standing(p_satker); -- The tree stays as it is, and one restands an office at a time.
    with n as materialized (select *, true as is_there from brought(p_satker, p_periods)
    ), o as materialized (
        select *, true as is_there from standing s where s.satker = p_satker and s.period = any (p_periods)
    ), change as materialized (
        select period, last_day(period) as day, indicator, at_least, n.is_there as stays, n.gap, n.numerator, n.denominator,
               n.number, n.rank, n.meeting, n.taken_over, n.value,
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
        and holds(r.valid_from, r.valid_until, c.day)
    order by r.viewer desc, c.period, c.indicator, c.at_least
    on conflict (satker, period, indicator, at_least, level) do update set reported = t.reported + excluded.reported,
        counted = t.counted + excluded.counted, not_applicable = t.not_applicable + excluded.not_applicable,
        numerators = t.numerators + excluded.numerators, denominators = t.denominators + excluded.denominators,
        numbers = t.numbers + excluded.numbers, meeting = t.meeting + excluded.meeting,
        taken_over = t.taken_over + excluded.taken_over;
end
$$;

-- The same for what an office is expected to bring in a year, and for every period of it: its agreements have changed.
create or replace function restand(p_satker text, p_year int) returns void
    language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    perform share_tree(), lock_standing(p_satker);
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
        and holds(r.valid_from, r.valid_until, month_end(p_year, month))
    order by r.viewer desc, c.indicator, month
    on conflict (satker, year, indicator, month, level) do update set offices = e.offices + excluded.offices;

    perform restand(p_satker, periods_of(p_year));
end
$$;

-- Brings periods of an office up to date after a report of one of its units; nothing to do where nothing of what the unit
-- promises is rolled up.
create or replace function restand(p_satker text, p_year int, p_unit text, p_periods text[]) returns void
    language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    if exists (
        select from promise p join rollup_rule r on r.year = p.year and r.source = p.counts_as and r.source_level = p.level
        where p.satker = p_satker and p.year = p_year and p.unit = p_unit)
    then
        perform restand(p_satker, p_periods);
    end if;
end
$$;

-- A rule was added to a year's catalogue: everybody's standings of the year, with nobody else counting meanwhile.
create or replace function restand_all(p_year int) returns void
    language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    perform lock_tree();
    perform restand(satker, p_year) from (select distinct satker from promise where year = p_year order by 1) promising;
end
$$;

-- Everything anew from the read models of the documents: for rows that were not written through the functions above.
create or replace function rebuild_rollups() returns void language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    perform lock_tree();
    delete from standing;
    insert into standing
    select said.satker, b.* from (select distinct satker, year from promise) said
    cross join lateral brought(said.satker, periods_of(said.year)) b;
    delete from carrying;
    insert into carrying
    select said.satker, said.year, c.* from (select distinct satker, year from promise) said
    cross join lateral carried(said.satker, said.year) c;
    analyze standing, carrying; -- What follows is planned by what they hold now.

    delete from tally;
    with dated as materialized (select s.*, last_day(s.period) as day from standing s)
    insert into tally
    select r.viewer, s.period, s.indicator, s.at_least, o.level, count(*), count(*) filter (where s.gap is null),
           count(*) filter (where s.gap = 'not-applicable'), sum(s.numerator), sum(s.denominator), sum(s.number), sum(s.meeting),
           sum(s.taken_over)
    from reach r join dated s on s.satker = r.satker join office o on o.satker = r.satker
    where r.viewer <> r.satker and holds(r.valid_from, r.valid_until, s.day)
    group by 1, 2, 3, 4, 5;

    delete from expectation;
    insert into expectation
    select r.viewer, c.year, c.indicator, month, o.level, count(*)
    from reach r join carrying c on c.satker = r.satker join office o on o.satker = r.satker
    join generate_series(1, 12) month on c.months >> month & 1 = 1
        and holds(r.valid_from, r.valid_until, month_end(c.year, month))
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

revoke execute on function rebuild_rollups from kinerja_app;
