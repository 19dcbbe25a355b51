-- Webhooks: what is sent to whom, by which secret, and how it went. The outbox is the ledger itself: a subscription keeps how far
-- it has come in it, and gets a delivery for each entry that its office reads.

-- A subscription as deliveries need it; what was agreed on stands in its document.
create table webhook (
    satker        text not null,
    id            text not null,
    url           text not null,
    below         text,                -- only what stands below this office
    types         text[] not null,     -- only events of these types; all when empty
    state         text not null,       -- active, paused, ended
    position      bigint not null,     -- entries up to here have their deliveries
    failing_since timestamptz,         -- nothing has arrived since
    primary key (satker, id)
);
call protect('webhook', 'false', p_years => false, p_writes => 'all');
grant select, insert, update on webhook to kinerja_app;

-- What signs the deliveries: nobody reads it, and functions give it to nobody but the one who sends.
create table webhook_secret (
    satker        text not null,
    webhook       text not null,
    secret        bytea not null,
    since         timestamptz not null,
    valid_until   timestamptz not null default 'infinity',
    primary key (satker, webhook, secret)
);
call protect('webhook_secret', 'none', p_years => false, p_writes => 'none');

-- An event for a subscription. Those of one document go out one after the other: next_at is infinite while an earlier one waits.
create table webhook_delivery (
    satker        text not null,
    webhook       text not null,
    event         text not null,       -- the id of the CloudEvent
    position      bigint,              -- the entry it tells; none for a test
    document      text not null,
    body          bytea,               -- what is sent; none where the entry tells it
    state         text not null default 'waiting',  -- waiting, delivered, given-up
    attempt       int not null default 0,
    next_at       timestamptz not null,
    leased_until  timestamptz not null default '-infinity',  -- somebody is sending it
    primary key (satker, webhook, event)
);
create index webhook_delivery_due on webhook_delivery (satker, webhook, next_at) where state = 'waiting';
create index webhook_delivery_document on webhook_delivery (satker, webhook, document, position) where state = 'waiting';
call protect('webhook_delivery', 'false', p_years => false, p_writes => 'all');
grant select, insert, update on webhook_delivery to kinerja_app;

create table webhook_attempt (
    seq           bigint generated always as identity primary key,
    satker        text not null,
    webhook       text not null,
    event         text not null,
    attempt       int not null,
    at            timestamptz not null,
    took_ms       int not null,
    status        int,                 -- what the target answered; none when it did not
    error         text,
    state         text not null,       -- of the delivery, since then
    next_at       timestamptz          -- when it is tried again
);
create index webhook_attempt_webhook on webhook_attempt (satker, webhook, seq);
create index webhook_attempt_at on webhook_attempt using brin (at);
call protect('webhook_attempt', 'false', p_years => false, p_writes => 'none');
grant select on webhook_attempt to kinerja_app;
