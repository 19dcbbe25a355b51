-- Signing: who holds the posts of a document's way, what a period's window says, and the acts that were refused.

-- What lists show of a report: how often it was returned, and whether its last submission came late.
alter table document add column returns int not null default 0, add column late boolean not null default false;
update document set returns = (body #>> '{signOff,round}')::int - 1 where body #>> '{signOff,round}' is not null;

-- The office above today, and who holds the posts of an office and the verifikator's above it, each in its office's own
-- zone; an acting holder by which decree. A caller knows the posts of an office above through this alone. While an act is
-- decided, p_lock keeps the caller's own postings from ending.
create function hands(p_satker text, p_now timestamptz, p_lock boolean)
    returns table (parent text, satker text, post text, subject text, capacity text, decree text)
    language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    if p_lock then
        perform 1 from posting p where p.subject = current_setting('app.subject') for share;
    end if;
    return query
        with above as (
            select (select p.parent from office_parent p
                    where p.satker = p_satker and p.valid_from <= current_setting('app.today')::date
                      and current_setting('app.today')::date < p.valid_until) as parent
        )
        select above.parent, held.satker, held.post, held.subject, held.capacity,
               case when held.capacity <> 'definitive' then (
                   select d.body #>> '{content,decree}' from document d
                   where d.kind = 'posting' and d.satker = held.satker and d.id = held.id) end
        from above left join lateral (
            select p.* from posting p join office o on o.satker = p.satker
            where p.satker = any (array[p_satker, above.parent]) and (p.satker = p_satker or p.post = 'verifikator')
              and p.valid_from <= (p_now at time zone o.zone)::date and (p_now at time zone o.zone)::date < p.valid_until
        ) held on true;
end
$$;

-- The window of a period, with the day at the office. With p_lock it stands until the caller's transaction ends: writes
-- share the lock that closing takes alone.
create function period_window(p_period text, p_satker text, p_now timestamptz, p_lock boolean)
    returns table (body jsonb, today date) language plpgsql as
$$
begin
    if p_lock then
        perform pg_advisory_xact_lock_shared(hashtextextended(p_period, 2));
    end if;
    return query
        select d.body, (p_now at time zone o.zone)::date
        from office o left join document d on d.kind = 'period' and d.satker = '00' and d.id = p_period
        where o.satker = p_satker;
end
$$;

create function lock_period(p_period text) returns void language sql as
$$ select pg_advisory_xact_lock(hashtextextended(p_period, 2)) $$;

-- Acts that were refused, in their own transaction: append-only, as the journal is.
create table refusal (
    seq          bigint generated always as identity primary key,
    satker       text not null,
    kind         text not null,
    id           text not null,
    act          text not null,
    subject      text not null,
    post         text not null,
    content_hash text not null,
    code         text not null,
    at           timestamptz not null,
    request_id   text not null
);
create index refusal_subject on refusal (subject, at);
create index refusal_document on refusal (satker, kind, id);
create trigger refusal_append_only before update or delete or truncate on refusal
    for each statement execute function refuse_change();

call protect('refusal', 'subject = current_setting(''app.subject'', true)', p_years => false, p_writes => 'none');
-- One is refused at offices that are not one's own, too.
create policy own on refusal for insert to kinerja_app with check (subject = current_setting('app.subject', true));
grant select, insert on refusal to kinerja_app;

-- Writes a refusal unless the client has had p_most in the hour before: nobody fills the journal.
create function journal_refusal(
    p_satker text, p_kind text, p_id text, p_act text, p_post text, p_content_hash text, p_code text, p_at timestamptz,
    p_request_id text, p_most int) returns void language plpgsql as
$$
begin
    perform pg_advisory_xact_lock(hashtextextended(current_setting('app.subject'), 3));
    insert into refusal (satker, kind, id, act, subject, post, content_hash, code, at, request_id)
    select p_satker, p_kind, p_id, p_act, current_setting('app.subject'), p_post, p_content_hash, p_code, p_at, p_request_id
    where (select count(*) from refusal r
           where r.subject = current_setting('app.subject') and r.at > p_at - interval '1 hour') < p_most;
end
$$;
