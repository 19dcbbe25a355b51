-- Periods and their days.
--
-- period  a year or a part of one, by its name: 2024, 2024-S1 (half), 2024-T1 (quarter), 2024-B03 (month).
-- Who needs a period's last day more than once takes it into a variable or a column: it is dear, row by row.

-- The last month of a period.
create or replace function last_month(p_period text) returns int immutable language sql as
$$
    select case substr(p_period, 6, 1)
        when 'S' then 6 * substr(p_period, 7)::int when 'T' then 3 * substr(p_period, 7)::int
        when 'B' then substr(p_period, 7)::int else 12 end
$$;

-- The last day of a month.
create or replace function month_end(p_year int, p_month int) returns date immutable language sql as
$$ select (make_date(p_year, p_month, 1) + interval '1 month')::date - 1 $$;

-- The last day of a period.
create or replace function last_day(p_period text) returns date immutable language sql as
$$ select month_end(left(p_period, 4)::int, last_month(p_period)) $$;

-- Every period of a year.
create or replace function periods_of(p_year int) returns text[] immutable language sql as
$$
    select array_agg(p_year || part) from unnest(array['', '-S1', '-S2', '-T1', '-T2', '-T3', '-T4', '-B01', '-B02', '-B03', '-B04',
        '-B05', '-B06', '-B07', '-B08', '-B09', '-B10', '-B11', '-B12']) part
$$;
