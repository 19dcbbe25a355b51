-- The tree of offices.
--
-- reach       who stands above whom, from when until when, through all generations; every office reaches itself.
-- population  the offices that a roll-up or a list is about: the children, or all that is below; with the office itself or not.

-- The day in WIB, of no office by name, and that of the offices at which it is another: of none for most of a day, which ends
-- first in WIT.
create or replace function days_of_offices(p_now timestamptz) returns table (satker text, today date) stable language plpgsql as
$$
declare
    here date := (p_now at time zone 'Asia/Jakarta')::date;
begin
    return query select null::text, here;
    if here <> (p_now at time zone 'Asia/Jayapura')::date then
        return query select o.satker, (p_now at time zone o.zone)::date from office o where (p_now at time zone o.zone)::date <> here;
    end if;
end
$$;

-- The offices chosen by the tree of a day: the office itself, those directly below, or all below; of some levels if asked.
create or replace function population(p_satker text, p_reach text, p_self boolean, p_levels text[], p_day date)
    returns table (satker text) stable language sql as
$$
    select below.satker from reach below join office o on o.satker = below.satker
    where p_reach = 'descendants' and below.viewer = p_satker and below.satker <> p_satker
      and holds(below.valid_from, below.valid_until, p_day) and (p_levels is null or o.level = any (p_levels))
    union all
    select child.satker from office_parent child join office o on o.satker = child.satker
    where p_reach = 'children' and child.parent = p_satker
      and holds(child.valid_from, child.valid_until, p_day) and (p_levels is null or o.level = any (p_levels))
    union all
    select o.satker from office o where p_self and o.satker = p_satker and (p_levels is null or o.level = any (p_levels))
$$;

-- Whether an office is below another on a day (or is the other, when that counts), and of a level that counts.
create or replace function belongs(p_satker text, p_above text, p_self boolean, p_levels text[], p_day date) returns boolean
    stable language sql as
$$
    select exists (
        select from reach r join office o on o.satker = r.satker
        where r.viewer = p_above and r.satker = p_satker and holds(r.valid_from, r.valid_until, p_day)
          and (p_self or r.satker <> r.viewer) and (p_levels is null or o.level = any (p_levels)))
$$;

-- Rebuilds the intervals in which one office stood above another from the parent facts. What is kept of the offices above
-- (08_standing.sql) changes by what came under them and what left them.
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

    with dated as materialized (
        select s.*, last_day(s.period) as day from standing s where s.satker in (select satker from reach_change)
    )
    insert into tally as t
    select c.viewer, d.period, d.indicator, d.at_least, o.level, sum(sign), sum(sign * (d.gap is null)::int),
           sum(sign * (d.gap is not distinct from 'not-applicable')::int), sum(sign * d.numerator), sum(sign * d.denominator),
           sum(sign * d.number), sum(sign * d.meeting), sum(sign * d.taken_over)
    from reach_change c join office o on o.satker = c.satker
    join dated d on d.satker = c.satker and holds(c.valid_from, c.valid_until, d.day)
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
        and holds(c.valid_from, c.valid_until, month_end(y.year, month))
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
