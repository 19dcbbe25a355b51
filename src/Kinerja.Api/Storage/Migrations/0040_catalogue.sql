-- Rules of roll-ups may change, and be taken away.
drop policy owner on rollup_rule;
drop policy read on rollup_rule;
drop policy insert on rollup_rule;
call protect('rollup_rule', 'all', p_years => false, p_writes => 'all');
grant update, delete on rollup_rule to kinerja_app;

-- The state of a year's catalogue, as a write that measures by it asks: it stands until the caller's transaction ends, for
-- whoever changes it takes the same lock alone. The statement after the lock sees what was committed before it.
create function catalogue_stamp(p_year int, p_change boolean) returns table (definitions bigint, versions bigint)
    language plpgsql as
$$
begin
    if p_change then
        perform pg_advisory_xact_lock(hashtextextended(p_year::text, 5));
    else
        perform pg_advisory_xact_lock_shared(hashtextextended(p_year::text, 5));
    end if;
    return query
        select count(*), coalesce(sum(d.version), 0)::bigint from document d
        where d.kind in ('indicator', 'policy') and d.satker = '00' and d.year = p_year;
end
$$;
