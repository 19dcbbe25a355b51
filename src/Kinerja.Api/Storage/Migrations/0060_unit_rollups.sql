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
