-- Every request that was not allowed is written down, not acts alone: it may be for no post and upon no content.
alter table refusal alter post drop not null, alter content_hash drop not null;
alter table ledger alter content_hash drop not null;

-- It takes how many of an office may be under way, too.
drop function if exists claim_deliveries(timestamptz, timestamptz, int, int);
