-- The house: offices and who may look where, documents with their versions, the journal, safe retries.
-- Every table is under forced row-level security; the application's role owns nothing.

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
    primary key (satker, id)
);
create index posting_subject on posting (subject);

-- The documents as they are now: the body is what a reader of the API gets, byte for byte of meaning.
create table document (
    kind         text not null,
    satker       text not null,
    id           text not null,
    version      int  not null,
    slot         text,
    year         int,
    unit         text,
    period       text,
    state        text not null,
    awaiting     text,
    public       boolean not null default false,
    content_hash text not null,
    created_at   timestamptz not null,
    recorded_at  timestamptz not null,
    body         jsonb not null,
    primary key (kind, satker, id)
);
-- One document for one thing: one report a unit and period, one agreement in preparation a unit and year.
create unique index document_slot on document (kind, satker, slot);
create index document_awaiting on document (satker, awaiting) where awaiting is not null;

-- Every version ever acknowledged, the present one included: what the service held at an instant.
create table document_version (
    kind         text not null,
    satker       text not null,
    id           text not null,
    version      int  not null,
    year         int,
    public       boolean not null,
    recorded_at  timestamptz not null,
    body         jsonb not null,
    primary key (kind, satker, id, version)
);

-- The append-only trail. One entry for every acknowledged write, in its transaction.
create table journal (
    seq          bigint generated always as identity primary key,
    satker       text not null,
    kind         text not null,
    id           text not null,
    version      int  not null,
    year         int,
    act          text not null,
    subject      text not null,
    post         text,
    before_hash  text,
    after_hash   text not null,
    at           timestamptz not null,
    request_id   text not null
);
create index journal_document on journal (satker, kind, id, version);

create function refuse_change() returns trigger language plpgsql as
$$ begin raise exception 'the table % is append-only', tg_table_name using errcode = '42501'; end $$;
create trigger journal_append_only before update or delete or truncate on journal
    for each statement execute function refuse_change();
create trigger document_version_append_only before update or delete or truncate on document_version
    for each statement execute function refuse_change();

-- What a key was answered with, written with the effect it answers for.
create table idempotency (
    client      text not null,
    operation   text not null,
    key         text not null,
    body_hash   text not null,
    status      int  not null,
    headers     jsonb not null,
    body        bytea not null,
    at          timestamptz not null,
    primary key (client, operation, key)
);
create index idempotency_at on idempotency (at);

-- Says who is asking, and returns the posts that person holds at that instant in each office's own zone.
-- All settings end with the transaction, so a pooled connection carries nothing on.
create function enter(p_subject text, p_now timestamptz)
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
              and p.valid_from <= (p_now at time zone o.zone)::date
              and (p_now at time zone o.zone)::date < p.valid_until
        ), entered as materialized (
            select set_config('app.scope', array_agg(distinct h.satker)::text, true) from held h having count(*) > 0
        )
        select h.satker, h.post, h.capacity from entered, held h order by h.satker, h.post;
end
$$;

-- Whether the caller reads an office, now or for a year in which it stood above it.
create function sees(p_satker text, p_year int) returns boolean stable language sql as
$$
    select exists (
        select 1 from reach
        where viewer = any (nullif(current_setting('app.scope', true), '')::text[]) and satker = p_satker
          and valid_from <= current_setting('app.today')::date
          and (current_setting('app.today')::date < valid_until or p_year between from_year and until_year))
$$;

-- One change of the tree at a time.
create function lock_tree() returns void language sql as
$$ select pg_advisory_xact_lock(1) $$;

-- Rebuilds the intervals in which one office stood above another from the parent facts.
create function rebuild_reach() returns void language sql security definer set search_path = public, pg_temp as
$$
    select lock_tree();
    delete from reach;
    with recursive above (viewer, satker, valid_from, valid_until) as (
        select satker, satker, '-infinity'::date, 'infinity'::date from office
        union all
        select p.parent, a.satker, greatest(a.valid_from, p.valid_from), least(a.valid_until, p.valid_until)
        from above a join office_parent p on p.satker = a.viewer
        where p.parent is not null and greatest(a.valid_from, p.valid_from) < least(a.valid_until, p.valid_until)
    )
    insert into reach
    select viewer, satker, valid_from, valid_until,
           case when valid_from = '-infinity' then 0 else extract(year from valid_from)::int end,
           case when valid_until = 'infinity' then 9999 else extract(year from valid_until - 1)::int end
    from above;
$$;

-- Forgets keys older than their promise of seven days.
create function forget_keys(p_before timestamptz) returns void language sql security definer set search_path = public, pg_temp as
$$ delete from idempotency where at < p_before $$;

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
          and r.valid_from <= current_setting('app.today')::date
          and current_setting('app.today')::date < r.valid_until) $p$, p_table);
    ever_below text := format($p$ exists (select 1 from reach r
        where r.viewer = any (nullif(current_setting('app.scope', true), '')::text[])
          and r.satker = %1$I.satker
          and r.valid_from <= current_setting('app.today')::date
          and (current_setting('app.today')::date < r.valid_until
               or %1$I.year between r.from_year and r.until_year)) $p$, p_table);
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

-- The tree is public.
call protect('office', 'all', p_years => false, p_writes => 'none');
call protect('unit', 'all', p_years => false, p_writes => 'none');
call protect('reach', 'all', p_years => false, p_writes => 'none');
call protect('office_parent', 'all', p_years => false, p_writes => 'all');
call protect('posting', 'subject = current_setting(''app.subject'', true)', p_years => false, p_writes => 'all');
call protect('document', 'public', p_years => true, p_writes => 'all');
call protect('document_version', 'public', p_years => true, p_writes => 'append');
call protect('journal', 'false', p_years => true, p_writes => 'append');

-- What a client was answered is that client's alone.
call protect('idempotency', 'none', p_years => false, p_writes => 'none');
create policy own on idempotency to kinerja_app using (client = current_setting('app.subject', true));

grant select on office, unit, reach, schema_migration to kinerja_app;
grant select, insert, update on office_parent, posting, document to kinerja_app;
grant select, insert on document_version, journal to kinerja_app;
grant select, insert on idempotency to kinerja_app;
