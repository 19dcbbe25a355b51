-- What a line of an agreement counts as in roll-ups: its catalogue indicator, or the one its office's own is mapped to; null for
-- an own one that is not mapped.
alter table promise add column counts_as text;
update promise set counts_as = indicator;
drop index promise_indicator;
create index promise_counts_as on promise (counts_as, level, year, satker);

-- As before, by what the lines count as.
create or replace function brought(p_satker text, p_periods text[]) returns table (
    period text, indicator text, at_least int, gap text, numerator numeric, denominator numeric, number numeric, rank numeric,
    meeting int, taken_over int, value jsonb) stable language plpgsql set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_column
begin
    return query
        with line as (
            select r.period, r.report, r.round, r.taken_over, r.feeds, exists (
                select from promise other
                where other.satker = p.satker and other.year = p.year and other.level = p.level and other.counts_as = p.counts_as
                  and (other.agreement, other.line) <> (p.agreement, p.line)
                  and other.valid_from <= last_day(r.period) and last_day(r.period) < other.valid_until) as twice
            from result r join promise p on p.satker = r.satker and p.agreement = r.agreement and p.line = r.line
                and p.valid_from <= last_day(r.period) and last_day(r.period) < p.valid_until
            where r.satker = p_satker and r.period = any (p_periods) and r.feeds is not null
        ), counting as (
            select said.report, at_least, (
                select last.round from reached last
                where last.satker = p_satker and last.report = said.report and last.level >= greatest(at_least, 0)
                order by last.version desc limit 1) as round
            from (select distinct report from line) said cross join generate_series(-1, 4) at_least
        )
        select line.period, fed.indicator, counting.at_least,
               case when bool_or(line.twice) then 'stated-twice' else min(fed.gap) end,
               case when bool_or(line.twice) then 0 else min(fed.numerator) end,
               case when bool_or(line.twice) then 0 else min(fed.denominator) end,
               case when bool_or(line.twice) then 0 else min(fed.number) end,
               case when not bool_or(line.twice) then min(fed.rank) end,
               case when bool_or(line.twice) then 0 else min(fed.meeting) end,
               case when bool_or(line.twice) then 0 else min((line.taken_over and fed.gap is null)::int) end,
               case when not bool_or(line.twice) then (array_agg(fed.value))[1] end
        from line join counting on counting.report = line.report and counting.round = line.round
            and (counting.at_least < 0 or not line.taken_over)
        cross join lateral jsonb_to_recordset(line.feeds) as fed (
            indicator text, gap text, numerator numeric, denominator numeric, number numeric, rank numeric, meeting int, value jsonb)
        group by line.period, fed.indicator, counting.at_least;
end
$$;

create or replace function carried(p_satker text, p_year int) returns table (indicator text, months int) stable language plpgsql set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_column
begin
    return query
        select rule.indicator, bit_or(1 << month)
        from rollup_rule rule
        join promise p on p.satker = p_satker and p.year = p_year and p.level = rule.source_level and p.counts_as = rule.source
        join generate_series(1, 12) month on p.valid_from <= month_end(p_year, month) and month_end(p_year, month) < p.valid_until
        where rule.year = p_year
        group by rule.indicator;
end
$$;
