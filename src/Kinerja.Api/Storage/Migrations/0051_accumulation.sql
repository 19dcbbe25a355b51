-- Figures of periods accumulated from the reports of their parts, one row for each stretch of sign-off levels (-1 taken over
-- … 4 accepted) at which they are made of the same rounds. What a report states for the period itself comes first.
create table accumulated (
    satker       text not null,
    agreement    text not null,
    line         text not null,
    period       text not null,
    lowest       int  not null,
    highest      int  not null,
    year         int  not null,
    unit         text not null,
    level        text not null,
    indicator    text not null,
    realization  jsonb not null,
    carried_from int,
    taken_over   boolean not null,
    incomplete   boolean not null,
    reached      int  not null,
    newer        boolean not null,
    figure       jsonb not null,
    made         jsonb not null,
    feeds        jsonb,
    primary key (satker, agreement, line, period, lowest)
);
create index accumulated_feeds on accumulated (satker, period) where feeds is not null;
call protect('accumulated', 'false', p_years => true, p_writes => 'all');
grant select, insert, update, delete on accumulated to kinerja_app;

-- Every period of a year.
create function periods_of(p_year int) returns text[] immutable language sql as
$$
    select array_agg(p_year || part) from unnest(array['', '-S1', '-S2', '-T1', '-T2', '-T3', '-T4', '-B01', '-B02', '-B03', '-B04',
        '-B05', '-B06', '-B07', '-B08', '-B09', '-B10', '-B11', '-B12']) part
$$;

-- As before, and what is accumulated where nothing is stated.
create or replace function brought(p_satker text, p_periods text[]) returns table (
    period text, indicator text, at_least int, gap text, numerator numeric, denominator numeric, number numeric, rank numeric,
    meeting int, taken_over int, value jsonb) stable language plpgsql set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_column
begin
    return query
        with line as (
            select r.period, r.agreement, r.line, r.report, r.round, null::int as lowest, null::int as highest, r.taken_over, r.feeds
            from result r where r.satker = p_satker and r.period = any (p_periods) and r.feeds is not null
            union all
            select a.period, a.agreement, a.line, null, null, a.lowest, a.highest, a.taken_over, a.feeds
            from accumulated a where a.satker = p_satker and a.period = any (p_periods) and a.feeds is not null
        ), bound as materialized (
            select line.*, exists (
                select from promise other
                where other.satker = p.satker and other.year = p.year and other.level = p.level and other.counts_as = p.counts_as
                  and (other.agreement, other.line) <> (p.agreement, p.line)
                  and other.valid_from <= last_day(line.period) and last_day(line.period) < other.valid_until) as twice
            from line join promise p on p.satker = p_satker and p.agreement = line.agreement and p.line = line.line
                and p.valid_from <= last_day(line.period) and last_day(line.period) < p.valid_until
        ), counting as (
            select said.report, at_least, (
                select last.round from reached last
                where last.satker = p_satker and last.report = said.report and last.level >= greatest(at_least, 0)
                order by last.version desc limit 1) as round
            from (select distinct report from bound where report is not null) said cross join generate_series(-1, 4) at_least
        ), stated as materialized (
            select bound.period, bound.agreement, bound.line, counting.at_least, bound.twice, bound.taken_over, bound.feeds
            from bound join counting on counting.report = bound.report and counting.round = bound.round
                and (counting.at_least < 0 or not bound.taken_over)
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

-- As before, for every period of the year.
create or replace function restand(p_satker text, p_year int) returns void language plpgsql security definer set search_path = public, pg_temp as
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

    perform restand(p_satker, periods_of(p_year));
end
$$;

-- As before, for every period of each year.
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
