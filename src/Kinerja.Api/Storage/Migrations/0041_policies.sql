-- A year's policy is compared over all results of a period; they were written one period after another.
create index result_period on result using brin (period);
