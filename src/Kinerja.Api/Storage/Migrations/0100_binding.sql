-- A revoked agreement binds until the day of its revocation, or until another takes its place from an earlier day. What bound
-- before is kept, because questions about an earlier instant are answered from it.
alter table promise
    add column revoked_until date,      -- until when it bound by its revocation, when another has shortened that since
    add column replaced_at timestamptz; -- the instant at which another took its place
