-- Who is asking, and what that one sees. Row-level security (0001_wall.sql) asks the same of single rows.
--
-- scope  the offices in which the caller holds a post today; a setting of the transaction, as are subject and today.
-- sees   stands above an office or in it: today, or in the year that is asked for, while that lay below.
--
-- These and most functions of the other files are in PL/pgSQL, which plans a statement once a session; a plan in SQL's own would
-- be made at each call.

-- Says who is asking, and returns the posts that person holds at that instant in each office's own zone.
-- All settings end with the transaction, so a pooled connection carries nothing on.
create or replace function enter(p_subject text, p_now timestamptz)
    returns table (satker text, post text, capacity text) language plpgsql as
$$
begin
    perform set_config('app.subject', p_subject, true),
            set_config('app.today', ((p_now at time zone 'Asia/Jakarta')::date)::text, true),
            set_config('app.scope', '{}', true);
    return query
        with held as materialized (
            select p.satker, p.post, p.capacity
            from posting p join office o on o.satker = p.satker
            where p.subject = p_subject
              and holds(p.valid_from, p.valid_until, (p_now at time zone o.zone)::date)
        ), entered as materialized (
            select set_config('app.scope', array_agg(distinct h.satker)::text, true) from held h having count(*) > 0
        )
        select h.satker, h.post, h.capacity from entered, held h order by h.satker, h.post;
end
$$;

-- From here on the transaction is the service's own, upon the documents of one office.
create or replace function enter_office(p_satker text) returns void language plpgsql as
$$ begin perform set_config('app.scope', array[p_satker]::text, true); end $$;

-- Whether the caller sees an office, now or for a year in which it stood above it.
create or replace function sees(p_satker text, p_year int) returns boolean stable language plpgsql as
$$
begin
    return exists (
        select 1 from reach
        where viewer = any (nullif(current_setting('app.scope', true), '')::text[]) and satker = p_satker
          and opens(valid_from, valid_until, from_year, until_year, current_setting('app.today')::date, p_year));
end
$$;

-- Whether an office stands below another, or is it: today, or in a year in which it did.
create or replace function stands_below(p_viewer text, p_satker text, p_year int) returns boolean stable language plpgsql as
$$
begin
    return exists (
        select 1 from reach
        where viewer = p_viewer and satker = p_satker
          and opens(valid_from, valid_until, from_year, until_year, current_setting('app.today')::date, p_year));
end
$$;
