-- The wall: offices and the posts held there, and who may look where. Every table is under forced row-level security; the
-- application's role owns nothing.

grant select on schema_migration to kinerja_app;

-- What the owner makes is not everybody's to call: functions are for the service's role alone.
alter default privileges revoke execute on routines from public;
alter default privileges grant execute on functions to kinerja_app;

create table office (
    satker      text primary key,
    level       text not null,
    name        text not null,
    dipa_code   text,
    zone        text not null
);

-- Which office stood under which, from when (inclusive) until when (exclusive).
create table office_parent (
    satker      text not null references office,
    parent      text references office,
    valid_from  date not null,
    valid_until date not null default 'infinity',
    primary key (satker, valid_from)
);
create index office_parent_parent on office_parent (parent);

-- Who stands above whom in which interval, every office above itself for ever; rebuilt when an office moves.
create table reach (
    viewer      text not null,
    satker      text not null,
    valid_from  date not null,
    valid_until date not null,
    from_year   int  not null,
    until_year  int  not null,
    primary key (viewer, satker, valid_from)
);

create table unit (
    satker      text not null references office,
    code        text not null,
    parent      text,
    level       text not null,
    name        text not null,
    functions   text[] not null,
    sort        int  not null,
    primary key (satker, code)
);

-- Who holds which post, when, by which decree. The posts register: powers are read from here at every request.
create table posting (
    satker      text not null references office,
    id          text not null,
    post        text not null,
    subject     text not null,
    capacity    text not null,
    valid_from  date not null,
    valid_until date not null default 'infinity',
    decree      text not null,
    primary key (satker, id)
);
create index posting_subject on posting (subject);

-- Whether what is valid from one day (inclusive) until another (exclusive) holds on a day. Planned as if it were written out, so
-- indexes serve it, as long as the day is cheap: a column, a parameter, today; not last_day(…) of a row.
create function holds(p_from date, p_until date, p_day date) returns boolean immutable parallel safe language sql as
$$ select p_from <= p_day and p_day < p_until $$;

-- Whether an interval of the tree lets one look on a day at what is of a year: it holds, or it did in that year.
create function opens(p_from date, p_until date, p_from_year int, p_until_year int, p_day date, p_year int) returns boolean
    immutable parallel safe language sql as
$$ select p_from <= p_day and (p_day < p_until or p_year between p_from_year and p_until_year) $$;

-- Row-level security, forced on every table: the application's role owns nothing and sees what the policies show.
-- Reading: public rows; own office; everything below an office one holds a post in today, all years; what stood below it
-- formerly, the years in which it did. Writing: own office and what is below it today.
--
-- p_reads: 'all', 'none', or a condition on the row that opens it beside the subtree ('false' for none).
-- p_years: whether the row is of a year, which a former parent keeps reading.
-- p_writes: 'none', 'append' or 'all'.
create procedure protect(p_table text, p_reads text, p_years boolean, p_writes text) language plpgsql as
$$
declare
    below text := format($p$ exists (select 1 from reach r
        where r.viewer = any (nullif(current_setting('app.scope', true), '')::text[])
          and r.satker = %1$I.satker
          and holds(r.valid_from, r.valid_until, current_setting('app.today')::date)) $p$, p_table);
    ever_below text := format($p$ exists (select 1 from reach r
        where r.viewer = any (nullif(current_setting('app.scope', true), '')::text[])
          and r.satker = %1$I.satker
          and opens(r.valid_from, r.valid_until, r.from_year, r.until_year, current_setting('app.today')::date, %1$I.year)) $p$, p_table);
begin
    execute format('alter table %I enable row level security', p_table);
    execute format('alter table %I force row level security', p_table);
    execute format('create policy owner on %I to current_user using (true) with check (true)', p_table);
    if p_reads = 'all' then
        execute format('create policy read on %I for select to kinerja_app using (true)', p_table);
    elsif p_reads <> 'none' then
        execute format('create policy read on %I for select to kinerja_app using (%s or %s)', p_table, p_reads,
                       case when p_years then ever_below else below end);
    end if;
    if p_writes <> 'none' then
        execute format('create policy insert on %I for insert to kinerja_app with check (%s)', p_table, below);
    end if;
    if p_writes = 'all' then
        execute format('create policy update on %I for update to kinerja_app using (%s)', p_table, below);
        execute format('create policy delete on %I for delete to kinerja_app using (%s)', p_table, below);
    end if;
end
$$;
revoke execute on procedure protect(text, text, boolean, text) from kinerja_app;

-- A table that is only ever added to refuses everything else with KN001, which is nobody's missing right.
create function refuse_change() returns trigger language plpgsql as
$$ begin raise exception 'the table % is append-only', tg_table_name using errcode = 'KN001'; end $$;

-- The tree is public.
call protect('office', 'all', p_years => false, p_writes => 'none');
call protect('unit', 'all', p_years => false, p_writes => 'none');
call protect('reach', 'all', p_years => false, p_writes => 'none');
call protect('office_parent', 'all', p_years => false, p_writes => 'all');
call protect('posting', 'subject = current_setting(''app.subject'', true)', p_years => false, p_writes => 'all');
grant select on office, unit, reach to kinerja_app;
grant select, insert, update on office_parent, posting to kinerja_app;
