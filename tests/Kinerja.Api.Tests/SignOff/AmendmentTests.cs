using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

public sealed class AmendmentTests(Api api) : IClassFixture<Api>
{
    private Given Given => api.Given;

    [Theory]
    [InlineData("change-of-official")]
    [InlineData("change-of-strategy")]
    [InlineData("change-of-priority")]
    public async Task On_each_lawful_ground_an_amendment_supersedes_what_it_amends(string ground)
    {
        var (satker, unit) = Given.FreshUnit();
        var first = await Given.InForce(satker, Given.Agreement(unit));

        var draft = await Given.Amended(first, ground: ground);
        Assert.Equal(("draft", ground, first.Id), (draft.State, (string)draft.Json["content"]!["amends"]!["ground"]!,
            (string)draft.Json["content"]!["amends"]!["agreement"]!));
        Assert.Equal("in-force", (await Given.Now(first, $"{satker}.sekretaris")).State);
        var second = await Given.Through(await Given.Redrafted(draft, new DateOnly(2024, 7, 1), target: 80), Given.WayOfAgreement(satker, unit));
        var old = await Given.Now(first, $"{satker}.sekretaris");

        Assert.Equal(("in-force", "superseded"), (second.State, old.State));
        Assert.Equal(
            [$"{first.Id}|2024-01-29|2024-07-01", $"{second.Id}|2024-07-01|infinity"],
            await api.Owner.Rows($"select agreement, valid_from::text, valid_until::text from promise where satker = '{satker}' and unit = '{unit}' order by valid_from"));
        var trail = (await api.As($"{satker}.ketua").Get(first.SignOffs)).Is(200).Json;
        Assert.Equal("amend", (string)trail["acts"]!.AsArray()[^1]!["act"]!);
        Assert.Equal(ground, (string)trail["acts"]!.AsArray()[^1]!["reasons"]![0]!["code"]!);
        Assert.Empty(trail["now"]!.AsArray());
    }

    [Fact]
    public async Task Each_period_is_measured_against_the_agreement_in_force_on_its_last_day()
    {
        var (satker, unit) = Given.FreshUnit();
        var first = await Given.InForce(satker, Given.Agreement(unit));
        await Given.Drafted(satker, Given.Report(unit, "2024-T1", Given.Entry(result: new Value.Percent(80))));
        await Given.Drafted(satker, Given.Report(unit, "2024-T4", Given.Entry(result: new Value.Percent(80))));

        var draft = await Given.Amended(first);
        await Given.Through(await Given.Redrafted(draft, new DateOnly(2024, 7, 1), target: 80), Given.WayOfAgreement(satker, unit));

        Assert.Equal((80m, 100m), (await Capaian(satker, unit, "2024-T1"), await Capaian(satker, unit, "2024-T4")));
    }

    [Fact]
    public async Task An_amendment_is_amended_in_its_turn()
    {
        var (satker, unit) = Given.FreshUnit();
        var way = Given.WayOfAgreement(satker, unit);
        var first = await Given.InForce(satker, Given.Agreement(unit));

        var second = await Given.Through(await Given.Amended(first, new DateOnly(2024, 1, 29)), way);
        var third = await Given.Through(await Given.Amended(second, new DateOnly(2024, 1, 29)), way);

        Assert.Equal(["superseded", "superseded", "in-force"], new[]
        {
            (await Given.Now(first, $"{satker}.ketua")).State, (await Given.Now(second, $"{satker}.ketua")).State, third.State,
        });
    }

    [Theory]
    [InlineData(null, "/reasons", "reasons-required")]
    [InlineData("because", "/reasons/0/code", "ground-not-lawful")]
    [InlineData("change-of-official change-of-strategy", "/reasons", "one-ground")]
    public async Task Without_one_lawful_ground_nothing_is_amended(string? grounds, string pointer, string code)
    {
        var (satker, unit) = Given.FreshUnit();
        var agreement = await Given.InForce(satker, Given.Agreement(unit));
        var amend = new Hand("amend", $"{satker}.{unit}");
        var body = Given.ActBody(agreement, amend);
        body["reasons"] = new JsonArray([.. (grounds?.Split(' ') ?? []).Select(ground => Given.Reasons(ground)[0]!.DeepClone())]);

        (await api.As(amend.Post).Post(agreement.SignOffs, body, Requests.IfMatch(agreement.Version)))
            .Refuses(422, "rules-broken", [(pointer, code)]);
        await Given.Amended(agreement);
    }

    [Fact]
    public async Task Only_who_drafts_an_agreement_amends_it_and_only_in_force()
    {
        var (satker, unit) = Given.FreshUnit();
        var draft = await Given.Drafted(satker, Given.Agreement(unit));
        (await Given.Act(draft, new Hand("amend", $"{satker}.{unit}"))).Refuses(409, "no-such-act");

        var inForce = await Given.Through(draft, Given.WayOfAgreement(satker, unit));
        (await Given.Act(inForce, new Hand("amend", "53.verifikator"))).Refuses(403, "wrong-post");
        await Given.Amended(inForce);
    }

    [Fact]
    public async Task A_second_amendment_waits_until_the_first_is_in_force()
    {
        var (satker, unit) = Given.FreshUnit();
        var agreement = await Given.InForce(satker, Given.Agreement(unit));
        await Given.Amended(agreement);

        var again = await Given.Now(agreement, $"{satker}.{unit}");
        (await Given.Act(again, new Hand("amend", $"{satker}.{unit}"))).Refuses(409, "already-exists");
        (await api.As($"{satker}.{unit}").Post($"/v1/satker/{satker}/agreements", Given.Agreement(unit))).Refuses(409, "already-exists");
    }

    [Fact]
    public async Task What_an_amendment_amends_is_said_by_the_act_alone()
    {
        var (satker, unit) = Given.FreshUnit();
        var author = api.As($"{satker}.{unit}");
        var amends = new Amendment("x", AmendmentGround.ChangeOfOfficial, "Pejabat berganti.");

        (await author.Post($"/v1/satker/{satker}/agreements", Given.Agreement(unit) with { Amends = amends }))
            .Refuses(422, "rules-broken", [("/amends", "amended-by-act")]);
        var draft = await Given.Amended(await Given.InForce(satker, Given.Agreement(unit)));
        (await author.Put(draft.Path, Given.Agreement(unit), Requests.IfMatch(1))).Refuses(422, "another-document");
        await Given.Redrafted(draft, new DateOnly(2024, 2, 1));
    }

    [Fact]
    public async Task An_amendment_is_not_dated_before_what_it_amends()
    {
        var (satker, unit) = Given.FreshUnit();
        var draft = await Given.Amended(await Given.InForce(satker, Given.Agreement(unit)));
        var sign = Given.WayOfAgreement(satker, unit)[0];
        var early = await Given.Redrafted(draft, new DateOnly(2024, 1, 28));

        (await Given.Act(early, sign)).Refuses(422, "rules-broken", [("/content/date", "dated-before-amended")]);
        await Given.Through(await Given.Redrafted(early, new DateOnly(2024, 1, 29)), sign);
    }

    [Theory]
    [InlineData("ketua", "ketua", "sekretaris")]
    [InlineData("sekretaris", "ketua", "sekretaris")]
    [InlineData("rendatin", "sekretaris", "ketua")]
    public async Task An_agreement_is_revoked_by_who_approved_it_with_reasons_and_seen_above(string unit, string approver, string other)
    {
        var satker = "5371";
        var agreement = await Given.InForce(satker, Given.Agreement(unit, 2023));
        var revoke = new Hand("revoke", $"{satker}.{approver}");
        var silent = Given.ActBody(agreement, revoke);
        silent.Remove("reasons");

        (await api.As(revoke.Post).Post(agreement.SignOffs, silent, Requests.IfMatch(agreement.Version)))
            .Refuses(422, "rules-broken", [("/reasons", "reasons-required")]);
        (await Given.Act(agreement, revoke with { Post = $"{satker}.{other}" })).Refuses(403, "wrong-post");
        var revoked = await Given.Through(agreement, revoke);

        Assert.Equal("revoked", revoked.State);
        (await Given.Act(revoked, new Hand("amend", $"{satker}.{unit}"))).Refuses(409, "no-such-act");
        var seen = (await api.As("53.verifikator").Get(agreement.SignOffs)).Is(200).Json;
        Assert.Equal("Angka belum benar.", (string)seen["acts"]!.AsArray()[^1]!["reasons"]![0]!["words"]!);
        Assert.Equal(["f"], (await api.Owner.Rows($"select distinct valid_until = 'infinity' from promise where agreement = '{agreement.Id}'"))
            .Select(row => row[..1].ToLowerInvariant()));
        await Given.InForce(satker, Given.Agreement(unit, 2023)); // Another one may take its place.
    }

    [Fact]
    public async Task An_amendment_of_what_was_revoked_meanwhile_does_not_come_in_force()
    {
        var (satker, unit) = Given.FreshUnit();
        var way = Given.WayOfAgreement(satker, unit);
        var agreement = await Given.InForce(satker, Given.Agreement(unit));
        var draft = await Given.Through(await Given.Amended(agreement, new DateOnly(2024, 2, 1)), way[..^1]);

        await Given.Through(await Given.Now(agreement, $"{satker}.ketua"), new Hand("revoke", way[^1].Post));

        (await Given.Act(draft, way[^1])).Refuses(409, "amended-not-in-force");
    }

    [Fact]
    public async Task The_parent_notes_an_agreement_in_force_and_nothing_waits_for_it()
    {
        var (satker, unit) = Given.FreshUnit();
        var agreement = await Given.InForce(satker, Given.Agreement(unit));

        (await Given.Act(agreement, new Hand("note", $"{satker}.ketua"))).Refuses(403, "wrong-post");
        var noted = await Given.Through(agreement, new Hand("note", "53.verifikator"), new Hand("note", "53.verifikator"));

        Assert.Equal("in-force", noted.State);
        Assert.Equal(1, await api.Owner.Count($"promise where agreement = '{agreement.Id}'"));
    }

    [Fact]
    public async Task An_amendment_begins_with_the_day_at_its_office()
    {
        await using var issuer = await StubIssuer.Start();
        var clock = new Clock { Now = new DateTimeOffset(2026, 6, 30, 16, 30, 0, TimeSpan.Zero) }; // WITA: half past midnight.
        var agreement = await Given.InForce("5301", Given.Agreement("sekretaris"));

        using var sekretaris = api.Bearing(api.With(issuer, clock), "5301.sekretaris");
        (await sekretaris.Post(agreement.SignOffs, Given.ActBody(agreement, new Hand("amend", "5301.sekretaris")), Requests.IfMatch(agreement.Version))).Is(200);

        var drafts = (await api.As("5301.sekretaris").Get("/v1/satker/5301/agreements?year=2024&unit=sekretaris&state=draft")).Is(200);
        var draft = await api.As("5301.sekretaris").Get($"/v1/satker/5301/agreements/{drafts.Json["items"]![0]!["id"]}");
        Assert.Equal("2026-07-01", (string)draft.Is(200).Json["content"]!["date"]!);
    }

    [Fact]
    public async Task An_amendment_is_in_force_only_after_every_period_that_was_reported_against_what_it_amends()
    {
        var (satker, unit) = Given.FreshUnit();
        var (way, report) = (Given.WayOfAgreement(satker, unit), Given.WayOfReport(satker, unit));
        var first = await Given.InForce(satker, Given.Agreement(unit));
        await Given.Through(await Given.Drafted(satker, Given.Report(unit, "2024-T1")), report);
        await Given.Through(await Given.Drafted(satker, Given.Report(unit, "2024-T2")), report[0], new Hand("return", $"{satker}.sekretaris"));
        var draft = await Given.Amended(first, new DateOnly(2024, 6, 30));

        var refused = await Given.Act(draft, way[0], headers: ("Accept-Language", "en"));

        refused.Refuses(422, "rules-broken", [("/content/date", "dated-in-reported-period")]);
        Assert.Equal(
            "A report for 2024-T2 has been submitted against the agreement that it replaces; the date 2024-06-30 may be 2024-07-01 at the earliest.",
            (string)refused.Json["errors"]![0]!["detail"]!);
        await Given.Through(await Given.Redrafted(draft, new DateOnly(2024, 7, 1)), way);
        Assert.Equal([first.Id, first.Id], [await Measuring(satker, unit, "2024-T1"), await Measuring(satker, unit, "2024-T2")]);
    }

    [Fact]
    public async Task A_signed_amendment_whose_date_was_reported_meanwhile_is_not_countersigned_and_may_be_mended()
    {
        var (satker, unit) = Given.FreshUnit();
        var way = Given.WayOfAgreement(satker, unit);
        var first = await Given.InForce(satker, Given.Agreement(unit));
        var signed = await Given.Through(await Given.Amended(first, new DateOnly(2024, 3, 1)), way[..^1]);
        await Given.Through(await Given.Drafted(satker, Given.Report(unit, "2024-T1")), Given.WayOfReport(satker, unit)[0]);

        (await Given.Act(signed, way[^1])).Refuses(422, "rules-broken", [("/content/date", "dated-in-reported-period")]);

        if (way.Length > 1)
        {
            signed = await Given.Through(signed, new Hand("return", way[^1].Post));
        }

        Assert.Equal("in-force", (await Given.Through(await Given.Redrafted(signed, new DateOnly(2024, 4, 1)), way)).State);
        Assert.Equal(first.Id, await Measuring(satker, unit, "2024-T1"));
    }

    [Fact]
    public async Task The_successor_of_a_revoked_agreement_ends_it_and_two_never_bind_on_one_day()
    {
        var (satker, unit) = Given.FreshUnit();
        var first = await Given.InForce(satker, Given.Agreement(unit));
        var accepted = await Given.Through(await Given.Drafted(satker, Given.Report(unit, "2024-T1")), Given.WayOfReport(satker, unit));
        var revoked = await Given.Through(first, new Hand("revoke", Given.WayOfAgreement(satker, unit)[^1].Post));
        var draft = await Given.Drafted(satker, Given.Agreement(unit));

        (await Given.Act(draft, Given.WayOfAgreement(satker, unit)[0])).Refuses(422, "rules-broken", [("/content/date", "dated-in-reported-period")]);
        var early = await Given.Redrafted(draft, new DateOnly(2024, 1, 2));
        (await Given.Act(early, Given.WayOfAgreement(satker, unit)[0])).Refuses(422, "rules-broken",
            [("/content/date", "dated-before-amended"), ("/content/date", "dated-in-reported-period")]);
        var second = await Given.Through(await Given.Redrafted(early, new DateOnly(2024, 4, 1)), Given.WayOfAgreement(satker, unit));

        Assert.Equal(("accepted", "revoked", "in-force"), (accepted.State, revoked.State, second.State));
        Assert.Equal([first.Id, second.Id, second.Id], [
            await Measuring(satker, unit, "2024-T1"), await Measuring(satker, unit, "2024-T2"), await Measuring(satker, unit, "2024"),
        ]);
    }

    [Fact]
    public async Task A_revocation_takes_no_submitted_report_its_agreement()
    {
        var (satker, unit) = Given.FreshUnit();
        var agreement = await Given.InForce(satker, Given.Agreement(unit, 2025));
        var report = await Given.Through(await Given.Drafted(satker, Given.Report(unit, "2025")), Given.WayOfReport(satker, unit));

        await Given.Through(agreement, new Hand("revoke", Given.WayOfAgreement(satker, unit)[^1].Post));

        Assert.Equal(("accepted", agreement.Id), (report.State, await Measuring(satker, unit, "2025")));
    }

    /// <summary>The one agreement that a unit's results of a period stand against.</summary>
    private async Task<string> Measuring(string satker, string unit, string period)
    {
        var level = unit is "ketua" or "sekretaris" ? unit : "subbagian";
        var office = (await api.As($"{satker}.ketua").Get($"/v1/satker/{satker}/capaian?year={period[..4]}&period={period}&level={level}")).Is(200);
        return (string)office.Json["office"]!["agreements"]!.AsArray().Single(one => (string)one!["unit"]! == unit)!["agreement"]!;
    }

    private async Task<decimal> Capaian(string satker, string unit, string period)
    {
        var answer = (await api.As($"{satker}.ketua").Get($"/v1/satker/{satker}/capaian?year=2024&period={period}&level=subbagian&minSignOff=draft")).Is(200);
        var agreement = answer.Json["office"]!["agreements"]!.AsArray().Single(one => (string)one!["unit"]! == unit)!;
        return (decimal)agreement["lines"]![0]!["capaian"]!["raw"]!;
    }
}
