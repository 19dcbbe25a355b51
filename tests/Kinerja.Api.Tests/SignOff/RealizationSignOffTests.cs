using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

public sealed class RealizationSignOffTests(Api api) : IClassFixture<Api>
{
    private Given Given => api.Given;

    [Fact]
    public async Task A_report_of_a_kabupatens_unit_goes_through_four_hands_and_no_others()
    {
        await Given.InForce("5305", Given.Agreement("kul"));
        var report = await Given.Drafted("5305", Given.Report("kul"));
        var states = new List<string>();

        foreach (var hand in Given.WayOfReport("5305", "kul"))
        {
            foreach (var other in Posts.OfAlor.Where(post => post != hand.Post))
            {
                var wrong = (await Given.Act(report, hand with { Post = other })).Refuses(403, "wrong-post");
                Assert.Contains($"wewenang {hand.Post}, bukan {other}", wrong.Detail, StringComparison.Ordinal);
                Assert.EndsWith($"jabatan yang Anda pegang sekarang: {other}.", wrong.Detail, StringComparison.Ordinal);
                (await Given.Act(report, hand, other)).Refuses(403, "post-not-held");
            }

            report = await Given.Through(report, hand);
            states.Add(report.State);
        }

        Assert.Equal(["submitted", "verified", "approved", "accepted"], states);
        (await Given.Act(report, new Hand("accept", "53.verifikator"))).Refuses(409, "no-such-act");
    }

    [Fact]
    public async Task In_a_province_the_kabag_verifies_before_the_Sekretaris()
    {
        await Given.Through(await Given.Drafted("53", Given.Agreement("keu")), new Hand("sign", "53.keu"), new Hand("countersign", "53.kul"));
        var submitted = await Given.Through(await Given.Drafted("53", Given.Report("keu")), new Hand("submit", "53.keu"));

        (await Given.Act(submitted, new Hand("verify", "53.sekretaris"))).Refuses(403, "wrong-post");
        (await Given.Act(submitted, new Hand("verify", "53.tphsdm"))).Refuses(403, "wrong-post");
        var once = await Given.Through(submitted, new Hand("verify", "53.kul"));
        (await Given.Act(once, new Hand("approve", "53.ketua"))).Refuses(409, "no-such-act");
        var twice = await Given.Through(once, new Hand("verify", "53.sekretaris"));
        var accepted = await Given.Through(twice, new Hand("approve", "53.ketua"), new Hand("accept", "00.verifikator"));

        Assert.Equal(("submitted", "verified", "accepted"), (once.State, twice.State, accepted.State));
    }

    [Theory]
    [InlineData("sekretaris")]
    [InlineData("ketua")]
    public async Task The_planning_head_submits_the_report_of_the_Sekretaris_and_of_the_Ketua(string unit)
    {
        await Given.InForce("5305", Given.Agreement(unit));
        var draft = await Given.Drafted("5305", Given.Report(unit));

        (await Given.Act(draft, new Hand("submit", $"5305.{unit}"))).Refuses(403, "wrong-post");
        var verified = await Given.Through(draft, new Hand("submit", "5305.rendatin"), new Hand("verify", "5305.sekretaris"));
        var accepted = await Given.Through(verified, new Hand("approve", "5305.ketua"), new Hand("accept", "53.verifikator"));

        Assert.Equal("accepted", accepted.State);
    }

    [Fact]
    public async Task RI_accepts_for_a_province_and_what_RI_itself_approved_counts_as_accepted()
    {
        await Given.Through(await Given.Drafted("00", Given.Agreement("biro-ren")),
            new Hand("sign", "00.biro-ren"), new Hand("countersign", "00.deputi-adm"));
        var report = await Given.Through(await Given.Drafted("00", Given.Report("biro-ren")), new Hand("submit", "00.biro-ren"),
            new Hand("verify", "00.deputi-adm"), new Hand("verify", "00.sekjen"), new Hand("approve", "00.ketua"));

        (await Given.Act(report, new Hand("accept", "00.verifikator"))).Refuses(409, "no-such-act");
        var own = (await api.As("00.ketua").Get("/v1/satker/00/capaian?year=2024&level=biro&minSignOff=accepted")).Is(200);

        Assert.Equal("approved", report.State);
        Assert.Equal("accepted", (string)own.Json["office"]!["agreements"]![0]!["lines"]![0]!["signOff"]!);
    }

    [Fact]
    public async Task One_person_with_two_posts_does_not_act_twice_in_a_round()
    {
        var (satker, unit) = ("5201", "rendatin"); // No other test is to find two posts in one hand.
        await Given.InForce(satker, Given.Agreement(unit));
        var submitted = await Given.Through(
            await Given.Drafted(satker, Given.Report(unit)), new Hand("submit", $"{satker}.rendatin"));
        await Given.Appointed($"{satker}.sekretaris", $"{satker}.rendatin");

        var twice = (await Given.Act(submitted, new Hand("verify", $"{satker}.sekretaris"), $"{satker}.rendatin"))
            .Refuses(403, "same-person");
        var other = await Given.Through(submitted, new Hand("verify", $"{satker}.sekretaris"));

        Assert.Contains($"{satker}.sekretaris harus orang lain", twice.Detail, StringComparison.Ordinal);
        Assert.Equal("verified", other.State);
    }

    [Fact]
    public async Task A_return_makes_a_draft_of_a_new_round_and_keeps_the_history()
    {
        var approved = await Given.Reported(hands: 3);
        var satker = approved.Satker;

        var returned = await Given.Through(approved, new Hand("return", "53.verifikator"));
        var again = await Given.Through(returned, Given.WayOfReport(satker, Given.Unit(approved))[..2]);

        Assert.Equal(("draft", 2), (returned.State, returned.Round));
        var way = (await api.As($"{satker}.ketua").Get(again.SignOffs)).Is(200).Json;
        Assert.Equal(
            ["1 submit", "1 verify", "1 approve", "1 return", "2 submit", "2 verify"],
            way["acts"]!.AsArray().Select(act => $"{act!["round"]} {act["act"]}"));
        Assert.Equal([true, true, false, false], way["steps"]!.AsArray().Select(step => (bool)step!["done"]!));
        Assert.Equal("Angka belum benar.", (string)way["acts"]![3]!["reasons"]![0]!["words"]!);
    }

    [Theory]
    [InlineData(1, "sekretaris", true)]
    [InlineData(1, "ketua", false)]
    [InlineData(2, "ketua", true)]
    [InlineData(3, "sekretaris", true)]
    [InlineData(4, "verifikator", true)]
    public async Task A_reviewer_returns_at_his_step_or_later_but_not_before(int hands, string post, bool may)
    {
        var report = await Given.Reported(hands);
        var reviewer = post == "verifikator" ? "53.verifikator" : $"{report.Satker}.{post}";

        var answer = await Given.Act(report, new Hand("return", reviewer));

        _ = may ? answer.Is(200) : answer.Refuses(403, "wrong-post");
    }

    [Fact]
    public async Task A_draft_cannot_be_returned()
    {
        var draft = await Given.DraftedReport();

        (await Given.Act(draft, new Hand("return", $"{draft.Satker}.sekretaris"))).Refuses(409, "no-such-act");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_return_without_reasons_breaks_a_rule(bool emptyList)
    {
        var submitted = await Given.Reported(hands: 1);
        var body = Given.ActBody(submitted, new Hand("return", $"{submitted.Satker}.sekretaris"));
        body["reasons"] = emptyList ? new JsonArray() : null;
        if (!emptyList)
        {
            body.Remove("reasons");
        }

        (await api.As($"{submitted.Satker}.sekretaris").Post(submitted.SignOffs, body, Requests.IfMatch(submitted.Version)))
            .Refuses(422, "rules-broken", [("/reasons", "reasons-required")]);
        await Given.Through(submitted, new Hand("return", $"{submitted.Satker}.sekretaris"));
    }

    [Fact]
    public async Task An_act_upon_other_content_than_the_present_is_a_conflict()
    {
        var draft = await Given.DraftedReport();
        var hand = Given.WayOfReport(draft.Satker, Given.Unit(draft))[0];

        (await Given.Act(draft with { ContentHash = "sha256:" + new string('0', 64) }, hand)).Refuses(409, "content-changed");
        await Given.Through(draft, hand);
    }

    [Fact]
    public async Task An_act_upon_an_earlier_version_is_told_the_present_one()
    {
        var draft = await Given.DraftedReport();
        var hand = Given.WayOfReport(draft.Satker, Given.Unit(draft))[0];
        var author = api.As(Given.Preparer(draft.Satker, Given.Unit(draft)));
        var second = Doc.Of((await author.Put(draft.Path, Given.Report(Given.Unit(draft), "2024",
            Given.Entry(result: new Value.Percent(99))), Requests.IfMatch(1))).Is(200));

        var stale = (await Given.Act(draft, hand)).Refuses(412, "stale");
        (await author.Put(draft.Path, Given.Report(Given.Unit(draft)), Requests.IfMatch(1))).Refuses(412, "stale");

        Assert.Equal("\"2\"", stale.ETag);
        await Given.Through(second, hand);
    }

    [Fact]
    public async Task An_act_needs_If_Match_and_a_key()
    {
        var draft = await Given.DraftedReport();
        var hand = Given.WayOfReport(draft.Satker, Given.Unit(draft))[0];
        var client = api.As(hand.Post);
        var body = Given.ActBody(draft, hand);

        (await client.Post(draft.SignOffs, body)).Refuses(428, "if-match-required");
        (await client.Post(draft.SignOffs, body, Requests.IfMatch(1), Requests.Key("")))
            .Refuses(400, "malformed-request", [("", "idempotency-key-required")]);
        (await client.Post(draft.SignOffs, body, Requests.IfMatch(1), Requests.Key(new string('k', 256))))
            .Refuses(400, "malformed-request", [("", "idempotency-key-too-long")]);
        (await client.Post(draft.SignOffs, body, Requests.IfMatch(1), Requests.Key(new string('k', 255)))).Is(200);
    }

    [Fact]
    public async Task A_report_is_not_submitted_without_an_agreement_in_force()
    {
        var (satker, unit) = Given.FreshUnit();
        var agreement = await Given.Drafted(satker, Given.Agreement(unit));
        var report = await Given.Drafted(satker, Given.Report(unit));
        var submit = Given.WayOfReport(satker, unit)[0];

        (await Given.Act(report, submit)).Refuses(422, "rules-broken", [("/content/unit", "no-agreement-in-force")]);
        await Given.Through(agreement, Given.WayOfAgreement(satker, unit));
        await Given.Through(report, submit);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task What_the_sign_offs_say_a_caller_may_do_is_true(int hands)
    {
        var report = await Given.Reported(hands);
        var satker = report.Satker;
        var allowed = new List<(string Account, Hand Hand)>();
        foreach (var account in new[]
            { $"{satker}.rendatin", $"{satker}.sekretaris", $"{satker}.ketua", "53.verifikator", "53.sekretaris", "00.inspektur" })
        {
            var now = (await api.As(account).Get(report.SignOffs)).Is(200);
            Assert.Equal("no-store", now.Header("Cache-Control"));
            foreach (var option in now.Json["now"]!.AsArray())
            {
                var hand = new Hand((string)option!["act"]!, (string)option["post"]!);
                if ((bool)option["allowed"]!)
                {
                    allowed.Add((account, hand));
                    continue;
                }

                var refused = await Given.Act(report, hand, account);
                Assert.Equal((string)option["code"]!, (string)refused.Json["code"]!);
                Assert.Equal((string)option["detail"]!, refused.Detail);
            }
        }

        Assert.Equal(hands is 4 ? 1 : 2, allowed.Select(option => option.Hand.Act).Distinct().Count());
        foreach (var (account, hand) in allowed)
        {
            var same = hand.Act is "return" or "revoke" ? await Given.Reported(hands) : report;
            var mine = hand with { Post = hand.Post.Replace(satker, same.Satker, StringComparison.Ordinal) };
            (await Given.Act(same, mine, account.Replace(satker, same.Satker, StringComparison.Ordinal))).Is(200);
        }
    }

    [Fact]
    public async Task Me_lists_what_awaits_my_act_and_only_that()
    {
        var submitted = await Given.Reported(hands: 1);
        var approved = await Given.Reported(hands: 3);

        Assert.Equal($"{submitted.Satker}.sekretaris", (await Given.Awaiting($"{submitted.Satker}.sekretaris"))[submitted.Id]);
        Assert.DoesNotContain(submitted.Id, await Given.Awaiting($"{submitted.Satker}.ketua"));
        Assert.Equal("53.verifikator", (await Given.Awaiting("53.verifikator"))[approved.Id]);
        Assert.DoesNotContain(approved.Id, await Given.Awaiting("52.verifikator"));
        Assert.DoesNotContain(approved.Id, await Given.Awaiting("00.verifikator"));
    }
}
