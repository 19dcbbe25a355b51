-- A state that was taken over may be corrected: what it said before stays, for whoever asks what was held then.
alter table budget_state add column version int;
alter table budget_part add column version int;
update budget_state s set version = (
    select max(v.version) from document_version v
    where v.kind = 'budget-revision' and v.satker = s.satker and v.id = s.year || '-' || s.number and v.recorded_at = s.recorded_at);
update budget_part p set version = (
    select s.version from budget_state s where s.satker = p.satker and s.year = p.year and s.number = p.number);
alter table budget_state alter column version set not null, drop constraint budget_state_pkey,
    add primary key (satker, year, number, version);
alter table budget_part alter column version set not null, drop constraint budget_part_pkey,
    add primary key (satker, year, number, version, program, kegiatan, source);

drop function if exists budget_in_force(text, int, date, timestamptz); -- It gives the whole row now; a new database has none yet.
