-- What a derived result was computed from, beside the result.
alter table result add column derivation jsonb;

-- The roll-up of the office above a caller's office, for an indicator that the catalogue gives to the children: its sums, and
-- no row. For this one question the caller stands in the place of the office above.
create function given_by_parent(p_satker text, p_year int, p_period text, p_least int, p_indicator text) returns table (
    parent text, indicator text, below int, expected int, reported int, counted int, not_applicable int, numerators numeric,
    denominators numeric, numbers numeric, meeting int, taken_over int, lowest jsonb, highest jsonb)
    language plpgsql security definer set search_path = public, pg_temp as
$$
#variable_conflict use_column
declare
    scope text := current_setting('app.scope', true);
    above text := (
        select p.parent from office_parent p
        where p.satker = p_satker and p.valid_from <= last_day(p_period) and last_day(p_period) < p.valid_until);
begin
    if above is null or not sees(p_satker, p_year) or not exists (
        select from document d where d.kind = 'indicator' and d.satker = '00' and d.id = p_year || '/' || p_indicator
            and d.body #>> '{content,source}' = 'parent') then
        return;
    end if;
    perform set_config('app.scope', array[above]::text, true);
    return query select above, r.* from roll_up(above, p_year, p_period, p_least, p_indicator) r;
    perform set_config('app.scope', coalesce(scope, ''), true);
end
$$;
