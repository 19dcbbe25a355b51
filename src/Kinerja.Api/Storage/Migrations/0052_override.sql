-- The capaian that takes the place of the computed one when the report is approved, and why.
alter table result add column proposed jsonb;
