-- Money: the DIPA in force, its roll-up, and the agreements that name it.
--
-- state   one numbered form of an office's DIPA; the last one that is valid on a day is in force.
-- held    a state as the last version of its document says; one that was taken over may be corrected by a later version.
-- pagu    what may be spent.
-- funded  agreements with the budgets they name; beside them the figures of their lines.

-- The states of a DIPA as they were held at an instant; now when none is named.
create or replace function budget_held(p_satker text, p_year int, p_at timestamptz) returns setof budget_state
    stable language plpgsql as
$$
begin
    return query
        select distinct on (number) * from budget_state
        where satker = p_satker and year = p_year and recorded_at <= coalesce(p_at, 'infinity')
        order by number, version desc;
end
$$;

-- The one in force on a day.
create or replace function budget_in_force(p_satker text, p_year int, p_day date, p_at timestamptz) returns setof budget_state
    stable rows 1 language plpgsql as
$$
begin
    return query
        select * from budget_held(p_satker, p_year, p_at) held where held.valid_from <= p_day order by held.number desc limit 1;
end
$$;

-- The money of an office and everything below it by the tree of a day, as it was known at the instant, or of what is below it
-- alone: a row an office (whose state is null when none is held; what it spent counts all the same), and a row a program,
-- kegiatan and fund source. Whoever sees the office sees its sums.
create or replace function budget_roll_up(p_satker text, p_self boolean, p_year int, p_day date, p_month int, p_at timestamptz)
    returns table (satker text, name text, state int, spent boolean, program text, kegiatan text, source text, pagu bigint, realization bigint)
    stable language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_column
begin
    return query
        with chosen as materialized (
            select o.satker, o.name, held.number as state, held.version
            from (
                select r.satker from reach r
                where p_at is null and r.viewer = p_satker and holds(r.valid_from, r.valid_until, p_day) and (p_self or r.satker <> p_satker)
                union all
                select known.satker from population(p_satker, 'descendants', p_self, null, p_day, p_at) known where p_at is not null
            ) below join office o on o.satker = below.satker
            left join lateral budget_in_force(o.satker, p_year, p_day, p_at) held on true
            where sees(p_satker, p_year)
        ), money as (
            select p.satker, p.program, p.kegiatan, p.source, p.pagu, 0::bigint as amount, false as is_spent
            from chosen c join budget_part p on p.satker = c.satker and p.year = p_year and p.number = c.state
                and p.version = c.version
            union all
            select s.satker, s.program, s.kegiatan, s.source, 0, s.amount, true
            from chosen c join budget_spent s on s.satker = c.satker and s.year = p_year
            where s.month <= p_month and s.recorded_at <= coalesce(p_at, 'infinity')
        ), sums as materialized (
            select satker, program, kegiatan, source, sum(pagu)::bigint as pagu, sum(amount)::bigint as amount, bool_or(is_spent) as is_spent
            from money group by grouping sets ((satker), (program, kegiatan, source))
        )
        select c.satker, c.name, c.state, coalesce(s.is_spent, false), null::text, null::text, null::text,
               coalesce(s.pagu, 0), coalesce(s.amount, 0)
        from chosen c left join sums s on s.satker = c.satker
        union all
        select null, null, null, s.is_spent, s.program, s.kegiatan, s.source, s.pagu, s.amount from sums s where s.satker is null
        order by 1, 5, 6, 7;
end
$$;

-- The agreements that bind on the last day of a period, with their budgets as they are stated.
create or replace function funded_below(p_satker text, p_self boolean, p_year int, p_day date, p_level text)
    returns table (satker text, name text, agreement text, budgets jsonb)
    stable language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_column
begin
    return query
        with chosen as materialized (
            select o.satker, o.name from reach r join office o on o.satker = r.satker
            where r.viewer = p_satker and holds(r.valid_from, r.valid_until, p_day)
              and (p_self or r.satker <> p_satker) and sees(p_satker, p_year)
        ), bound as materialized (
            select distinct p.satker, p.agreement from chosen c
            join promise p on p.satker = c.satker and p.year = p_year and p.level = p_level
                and holds(p.valid_from, p.valid_until, p_day)
        )
        select c.satker, c.name, b.agreement, d.body #> '{content,budgets}'
        from bound b join chosen c on c.satker = b.satker
        join document d on d.kind = 'agreement' and d.satker = b.satker and d.id = b.agreement
        order by c.satker, b.agreement;
end
$$;

-- The lines of those agreements, each with the figure of the last round that reached the level asked for; where no report states
-- the period, with what is accumulated from its parts.
create or replace function figures_below(p_satker text, p_self boolean, p_year int, p_period text, p_day date, p_least int, p_level text)
    returns table (agreement text, line text, figure jsonb, carried_from int)
    stable language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_column
begin
    return query
        with chosen as materialized (
            select r.satker from reach r
            where r.viewer = p_satker and holds(r.valid_from, r.valid_until, p_day)
              and (p_self or r.satker <> p_satker) and sees(p_satker, p_year)
        )
        select p.agreement, p.line, coalesce(r.figure, a.figure), coalesce(r.carried_from, a.carried_from)
        from chosen c
        join promise p on p.satker = c.satker and p.year = p_year and p.level = p_level
            and holds(p.valid_from, p.valid_until, p_day)
        left join lateral counting_result(p.satker, p.agreement, p.line, p_period, p_least) r on true
        left join accumulated a on r.report is null and a.satker = p.satker and a.agreement = p.agreement and a.line = p.line
            and a.period = p_period and p_least between a.lowest and a.highest
        order by p.satker, p.agreement, p.sort;
end
$$;
