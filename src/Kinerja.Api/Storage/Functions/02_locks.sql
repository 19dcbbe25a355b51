-- One change of the tree at a time.
create or replace function lock_tree() returns void language sql as
$$ select pg_advisory_xact_lock(1) $$;

create or replace function lock_period(p_period text) returns void language sql as
$$ select pg_advisory_xact_lock(hashtextextended(p_period, 2)) $$;

-- One change of an office's money of a year at a time: numbers have no gaps, and a line is spent once a period.
create or replace function lock_budget(p_satker text, p_year int) returns void language sql as
$$ select pg_advisory_xact_lock(hashtextextended(p_satker || '/' || p_year, 4)) $$;
