namespace Kinerja.Api.Tests;

/// <summary>What becomes of a step when everybody who holds its post has acted in the round already.</summary>
public sealed class FallThroughTests(Api api) : IClassFixture<Api>
{
    private Given Given => api.Given;

    [Fact]
    public async Task The_Ketua_approves_for_the_Sekretaris_when_the_Plt_has_submitted()
    {
        var (satker, submitted) = await SubmittedByWhoActsFor("sekretaris");

        var fell = (await Given.Act(submitted, new Hand("verify", $"{satker}.sekretaris"), $"{satker}.rendatin")).Refuses(403, "step-fell");
        Assert.Contains($"{satker}.ketua", fell.Detail, StringComparison.Ordinal);
        var options = (await api.As($"{satker}.ketua").Get(submitted.SignOffs)).Is(200).Json["now"]!.AsArray();
        Assert.Contains("approve", options.Where(option => (bool)option!["allowed"]!).Select(option => (string)option!["act"]!));
        Assert.Equal($"{satker}.ketua", (await Given.Awaiting($"{satker}.ketua"))[submitted.Id]);
        Assert.DoesNotContain(submitted.Id, await Given.Awaiting($"{satker}.rendatin"));
        var approved = await Given.Through(submitted, new Hand("approve", $"{satker}.ketua"));

        Assert.DoesNotContain(approved.Id, await Given.Awaiting($"{satker}.ketua"));
        Assert.Equal("53.verifikator", (await Given.Awaiting("53.verifikator"))[approved.Id]);
        var way = (await api.As("53.verifikator").Get(approved.SignOffs)).Is(200).Json;
        Assert.Equal([$"{satker}.sekretaris"], way["acts"]![1]!["covers"]!.AsArray().Select(post => (string)post!));
        Assert.Equal([true, true, true, false], way["steps"]!.AsArray().Select(step => (bool)step!["done"]!));
        Assert.Equal("accepted", (await Given.Through(approved, new Hand("accept", "53.verifikator"))).State);
        var capaian = (await api.As("53.verifikator").Get($"/v1/satker/{satker}/capaian?year=2024&level=subbagian")).Is(200);
        Assert.Equal("accepted", (string)capaian.Json["office"]!["agreements"]![0]!["lines"]![0]!["signOff"]!);
    }

    [Fact]
    public async Task While_the_definitive_Sekretaris_is_there_the_step_is_his()
    {
        var (satker, unit) = Given.FreshUnit();
        await Given.InForce(satker, Given.Agreement(unit));
        var submitted = await Given.Through(await Given.Drafted(satker, Given.Report(unit)), Given.WayOfReport(satker, unit)[0]);
        await Given.Appointed($"{satker}.sekretaris", $"{satker}.{unit}");

        (await Given.Act(submitted, new Hand("approve", $"{satker}.ketua"))).Refuses(409, "no-such-act");
        (await Given.Act(submitted, new Hand("verify", $"{satker}.sekretaris"), $"{satker}.{unit}")).Refuses(403, "same-person");
        Assert.Equal($"{satker}.sekretaris", (await Given.Awaiting($"{satker}.sekretaris"))[submitted.Id]);
        Assert.DoesNotContain(submitted.Id, (await Given.Awaiting($"{satker}.ketua")).Concat(await Given.Awaiting($"{satker}.{unit}")).Select(one => one.Key));
        await Given.Through(submitted, new Hand("verify", $"{satker}.sekretaris"));
    }

    [Fact]
    public async Task When_nobody_else_is_left_a_Plh_ends_the_dead_end()
    {
        var (satker, submitted) = await SubmittedByWhoActsFor("sekretaris", "ketua");
        var approve = new Hand("approve", $"{satker}.ketua");

        var dead = (await Given.Act(submitted, approve, $"{satker}.rendatin")).Refuses(403, "no-other-person");
        Assert.Contains($"{satker}.ketua; angkat Plh.", dead.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(submitted.Id, await Given.Awaiting($"{satker}.rendatin"));
        await Given.Appointed($"{satker}.ketua", "53.operator");
        Assert.Equal($"{satker}.ketua", (await Given.Awaiting("53.operator"))[submitted.Id]);

        var approved = Doc.Of((await Given.Act(submitted, approve, "53.operator")).Is(200));
        var act = (await api.As("53.verifikator").Get(approved.SignOffs)).Is(200).Json["acts"]!.AsArray()[^1]!;
        Assert.Equal(("approved", "plh", "SK Plh uji"), (approved.State, (string)act["capacity"]!, (string)act["decree"]!));
    }

    [Fact]
    public async Task What_was_accepted_is_returned_and_goes_its_way_anew_with_other_content()
    {
        var accepted = await Given.Reported(hands: 4);
        var (satker, unit) = (accepted.Satker, Given.Unit(accepted));

        var returned = await Given.Through(accepted, new Hand("return", "53.verifikator"));
        var redrafted = Doc.Of((await api.As($"{satker}.{unit}").Put(
            returned.Path, Given.Report(unit, "2024", Given.Entry(result: new Value.Percent(50))), Requests.IfMatch(returned.Version))).Is(200));
        var again = await Given.Through(redrafted, Given.WayOfReport(satker, unit));

        Assert.Equal(("accepted", 2), (again.State, again.Round));
        var way = (await api.As("53.verifikator").Get(again.SignOffs)).Is(200).Json;
        Assert.Equal(Enumerable.Repeat(false, 5).Concat(Enumerable.Repeat(true, 4)),
            way["acts"]!.AsArray().Select(act => (bool)act!["coversContent"]!));
        var rows = (await api.As($"{satker}.ketua").Get($"/v1/satker/{satker}/realizations?unit={unit}")).Is(200);
        Assert.Equal(1, (int)rows.Json["items"]![0]!["returns"]!);
    }

    /// <summary>A report submitted by the planning head, who alone holds these vacant posts, as Plt.</summary>
    private async Task<(string Satker, Doc Submitted)> SubmittedByWhoActsFor(params string[] posts)
    {
        var (satker, unit) = Given.FreshUnit();
        Assert.Equal("rendatin", unit);
        await Given.InForce(satker, Given.Agreement(unit));
        var draft = await Given.Drafted(satker, Given.Report(unit));
        foreach (var post in posts)
        {
            await Given.Vacant($"{satker}.{post}");
            await Given.Appointed($"{satker}.{post}", $"{satker}.rendatin", Capacity.Plt, from: "2021-01-01");
        }

        return (satker, await Given.Through(draft, Given.WayOfReport(satker, unit)[0]));
    }
}
