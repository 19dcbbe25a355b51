-- Targets of parts of the year by period, where a line states them; the year's target holds for all others.
alter table promise add column period_targets jsonb;
