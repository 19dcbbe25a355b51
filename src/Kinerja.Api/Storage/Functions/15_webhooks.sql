-- Webhooks: giving subscriptions their deliveries, handing them to senders, writing down how it went.
--
-- fan out  make a delivery of each ledger entry that a subscription's office reads.
-- claim    take what is due for sending, until the lease ends; then somebody else may.
-- settle   write down a try, and let the document's next delivery go.

-- Keeps a new secret. The one before signs beside it until p_until, and no older one does.
create or replace function keep_secret(p_satker text, p_webhook text, p_secret bytea, p_now timestamptz, p_until timestamptz)
    returns void
    language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    if not sees(p_satker, null) then
        raise insufficient_privilege;
    end if;
    update webhook_secret s set valid_until = case when s.valid_until = 'infinity' then p_until else p_now end
    where s.satker = p_satker and s.webhook = p_webhook and s.valid_until > p_now;
    insert into webhook_secret (satker, webhook, secret, since) values (p_satker, p_webhook, p_secret, p_now);
end
$$;

-- The active subscriptions that have not come to the end of the ledger, the furthest behind first, as many as one statement
-- serves in time; another instance's are left alone.
create or replace function webhooks_behind(p_head bigint) returns setof webhook
    language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    return query select * from webhook w where w.state = 'active' and w.position < p_head
                 order by w.position, w.satker, w.id limit 200 for update skip locked;
end
$$;

-- Gives those subscriptions their deliveries for the next entries, at most p_most entries each; whether some have more to come.
-- Each reads the ledger as its office does, under the policy of the ledger: what the feed would not show is not delivered.
-- After a replay entries come again: they wait like new ones.
create or replace function fan_out(p_now timestamptz, p_most int) returns boolean language plpgsql as
$$
declare
    head bigint := ledger_head();
    w webhook;
    upto bigint;
begin
    for w in select * from webhooks_behind(head) loop
        upto := least(w.position + p_most, head);
        perform set_config('app.scope', array[w.satker]::text, true);
        insert into webhook_delivery (satker, webhook, event, position, document, next_at)
        select w.satker, w.id, n.event, n.position, n.document,
               case when n.nth > 1 or exists (
                        select 1 from webhook_delivery e
                        where e.satker = w.satker and e.webhook = w.id and e.document = n.document and e.state = 'waiting'
                          and e.position < n.position)
                    then 'infinity' else p_now end
        from (
            select l.position, l.satker || '.' || l.number as event, concat_ws('/', l.satker, l.kind, l.id) as document,
                   row_number() over (partition by l.satker, l.kind, l.id order by l.position) as nth
            from ledger l
            where l.position > w.position and l.position <= upto and not l.refused
              and (w.types = '{}' or 'id.kinerja.' || l.kind || '.' || l.act || '.v1' = any (w.types))
              and (w.below is null or stands_below(w.below, l.satker, l.year))
        ) n
        on conflict (satker, webhook, event) do update set state = 'waiting', attempt = 0, next_at = excluded.next_at;
        update webhook set position = upto where satker = w.satker and id = w.id;
    end loop;
    perform set_config('app.scope', '{}', true);
    return exists (select 1 from webhooks_behind(head));
end
$$;

-- Takes deliveries that are due, for somebody who sends them before p_until: at most p_most, and so many that no more than p_each
-- of one subscription and p_office of one office are under way. The offices take turns: what is first of the fewest under way goes
-- first. One waits for the earlier ones of its document; beyond the position nothing is sent, because a replay may bring earlier
-- ones. A paused subscription gets its tests.
create or replace function claim_deliveries(p_now timestamptz, p_until timestamptz, p_most int, p_each int, p_office int)
    returns table (satker text, webhook text, event text, attempt int, lease timestamptz, url text, secrets bytea[], body bytea,
                   "position" bigint)
    language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    if p_most <= 0 then
        return;
    end if;
    return query
        with subscription as materialized (
            select w.satker, w.id, w.url, w.state, w.position, b.under_way, sum(b.under_way) over (partition by w.satker) as of_office
            from webhook w cross join lateral (
                select count(*) as under_way from webhook_delivery b
                where b.satker = w.satker and b.webhook = w.id and b.state = 'waiting' and b.next_at <= p_now and b.leased_until > p_now) b
            where w.state in ('active', 'paused')
        ), ready as materialized (
            select d.satker, d.webhook, d.event, d.next_at, w.url,
                   w.of_office + row_number() over (partition by d.satker order by d.next_at, d.position) as turn
            from subscription w cross join lateral (
                select d.satker, d.webhook, d.event, d.next_at, d.position from webhook_delivery d
                where d.satker = w.satker and d.webhook = w.id and d.state = 'waiting' and d.next_at <= p_now and d.leased_until <= p_now
                  and (d.position is null or w.state = 'active' and d.position <= w.position)
                  and not exists (
                      select 1 from webhook_delivery e
                      where e.satker = d.satker and e.webhook = d.webhook and e.document = d.document and e.state = 'waiting'
                        and e.position < d.position)
                order by d.next_at, d.position
                limit greatest(0, p_each - w.under_way)
            ) d
        ), chosen as materialized (
            select r.satker, r.webhook, r.event, r.url from ready r where r.turn <= p_office order by r.turn, r.next_at limit p_most
        ), due as materialized (
            select c.satker, c.webhook, c.event, c.url
            from chosen c join webhook_delivery d on d.satker = c.satker and d.webhook = c.webhook and d.event = c.event
            where d.state = 'waiting' and d.leased_until <= p_now
            for update of d skip locked
        )
        update webhook_delivery d set leased_until = p_until from due
        where d.satker = due.satker and d.webhook = due.webhook and d.event = due.event
        returning d.satker, d.webhook, d.event, d.attempt + 1, d.leased_until, due.url,
            array(select s.secret from webhook_secret s
                  where s.satker = d.satker and s.webhook = d.webhook and s.valid_until > p_now order by s.since desc),
            d.body, d.position;
end
$$;

-- Writes down how a delivery went; the next of its document may go when it waits no longer. Returns since when nothing arrived.
create or replace function settle_delivery(
    p_satker text, p_webhook text, p_event text, p_lease timestamptz, p_attempt int, p_at timestamptz, p_took_ms int, p_status int,
    p_error text, p_state text, p_next_at timestamptz) returns timestamptz
    language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    its_document text;
    since timestamptz;
begin
    -- One at a time upon a subscription, with who fans out: so each sees whether the other's delivery waits.
    select w.failing_since into since from webhook w where w.satker = p_satker and w.id = p_webhook for update;
    insert into webhook_attempt (satker, webhook, event, attempt, at, took_ms, status, error, state, next_at)
    values (p_satker, p_webhook, p_event, p_attempt, p_at, p_took_ms, p_status, p_error, p_state, p_next_at);
    update webhook_delivery d
    set state = p_state, attempt = p_attempt, next_at = coalesce(p_next_at, d.next_at), leased_until = '-infinity'
    where d.satker = p_satker and d.webhook = p_webhook and d.event = p_event and d.state = 'waiting' and d.leased_until = p_lease
    returning d.document into its_document;
    if its_document is not null and p_state <> 'waiting' then
        update webhook_delivery d set next_at = p_at
        where d.satker = p_satker and d.webhook = p_webhook and d.document = its_document and d.state = 'waiting'
          and d.next_at = 'infinity' and d.position = (
              select min(e.position) from webhook_delivery e
              where e.satker = p_satker and e.webhook = p_webhook and e.document = its_document and e.state = 'waiting');
    end if;
    since := case when p_state = 'delivered' then null else coalesce(since, p_at) end;
    update webhook w set failing_since = since
    where w.satker = p_satker and w.id = p_webhook and w.failing_since is distinct from since;
    return since;
end
$$;

-- Forgets deliveries that wait no longer, or never will, and attempts, when nothing was tried of them since an instant.
create or replace function forget_deliveries(p_before timestamptz) returns void
    language sql security definer set search_path = public, pg_temp as
$$
    delete from webhook_delivery d using webhook w
    where w.satker = d.satker and w.id = d.webhook and (d.state <> 'waiting' or w.state = 'ended')
      and not exists (select 1 from webhook_attempt a
                      where a.satker = d.satker and a.webhook = d.webhook and a.event = d.event and a.at >= p_before)
      and (d.next_at < p_before or w.state = 'ended');
    delete from webhook_attempt where at < p_before;
$$;
