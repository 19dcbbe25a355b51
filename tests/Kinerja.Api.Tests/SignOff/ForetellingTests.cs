using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>What sign-offs tell of an act is what the act then answers.</summary>
public sealed class ForetellingTests(Api api) : IClassFixture<Api>
{
    private Given Given => api.Given;

    [Fact]
    public async Task The_contents_faults_are_told_before_the_act()
    {
        var (satker, unit) = Given.FreshUnit();
        var unpromised = await Given.Drafted(satker, Given.Report(unit));
        var submit = Given.WayOfReport(satker, unit)[0];

        var told = await Told(unpromised, submit);
        var refused = (await Given.Act(unpromised, submit)).Refuses(422, "rules-broken");

        Assert.Equal((false, "rules-broken", refused.Detail), ((bool)told["allowed"]!, (string)told["code"]!, (string)told["detail"]!));
        Assert.True(JsonNode.DeepEquals(refused.Json["errors"], told["errors"]), told.ToJsonString());

        // What nothing is wrong with is told to be allowed, and is; telling it wrote nothing and held nothing.
        var whole = await Given.DraftedReport();
        submit = Given.WayOfReport(whole.Satker, Given.Unit(whole))[0];
        Assert.True((bool)(await Told(whole, submit))["allowed"]!);
        Assert.Equal(whole.Version, (await Given.Now(whole, $"{whole.Satker}.ketua")).Version);
        (await Given.Act(whole, submit)).Is(200);
    }

    [Fact]
    public async Task A_place_that_is_taken_is_told_before_the_act()
    {
        var (satker, unit) = Given.FreshUnit();
        var inForce = await Given.InForce(satker, Given.Agreement(unit));
        var amend = new Hand("amend", $"{satker}.{unit}");

        Assert.True((bool)(await Told(inForce, amend))["allowed"]!);
        inForce = await Given.Through(inForce, amend);

        Assert.Equal("already-exists", (string)(await Told(inForce, amend))["code"]!);
        (await Given.Act(inForce, amend)).Refuses(409, "already-exists");
    }

    /// <summary>What is told to the post's own account of an act.</summary>
    private async Task<JsonNode> Told(Doc document, Hand hand) =>
        (await api.As(hand.Post).Get(document.SignOffs)).Is(200).Json["now"]!.AsArray()
            .Single(option => (string)option!["act"]! == hand.Act && (string)option["post"]! == hand.Post)!;
}
