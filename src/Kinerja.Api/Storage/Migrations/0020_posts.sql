-- The register of posts shows the decree beside the holder.
alter table posting add column decree text;
update posting set decree = d.body #>> '{content,decree}'
    from document d where d.kind = 'posting' and d.satker = posting.satker and d.id = posting.id;
alter table posting alter column decree set not null;

-- Whether a subject holds a post of another office in an interval: a system client is bound to one office, and who
-- appoints it sees no other office's posts. One appointment of a subject at a time.
create function bound_elsewhere(p_subject text, p_satker text, p_from date, p_until date) returns boolean
    language sql security definer set search_path = public, pg_temp as
$$
    select pg_advisory_xact_lock(hashtextextended(p_subject, 2));
    select exists (
        select 1 from posting
        where subject = p_subject and satker <> p_satker and valid_from < p_until and p_from < valid_until)
$$;
