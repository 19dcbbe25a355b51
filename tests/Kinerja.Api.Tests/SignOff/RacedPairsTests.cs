using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>
/// Two requests at once upon one document, of which one may win: over and over, each race upon what the one before left.
/// With <c>KINERJA_TEST_ALL=1</c> a thousand pairs of each sort.
/// </summary>
public sealed class RacedPairsTests(Api api) : IClassFixture<Api>
{
    private const int Tracks = 4;
    private static readonly int Pairs = Environment.GetEnvironmentVariable("KINERJA_TEST_ALL") == "1" ? 1000 : 12;
    private static readonly string[] Losing = ["409 no-such-act", "409 not-a-draft", "409 already-exists", "412 stale", "403 post-not-held"];

    private Given Given => api.Given;

    [Fact]
    public Task Of_two_approvals_by_the_definitive_Ketua_and_his_Plh_one_is_taken() => Race(Offices(0), async (satker, report) =>
    {
        var verified = await Given.Through(report, Way(satker)[..2]);
        var approve = Way(satker)[2];

        OneWins(await Both(Given.Act(verified, approve), Given.Act(verified, approve, "53.operator")));

        return await Given.Through(await Now(verified), new Hand("return", "53.verifikator"));
    });

    [Fact]
    public Task Of_a_return_and_an_approval_one_is_taken() => Race(Offices(4), async (satker, report) =>
    {
        var verified = await Given.Through(report, Way(satker)[..2]);

        OneWins(await Both(Given.Act(verified, Way(satker)[2]), Given.Act(verified, new Hand("return", $"{satker}.sekretaris"))));

        var now = await Now(verified);
        return now.State == "draft" ? now : await Given.Through(now, new Hand("return", "53.verifikator"));
    });

    [Fact]
    public Task Of_a_redraft_and_a_submission_one_is_taken() => Race(Offices(8), async (satker, report) =>
    {
        var redraft = api.As($"{satker}.rendatin").Put(report.Path, report.Json["content"]!, Requests.IfMatch(report.Version));

        OneWins(await Both(redraft, Given.Act(report, Way(satker)[0])));

        var now = await Now(report);
        return now.State == "draft" ? now : await Given.Through(now, new Hand("return", $"{satker}.sekretaris"));
    });

    [Fact]
    public async Task An_approval_by_a_Plh_whose_posting_ends_meanwhile_is_taken_before_the_end_or_refused()
    {
        var postings = new ConcurrentDictionary<string, JsonNode>();
        await Race(Offices(12), async (satker, report) =>
        {
            var posting = postings.TryGetValue(satker, out var known) ? known : await Plh(satker);
            var approve = Way(satker)[2];
            var verified = await Given.Through(report, Way(satker)[..2]);

            var (end, act) = await Both(Until(satker, posting, "2020-01-02"), Given.Act(verified, approve, "53.operator"));

            end.Is(200);
            Assert.True(act.Status == 200 || act.Refuses(403, "post-not-held").Status == 403, act.Text);
            var now = await Now(verified);
            Assert.Equal(act.Status == 200 ? "approved" : "verified", now.State);
            (await Given.Act(now, new Hand("return", $"{satker}.ketua"), "53.operator")).Refuses(403, "post-not-held");
            postings[satker] = (await Until(satker, end.Json, null)).Is(200).Json;
            return await Given.Through(now, new Hand("return", act.Status == 200 ? "53.verifikator" : $"{satker}.sekretaris"));
        }, plh: false);
    }

    [Fact]
    public async Task Of_two_amendments_one_is_begun()
    {
        var left = Pairs;
        await Task.WhenAll(Offices(16).Select(async satker =>
        {
            var agreement = await Given.InForce(satker, Given.Agreement("ketua"));
            await Given.Appointed($"{satker}.operator", "53.operator");
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var (one, two) = await Both(
                    Given.Act(agreement, new Hand("amend", $"{satker}.ketua")), Given.Act(agreement, new Hand("amend", $"{satker}.operator"), "53.operator"));
                OneWins((one, two));
                var draft = Doc.Of((await api.As($"{satker}.ketua").Get((one.Status == 200 ? one : two).Header("Location")!)).Is(200));

                agreement = await Given.Through(await Given.Redrafted(draft, new DateOnly(2024, 1, 29)), new Hand("sign", $"{satker}.ketua"));

                Assert.Equal(1, await api.Owner.Count($"document where kind = 'agreement' and satker = '{satker}' and unit = 'ketua' and state = 'in-force'"));
            }
        }));
    }

    [Fact]
    public async Task Of_a_submission_and_an_amendment_from_an_earlier_day_either_leaves_the_report_its_agreement()
    {
        var left = Pairs;
        await Task.WhenAll(Offices(16).Select(async satker =>
        {
            var (sign, countersign) = (new Hand("sign", $"{satker}.sekretaris"), new Hand("countersign", $"{satker}.ketua"));
            var agreement = await Given.InForce(satker, Given.Agreement("sekretaris") with { Date = new DateOnly(2024, 1, 1) });
            var draft = await Given.Amended(agreement);
            foreach (var period in Periods.Where(period => period.Contains('B')).TakeWhile(_ => Interlocked.Decrement(ref left) >= 0))
            {
                var day = Period.Parse(period)!.LastDay;
                var report = await Given.Drafted(satker, Given.Report("sekretaris", period));
                var signed = await Given.Through(await Given.Redrafted(draft, day), sign);

                var (submitted, bound) = await Both(Given.Act(report, Given.WayOfReport(satker, "sekretaris")[0]), Given.Act(signed, countersign));

                submitted.Is(200);
                var against = bound.Status == 200 ? signed : agreement;
                var capaian = (await api.As($"{satker}.ketua").Get(
                    $"/v1/satker/{satker}/capaian?year=2024&period={period}&level=sekretaris&minSignOff=submitted")).Is(200).Json["office"]!["agreements"]!;
                Assert.Equal([$"{against.Id} submitted"], capaian.AsArray().Select(one => $"{one!["agreement"]} {one["lines"]![0]!["signOff"]}"));
                if (bound.Status == 200)
                {
                    agreement = Doc.Of(bound);
                    draft = await Given.Amended(agreement);
                }
                else
                {
                    bound.Refuses(422, "rules-broken", [("/content/date", "dated-in-reported-period")]);
                    draft = await Given.Through(await Now(signed), new Hand("return", countersign.Post));
                }
            }
        }));
    }

    /// <summary>Races upon reports of their own until so many pairs have run; each race leaves a draft for the next.</summary>
    private async Task Race(IEnumerable<string> offices, Func<string, Doc, Task<Doc>> race, bool plh = true)
    {
        const int perReport = 15;
        var left = Pairs;
        await Task.WhenAll(offices.Select(async satker =>
        {
            await Given.InForce(satker, Given.Agreement("rendatin"));
            if (plh)
            {
                await Given.Appointed($"{satker}.ketua", "53.operator");
            }

            foreach (var period in Periods)
            {
                var report = await Given.Drafted(satker, Given.Report("rendatin", period));
                for (var i = 0; i < perReport && Interlocked.Decrement(ref left) >= 0; i++)
                {
                    report = await race(satker, report);
                    Assert.Equal("draft", report.State);
                }

                if (Volatile.Read(ref left) <= 0)
                {
                    return;
                }
            }
        }));
        Assert.True(left <= 0, $"{left} pairs were not run.");
    }

    /// <summary>Offices of NTT that no other race has: each runs its own row of races beside the others.</summary>
    private static IEnumerable<string> Offices(int first) =>
        Enumerable.Range(5301, 21).Where(number => number != 5305).Skip(first).Take(Tracks).Select(number => $"{number}");

    private static IEnumerable<string> Periods =>
        ["2024", "2024-S1", "2024-S2", .. Enumerable.Range(1, 4).Select(quarter => $"2024-T{quarter}"), .. Enumerable.Range(1, 12).Select(month => $"2024-B{month:00}")];

    private static Hand[] Way(string satker) => Given.WayOfReport(satker, "rendatin");

    private static async Task<(Answer One, Answer Two)> Both(Task<Answer> one, Task<Answer> two) => (await one, await two);

    private static void OneWins((Answer One, Answer Two) pair)
    {
        Answer[] answers = [pair.One, pair.Two];
        Assert.True(answers.Count(answer => answer.Status == 200) == 1, $"{pair.One.Text}\n{pair.Two.Text}");
        var loser = answers.Single(answer => answer.Status != 200);
        Assert.Contains($"{loser.Status} {loser.Json["code"]}", Losing);
    }

    private Task<Doc> Now(Doc document) => Given.Now(document, "53.verifikator");

    private async Task<JsonNode> Plh(string satker) => (await api.As("00.admin-periode").Post($"/v1/satker/{satker}/posts", Posting(null))).Is(201).Json;

    private Task<Answer> Until(string satker, JsonNode posting, string? until) => api.As("00.admin-periode").Put(
        $"/v1/satker/{satker}/posts/{posting["id"]}", Posting(until), Requests.IfMatch((int)posting["version"]!));

    private static Posting Posting(string? until) => new("ketua", "53.operator", Capacity.Plh, "SK Plh uji", new DateOnly(2020, 1, 1),
        until is null ? null : DateOnly.Parse(until, null));
}
