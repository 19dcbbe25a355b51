-- Roll-ups are kept, not computed when they are asked for: what an office brings to each (standing), whether it is expected
-- to (carrying), and the sums of both over every subtree (tally, expectation, census).

-- The rules of the catalogue, as the roll-up reads them.
create table rollup_rule (
    satker        text not null,
    year          int  not null,
    indicator     text not null,
    source        text not null,
    source_level  text not null,
    method        text not null,
    self          boolean not null,
    reach         text not null,
    only_carrying boolean not null,
    levels        text[],
    primary key (year, indicator)
);
call protect('rollup_rule', 'all', p_years => false, p_writes => 'all');
grant select, insert, update, delete on rollup_rule to kinerja_app;

-- What an office brings to a roll-up at a least sign-off level (-1 taken over … 4 accepted); a gap says why it is not counted.
create table standing (
    satker      text not null,
    period      text not null,
    indicator   text not null,
    at_least    int  not null,
    gap         text,
    numerator   numeric not null,
    denominator numeric not null,
    number      numeric not null,
    rank        numeric,
    meeting     int not null,
    taken_over  int not null,
    value       jsonb,
    primary key (satker, period, at_least, indicator)
);
-- The lowest and the highest of a nation, found without reading it; only the methods that want them keep the value.
create index standing_lowest on standing (indicator, period, at_least, rank, satker) where value is not null;
create index standing_highest on standing (indicator, period, at_least, rank desc, satker) where value is not null;

-- In which months' ends (bits 1 to 12) an agreement of the office carries the source of a roll-up.
create table carrying (
    satker    text not null,
    year      int  not null,
    indicator text not null,
    months    int  not null,
    primary key (satker, year, indicator)
);

-- The standings of everything below an office, by the level of the offices, with the tree of the period's last day.
create table tally (
    satker         text not null,
    period         text not null,
    indicator      text not null,
    at_least       int  not null,
    level          text not null,
    reported       int  not null,
    counted        int  not null,
    not_applicable int  not null,
    numerators     numeric not null,
    denominators   numeric not null,
    numbers        numeric not null,
    meeting        int  not null,
    taken_over     int  not null,
    primary key (satker, period, indicator, at_least, level)
) with (fillfactor = 50); -- Room to update a row where it stands.

-- How many of everything below an office carry the source at a month's end.
create table expectation (
    satker    text not null,
    year      int  not null,
    indicator text not null,
    month     int  not null,
    level     text not null,
    offices   int  not null,
    primary key (satker, year, indicator, month, level)
);

-- How many offices are below an office: what changes on a day.
create table census (
    satker text not null,
    level  text not null,
    day    date not null,
    change int  not null,
    primary key (satker, level, day)
);

-- The application reads and writes these only through functions.
call protect('standing', 'none', p_years => false, p_writes => 'none');
call protect('carrying', 'none', p_years => false, p_writes => 'none');
call protect('tally', 'none', p_years => false, p_writes => 'none');
call protect('expectation', 'none', p_years => false, p_writes => 'none');
call protect('census', 'none', p_years => false, p_writes => 'none');
