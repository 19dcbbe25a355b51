-- What is to be done, and what was told of it.
--
-- due     documents that are not at the end of their way, and reports that are expected and not begun; since when is the domain's.
-- told    what was written into the trail of becoming due or late, each once; untold is what may have to be.
-- turn    which of the two it was.
-- mend    until when a returned report is to be mended.

-- Of offices, for a year. A report is expected of a unit whose agreement binds on the last day of a period, in every period that
-- has a window and in the year itself. What is due of it, and since when, is decided from these rows.
create or replace function due_rows(p_satkers text[], p_year int, p_now timestamptz)
    returns table (satker text, today date, parent text, kind text, id text, unit text, period text, state text, awaiting text,
                   returns int, begun date, changed date, mend date)
    stable language plpgsql set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_column
begin
    return query
        with chosen as materialized (
            select o.satker, o.zone, (p_now at time zone o.zone)::date as today, above.parent
            from office o
            left join office_parent above on above.satker = o.satker
                and holds(above.valid_from, above.valid_until, (p_now at time zone o.zone)::date)
            where o.satker = any (p_satkers)
        ), calendar as materialized (
            select d.id as period, last_day(d.id) as ends from document d
            where d.kind = 'period' and d.satker = '00' and d.year = p_year
            union
            select p_year::text, last_day(p_year::text)
        ), bound as materialized (
            select distinct p.satker, p.unit, p.valid_from, p.valid_until from promise p
            where p.satker = any (p_satkers) and p.year = p_year
        )
        select c.satker, c.today, c.parent, d.kind, d.id, d.unit, d.period, d.state, d.awaiting, d.returns,
               (d.created_at at time zone c.zone)::date, (d.recorded_at at time zone c.zone)::date,
               case when d.state = 'draft' and d.returns > 0 then (
                   select min((reason ->> 'deadline')::date)
                   from jsonb_array_elements(d.body #> '{signOff,acts,-1,reasons}') reason) end
        from chosen c
        join document d on d.satker = c.satker and d.awaiting is not null and d.year = p_year
        union all
        select c.satker, c.today, c.parent, 'realization', null, b.unit, w.period, null, null, 0, null, null, null::date
        from chosen c
        join bound b on b.satker = c.satker
        join calendar w on holds(b.valid_from, b.valid_until, w.ends)
        where not exists (
            select from document d where d.kind = 'realization' and d.satker = c.satker and d.slot = w.period || '/' || b.unit);
end
$$;

-- The same of those offices that the caller reads for that year: asked once an office, not once a row.
create or replace function due_of(p_satkers text[], p_year int, p_now timestamptz)
    returns table (satker text, today date, parent text, kind text, id text, unit text, period text, state text, awaiting text,
                   returns int, begun date, changed date, mend date)
    stable language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    return query select * from due_rows(array(select s from unnest(p_satkers) s where sees(s, p_year)), p_year, p_now);
end
$$;

-- The reports of all offices that are not submitted, in the years that have an open window: what may have to be told.
create or replace function untold(p_now timestamptz)
    returns table (satker text, today date, parent text, kind text, id text, unit text, period text, state text, awaiting text,
                   returns int, begun date, changed date, mend date)
    stable language plpgsql security definer set search_path = public, pg_temp as
$$
#variable_conflict use_column
begin
    return query
        select r.* from (
            select distinct d.year from document d where d.kind = 'period' and d.satker = '00' and d.state = 'open') open
        cross join lateral due_rows(array(select o.satker from office o), open.year, p_now) r
        where r.kind = 'realization' and (r.state is null or r.state = 'draft' and r.returns = 0)
          and not exists (select from told t
                          where t.satker = r.satker and t.kind = r.kind and t.unit = r.unit and t.period = r.period and t.turn = 'late');
end
$$;

-- Tells them, each once whoever else is telling: a journal entry in the transaction that remembers it. Returns how many were new.
create or replace function tell(p_satker text[], p_unit text[], p_period text[], p_turn text[], p_at timestamptz) returns int
    language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    new int;
begin
    with turned as (
        insert into told (satker, kind, unit, period, turn, at)
        select n.satker, 'realization', n.unit, n.period, n.turn, p_at
        from unnest(p_satker, p_unit, p_period, p_turn) as n (satker, unit, period, turn)
        order by 1, 3, 4, 5
        on conflict do nothing returning *
    )
    insert into journal (satker, kind, id, version, year, act, subject, post, before_hash, after_hash, at, request_id)
    select t.satker, 'due', t.kind || '-' || t.period || '-' || t.unit,
           1 + (select count(*) from told before
                where before.satker = t.satker and before.kind = t.kind and before.unit = t.unit and before.period = t.period),
           left(t.period, 4)::int, t.turn, 'service', null, null,
           'sha256:' || encode(sha256(convert_to(concat_ws('/', t.satker, t.kind, t.unit, t.period, t.turn), 'UTF8')), 'hex'), t.at, 'due'
    from turned t order by t.satker, t.period, t.unit;
    get diagnostics new = row_count;
    return new;
end
$$;
