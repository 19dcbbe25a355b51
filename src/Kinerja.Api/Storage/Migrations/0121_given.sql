-- A result that is cited from a roll-up keeps beside it what it cites, as the signed content says, so that what the roll-up gives
-- now can be held against it; and an office that has a roll-up cites its own.
alter table result add column given jsonb;

update result r set given = said.given
from (
    select distinct on (v.satker, v.id, round.no, entry ->> 'line')
           v.satker, v.id as report, round.no as round, entry ->> 'line' as line, entry -> 'given' as given
    from document_version v
    cross join lateral (values ((v.body #>> '{signOff,round}')::int)) round (no)
    cross join lateral jsonb_array_elements(v.body #> '{content,entries}') entry
    where v.kind = 'realization'
    order by v.satker, v.id, round.no, entry ->> 'line', v.version desc) said
where said.given is not null and r.satker = said.satker and r.report = said.report and r.round = said.round and r.line = said.line;

drop function if exists given_by_parent(text, int, text, int, text);
drop function if exists roll_up(text, int, text, int, text);
