-- Narrow rows for measurement, written in the transaction of the document they come from: what was promised, what was reached.

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
    counts_as   text,       -- the catalogue's indicator, or the one an own indicator is mapped to; none while it is not mapped
    period_targets jsonb,   -- of parts of the year, where the line states them; the year's target holds for all others
    revoked_until date,         -- until when it bound by its revocation, when another has shortened that since
    replaced_at   timestamptz,  -- the instant at which another took its place
    primary key (satker, agreement, line)
);
create index promise_year on promise (satker, year, level);
create index promise_counts_as on promise (counts_as, level, year, satker);

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
    feeds       jsonb,      -- what the line brings to each roll-up, one element a roll-up; none when it feeds none
    proposed    jsonb,      -- the capaian that takes the place of the computed one at the approval, and why
    derivation  jsonb,      -- what a derived result was computed from
    given       jsonb,      -- what a result that is cited from a roll-up cites
    primary key (satker, report, round, line)
);
create index result_line on result (satker, agreement, period, line);
create index result_feeds on result (satker, period) where feeds is not null;
-- A year's policy is compared over all results of a period; they were written one period after another.
create index result_period on result using brin (period);

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

-- Figures of periods accumulated from the reports of their parts, one row for each stretch of sign-off levels (-1 taken over
-- … 4 accepted) at which they are made of the same rounds. What a report states for the period itself comes first.
create table accumulated (
    satker       text not null,
    agreement    text not null,
    line         text not null,
    period       text not null,
    lowest       int  not null,
    highest      int  not null,
    year         int  not null,
    unit         text not null,
    level        text not null,
    indicator    text not null,
    realization  jsonb not null,
    carried_from int,
    taken_over   boolean not null,
    incomplete   boolean not null,
    reached      int  not null,
    newer        boolean not null,
    figure       jsonb not null,
    made         jsonb not null,
    feeds        jsonb,
    primary key (satker, agreement, line, period, lowest)
);
create index accumulated_feeds on accumulated (satker, period) where feeds is not null;

call protect('promise', 'false', p_years => true, p_writes => 'all');
call protect('result', 'false', p_years => true, p_writes => 'all');
call protect('reached', 'false', p_years => true, p_writes => 'all');
call protect('accumulated', 'false', p_years => true, p_writes => 'all');
grant select, insert, update, delete on promise, result, reached, accumulated to kinerja_app;
