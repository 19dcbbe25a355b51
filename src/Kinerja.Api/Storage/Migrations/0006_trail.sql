-- The trail in one order, chained: what the journal and the refusals hold, one place after the other.
--
-- The row of a change, written in its transaction, is all that a write pays. Afterwards one sealer at a time (seal) gives every
-- row its place in the ledger: a position among all, and a number in the chain of its office, both without gaps. By the number
-- of the transaction that wrote a row (xid) the rows not yet sealed are found, exactly and without looking at the others.

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
    request_id   text not null,
    xid          xid8 not null default pg_current_xact_id()
);
create index journal_document on journal (satker, kind, id, version);
create index journal_xid on journal (xid);
create trigger journal_append_only before update or delete or truncate on journal
    for each statement execute function refuse_change();
call protect('journal', 'false', p_years => true, p_writes => 'append');
grant select, insert on journal to kinerja_app;

-- Acts that were refused, in their own transaction: append-only, as the journal is.
create table refusal (
    seq          bigint generated always as identity primary key,
    satker       text not null,
    kind         text not null,
    id           text not null,
    act          text not null,
    subject      text not null,
    post         text,              -- a request that is no act is for no post
    content_hash text,              -- nor upon any content
    code         text not null,
    at           timestamptz not null,
    request_id   text not null,
    xid          xid8 not null default pg_current_xact_id()
);
create index refusal_subject on refusal (subject, at);
create index refusal_document on refusal (satker, kind, id);
create index refusal_xid on refusal (xid);
create trigger refusal_append_only before update or delete or truncate on refusal
    for each statement execute function refuse_change();

call protect('refusal', 'subject = current_setting(''app.subject'', true)', p_years => false, p_writes => 'none');
-- One is refused at offices that are not one's own, too.
create policy own on refusal for insert to kinerja_app with check (subject = current_setting('app.subject', true));
grant select, insert on refusal to kinerja_app;

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
    content_hash text,              -- a refused request that is no act is upon none
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

-- What was told of becoming due and becoming late: each once.
create table told (
    satker text not null,
    kind   text not null,
    unit   text not null,
    period text not null,
    turn   text not null,
    at     timestamptz not null,
    primary key (satker, kind, unit, period, turn)
);
call protect('told', 'none', p_years => false, p_writes => 'none');
