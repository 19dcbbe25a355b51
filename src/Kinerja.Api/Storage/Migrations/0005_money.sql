-- Money, as narrow as a roll-up needs it: the states of each DIPA, their pagu and what was spent, per program, kegiatan and
-- fund source. What a document does not state is empty. The lines themselves stand in the documents.

-- The states that are held: in force, superseded or taken over. The last by its number is in force. One that was taken over may be
-- corrected: what it said before stays, for whoever asks what was held then.
create table budget_state (
    satker      text not null,
    year        int  not null,
    number      int  not null,
    version     int  not null,
    valid_from  date not null,
    taken_over  boolean not null,
    recorded_at timestamptz not null,
    primary key (satker, year, number, version)
);

create table budget_part (
    satker      text not null,
    year        int  not null,
    number      int  not null,
    version     int  not null,
    program     text not null,
    kegiatan    text not null,
    source      text not null,
    pagu        bigint not null,
    primary key (satker, year, number, version, program, kegiatan, source)
);

create table budget_spent (
    satker      text not null,
    year        int  not null,
    id          text not null,
    month       int  not null,
    program     text not null,
    kegiatan    text not null,
    source      text not null,
    amount      bigint not null,
    recorded_at timestamptz not null,
    primary key (satker, year, id, program, kegiatan, source)
);

call protect('budget_state', 'false', p_years => true, p_writes => 'append');
call protect('budget_part', 'false', p_years => true, p_writes => 'append');
call protect('budget_spent', 'false', p_years => true, p_writes => 'append');
grant select, insert on budget_state, budget_part, budget_spent to kinerja_app;
