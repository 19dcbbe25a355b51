-- The advisory locks, all of them; each is held until the transaction ends. Locks of one number are one lock, or one for each
-- text that is hashed with it; so no number stands twice. (The migrator has one of its own, and meets nobody here.)
--
--    1  lock_tree, share_tree             the tree of offices: who changes it, alone; who counts by it, shared
--    2  try_lock_key                      a client's idempotency key: one attempt at a time
--    3  lock_post                         appointments to a post of an office
--    4  lock_subject                      appointments of a person or a system
--    5  lock_period, share_period         a period's window: who closes or changes it, alone; who acts under it, shared
--    6  lock_catalogue, share_catalogue   a year's catalogue: who changes it, alone; who measures by it, shared
--    7  lock_unit_year                    what binds a unit in a year, what is measured by it, what is accumulated of it
--    8  lock_standing                     what an office brings to roll-ups
--    9  lock_budget                       an office's money of a year: numbers have no gaps, a line is spent once a period
--   10  lock_refusals                     a client's refused acts, which are counted
--   11  lock_ledger, try_lock_ledger      sealing: one sealer at a time
--   12  lock_heads                        the export of heads

create or replace function lock_tree() returns void language sql as
$$ select pg_advisory_xact_lock(1) $$;

create or replace function share_tree() returns void language sql as
$$ select pg_advisory_xact_lock_shared(1) $$;

create or replace function try_lock_key(p_key text) returns boolean language sql as
$$ select pg_try_advisory_xact_lock(hashtextextended(p_key, 2)) $$;

create or replace function lock_post(p_satker text, p_post text) returns void language sql as
$$ select pg_advisory_xact_lock(hashtextextended(p_satker || '.' || p_post, 3)) $$;

create or replace function lock_subject(p_subject text) returns void language sql as
$$ select pg_advisory_xact_lock(hashtextextended(p_subject, 4)) $$;

create or replace function lock_period(p_period text) returns void language sql as
$$ select pg_advisory_xact_lock(hashtextextended(p_period, 5)) $$;

create or replace function share_period(p_period text) returns void language sql as
$$ select pg_advisory_xact_lock_shared(hashtextextended(p_period, 5)) $$;

create or replace function lock_catalogue(p_year int) returns void language sql as
$$ select pg_advisory_xact_lock(hashtextextended(p_year::text, 6)) $$;

create or replace function share_catalogue(p_year int) returns void language sql as
$$ select pg_advisory_xact_lock_shared(hashtextextended(p_year::text, 6)) $$;

create or replace function lock_unit_year(p_satker text, p_year int, p_unit text) returns void language sql as
$$ select pg_advisory_xact_lock(hashtextextended(p_satker || '/' || p_year || '/' || p_unit, 7)) $$;

create or replace function lock_standing(p_satker text) returns void language sql as
$$ select pg_advisory_xact_lock(hashtextextended(p_satker, 8)) $$;

create or replace function lock_budget(p_satker text, p_year int) returns void language sql as
$$ select pg_advisory_xact_lock(hashtextextended(p_satker || '/' || p_year, 9)) $$;

create or replace function lock_refusals(p_subject text) returns void language sql as
$$ select pg_advisory_xact_lock(hashtextextended(p_subject, 10)) $$;

create or replace function lock_ledger() returns void language sql as
$$ select pg_advisory_xact_lock(11) $$;

create or replace function try_lock_ledger() returns boolean language sql as
$$ select pg_try_advisory_xact_lock(11) $$;

create or replace function lock_heads() returns void language sql as
$$ select pg_advisory_xact_lock(12) $$;
