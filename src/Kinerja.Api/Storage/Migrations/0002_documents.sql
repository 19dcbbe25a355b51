-- Documents with their versions, and safe retries.

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
    returns      int not null default 0,           -- how often a report was returned
    late         boolean not null default false,   -- whether its last submission came late
    primary key (kind, satker, id)
);
-- One document for one thing: one report a unit and period, one agreement in preparation a unit and year.
create unique index document_slot on document (kind, satker, slot);
-- What was taken back has given up its slot; what was held before asks for it by its period and unit.
create index document_taken_back on document (kind, satker, period, unit) where state = 'revoked';
create index document_awaiting on document (satker, awaiting) where awaiting is not null;
create index document_public on document (kind, satker, id) where public;

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
    content_hash text generated always as (body ->> 'contentHash') stored,
    primary key (kind, satker, id, version)
);
create index document_version_hash on document_version (content_hash);
create trigger document_version_append_only before update or delete or truncate on document_version
    for each statement execute function refuse_change();

call protect('document', 'public', p_years => true, p_writes => 'all');
call protect('document_version', 'public', p_years => true, p_writes => 'append');
grant select, insert, update on document to kinerja_app;
grant select, insert on document_version to kinerja_app;

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

-- What a client was answered is that client's alone.
call protect('idempotency', 'none', p_years => false, p_writes => 'none');
create policy own on idempotency to kinerja_app using (client = current_setting('app.subject', true));
grant select, insert on idempotency to kinerja_app;
