-- Which round of a report counts: the rule of levels, for everything that measures.
--
-- level   how far a report has been signed for; taken-over is below draft and is asked for, never reached.
-- least   the level asked for: what has reached it counts, and nothing below.
-- round   one way of a report from draft to its end; a return begins the next.
-- These are planned as if they were written out where they are called.

-- The levels, as the domain numbers them.
create or replace function sign_off_level(p_name text) returns int immutable parallel safe language sql as
$$
    select case p_name when 'taken-over' then -1 when 'draft' then 0 when 'submitted' then 1 when 'verified' then 2
        when 'approved' then 3 when 'accepted' then 4 end
$$;

-- Whether a round that came to a level counts where p_least is asked for. Taken-over is a mark of a value, not of a round: who
-- asks for it asks every round that is at least a draft.
create or replace function reaches(p_level int, p_least int) returns boolean immutable parallel safe language sql as
$$ select p_level >= greatest(p_least, sign_off_level('draft')) $$;

-- Whether a value counts where p_least is asked for: one that was taken over only below draft.
create or replace function counts(p_taken_over boolean, p_least int) returns boolean immutable parallel safe language sql as
$$ select p_least < sign_off_level('draft') or not p_taken_over $$;

-- The round of a report that counts: the last one that reached the level.
create or replace function counting_round(p_satker text, p_report text, p_least int) returns table (round int)
    stable rows 1 language sql as
$$
    select r.round from reached r where r.satker = p_satker and r.report = p_report and reaches(r.level, p_least)
    order by r.version desc limit 1
$$;

-- The last period for which a report measured by an agreement was submitted, in whatever round; none without such a report.
create or replace function last_submitted(p_satker text, p_agreement text) returns text stable language plpgsql as
$$
begin
    return (
        select r.period from result r
        where r.satker = p_satker and r.agreement = p_agreement and exists (
            select from reached c
            where c.satker = r.satker and c.report = r.report and c.round = r.round and c.level >= sign_off_level('submitted'))
        order by last_day(r.period) desc limit 1);
end
$$;

-- What counts of a line in a period as its report states it; none when no report states it at that level.
create or replace function counting_result(p_satker text, p_agreement text, p_line text, p_period text, p_least int)
    returns setof result
    stable rows 1 language sql as
$$
    select r.* from result r cross join lateral counting_round(r.satker, r.report, p_least) counting
    where r.satker = p_satker and r.agreement = p_agreement and r.line = p_line and r.period = p_period
      and r.round = counting.round and counts(r.taken_over, p_least)
$$;
