using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

public sealed class RevisionTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_dipa_is_submitted_by_the_unit_recorded_by_the_kpa_and_in_force_until_the_next()
    {
        const string satker = "5301";
        var first = await api.Held(satker, Money.State(0, Money.Line()));
        var second = await api.Held(satker, Money.State(1, Money.Line(pagu: 1_500)));

        Assert.Equal("in-force", second.State);
        var superseded = await api.Given.Now(first, "5301.sekretaris");
        Assert.Equal(("superseded", first.ContentHash), (superseded.State, superseded.ContentHash));
        var now = (await api.As("53.verifikator").Get(Money.Path(satker))).Is(200).Json;
        Assert.Equal((1, 1_500L, "SP DIPA-076.01.2.658312/2024"), ((int)now["number"]!, (long)now["sum"]!, (string)now["document"]!));
        Assert.Equal(0, (int)(await api.As("5301.ketua").Get($"{Money.Path(satker)}?asOf=2024-01-02")).Is(200).Json["number"]!);
        (await api.As("5301.ketua").Get($"{Money.Path(satker)}?asOf=2024-01-01")).Refuses(404, "not-found");
        var before = Uri.EscapeDataString((string)second.Json["signOff"]!["acts"]![0]!["at"]!);
        Assert.Equal(0, (int)(await api.As("5301.ketua").Get($"{Money.Path(satker)}?recordedAt={before}")).Is(200).Json["number"]!);
        (await api.As("5301.ketua").Get($"{Money.Path(satker)}?recordedAt=2020-01-01T00:00:00Z")).Refuses(404, "not-found");
        await api.Given.Through(second, new Hand("note", "53.verifikator"));
    }

    [Fact]
    public async Task Only_those_who_keep_the_money_prepare_and_only_the_kpa_records()
    {
        const string satker = "5302";
        (await api.As("5302.ketua").Post($"{Money.Path(satker)}/revisions", Money.State(0, Money.Line()))).Refuses(403, "budget-not-yours");
        (await api.As("53.kul").Post($"{Money.Path(satker)}/revisions", Money.State(0, Money.Line()))).Refuses(403, "budget-not-yours");
        var submitted = await api.Given.Through(
            await api.Drafted(satker, Money.State(0, Money.Line())), new Hand("submit", "5302.rendatin"));

        (await api.Given.Act(submitted, new Hand("record", "5302.ketua"))).Refuses(403, "wrong-post");
        (await api.Given.Act(submitted, new Hand("approve", "5302.sekretaris"))).Refuses(409, "no-such-act");
        Assert.Equal("in-force", (await api.Given.Through(submitted, new Hand("record", "5302.sekretaris"))).State);
    }

    [Fact]
    public async Task Within_its_authority_the_kpa_approves_and_beyond_it_the_answer_says_who_and_why()
    {
        const string satker = "5303";
        var (one, two) = (Money.Line(), Money.Line("076.01.CQ.6709.QDB.001.051"));
        await api.Held(satker, Money.State(0, one, Money.Line(akun: "522111"), two));
        var shifted = Money.State(1, one with { Pagu = 900 }, Money.Line(akun: "522111", pagu: 1_100), two);
        Assert.Equal("in-force", (await api.Held(satker, Money.ByKpa(shifted))).State);

        var beyond = await api.Drafted(satker, Money.ByKpa(Money.State(
            2, one with { Pagu = 800 }, Money.Line(akun: "522111", pagu: 1_100), two with { Pagu = 1_100 })));
        (await api.Given.Act(beyond, new Hand("submit", "5303.rendatin"))).Refuses(
            422, "rules-broken", ("/content/authority", "kpa-not-alone"), ("/content/authority", "kpa-not-alone"));
        var kpa = (await api.As("5303.ketua").Get($"{Money.Path(satker)}/compare?from=1&to=2")).Is(200).Json["kpa"]!;
        Assert.Equal(("not-alone", "kanwil-djpb"), ((string)kpa["answer"]!, (string)kpa["needs"]!));
        Assert.Equal(
            [("kro", "6709.QDB", "1000", "1100"), ("kro", "6709.QGE", "2000", "1900")],
            kpa["breaches"]!.AsArray().Select(breach => (
                (string)breach!["rule"]!, (string)breach["of"]!, (string)breach["from"]!, (string)breach["to"]!)));
        Assert.Equal("alone", (string)(await api.As("5303.ketua").Get($"{Money.Path(satker)}/compare?from=0&to=1")).Is(200).Json["kpa"]!["answer"]!);
    }

    [Fact]
    public async Task A_draft_may_be_another_authoritys_and_then_goes_its_way()
    {
        const string satker = "5309";
        var (one, two) = (Money.Line(), Money.Line("076.01.CQ.6709.QDB.001.051"));
        await api.Held(satker, Money.State(0, one, two));
        var shifted = Money.State(1, one with { Pagu = 900 }, two with { Pagu = 1_100 });
        var draft = await api.Drafted(satker, Money.ByKpa(shifted));
        (await api.Given.Act(draft, new Hand("submit", "5309.rendatin"))).Refuses(
            422, "rules-broken", ("/content/authority", "kpa-not-alone"), ("/content/authority", "kpa-not-alone"));

        var byAuthority = Doc.Of((await api.As("5309.rendatin").Put(draft.Path, shifted with { Kind = RevisionKind.PaguTetap }, Requests.IfMatch(1))).Is(200));
        var submitted = await api.Given.Through(byAuthority, new Hand("submit", "5309.rendatin"));
        (await api.Given.Act(submitted, new Hand("approve", "5309.sekretaris"))).Refuses(409, "no-such-act");
        var returned = await api.Given.Through(submitted, new Hand("return", "5309.sekretaris"));
        var kept = Doc.Of((await api.As("5309.rendatin").Put(
            returned.Path, Money.ByKpa(Money.State(1, one, two)), Requests.IfMatch(returned.Version))).Is(200));
        Assert.Equal((2, 2), (kept.Round, kept.Json["signOff"]!["acts"]!.AsArray().Count));
        Assert.Equal("in-force", (await api.Given.Through(kept, Money.Way(satker, Money.ByKpa(shifted)))).State);
    }

    [Fact]
    public async Task States_taken_over_stand_at_any_number_and_what_is_not_held_is_named()
    {
        const string satker = "5304";
        var kegiatan = new BudgetLine("076.01.CQ.6709", 1_000);
        await api.Taken(satker, Money.State(0, kegiatan));
        await api.Taken(satker, Money.State(16, kegiatan with { Pagu = 1_200 }));

        var dipa = (await api.As("5304.ketua").Get(Money.Path(satker))).Is(200).Json;
        Assert.Equal(Enumerable.Range(1, 15), dipa["notHeld"]!.AsArray().Select(number => (int)number!));
        Assert.Equal("5304.rendatin", (string)dipa["takenOver"]!["by"]!);
        Assert.Equal(["akun", "source", "volume", "unit"], dipa["lines"]![0]!["notStated"]!.AsArray().Select(fact => (string)fact!));
        var rows = (await api.As("5304.ketua").Get($"{Money.Path(satker)}/revisions")).Is(200).Json["items"]!.AsArray();
        Assert.Equal(Enumerable.Range(0, 17), rows.Select(row => (int)row!["number"]!));
        Assert.Equal(["taken-over", .. Enumerable.Repeat("not-held", 15), "taken-over"], rows.Select(row => (string)row!["state"]!));
        var page = (await api.As("5304.ketua").Get($"{Money.Path(satker)}/revisions?pageSize=7")).Is(200).Json;
        var rest = (await api.As("5304.ketua").Get($"{Money.Path(satker)}/revisions?pageSize=50&pageToken={page["nextPageToken"]}")).Is(200).Json;
        Assert.Equal(Enumerable.Range(7, 10), rest["items"]!.AsArray().Select(row => (int)row!["number"]!));

        (await Post(satker, Money.State(18, Money.Line()))).Refuses(422, "rules-broken", ("/number", "revision-gap"));
        (await Post(satker, Money.State(5, Money.Line()))).Refuses(422, "rules-broken", ("/number", "revision-gap"));
        var next = await api.Drafted(satker, Money.ByKpa(Money.State(17, Money.Line(pagu: 1_200))));
        Assert.Equal(
            ["source", "kro", "akun", "ro"],
            (await api.Given.Act(next, new Hand("submit", "5304.rendatin"), headers: Requests.English)).Refuses(422, "rules-broken").Json["errors"]!
                .AsArray().Select(error => (string)error!["detail"]!).Select(detail => Fact(detail)));
        (await api.As("5304.ketua").Get($"{Money.Path(satker)}/revisions/0/sign-offs")).Refuses(404, "not-found");
        (await api.As("5304.rendatin").Put($"{Money.Path(satker)}/revisions/0", Money.State(0, Money.Line()), Requests.IfMatch(1)))
            .Refuses(422, "another-document");
    }

    [Fact]
    public async Task A_state_taken_over_is_corrected_with_a_reason_and_what_was_held_before_stays()
    {
        const string satker = "5310";
        var line = Money.Line();
        await api.Taken(satker, Money.State(0, line));
        var typo = await api.Taken(satker, Money.State(5, line with { Pagu = 10_000 }));
        var right = Money.TakenOver(Money.State(5, line), Money.Preparer(satker));
        (await Correct(right)).Refuses(422, "rules-broken", ("/correction", "correction-missing"));
        right = right with { Correction = "Satu nol terlalu banyak." };
        (await Correct(right with { TakenOver = right.TakenOver! with { By = "5310.operator" } })).Refuses(422, "another-document");
        (await Correct(right with { Date = new DateOnly(2024, 1, 1) })).Refuses(422, "rules-broken", ("/date", "dated-before-revision"));
        (await Correct(right, version: 2)).Refuses(412, "stale");
        (await api.As("5310.ketua").Put(typo.Path, right, Requests.IfMatch(1))).Refuses(403, "budget-not-yours");
        (await Post(satker, right with { Number = 6 })).Refuses(422, "rules-broken", ("/correction", "correction-without-use"));

        var corrected = Doc.Of((await Correct(right)).Is(200));

        Assert.Equal((2, "Satu nol terlalu banyak."), (corrected.Version, (string)corrected.Json["content"]!["correction"]!));
        var then = $"recordedAt={Uri.EscapeDataString((string)typo.Json["recordedAt"]!)}";
        Assert.Equal((1_000L, 10_000L), (await Sum(""), await Sum(then)));
        Assert.Equal((1_000L, 10_000L), (await Rolled(""), await Rolled(then)));
        Assert.Equal(1_000, (long)(await api.As("5310.ketua").Get($"{Money.Path(satker)}/compare?from=0&to=5")).Is(200).Json["toSum"]!);
        Assert.Equal([1, 2, 3, 4], (await api.As("5310.ketua").Get(Money.Path(satker))).Is(200).Json["notHeld"]!.AsArray().Select(number => (int)number!));

        async Task<long> Sum(string more) =>
            (long)(await api.As("5310.ketua").Get($"{Money.Path(satker)}?{more}")).Is(200).Json["sum"]!;

        async Task<long> Rolled(string more) =>
            (long)(await api.As("5310.ketua").Get($"{Money.Path(satker)}/rollup?self=yes&{more}")).Is(200).Json["whole"]!["pagu"]!;

        Task<Answer> Correct(BudgetRevision state, int version = 1) =>
            api.As(Money.Preparer(satker)).Put(typo.Path, state, Requests.IfMatch(version));
    }

    [Fact]
    public async Task A_total_that_is_not_the_sum_is_stored_marked_and_blocks()
    {
        const string satker = "5306";
        var wrong = await api.Drafted(satker, Money.State(0, Money.Line()) with { Total = 1_001 });

        var row = (await api.As("5306.ketua").Get($"{Money.Path(satker)}/revisions")).Is(200).Json["items"]![0]!;
        Assert.Equal((1_001L, 1_000L, "total-differs"), ((long)row["total"]!, (long)row["sum"]!, (string)row["findings"]![0]!["code"]!));
        (await api.Given.Act(wrong, new Hand("submit", "5306.rendatin"))).Refuses(422, "rules-broken", ("/content/total", "total-differs"));
        var mended = Doc.Of((await api.As("5306.rendatin").Put(wrong.Path, Money.State(0, Money.Line()), Requests.IfMatch(1))).Is(200));
        await api.Given.Through(mended, Money.Way(satker, Money.State(0)));
    }

    [Fact]
    public async Task Every_bad_input_has_a_code_of_its_own_at_its_row_and_nothing_is_stored()
    {
        const string satker = "5307";
        var (good, state) = (Money.Line(), Money.State(0, Money.Line(), Money.Line(akun: "522111")));
        (await Post(satker, state with { Number = 1, Kind = RevisionKind.PaguTetap, Reason = "x" }))
            .Refuses(422, "rules-broken", ("/number", "revision-gap"));
        (await Post(satker, state with { Lines = [good, good with { Code = "076.01.CQ.67" }] }))
            .Refuses(422, "rules-broken", ("/lines/1/code", "unknown-budget-code"));
        (await Post(satker, state with { Lines = [good, good with { Akun = "921211" }] })).Refuses(422, "rules-broken", ("/lines/1/akun", "unknown-akun"));
        (await Post(satker, state with { Lines = [good, good] })).Refuses(422, "rules-broken", ("/lines/1", "duplicate-budget"));
        (await Post(satker, state with { Lines = [good, good with { Source = new FundSource(FundSourceKind.Hibah) }] }))
            .Refuses(422, "rules-broken", ("/lines/1/source", "grant-missing"));
        (await Post(satker, state with { Lines = [good, good with { Source = new FundSource(FundSourceKind.Hibah, "tak ada") }] }))
            .Refuses(422, "rules-broken", ("/lines/1/source", "grant-unknown"));
        foreach (var (amount, code) in new[]
        {
            ("0.5", "fraction-of-rupiah"), ("1000000000000000", "amount-too-large"), ("1e30", "amount-too-large"), ("-1", "amount-negative"),
            ("1e40", "amount-too-large"),
        })
        {
            var json = JsonNode.Parse(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(state, Json.Documents))!;
            json["lines"]![1]!["pagu"] = JsonNode.Parse(amount);
            (await api.As("5307.rendatin").Post($"{Money.Path(satker)}/revisions", json)).Refuses(400, "malformed-request", ("/lines/1/pagu", code));
        }

        Assert.Empty((await api.As("5307.rendatin").Get($"{Money.Path(satker)}/revisions")).Is(200).Json["items"]!.AsArray());
        await api.Drafted(satker, state with { Lines = [good, good with { Akun = "522111", Pagu = RupiahAttribute.Most }] });
        (await Post(satker, state)).Refuses(409, "already-exists");
    }

    [Fact]
    public async Task Batches_act_upon_revisions_and_my_page_lists_them()
    {
        const string satker = "5308";
        var draft = await api.Drafted(satker, Money.State(0, Money.Line()));
        var submitted = await api.Given.Through(draft, new Hand("submit", "5308.rendatin"));

        var awaiting = (await api.As("5308.sekretaris").Get("/v1/me")).Is(200).Json["awaiting"]!.AsArray();
        Assert.Contains(submitted.SignOffs, awaiting.Select(row => (string)row!["signOffs"]!));
        var item = Given.ActBody(submitted, new Hand("record", "5308.sekretaris"));
        (item["kind"], item["satker"], item["id"], item["version"]) = ("budget-revision", satker, submitted.Id, submitted.Version);
        var result = (await api.As("5308.sekretaris").Post("/v1/sign-offs:batch", new JsonObject { ["items"] = new JsonArray(item) })).Is(200);
        Assert.Equal((200, "in-force"), ((int)result.Json["results"]![0]!["status"]!, (string)result.Json["results"]![0]!["state"]!));
    }

    private Task<Answer> Post(string satker, BudgetRevision state) =>
        api.As(Money.Preparer(satker)).Post($"{Money.Path(satker)}/revisions", state);

    private static string Fact(string detail) => detail.Split(" the ")[^2].Split(' ')[0];
}
