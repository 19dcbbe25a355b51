using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>Money moved away from under an agreement in force is seen on the agreement, and changes nothing that was signed.</summary>
public sealed class MovedMoneyTests(Api api) : IClassFixture<Api>
{
    private static readonly BudgetLine One = Money.Line(pagu: 1_000);
    private static readonly BudgetLine Other = Money.Line("076.01.WA.3355.EBA.001.051", 500);

    [Fact]
    public async Task A_revision_makes_the_agreement_need_an_amendment_until_one_is_in_force_and_its_bytes_stay()
    {
        const string satker = "5301";
        await api.Held(satker, Money.State(0, One, Other));
        var agreement = await api.Given.InForce(satker, Funded("rendatin", ("6709", 1_000)));
        var untouched = await api.Given.InForce(satker, Funded("sekretaris", ("3355", 500)));
        var before = (await Read(agreement)).Is(200);
        Assert.Equal("""{"needed":false,"money":[{"code":"6709","from":1000,"to":1000,"moved":0}]}""", await Need(agreement));

        await api.Held(satker, Money.State(1, One with { Pagu = 1_250 }, Other) with { Date = new DateOnly(2024, 3, 1) });

        Assert.Equal("""{"needed":true,"money":[{"code":"6709","from":1000,"to":1250,"moved":250}]}""", await Need(agreement));
        Assert.Equal("""{"needed":false,"money":[{"code":"3355","from":500,"to":500,"moved":0}]}""", await Need(untouched));
        (await api.As("5301.ketua").Get(agreement.Path, ("If-None-Match", before.ETag!))).Is(304);
        Assert.Equal(before.Text, (await Read(agreement)).Text);

        var amending = (await api.Given.Act(agreement, new Hand("amend", "5301.rendatin"))).Is(200);
        var draft = Doc.Of((await api.As("5301.rendatin").Get(amending.Headers.Location!.ToString())).Is(200));
        Assert.Equal("null", await Need(draft));
        var content = Funded("rendatin", ("6709", 1_250)) with
        {
            Date = new DateOnly(2024, 3, 4),
            Amends = new Amendment(agreement.Id, AmendmentGround.ChangeOfStrategy, "Angka belum benar."),
        };
        draft = Doc.Of((await api.As("5301.rendatin").Put(draft.Path, content, Requests.IfMatch(draft.Version))).Is(200));
        var amended = await api.Given.Through(draft, Given.WayOfAgreement(satker, "rendatin"));

        Assert.Equal("""{"needed":false,"money":[{"code":"6709","from":1250,"to":1250,"moved":0}]}""", await Need(amended));
        Assert.Equal("null", await Need(agreement));
    }

    [Fact]
    public async Task An_agreement_that_names_an_RO_is_measured_by_the_money_of_that_RO()
    {
        const string satker = "5305";
        var beside = Money.Line("076.01.CQ.6709.QGE.002.051", 400);
        await api.Held(satker, Money.State(0, One, beside, Other));
        var agreement = await api.Given.InForce(satker, Funded("rendatin", ("6709.QGE.001", 1_000)));
        var whole = await api.Given.InForce(satker, Funded("sekretaris", ("6709", 1_400)));
        Assert.Equal("""{"needed":false,"money":[{"code":"6709.QGE.001","from":1000,"to":1000,"moved":0}]}""", await Need(agreement));

        // Another RO of its kegiatan moves, then this one with the kegiatan's sum kept.
        await api.Held(satker, Money.State(1, One, beside with { Pagu = 500 }, Other) with { Date = new DateOnly(2024, 3, 1) });
        Assert.Equal("""{"needed":false,"money":[{"code":"6709.QGE.001","from":1000,"to":1000,"moved":0}]}""", await Need(agreement));
        Assert.Equal("""{"needed":true,"money":[{"code":"6709","from":1400,"to":1500,"moved":100}]}""", await Need(whole));
        await api.Held(satker, Money.State(2, One with { Pagu = 900 }, beside with { Pagu = 500 }, Other) with { Date = new DateOnly(2024, 4, 1) });
        Assert.Equal("""{"needed":true,"money":[{"code":"6709.QGE.001","from":1000,"to":900,"moved":-100}]}""", await Need(agreement));
        Assert.Equal("""{"needed":false,"money":[{"code":"6709","from":1400,"to":1400,"moved":0}]}""", await Need(whole));
    }

    [Fact]
    public async Task What_the_states_held_do_not_tell_is_not_guessed()
    {
        const string satker = "5302";
        var agreement = await api.Given.InForce(satker, Funded("rendatin", ("6709", 1_000)));
        Assert.Equal("""{"needed":null,"money":[{"code":"6709","from":null,"to":null,"moved":null}]}""", await Need(agreement));

        await api.Taken(satker, Money.State(0, new BudgetLine("076.01.CQ.6709", 1_000)));
        await api.Taken(satker, Money.State(1, new BudgetLine("076.01.CQ", 1_000)) with { Date = new DateOnly(2024, 3, 1) });

        Assert.Equal("""{"needed":null,"money":[{"code":"6709","from":1000,"to":null,"moved":null}]}""", await Need(agreement));
    }

    [Fact]
    public async Task A_budget_that_is_not_the_sum_of_its_rincian_is_stored_and_not_signed()
    {
        const string satker = "5303";
        var content = Given.Agreement("rendatin") with
        {
            Budgets = [new AgreementBudget("076.01.CQ", "Program", 100, [new BudgetDetail("a", 60), new BudgetDetail("b", 39)])],
        };
        var draft = await api.Given.Drafted(satker, content);

        (await api.Given.Act(draft, new Hand("sign", "5303.rendatin"))).Refuses(
            422, "rules-broken", ("/content/budgets/0/pagu", "total-differs"));
        draft = Doc.Of((await api.As("5303.rendatin").Put(draft.Path, content with
        {
            Budgets = [content.Budgets[0] with { Details = [new BudgetDetail("a", 60), new BudgetDetail("b", 40)] }],
        }, Requests.IfMatch(draft.Version))).Is(200));
        await api.Given.Through(draft, Given.WayOfAgreement(satker, "rendatin"));

        var row = Assert.Single((await api.As("5303.ketua").Get($"{Money.Path(satker)}/cascade")).Is(200).Json["agreements"]!.AsArray())!;
        Assert.Equal("""[{"code":"076.01.CQ","pagu":100,"details":2,"sum":100,"difference":0}]""", row["detailed"]!.ToJsonString());
    }

    [Fact]
    public async Task Amounts_of_an_agreement_are_whole_rupiah_too()
    {
        foreach (var (amount, code) in new[] { ("0.5", "fraction-of-rupiah"), ("1000000000000000", "amount-too-large"), ("-1", "amount-negative") })
        {
            var json = JsonNode.Parse(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Funded("rendatin", ("6709", 1)), Json.Documents))!;
            json["budgets"]![0]!["pagu"] = JsonNode.Parse(amount);
            (await api.As("5304.rendatin").Post("/v1/satker/5304/agreements", json)).Refuses(400, "malformed-request", ("/budgets/0/pagu", code));
        }
    }

    private static Agreement Funded(string unit, params (string Code, long Pagu)[] budgets) => Given.Agreement(unit) with
    {
        Budgets = [.. budgets.Select(budget => new AgreementBudget(budget.Code, $"Kegiatan {budget.Code}", budget.Pagu))],
    };

    private Task<Answer> Read(Doc document) => api.As("5301.ketua").Get(document.Path);

    /// <summary>What the way of the agreement and the list of agreements say alike.</summary>
    private async Task<string> Need(Doc agreement)
    {
        var reader = api.As($"{agreement.Satker}.ketua");
        var way = (await reader.Get(agreement.SignOffs)).Is(200).Json["amendment"];
        var row = (await reader.Get($"/v1/satker/{agreement.Satker}/agreements?year=2024")).Is(200).Json["items"]!.AsArray()
            .Single(row => (string)row!["id"]! == agreement.Id)!["amendment"];
        Assert.Equal(way?.ToJsonString(), row?.ToJsonString());
        return way?.ToJsonString() ?? "null";
    }
}
