-- Narrow rows for measurement, written in the transaction of the document they come from.

-- The lines of agreements in force, and from when until when they bind.
create table promise (
    satker      text not null,
    agreement   text not null,
    line        text not null,
    sort        int  not null,
    year        int  not null,
    unit        text not null,
    level       text not null,
    indicator   text not null,
    wording     text not null,
    target      jsonb not null,
    valid_from  date not null,
    valid_until date not null default 'infinity',
    primary key (satker, agreement, line)
);
create index promise_year on promise (satker, year, level);
create index promise_indicator on promise (indicator, level, year, satker);

-- What a round of a report says of each line, computed once with the policy it names.
create table result (
    satker      text not null,
    report      text not null,
    round       int  not null,
    line        text not null,
    sort        int  not null,
    year        int  not null,
    period      text not null,
    unit        text not null,
    level       text not null,
    agreement   text not null,
    indicator   text not null,
    wording     text not null,
    target      jsonb not null,
    realization jsonb not null,
    carried_from int,
    taken_over  boolean not null,
    figure      jsonb not null,
    primary key (satker, report, round, line)
);
create index result_line on result (satker, agreement, period, line);

-- The last round of a report that reached a sign-off level, and the version and content it had.
create table reached (
    satker       text not null,
    report       text not null,
    level        int  not null,
    round        int  not null,
    version      int  not null,
    year         int  not null,
    content_hash text not null,
    recorded_at  timestamptz not null,
    primary key (satker, report, level)
);

call protect('promise', 'false', p_years => true, p_writes => 'all');
call protect('result', 'false', p_years => true, p_writes => 'all');
call protect('reached', 'false', p_years => true, p_writes => 'all');
grant select, insert, update, delete on promise, result, reached to kinerja_app;

-- The offices chosen by the tree of a day: the office itself, those directly below, or all below; of some levels if asked.
create function population(p_satker text, p_reach text, p_self boolean, p_levels text[], p_day date)
    returns table (satker text) stable language sql as
$$
    select below.satker from reach below join office o on o.satker = below.satker
    where p_reach = 'descendants' and below.viewer = p_satker and below.satker <> p_satker
      and below.valid_from <= p_day and p_day < below.valid_until and (p_levels is null or o.level = any (p_levels))
    union all
    select child.satker from office_parent child join office o on o.satker = child.satker
    where p_reach = 'children' and child.parent = p_satker
      and child.valid_from <= p_day and p_day < child.valid_until and (p_levels is null or o.level = any (p_levels))
    union all
    select o.satker from office o where p_self and o.satker = p_satker and (p_levels is null or o.level = any (p_levels))
$$;
