-- Money, as narrow as a roll-up needs it: the states of each DIPA, their pagu and what was spent, per program, kegiatan and
-- fund source. What a document does not state is empty. The lines themselves stand in the documents.

-- The states that are held: in force, superseded or taken over. The last by its date is in force.
create table budget_state (
    satker      text not null,
    year        int  not null,
    number      int  not null,
    valid_from  date not null,
    taken_over  boolean not null,
    recorded_at timestamptz not null,
    primary key (satker, year, number)
);

create table budget_part (
    satker      text not null,
    year        int  not null,
    number      int  not null,
    program     text not null,
    kegiatan    text not null,
    source      text not null,
    pagu        bigint not null,
    primary key (satker, year, number, program, kegiatan, source)
);

create table budget_spent (
    satker      text not null,
    year        int  not null,
    id          text not null,
    month       int  not null,
    program     text not null,
    kegiatan    text not null,
    source      text not null,
    amount      bigint not null,
    recorded_at timestamptz not null,
    primary key (satker, year, id, program, kegiatan, source)
);

call protect('budget_state', 'false', p_years => true, p_writes => 'append');
call protect('budget_part', 'false', p_years => true, p_writes => 'append');
call protect('budget_spent', 'false', p_years => true, p_writes => 'append');
grant select, insert on budget_state, budget_part, budget_spent to kinerja_app;

-- One change of an office's money of a year at a time: numbers have no gaps, and a line is spent once a period.
create function lock_budget(p_satker text, p_year int) returns void language sql as
$$ select pg_advisory_xact_lock(hashtextextended(p_satker || '/' || p_year, 4)) $$;

-- The state of a DIPA in force on a day, as it was held at an instant.
create function budget_in_force(p_satker text, p_year int, p_day date, p_at timestamptz) returns int stable language plpgsql as
$$
begin
    return (select number from budget_state
            where satker = p_satker and year = p_year and valid_from <= p_day and recorded_at <= coalesce(p_at, 'infinity')
            order by number desc limit 1);
end
$$;

-- The money of an office and everything below it by the tree of a day, or of what is below it alone: a row an office (whose
-- state is null when none is held), and a row a program, kegiatan and fund source. Whoever sees the office sees its sums.
create function budget_roll_up(p_satker text, p_self boolean, p_year int, p_day date, p_month int, p_at timestamptz)
    returns table (satker text, name text, state int, spent boolean, program text, kegiatan text, source text, pagu bigint, realization bigint)
    stable language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_column
begin
    return query
        with chosen as materialized (
            select o.satker, o.name, budget_in_force(o.satker, p_year, p_day, p_at) as state
            from reach r join office o on o.satker = r.satker
            where r.viewer = p_satker and r.valid_from <= p_day and p_day < r.valid_until
              and (p_self or r.satker <> p_satker) and sees(p_satker, p_year)
        ), money as (
            select p.satker, p.program, p.kegiatan, p.source, p.pagu, 0::bigint as amount, false as is_spent
            from chosen c join budget_part p on p.satker = c.satker and p.year = p_year and p.number = c.state
            union all
            select s.satker, s.program, s.kegiatan, s.source, 0, s.amount, true
            from chosen c join budget_spent s on s.satker = c.satker and s.year = p_year
            where c.state is not null and s.month <= p_month and s.recorded_at <= coalesce(p_at, 'infinity')
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
