-- What the trail and the feed ask of the ledger, and who read which document.

-- Whether an office stands below another, or is it: today, or in a year in which it did.
create function stands_below(p_viewer text, p_satker text, p_year int) returns boolean stable language plpgsql as
$$
begin
    return exists (
        select 1 from reach
        where viewer = p_viewer and satker = p_satker and valid_from <= current_setting('app.today')::date
          and (current_setting('app.today')::date < valid_until or p_year between from_year and until_year));
end
$$;

-- The part of the feed after a position: -1 for its end, null for the oldest entry that is kept. Expired when what follows is
-- older than what is kept, or when the position lies beyond the ledger: that of another one, or of one that was lost. (The sum
-- keeps the planner from walking the ledger backwards for the last old position; the index on the instants finds it.)
create function ledger_window(p_after bigint, p_kept timestamptz, p_most int)
    returns table (start bigint, until bigint, head bigint, expired boolean)
    stable language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    head := ledger_head();
    start := case when p_after is null then coalesce((select max(l.position + 0) from ledger l where l.at < p_kept), 0)
                  when p_after = -1 then head
                  else p_after end;
    until := greatest(start, least(start + p_most, head));
    expired := coalesce(p_after > head, false) or exists (select 1 from ledger l where l.position = p_after + 1 and l.at < p_kept);
    return next;
end
$$;

-- The end of an office's chain, for whoever sees the office.
create function chain_head(p_satker text) returns table (satker text, number bigint, "position" bigint, hash bytea)
    stable language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    return query
        select l.satker, l.number, l.position, l.hash from ledger l
        where l.satker = p_satker and sees(p_satker, null) order by l.number desc limit 1;
end
$$;

-- The ends of the chains that grew after a position; none when nothing but exports came since.
create function chain_heads(p_after bigint) returns table (satker text, number bigint, "position" bigint, hash bytea)
    stable language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as
$$
begin
    return query
        select distinct on (l.satker) l.satker, l.number, l.position, l.hash from ledger l
        where l.position > p_after and exists (select 1 from ledger o where o.position > p_after and o.kind <> 'trail')
        order by l.satker, l.number desc;
end
$$;

-- That heads were exported is an entry of RI's chain like any other.
create function note_export(p_hash text, p_at timestamptz) returns void
    language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    last_version int;
    last_hash text;
begin
    perform pg_advisory_xact_lock(6);
    select j.version, j.after_hash into last_version, last_hash from journal j
    where j.satker = '00' and j.kind = 'trail' and j.id = 'heads' order by j.version desc limit 1;
    insert into journal (satker, kind, id, version, act, subject, before_hash, after_hash, at, request_id)
    values ('00', 'trail', 'heads', coalesce(last_version, 0) + 1, 'export', 'service', last_hash, p_hash, p_at, 'export');
end
$$;

-- Who read which version of a document on which day, how often; public documents are read by anyone, and not noted.
create table sight (
    satker      text not null,
    kind        text not null,
    id          text not null,
    subject     text not null,
    version     int not null,
    day         date not null,
    first_at    timestamptz not null,
    last_at     timestamptz not null,
    times       bigint not null,
    primary key (satker, kind, id, subject, version, day)
);
call protect('sight', 'false', p_years => false, p_writes => 'none');
grant select on sight to kinerja_app;

-- Notes what was read since the last time, in one statement; the day is that of the national office.
create function note_sights(
    p_satker text[], p_kind text[], p_id text[], p_subject text[], p_version int[], p_first timestamptz[], p_last timestamptz[],
    p_times bigint[]) returns void language sql security definer set search_path = public, pg_temp as
$$
    insert into sight as s (satker, kind, id, subject, version, day, first_at, last_at, times)
    select n.satker, n.kind, n.id, n.subject, n.version, (n.first_at at time zone 'Asia/Jakarta')::date, n.first_at, n.last_at, n.times
    from unnest(p_satker, p_kind, p_id, p_subject, p_version, p_first, p_last, p_times)
        as n (satker, kind, id, subject, version, first_at, last_at, times)
    order by 1, 2, 3, 4, 5, 6
    on conflict (satker, kind, id, subject, version, day) do update
        set first_at = least(s.first_at, excluded.first_at), last_at = greatest(s.last_at, excluded.last_at), times = s.times + excluded.times
$$;
