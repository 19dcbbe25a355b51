using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Kinerja.Api.Tests;

public sealed class WebhookTests(WebhookApi api) : IClassFixture<WebhookApi>
{
    private Given Given => api.Given;

    private HttpClient Administrator => api.As("00.admin-periode");

    [Fact]
    public async Task A_delivery_is_verified_by_the_library_of_the_standard_and_by_the_public_key()
    {
        await using var receiver = await Receiver.Start();
        var (webhook, secret) = await api.Subscribed("5301", receiver.Url, Subscriptions.Nothing);
        var said = (await Administrator.Post($"{webhook.Path}/test", "")).Is(200).Json;
        var message = await receiver.Next();

        Assert.Equal(said["messageId"]!.ToString(), message.Id);
        Assert.Equal($"{said["event"]}", $"{message.Event}");
        Assert.Equal("application/cloudevents+json; charset=utf-8", message.Headers["content-type"]);
        Assert.Equal("id.kinerja.webhook.test.v1", (string)message.Event["type"]!);
        Assert.DoesNotContain('.', message.Id);
        var checkedBy = await Verified(message, secret);
        Assert.Equal("""{"order":["v1","v1a"],"v1":[true],"v1a":true,"v1OfChanged":[false],"v1aOfChanged":false}""", checkedBy);

        // A new secret: both sign for a day, the new one first; after another one the first is out.
        var second = (await Administrator.Post($"{webhook.Path}/secret", "", Requests.IfMatch(1))).Is(200).Json;
        await api.Tested(webhook);
        Assert.Equal("""{"order":["v1","v1","v1a"],"v1":[true,true],"v1a":true,"v1OfChanged":[false,false],"v1aOfChanged":false}""",
            await Verified(await receiver.Next(), secret, (string)second["secret"]!));
        var third = (await Administrator.Post($"{webhook.Path}/secret", "", Requests.IfMatch(2))).Is(200).Json;
        await api.Tested(webhook);
        Assert.Equal("""{"order":["v1","v1","v1a"],"v1":[false,true,true],"v1a":true,"v1OfChanged":[false,false,false],"v1aOfChanged":false}""",
            await Verified(await receiver.Next(), secret, (string)second["secret"]!, (string)third["secret"]!));
        (await Administrator.Post($"{webhook.Path}/secret", "", Requests.IfMatch(1))).Refuses(412, "stale");
    }

    [Fact]
    public async Task What_is_delivered_is_what_the_feed_shows_to_the_office_byte_for_byte()
    {
        await using var receiver = await Receiver.Start();
        await using var narrow = await Receiver.Start();
        await using var neighbour = await Receiver.Start();
        await api.Seal();
        var feed = await new Feed(api.As("53.verifikator")).FromNow();
        await api.Subscribed("53", receiver.Url);
        await api.Subscribed("53", narrow.Url, ["id.kinerja.agreement.sign.v1"], below: "5302");
        await api.Subscribed("52", neighbour.Url);

        await Given.InForce("5302", Given.Agreement("rendatin"));
        await Given.InForce("5303", Given.Agreement("rendatin"));
        await Given.Appointed("5201.operator", "nobody", Capacity.Definitive);
        await Given.Appointed("5302.operator", "nobody", Capacity.Definitive);
        await api.Seal();
        var shown = (await feed.Rest()).Where(change => (string)change["data"]!["kind"]! != "webhook").Select(change => change.ToJsonString()).ToList();

        Assert.Equal(7, shown.Count);
        var came = await receiver.Next(7 + 2); // Both subscriptions of 53 are changes of the office too.
        Assert.Equal(shown.Order(StringComparer.Ordinal),
            came.Where(message => (string)message.Data["kind"]! != "webhook").Select(message => message.Event.ToJsonString()).Order(StringComparer.Ordinal));
        var signed = await narrow.Next();
        Assert.Equal(("5302", "sign"), ((string)signed.Data["satker"]!, (string)signed.Data["act"]!));
        Assert.Equal("5201", (string)(await neighbour.Next(2)).Single(message => (string)message.Data["kind"]! == "posting").Data["satker"]!);
        Assert.Single(narrow.All);
    }

    [Fact]
    public async Task Events_of_one_document_come_in_order_though_half_of_the_tries_fail_and_another_document_is_not_held_up()
    {
        await using var receiver = await Receiver.Start();
        var dice = new Random(Seeds.Run);
        receiver.Answers = message =>
        {
            lock (dice)
            {
                return dice.Next(2) == 0 && receiver.All.Count(earlier => earlier.Id == message.Id) < 6 ? 500 : 204;
            }
        };
        await api.Subscribed("5304", receiver.Url);
        var first = await Given.InForce("5304", Given.Agreement("rendatin"));
        var other = await Given.InForce("5304", Given.Agreement("sekretaris"));
        var report = await Given.Through(await Given.Drafted("5304", Given.Report("rendatin")), Given.WayOfReport("5304", "rendatin"));

        var expected = new[] { (first, 3), (other, 3), (report, 5) };
        var delivered = new List<Receiver.Message>();
        while (expected.Sum(one => one.Item2) > delivered.Count(message => message.Status == 204 && (string)message.Data["kind"]! != "webhook"))
        {
            delivered.Add(await receiver.Next());
        }

        foreach (var (document, versions) in expected)
        {
            var tries = delivered.Where(message => (string)message.Data["id"]! == document.Id).ToList();
            Assert.True(tries.Select(one => one.Version).SequenceEqual(tries.Select(one => one.Version).Order()), $"KINERJA_SEED={Seeds.Run}: out of order");
            Assert.True(tries.Where(one => one.Status == 204).Select(one => one.Version).SequenceEqual(Enumerable.Range(1, versions)), $"KINERJA_SEED={Seeds.Run}");
            Assert.All(tries.GroupBy(one => one.Version), tried => Assert.Single(tried.Select(one => one.Id).Distinct()));
        }
    }

    [Fact]
    public async Task A_target_that_is_gone_ends_its_subscription()
    {
        await using var receiver = await Receiver.Start();
        receiver.Answers = _ => 410;
        var (webhook, _) = await api.Subscribed("5306", receiver.Url, Subscriptions.Nothing);
        await api.Tested(webhook);
        await receiver.Next();
        await Eventually.Holds(async () => (string)(await api.Now(webhook)).Json["content"]!["state"]! == "ended");

        var ended = await api.Now(webhook);
        Assert.Equal("gone", (string)ended.Json["content"]!["stopped"]!["reason"]!);
        Assert.Equal(["create|00.admin-periode", "end|"], await api.Owner.Rows(
            $"select act, coalesce(post, '') from journal where kind = 'webhook' and id = '{webhook.Id}' order by version"));
        (await Administrator.Post($"{webhook.Path}/test", "")).Refuses(409, "webhook-ended");
        (await Administrator.Post($"{webhook.Path}/secret", "", Requests.IfMatch(2))).Refuses(409, "webhook-ended");
        (await Administrator.Put(webhook.Path, new WebhookWish(receiver.Url, []), Requests.IfMatch(2))).Refuses(409, "webhook-ended");
    }

    [Fact]
    public async Task A_redirection_is_a_failure_and_not_followed()
    {
        await using var receiver = await Receiver.Start();
        receiver.Header = ("Location", "/elsewhere");
        receiver.Answers = _ => receiver.All.Count switch { 0 => 302, 1 => 307, _ => 200 };
        var (webhook, _) = await api.Subscribed("5307", receiver.Url, Subscriptions.Nothing);
        await api.Tested(webhook);
        await receiver.Next(3);
        await Eventually.Holds(async () => (await api.Attempts(webhook)).Count == 3);

        Assert.Equal(["/kinerja"], receiver.All.Select(message => message.Path).Distinct());
        Assert.Equal(["200 delivered", "307 waiting", "302 waiting"],
            await api.Ends(webhook));
    }

    [Fact]
    public async Task A_target_that_asks_for_time_gets_it()
    {
        await using var receiver = await Receiver.Start();
        receiver.Header = ("Retry-After", "3600");
        receiver.Answers = _ => 429;
        var (webhook, _) = await api.Subscribed("5308", receiver.Url, Subscriptions.Nothing);
        await api.Tested(webhook);
        await receiver.Next();
        await Eventually.Holds(async () => (await api.Attempts(webhook)).Count == 1);

        var attempt = (await api.Attempts(webhook)).Single();
        Assert.Equal(TimeSpan.FromHours(1), DateTimeOffset.Parse((string)attempt["nextAt"]!, null) - DateTimeOffset.Parse((string)attempt["at"]!, null));
        var row = (await Administrator.Get("/v1/satker/5308/webhooks")).Is(200).Json["items"]!.AsArray().Single()!;
        Assert.Equal((1, 0), ((int)row["waiting"]!, (int)row["givenUp"]!));
        Assert.NotNull(row["failingSince"]);
    }

    [Fact]
    public async Task After_the_last_try_an_event_is_given_up_and_the_next_of_its_document_goes_on()
    {
        await using var receiver = await Receiver.Start();
        receiver.Answers = message => message.Version == 1 ? 500 : 204;
        var (webhook, _) = await api.Subscribed("5309", receiver.Url, ["id.kinerja.agreement.draft.v1", "id.kinerja.agreement.sign.v1"]);
        await Given.InForce("5309", Given.Agreement("rendatin"));
        var came = await receiver.Next(11);

        Assert.Equal([.. Enumerable.Repeat(1, 10), 2], came.Select(message => message.Version));
        await Eventually.Holds(async () => (await api.Attempts(webhook)).Count == 11);
        Assert.Equal(["given-up"], (await api.Attempts(webhook)).Where(attempt => (int)attempt["attempt"]! == 10).Select(attempt => $"{attempt["state"]}"));
        var row = (await Administrator.Get("/v1/satker/5309/webhooks")).Is(200).Json["items"]!.AsArray().Single()!;
        Assert.Equal((0, 1, null), ((int)row["waiting"]!, (int)row["givenUp"]!, row["failingSince"]));
    }

    [Fact]
    public async Task A_replay_brings_the_same_again_in_order_under_the_same_names()
    {
        await using var receiver = await Receiver.Start();
        await api.Seal();
        var feed = await new Feed(api.As("5311.ketua")).FromNow();
        var (webhook, _) = await api.Subscribed("5311", receiver.Url, [.. new[] { "draft", "sign", "countersign" }.Select(act => $"id.kinerja.agreement.{act}.v1")]);
        await Given.InForce("5311", Given.Agreement("rendatin"));
        var first = await receiver.Next(3);
        var replayed = (await Administrator.Post(
            $"{webhook.Path}/replay", new JsonObject { ["after"] = feed.Next }, Requests.IfMatch(1))).Is(200);
        Assert.Equal(2, (int)replayed.Json["version"]!);
        var again = await receiver.Next(3);

        Assert.Equal(first.Select(message => (message.Id, message.Body)), again.Select(message => (message.Id, message.Body)));
        (await Administrator.Post($"{webhook.Path}/replay", """{"after":"now"}""", Requests.IfMatch(2))).Refuses(422, "rules-broken", ("/after", "not-a-position"));
        (await Administrator.Post($"{webhook.Path}/replay", new JsonObject { ["after"] = new Position(long.MaxValue).Text }, Requests.IfMatch(2)))
            .Refuses(422, "rules-broken", ("/after", "not-a-position"));
        (await Administrator.Post($"{webhook.Path}/replay", new JsonObject { ["after"] = new Position(1_000_000_000).Text }, Requests.IfMatch(2)))
            .Refuses(422, "rules-broken", ("/after", "position-expired"));
    }

    [Fact]
    public async Task A_delivery_that_cannot_be_made_has_failed_like_any_other_and_is_given_up()
    {
        await using var receiver = await Receiver.Start();
        var (webhook, _) = await api.Subscribed("5313", receiver.Url, Subscriptions.Nothing);
        await api.Owner.Rows(
            $"insert into webhook_delivery (satker, webhook, event, document, next_at) values ('5313', '{webhook.Id}', 'lost', 'lost', now())");

        await Eventually.Holds(async () => (await api.Attempts(webhook)).Count == 10);

        Assert.All(await api.Attempts(webhook), attempt =>
            Assert.Equal((null, "delivery-not-made"), ((int?)attempt["status"], (string?)attempt["error"])));
        Assert.Equal("given-up", (string?)(await api.Attempts(webhook))[0]["state"]);
        Assert.Empty(receiver.All);
    }

    [Fact]
    public async Task What_is_over_is_forgotten_and_what_waits_is_not()
    {
        await using var receiver = await Receiver.Start();
        receiver.Header = ("Retry-After", "3600");
        receiver.Answers = message => message.Version == 1 ? 204 : 503;
        var (webhook, _) = await api.Subscribed("5314", receiver.Url, ["id.kinerja.agreement.draft.v1", "id.kinerja.agreement.sign.v1"]);
        await Given.InForce("5314", Given.Agreement("rendatin"));
        await Eventually.Holds(async () => (await api.Attempts(webhook)).Count == 2);
        var database = api.Services.GetRequiredService<Database>();
        var tried = (await api.Attempts(webhook)).Select(attempt => DateTimeOffset.Parse((string)attempt["at"]!, null)).Order().ToList();

        await Webhooks.Forget(database, tried[0].AddHours(-1), TestContext.Current.CancellationToken);
        Assert.Equal(2, (await api.Attempts(webhook)).Count);
        await Webhooks.Forget(database, tried[1].AddHours(1), TestContext.Current.CancellationToken);
        Assert.Empty(await api.Attempts(webhook));
        Assert.Equal(["waiting|2"], await api.Owner.Rows(
            $"select d.state, l.version from webhook_delivery d join ledger l using (position) where d.webhook = '{webhook.Id}'"));
    }

    [Fact]
    public async Task The_office_its_system_and_the_administrator_of_RI_keep_webhooks_and_nobody_else()
    {
        await using var receiver = await Receiver.Start();
        var wish = new WebhookWish(receiver.Url, Subscriptions.Nothing);
        await Given.Appointed("53.sistem", Issuer.SystemClient, Capacity.Definitive);
        foreach (var keeper in new[] { "53.sekretaris", Issuer.SystemClient, "00.admin-periode" })
        {
            var answer = (await api.As(keeper).Post("/v1/satker/53/webhooks", wish)).Is(201);
            Assert.StartsWith("whsec_", (string)answer.Json["secret"]!, StringComparison.Ordinal);
            Assert.Equal(answer.Json["webhook"]!["id"]!.ToString(), answer.Header("Location")!.Split('/')[^1]);
        }

        foreach (var other in new[] { "53.ketua", "53.verifikator", "00.sekjen", "00.admin-katalog" })
        {
            (await api.As(other).Post("/v1/satker/53/webhooks", wish)).Refuses(403, "post-not-held");
        }

        (await api.As(Issuer.SystemClient).Post("/v1/satker/5312/webhooks", wish)).Refuses(403, "post-not-held");
        (await api.As("52.sekretaris").Post("/v1/satker/53/webhooks", wish)).Refuses(404, "not-found");
        (await Administrator.Post("/v1/satker/5312/webhooks", wish with { Below = "5313" })).Refuses(422, "rules-broken", ("/below", "office-not-below"));
        (await Administrator.Post("/v1/satker/5312/webhooks", wish with { Types = [$"{Subscriptions.Nothing[0]}\n"] })).Refuses(422, "rules-broken", ("/types/0", "bad-format"));
        (await Administrator.Post("/v1/satker/5312/webhooks", wish with { Types = ["agreement"] })).Refuses(422, "rules-broken", ("/types/0", "bad-format"));
        for (var held = 0; held < Webhook.Most; held++)
        {
            await api.Subscribed("5312", receiver.Url, Subscriptions.Nothing);
        }

        (await Administrator.Post("/v1/satker/5312/webhooks", wish)).Refuses(409, "too-many-webhooks");
    }

    [Fact]
    public async Task The_secret_is_told_once_and_stands_in_no_read()
    {
        await using var receiver = await Receiver.Start();
        var key = Requests.Key("rahasia");
        var wish = new WebhookWish(receiver.Url, []);
        var created = (await Administrator.Post("/v1/satker/5313/webhooks", wish, key)).Is(201);
        var again = (await Administrator.Post("/v1/satker/5313/webhooks", wish, key)).Is(201);
        Assert.Equal(created.Body, again.Body); // The retry of the same request by the same client, and no other.
        var webhook = Doc.Of(created.Json["webhook"]!);
        var rotated = (await Administrator.Post($"{webhook.Path}/secret", "", Requests.IfMatch(1))).Is(200);
        await api.Tested(webhook);
        await receiver.Next();
        await api.Seal();
        string[] secrets = [.. new[] { created, rotated }.Select(answer => ((string)answer.Json["secret"]!)["whsec_".Length..])];

        var entry = (string)(await Administrator.Get($"/v1/audit?id={webhook.Id}")).Is(200).Json["items"]![0]!["link"]!;
        foreach (var path in new[]
        {
            "/v1/satker/5313/webhooks", webhook.Path, $"{webhook.Path}?recordedAt=2100-01-01T00:00:00Z", $"{webhook.Path}/attempts",
            $"/v1/audit?id={webhook.Id}", entry, "/v1/changes?satker=5313",
        })
        {
            var text = (await Administrator.Get(path)).Is(200).Text;
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
            Assert.DoesNotContain("whsec_", text, StringComparison.Ordinal);
        }

        // Nor in a table, but its own (in bytes) and the answer kept for that client's retries.
        foreach (var table in await api.Owner.Rows(
            "select tablename from pg_tables where schemaname = 'public' and tablename not in ('webhook_secret', 'idempotency')"))
        {
            Assert.Equal(0, await api.Owner.Count($"{table} t where t::text like '%whsec_%'"));
        }
    }

    private async Task<string> Verified(Receiver.Message message, params string[] secrets)
    {
        await Shell.Run("bash", ["-c", "set -euo pipefail; source deploy/lib/common.sh; npm_packages tests/contract"]);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new
            {
                headers = message.Headers.Where(header => header.Key.StartsWith("webhook-", StringComparison.Ordinal))
                    .ToDictionary(header => header.Key, header => header.Value),
                body = message.Body,
                secrets,
                jwk = (await api.Nobody().Get("/.well-known/webhook-keys")).Is(200).Json["keys"]![0],
            }), TestContext.Current.CancellationToken);
            return (await Shell.Run("node", ["tests/contract/webhook-signatures.mjs", file])).Trim();
        }
        finally
        {
            File.Delete(file);
        }
    }
}
