-- Absorption beside capaian, for everything below an office: what its agreements in force at one level name as their money, and
-- the figures of their lines. Whoever sees the office sees it, as with all that is rolled up.

-- The agreements that bind on the last day of a period, with their budgets as they are stated.
create function funded_below(p_satker text, p_self boolean, p_year int, p_day date, p_level text)
    returns table (satker text, name text, agreement text, budgets jsonb)
    stable language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_column
begin
    return query
        with chosen as materialized (
            select o.satker, o.name from reach r join office o on o.satker = r.satker
            where r.viewer = p_satker and r.valid_from <= p_day and p_day < r.valid_until
              and (p_self or r.satker <> p_satker) and sees(p_satker, p_year)
        ), bound as materialized (
            select distinct p.satker, p.agreement from chosen c
            join promise p on p.satker = c.satker and p.year = p_year and p.level = p_level
                and p.valid_from <= p_day and p_day < p.valid_until
        )
        select c.satker, c.name, b.agreement, d.body #> '{content,budgets}'
        from bound b join chosen c on c.satker = b.satker
        join document d on d.kind = 'agreement' and d.satker = b.satker and d.id = b.agreement
        order by c.satker, b.agreement;
end
$$;

-- The lines of those agreements, each with the figure of the last round that reached the level asked for; where no report states
-- the period, with what is accumulated from its parts.
create function figures_below(p_satker text, p_self boolean, p_year int, p_period text, p_day date, p_least int, p_level text)
    returns table (agreement text, line text, figure jsonb, carried_from int)
    stable language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_column
begin
    return query
        with chosen as materialized (
            select r.satker from reach r
            where r.viewer = p_satker and r.valid_from <= p_day and p_day < r.valid_until
              and (p_self or r.satker <> p_satker) and sees(p_satker, p_year)
        )
        select p.agreement, p.line, coalesce(r.figure, a.figure), coalesce(r.carried_from, a.carried_from)
        from chosen c
        join promise p on p.satker = c.satker and p.year = p_year and p.level = p_level
            and p.valid_from <= p_day and p_day < p.valid_until
        left join result r on r.satker = p.satker and r.agreement = p.agreement and r.line = p.line and r.period = p_period
            and (p_least < 0 or not r.taken_over) and r.round = (
                select last.round from reached last
                where last.satker = p.satker and last.report = r.report and last.level >= greatest(p_least, 0)
                order by last.version desc limit 1)
        left join accumulated a on r.report is null and a.satker = p.satker and a.agreement = p.agreement and a.line = p.line
            and a.period = p_period and p_least between a.lowest and a.highest
        order by p.satker, p.agreement, p.sort;
end
$$;
