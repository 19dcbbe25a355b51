-- Who holds which post.
--
-- hands  the holders of the posts by which a document may go: those of its office, and the verifikator's of the office above.

-- The office above today, and who holds the posts of an office and the verifikator's above it, each in its office's own
-- zone; an acting holder by which decree. A caller knows the posts of an office above through this alone. While an act is
-- decided, p_lock keeps the caller's own postings from ending.
create or replace function hands(p_satker text, p_now timestamptz, p_lock boolean)
    returns table (parent text, satker text, post text, subject text, capacity text, decree text)
    language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    if p_lock then
        perform 1 from posting p where p.subject = current_setting('app.subject') for share;
    end if;
    return query
        with above as (
            select (select p.parent from office_parent p
                    where p.satker = p_satker and holds(p.valid_from, p.valid_until, current_setting('app.today')::date)) as parent
        )
        select above.parent, held.satker, held.post, held.subject, held.capacity,
               case when held.capacity <> 'definitive' then (
                   select d.body #>> '{content,decree}' from document d
                   where d.kind = 'posting' and d.satker = held.satker and d.id = held.id) end
        from above left join lateral (
            select p.* from posting p join office o on o.satker = p.satker
            where p.satker = any (array[p_satker, above.parent]) and (p.satker = p_satker or p.post = 'verifikator')
              and holds(p.valid_from, p.valid_until, (p_now at time zone o.zone)::date)
        ) held on true;
end
$$;

-- Whether a subject holds a post of another office in an interval: a system client is bound to one office, and who
-- appoints it sees no other office's posts. One appointment of a subject at a time.
create or replace function bound_elsewhere(p_subject text, p_satker text, p_from date, p_until date) returns boolean
    language sql security definer set search_path = public, pg_temp as
$$
    select lock_subject(p_subject);
    select exists (
        select 1 from posting
        where subject = p_subject and satker <> p_satker and valid_from < p_until and p_from < valid_until)
$$;
