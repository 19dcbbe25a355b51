using Npgsql;

namespace Kinerja.Api;

/// <summary>A subscription in a list: how it goes.</summary>
/// <param name="Id">Its name in its office.</param>
/// <param name="Url">Where events are sent to.</param>
/// <param name="State">Whether events are sent.</param>
/// <param name="FailingSince">Nothing has arrived since then; null when the last try did.</param>
/// <param name="Waiting">How many events wait to be delivered.</param>
/// <param name="GivenUp">How many were given up.</param>
internal sealed record WebhookRow(string Id, string Url, WebhookState State, DateTimeOffset? FailingSince, long Waiting, long GivenUp);

/// <summary>A try to deliver an event.</summary>
/// <param name="Number">Counts the tries of all subscriptions.</param>
/// <param name="Event">The id of the event.</param>
/// <param name="MessageId">The webhook-id under which it is sent.</param>
/// <param name="Attempt">Which try it was, from 1.</param>
/// <param name="At">When it ended.</param>
/// <param name="TookMs">How long it took.</param>
/// <param name="Status">What the target answered; null when it did not.</param>
/// <param name="Error">Why it did not, as a code that /problems explains; null when it did.</param>
/// <param name="State">Where the delivery stood then.</param>
/// <param name="NextAt">When it was to be tried again; null when not.</param>
internal sealed record AttemptRow(
    long Number, string Event, string MessageId, int Attempt, DateTimeOffset At, int TookMs, int? Status, string? Error,
    DeliveryState State, DateTimeOffset? NextAt);

/// <summary>A delivery to be sent now, by whoever holds its lease.</summary>
/// <param name="Satker">The office of the subscription.</param>
/// <param name="Webhook">The subscription.</param>
/// <param name="Event">The id of the event.</param>
/// <param name="Attempt">Which try it is.</param>
/// <param name="Lease">Until when nobody else sends it.</param>
/// <param name="Url">Where to.</param>
/// <param name="Secrets">What signs it, the newest first.</param>
/// <param name="Body">What is sent, where no entry tells it.</param>
/// <param name="Change">The entry it tells.</param>
internal sealed record DueDelivery(
    string Satker, string Webhook, string Event, int Attempt, DateTimeOffset Lease, Uri Url, byte[][] Secrets, byte[]? Body,
    SealedChange? Change)
{
    /// <summary>The same for the same event and subscription, whenever it is sent.</summary>
    public string MessageId => Webhooks.MessageId(Webhook, Event);
}

/// <summary>Subscriptions and their deliveries: see <c>Functions/15_webhooks.sql</c>.</summary>
internal static class Webhooks
{
    /// <summary>As whom the service changes a subscription by itself; it holds no post.</summary>
    private static readonly Caller Service = new("service");

    private static readonly Table Table = new("webhook", "satker text, id text, url text, below text, types text[], state text");

    /// <summary>Entries of the ledger that one look goes through for a subscription.</summary>
    private const int Window = 2_000;

    /// <summary>Standard Webhooks joins id, time and body with full stops, so an id has none.</summary>
    public static string MessageId(string webhook, string @event) => $"msg_{webhook}_{@event.Replace('.', '_')}";

    /// <summary>Whether an office stands below the session's, or is it; and how many subscriptions it has that are not ended.</summary>
    public static Task<(bool IsBelow, int Others)> Around(DocumentSession session, string? below, CancellationToken ct) =>
        session.Ask(
            [
                new Sql("select stands_below($1, $2, null)", session.Satker, below ?? session.Satker),
                new Sql("select count(*)::int from webhook where satker = $1 and state <> 'ended'", session.Satker),
            ],
            async answers => ((await answers.Next(row => row.GetBoolean(0)))[0], (await answers.Next(row => row.GetInt32(0)))[0]), ct);

    /// <summary>Writes a subscription as deliveries need it. A new one begins where the ledger ends.</summary>
    public static void Write(DocumentSession session, Document<Webhook> webhook)
    {
        var content = webhook.Content;
        var row = new Row(Table, webhook.Satker, webhook.Id, content.Url, content.Below, content.Types.ToArray(), Words.Of(content.State));
        session.Also(new Sql($"""
            insert into webhook ({Table.ColumnNames}, position) values ($1, $2, $3, $4, $5, $6, ledger_head())
            on conflict (satker, id) do update set url = excluded.url, below = excluded.below, types = excluded.types,
                failing_since = case when webhook.state = excluded.state then webhook.failing_since end, state = excluded.state
            """, [.. row.Parameters]));
    }

    /// <summary>Keeps a new secret; the one before signs beside it until then.</summary>
    public static void Keep(DocumentSession session, string webhook, byte[] secret, TimeSpan overlap) =>
        session.Also(new Sql("select keep_secret($1, $2, $3, $4, $5)", session.Satker, webhook, secret, session.Now, session.Now + overlap));

    /// <summary>Sends everything again that follows a position; false when it is no longer kept, or is not of this ledger.</summary>
    public static async Task<bool> Replay(
        DocumentSession session, string webhook, long after, DateTimeOffset kept, CancellationToken ct)
    {
        var expired = await session.Query(new Sql("select expired from ledger_window($1, $2, 1)", after, kept.ToUniversalTime()),
            row => row.GetBoolean(0), ct);
        session.Also(new Sql("update webhook set position = least(position, $3) where satker = $1 and id = $2", session.Satker, webhook, after));
        return !expired[0];
    }

    /// <summary>How many events that no entry tells wait to be delivered.</summary>
    public static async Task<int> Tests(DocumentSession session, string webhook, CancellationToken ct) => (await session.Query(new Sql("""
        select count(*)::int from webhook_delivery where satker = $1 and webhook = $2 and state = 'waiting' and position is null
        """, session.Satker, webhook), row => row.GetInt32(0), ct))[0];

    /// <summary>An event of its own, that no entry tells.</summary>
    public static void Enqueue(DocumentSession session, string webhook, string @event, byte[] body) => session.Also(new Sql("""
        insert into webhook_delivery (satker, webhook, event, document, body, next_at) values ($1, $2, $3, $3, $4, $5)
        """, session.Satker, webhook, @event, body, session.Now));

    /// <summary>The subscriptions of an office, oldest first.</summary>
    public static Task<List<WebhookRow>> List(Database database, Caller caller, string satker, Paging page, CancellationToken ct) =>
        database.Query(caller, new Sql("""
            select w.id, w.url, w.state, w.failing_since,
                   (select count(*) from webhook_delivery d where d.satker = w.satker and d.webhook = w.id and d.state = 'waiting'),
                   (select count(*) from webhook_delivery d where d.satker = w.satker and d.webhook = w.id and d.state = 'given-up')
            from webhook w where w.satker = $1 and w.id > $2 order by w.id limit $3
            """, satker, page.After ?? "", page.Size + 1), row => new WebhookRow(
                row.GetString(0), row.GetString(1), Words.Read<WebhookState>(row.GetString(2)),
                row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3), row.GetInt64(4), row.GetInt64(5)), ct);

    /// <summary>The tries of a subscription, the latest first; none when there is no such subscription.</summary>
    public static Task<List<AttemptRow>?> Attempts(
        Database database, Caller caller, string satker, string webhook, long? before, int most, CancellationToken ct) =>
        database.Ask(caller,
            [
                new Sql("select 1 from webhook where satker = $1 and id = $2", satker, webhook),
                new Sql("""
                    select seq, event, attempt, at, took_ms, status, error, state, next_at from webhook_attempt
                    where satker = $1 and webhook = $2 and ($3::bigint is null or seq < $3) order by seq desc limit $4
                    """, satker, webhook, before, most),
            ],
            async answers => (await answers.Next(row => row.GetInt32(0))).Count == 0 ? null : await answers.Next(row => new AttemptRow(
                row.GetInt64(0), row.GetString(1), MessageId(webhook, row.GetString(1)), row.GetInt32(2),
                row.GetFieldValue<DateTimeOffset>(3), row.GetInt32(4), row.IsDBNull(5) ? null : row.GetInt32(5),
                row.IsDBNull(6) ? null : row.GetString(6), Words.Read<DeliveryState>(row.GetString(7)),
                row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8))), ct);

    /// <summary>Gives the subscriptions their deliveries, takes those that are due, and says how far the ledger goes and whether
    /// some subscription has more of it to come.</summary>
    public static async Task<(List<DueDelivery> Due, long Head, bool IsBehind)> Claim(
        Database database, DateTimeOffset now, TimeSpan lease, int most, int each, int office, CancellationToken ct)
    {
        var at = now.ToUniversalTime();
        return await database.Ask(Caller.Nobody,
            [
                new Sql("select ledger_head()"),
                new Sql("select fan_out($1, $2)", at, Window),
                new Sql("select enter_office($1)", Offices.Ri), // Whose view takes in every office's entries.
                new Sql("""
                    select c.satker, c.webhook, c.event, c.attempt, c.lease, c.url, c.secrets, c.body,
                           l.satker, l.number, l.kind, l.id, l.version, l.year, l.act, l.post, l.content_hash, l.at
                    from claim_deliveries($1, $2, $3, $4, $5) c left join ledger l on l.position = c.position
                    """, at, at + lease, most, each, office),
            ],
            async answers =>
            {
                var head = (await answers.Next(row => row.GetInt64(0)))[0];
                var isBehind = (await answers.Next(row => row.GetBoolean(0)))[0];
                await answers.Each(_ => { });
                return (await answers.Next(ReadDue), head, isBehind);
            }, ct);
    }

    /// <summary>Writes down how a delivery went, and says since when nothing arrived.</summary>
    public static async Task<DateTimeOffset?> Settle(
        Database database, DueDelivery due, Tried tried, AfterTry after, DateTimeOffset at, TimeSpan took, CancellationToken ct) =>
        (await database.Query(Caller.Nobody, new Sql("select settle_delivery($1, $2, $3, $4, $5, $6, $7, $8::int, $9::text, $10, $11::timestamptz)",
            due.Satker, due.Webhook, due.Event, due.Lease, due.Attempt, at.ToUniversalTime(), (int)took.TotalMilliseconds, tried.Status,
            tried.Error, Words.Of(after.State), after.NextAt?.ToUniversalTime()),
            row => row.IsDBNull(0) ? (DateTimeOffset?)null : row.GetFieldValue<DateTimeOffset>(0), ct))[0];

    /// <summary>Stops a subscription, as a change of its document like any other.</summary>
    public static async Task Stop(Database database, string satker, string id, StopReason reason, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var session = new DocumentSession(
            connection, transaction, Service, new Actor(Service.Subject, []), satker, now, "webhooks", database.Catalogues);
        await session.Ask([Database.Enter(Service, now), new Sql("select enter_office($1)", satker)], _ => Task.FromResult(0), ct);
        if (await session.Load(DocumentKinds.Webhook, id, ct) is { } stored && stored.Content.Stop(reason, now) is { } stopped)
        {
            Write(session, session.Revise(DocumentKinds.Webhook, stored, stored with { Content = stopped },
                stopped.State == WebhookState.Ended ? "end" : "pause", null));
            await session.Commit(ct);
        }
    }

    /// <summary>Forgets deliveries that are over, and attempts.</summary>
    public static Task Forget(Database database, DateTimeOffset before, CancellationToken ct) =>
        database.Query(Caller.Nobody, new Sql("select forget_deliveries($1)", before.ToUniversalTime()), _ => 0, ct);

    private static DueDelivery ReadDue(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetFieldValue<DateTimeOffset>(4),
        new Uri(row.GetString(5)), row.GetFieldValue<byte[][]>(6), row.IsDBNull(7) ? null : row.GetFieldValue<byte[]>(7),
        row.IsDBNull(8) ? null : new SealedChange(
            row.GetString(8), row.GetInt64(9), row.GetString(10), row.GetString(11), row.GetInt32(12),
            row.IsDBNull(13) ? null : row.GetInt32(13), row.GetString(14), row.IsDBNull(15) ? null : row.GetString(15), row.GetString(16),
            row.GetFieldValue<DateTimeOffset>(17)));
}
