-- The trail: refusals, sealing, the feed, heads, and who read what.
--
-- seal      giving committed rows of the journal and the refusals their places in the ledger, each hashed with the one before.
-- position  a place among all; number, a place in the chain of one office.
-- head      the end of a chain.
-- sight     that somebody read a version of a document on a day.

-- Writes a refusal unless the client has had p_most in the hour before: nobody fills the journal. An office that does not exist has
-- no chain.
create or replace function journal_refusal(
    p_satker text, p_kind text, p_id text, p_act text, p_post text, p_content_hash text, p_code text, p_at timestamptz,
    p_request_id text, p_most int) returns void language plpgsql as
$$
begin
    perform lock_refusals(current_setting('app.subject'));
    insert into refusal (satker, kind, id, act, subject, post, content_hash, code, at, request_id)
    select p_satker, p_kind, p_id, p_act, current_setting('app.subject'), p_post, p_content_hash, p_code, p_at, p_request_id
    where (select count(*) from refusal r
           where r.subject = current_setting('app.subject') and r.at > p_at - interval '1 hour') < p_most
      and exists (select 1 from office o where o.satker = p_satker);
end
$$;

-- Where everything is sealed up to.
create or replace function ledger_head() returns bigint stable language sql security definer set search_path = public, pg_temp as
$$ select coalesce(max(position), 0) from ledger $$;

-- A value in the text that is hashed: its length in bytes, a colon, the value, a semicolon; "-;" for none. So no two different
-- entries have one text.
create or replace function framed(p_value text) returns text immutable parallel safe language plpgsql as
$$ begin return case when p_value is null then '-;' else octet_length(p_value) || ':' || p_value || ';' end; end $$;

-- The text of an entry, which its hash covers. An auditor makes it again from the row of the journal or the refusal.
create or replace function entry_text(
    p_position bigint, p_satker text, p_number bigint, p_refused boolean, p_kind text, p_id text, p_version int, p_year int, p_act text,
    p_subject text, p_post text, p_before_hash text, p_content_hash text, p_code text, p_at timestamptz, p_request_id text)
    returns text stable language plpgsql as
$$
begin
    return framed(case when p_refused then 'refusal' else 'change' end) || framed(p_position::text)
        || framed(p_satker) || framed(p_number::text) || framed(p_kind) || framed(p_id) || framed(p_version::text)
        || framed(p_year::text) || framed(p_act) || framed(p_subject) || framed(p_post) || framed(p_before_hash)
        || framed(p_content_hash) || framed(p_code)
        || framed(to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) || framed(p_request_id);
end
$$;

-- A link: SHA-256 over the hash before it (32 bytes of zero before the first) and the text of the entry.
create or replace function link(p_previous bytea, p_head bytea, p_text text) returns bytea immutable language plpgsql as
$$ begin return sha256(coalesce(p_previous, p_head) || convert_to(p_text, 'UTF8')); end $$;

-- The links of entries in their order, from a head on.
create or replace aggregate chained (p_head bytea, p_text text) (sfunc = link, stype = bytea);

-- Gives places to what was committed and has none: at most p_most rows, changes in the order of their seq, then refusals. One
-- sealer at a time; another is waited for, or with p_wait false left alone. Returns how many it sealed.
--
-- No gap: a place is given after the commit, by one sealer, in a transaction of its own, so that whoever sees a position sees all
-- before it. Nothing is lost: a transaction below pg_snapshot_xmin has ended, so its rows are seen by that snapshot and are sealed
-- with it; the next pass begins there, and what it finds of the others again has its place already. An open transaction holds
-- nothing up, its rows come when it has ended.
--
-- The order goes with every lock of a row. If B was written behind a lock that A's transaction held, or by a request that came
-- after A's answer, then A was committed before B's transaction wrote it. So a snapshot that sees B sees A, and A is sealed in
-- the same pass or in an earlier one; and in the same pass A comes first, because B took its seq after A's commit. This would
-- not hold for rows taken below the oldest open transaction alone: numbers of transactions are given at the first write, B's may
-- be lower than A's, and a third one between them would let B pass and keep A back. Of two transactions that knew nothing of
-- each other, nothing is claimed.
--
-- A database restored on a server that counts lower begins anew, once.
create or replace function seal(p_most int, p_wait boolean) returns int
    language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as
$$
declare
    last_position bigint;
    sealed_below xid8;
    restored boolean;
    sealed int;
begin
    if p_wait then
        perform lock_ledger();
    elsif not try_lock_ledger() then
        return 0;
    end if;
    -- A statement of its own after the lock: it sees what the sealer before committed.
    select l.position, l.below into last_position, sealed_below from ledger l order by l.position desc limit 1;
    sealed_below := coalesce(sealed_below, '0');
    restored := sealed_below > pg_snapshot_xmax(pg_current_snapshot());
    with open as materialized (
        select false as refused, j.seq, j.satker, j.kind, j.id, j.version, j.year, j.act, j.subject, j.post, j.before_hash,
               j.after_hash as content_hash, null as code, j.at, j.request_id
        from journal j
        where (restored or j.xid >= sealed_below and j.xid < pg_snapshot_xmax(pg_current_snapshot()))
          and not exists (select 1 from ledger l where l.seq = j.seq and not l.refused)
        union all
        select true, r.seq, r.satker, r.kind, r.id, null, null, r.act, r.subject, r.post, null, r.content_hash, r.code, r.at, r.request_id
        from refusal r
        where (restored or r.xid >= sealed_below and r.xid < pg_snapshot_xmax(pg_current_snapshot()))
          and not exists (select 1 from ledger l where l.seq = r.seq and l.refused)
        order by 1, 2 limit p_most
    ), counted as materialized (
        select o.*, coalesce(last_position, 0) + row_number() over (order by o.refused, o.seq) as position,
               row_number() over (partition by o.satker order by o.refused, o.seq) as nth
        from open o
    ), heads as materialized (
        select s.satker, coalesce(h.number, 0) as number, coalesce(h.hash, decode(repeat('00', 32), 'hex')) as hash
        from (select distinct c.satker from counted c) s
        left join lateral (select l.number, l.hash from ledger l where l.satker = s.satker order by l.number desc limit 1) h on true
    )
    insert into ledger (position, satker, number, refused, seq, kind, id, version, year, public, act, subject, post, content_hash,
                        code, at, below, hash)
    select c.position, c.satker, h.number + c.nth, c.refused, c.seq, c.kind, c.id, c.version, c.year, coalesce(v.public, false), c.act,
           c.subject, c.post, c.content_hash, c.code, c.at,
           case when (select count(*) from open) < p_most then pg_snapshot_xmin(pg_current_snapshot()) else sealed_below end,
           chained(h.hash, entry_text(c.position, c.satker, h.number + c.nth, c.refused, c.kind, c.id, c.version, c.year, c.act, c.subject,
                                      c.post, c.before_hash, c.content_hash, c.code, c.at, c.request_id))
               over (partition by c.satker order by c.nth)
    from counted c join heads h on h.satker = c.satker
    left join document_version v on v.kind = c.kind and v.satker = c.satker and v.id = c.id and v.version = c.version;
    get diagnostics sealed = row_count;
    return sealed;
end
$$;

-- The part of the feed after a position: -1 for its end, null for the oldest entry that is kept. Expired when what follows is
-- older than what is kept, or when the position lies beyond the ledger: that of another one, or of one that was lost. (The sum
-- keeps the planner from walking the ledger backwards for the last old position; the index on the instants finds it.)
create or replace function ledger_window(p_after bigint, p_kept timestamptz, p_most int)
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
create or replace function chain_head(p_satker text) returns table (satker text, number bigint, "position" bigint, hash bytea)
    stable language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    return query
        select l.satker, l.number, l.position, l.hash from ledger l
        where l.satker = p_satker and sees(p_satker, null) order by l.number desc limit 1;
end
$$;

-- The ends of the chains that grew after a position; none when nothing but exports came since.
create or replace function chain_heads(p_after bigint) returns table (satker text, number bigint, "position" bigint, hash bytea)
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
create or replace function note_export(p_hash text, p_at timestamptz) returns void
    language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    last_version int;
    last_hash text;
begin
    perform lock_heads();
    select j.version, j.after_hash into last_version, last_hash from journal j
    where j.satker = '00' and j.kind = 'trail' and j.id = 'heads' order by j.version desc limit 1;
    insert into journal (satker, kind, id, version, act, subject, before_hash, after_hash, at, request_id)
    values ('00', 'trail', 'heads', coalesce(last_version, 0) + 1, 'export', 'service', last_hash, p_hash, p_at, 'export');
end
$$;

-- Notes what was read since the last time, in one statement; the day is that of the national office.
create or replace function note_sights(
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
