-- The trail in one order, chained: what the journal and the refusals hold, one place after the other.
--
-- The row of a change, written in its transaction, is all that a write pays. Afterwards one sealer at a time (seal) gives every
-- row its place in the ledger: a position among all, and a number in the chain of its office, both without gaps.

-- Which transaction wrote a row: by this the rows not yet sealed are found, exactly and without looking at the others.
alter table journal add column xid xid8 not null default pg_current_xact_id();
alter table refusal add column xid xid8 not null default pg_current_xact_id();
create index journal_xid on journal (xid);
create index refusal_xid on refusal (xid);

-- A place tells what an event of the feed tells; who it was, and what was asked for, stays in the row itself.
create table ledger (
    position     bigint primary key,
    satker       text not null,
    number       bigint not null,
    refused      boolean not null,  -- whether seq is that of a refusal, or of a journal entry
    seq          bigint not null,
    kind         text not null,
    id           text not null,
    version      int,               -- a refused act made none
    year         int,
    public       boolean not null,  -- readable by anyone, as the version was
    act          text not null,
    subject      text not null,
    post         text,
    content_hash text not null,
    code         text,              -- why it was refused
    at           timestamptz not null,
    below        xid8 not null,     -- transactions below this one had ended, and are sealed up to here
    hash         bytea not null,
    unique (satker, number),
    unique (seq, refused)
);
create index ledger_document on ledger (id, position);
create index ledger_subject on ledger (subject, position);
create index ledger_at on ledger using brin (at);
create trigger ledger_append_only before update or delete or truncate on ledger
    for each statement execute function refuse_change();
call protect('ledger', 'public or refused and subject = current_setting(''app.subject'', true)', p_years => true, p_writes => 'none');
grant select on ledger to kinerja_app;

-- Where everything is sealed up to.
create function ledger_head() returns bigint stable language sql security definer set search_path = public, pg_temp as
$$ select coalesce(max(position), 0) from ledger $$;

-- A value as it is hashed: its length in bytes, a colon, the value, a semicolon; "-;" for none. So no two different entries
-- have one text.
create function hashed(p_value text) returns text immutable parallel safe language plpgsql as
$$ begin return case when p_value is null then '-;' else octet_length(p_value) || ':' || p_value || ';' end; end $$;

-- The text of an entry, which its hash covers. An auditor makes it again from the row of the journal or the refusal.
create function entry_text(
    p_position bigint, p_satker text, p_number bigint, p_refused boolean, p_kind text, p_id text, p_version int, p_year int, p_act text,
    p_subject text, p_post text, p_before_hash text, p_content_hash text, p_code text, p_at timestamptz, p_request_id text)
    returns text stable language plpgsql as
$$
begin
    return hashed(case when p_refused then 'refusal' else 'change' end) || hashed(p_position::text)
        || hashed(p_satker) || hashed(p_number::text) || hashed(p_kind) || hashed(p_id) || hashed(p_version::text)
        || hashed(p_year::text) || hashed(p_act) || hashed(p_subject) || hashed(p_post) || hashed(p_before_hash)
        || hashed(p_content_hash) || hashed(p_code)
        || hashed(to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) || hashed(p_request_id);
end
$$;

-- A link: SHA-256 over the hash before it (32 bytes of zero before the first) and the text of the entry.
create function link(p_previous bytea, p_head bytea, p_text text) returns bytea immutable language plpgsql as
$$ begin return sha256(coalesce(p_previous, p_head) || convert_to(p_text, 'UTF8')); end $$;

-- The links of entries in their order, from a head on.
create aggregate chained (p_head bytea, p_text text) (sfunc = link, stype = bytea);

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
create function seal(p_most int, p_wait boolean) returns int
    language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as
$$
declare
    last_position bigint;
    sealed_below xid8;
    restored boolean;
    sealed int;
begin
    if p_wait then
        perform pg_advisory_xact_lock(5);
    elsif not pg_try_advisory_xact_lock(5) then
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
