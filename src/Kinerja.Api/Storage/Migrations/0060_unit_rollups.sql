-- Brings periods of an office up to date after a report of one of its units; nothing to do where nothing of what the unit
-- promises is rolled up.
create function restand(p_satker text, p_year int, p_unit text, p_periods text[]) returns void
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

-- What the reports of a unit's year say of its lines, and how far their rounds came: asked at every act upon one of them, so
-- who asks is looked at once, and not row by row.
create function said_of_unit(p_satker text, p_year int, p_unit text) returns table (
    report text, period text, round int, line text, indicator text, realization jsonb, carried_from int, taken_over boolean)
    stable language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    if sees(p_satker, p_year) then
        return query
            select r.report, r.period, r.round, r.line, r.indicator, r.realization, r.carried_from, r.taken_over
            from result r
            where r.satker = p_satker and r.agreement = any (array(
                select p.agreement from promise p where p.satker = p_satker and p.year = p_year and p.unit = p_unit));
    end if;
end
$$;

create function reached_of_unit(p_satker text, p_year int, p_unit text) returns table (
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
