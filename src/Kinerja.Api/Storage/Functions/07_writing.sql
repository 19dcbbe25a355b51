-- What a write asks before it decides, so that it still holds when it commits.
--
-- window  from when until when reports of a period are taken.
-- stamp   how many definitions a year's catalogue has and the sum of their versions: another stamp, another catalogue.
-- said    what the reports of a unit state of its lines, round by round.

-- Forgets keys older than their promise of seven days.
create or replace function forget_keys(p_before timestamptz) returns void
    language sql security definer set search_path = public, pg_temp as
$$ delete from idempotency where at < p_before $$;

-- The window of a period, with the day at the office. With p_lock it stands until the caller's transaction ends: writes
-- share the lock that closing takes alone.
create or replace function period_window(p_period text, p_satker text, p_now timestamptz, p_lock boolean)
    returns table (body jsonb, today date) language plpgsql as
$$
begin
    if p_lock then
        perform share_period(p_period);
    end if;
    return query
        select d.body, (p_now at time zone o.zone)::date
        from office o left join document d on d.kind = 'period' and d.satker = '00' and d.id = p_period
        where o.satker = p_satker;
end
$$;

-- The state of a year's catalogue, as a write that measures by it asks: it stands until the caller's transaction ends, for
-- whoever changes it takes the same lock alone. The statement after the lock sees what was committed before it.
create or replace function catalogue_stamp(p_year int, p_change boolean) returns table (definitions bigint, versions bigint)
    language plpgsql as
$$
begin
    if p_change then
        perform lock_catalogue(p_year);
    else
        perform share_catalogue(p_year);
    end if;
    return query
        select count(*), coalesce(sum(d.version), 0)::bigint from document d
        where d.kind in ('indicator', 'policy') and d.satker = '00' and d.year = p_year;
end
$$;

-- What the reports of a unit's year say of its lines, and how far their rounds came: asked at every act upon one of them, so
-- who asks is looked at once, and not row by row.
create or replace function said_of_unit(p_satker text, p_year int, p_unit text) returns table (
    report text, period text, round int, line text, indicator text, realization jsonb, carried_from int, taken_over boolean, policy text)
    stable language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    if sees(p_satker, p_year) then
        return query
            select r.report, r.period, r.round, r.line, r.indicator, r.realization, r.carried_from, r.taken_over, r.figure ->> 'policy'
            from result r
            where r.satker = p_satker and r.agreement = any (array(
                select p.agreement from promise p where p.satker = p_satker and p.year = p_year and p.unit = p_unit));
    end if;
end
$$;

create or replace function reached_of_unit(p_satker text, p_year int, p_unit text) returns table (
    report text, level int, round int, version int, content_hash text)
    stable language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    if sees(p_satker, p_year) then
        return query
            select k.report, k.level, k.round, k.version, k.content_hash
            from document d join reached k on k.satker = d.satker and k.report = d.id
            where d.kind = 'realization' and d.satker = p_satker and d.year = p_year and d.unit = p_unit;
    end if;
end
$$;
