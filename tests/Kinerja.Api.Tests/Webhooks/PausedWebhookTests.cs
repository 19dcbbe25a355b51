namespace Kinerja.Api.Tests;

/// <summary>What days of failures do, by a clock of the test's: the service of the class itself sends nothing.</summary>
public sealed class PausedWebhookTests(SilentApi api) : IClassFixture<SilentApi>
{
    private static readonly string[] Types = ["id.kinerja.posting.appoint.v1"];

    [Fact]
    public async Task Days_of_failures_pause_it_and_what_waited_comes_when_it_goes_on()
    {
        await using var issuer = await StubIssuer.Start();
        await using var receiver = await Receiver.Start();
        var clock = new Clock();
        var administrator = api.Bearing(api.With(issuer, clock, ("Webhooks:Parallel", "4")), "00.admin-periode");
        var wish = new WebhookWish(receiver.Url, Types);
        var webhook = Doc.Of((await administrator.Post("/v1/satker/5310/webhooks", wish)).Is(201).Json["webhook"]!);
        receiver.Answers = _ => 503;
        await Appointed("satu");
        await Eventually.Holds(() => Tried(1));
        clock.Now += TimeSpan.FromDays(5) - TimeSpan.FromSeconds(1);
        await Eventually.Holds(() => Tried(2));
        Assert.Equal("active", await State());
        clock.Now += TimeSpan.FromDays(1); // No wait between two tries is longer.
        await Eventually.Holds(async () => await State() == "paused");

        var paused = Doc.Of((await administrator.Get(webhook.Path)).Is(200));
        Assert.Equal("failing", (string)paused.Json["content"]!["stopped"]!["reason"]!);
        await Appointed("dua");
        receiver.Answers = _ => 200;
        (await administrator.Post($"{webhook.Path}/test", "")).Is(200); // A test comes while it is paused, and nothing else does.
        await Eventually.Holds(() => Task.FromResult(receiver.All.Any(message => message.Status == 200)));
        Assert.Equal(["test"], Taken());

        (await administrator.Put(webhook.Path, wish, Requests.IfMatch(paused.Version))).Is(200);
        clock.Now += TimeSpan.FromDays(1);
        await Eventually.Holds(() => Task.FromResult(receiver.All.Count(message => message.Status == 200) == 3));
        Assert.Equal(["test", "appoint", "appoint"], Taken());
        Assert.Null(Doc.Of((await administrator.Get(webhook.Path)).Is(200)).Json["content"]!["stopped"]);

        async Task Appointed(string subject) => (await administrator.Post(
            "/v1/satker/5310/posts", new Posting("operator", subject, Capacity.Definitive, "SK uji", new DateOnly(2020, 1, 1)))).Is(201);

        async Task<bool> Tried(int times) =>
            (await administrator.Get($"{webhook.Path}/attempts")).Is(200).Json["items"]!.AsArray().Count >= times;

        async Task<string> State() => (string)(await administrator.Get(webhook.Path)).Is(200).Json["content"]!["state"]!;

        IEnumerable<string> Taken() =>
            receiver.All.Where(message => message.Status == 200).Select(message => (string)message.Data["act"]!);
    }
}
