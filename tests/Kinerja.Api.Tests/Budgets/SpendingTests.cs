namespace Kinerja.Api.Tests;

public sealed class SpendingTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Periods_add_up_corrections_state_their_reason_and_nothing_is_changed()
    {
        const string satker = "5301";
        var line = Money.Line(pagu: 20_000);
        await api.Held(satker, Money.State(0, line));
        (await api.Spends(satker, Money.Spent("2024-B01", (line, 100)))).Is(201);
        (await api.Spends(satker, Money.Spent("2024-B02", (line, 1)))).Is(201);

        (await api.Spends(satker, Money.Spent("2024-B02", (line, 1)))).Refuses(422, "rules-broken", ("/entries/0", "already-spent"));
        (await api.Spends(satker, Money.Spent("2024-T1", (line, 1)))).Refuses(422, "rules-broken", ("/entries/0", "period-overlaps"));
        (await api.Spends(satker, Money.Spent("2024-B03", (line, -1)))).Refuses(422, "rules-broken", ("/entries/0/amount", "correction-without-reason"));
        (await api.Spends(satker, Money.Spent("2024-B03", (line with { Code = "6709" }, 1))))
            .Refuses(422, "rules-broken", ("/entries/0/code", "unknown-budget-code"));
        (await api.As("5301.ketua").Post($"{Money.Path(satker)}/realizations", Money.Spent("2024-B04", (line, 1)))).Refuses(403, "budget-not-yours");
        (await api.Spends(satker, Money.Spent("2024-B01", (line, -100)) with { Reason = "Dibukukan pada akun yang salah." })).Is(201);

        var first = (await api.As("53.sekretaris").Get($"{Money.Path(satker)}/realizations?period=2024-B01")).Is(200).Json;
        var year = (await api.As("53.sekretaris").Get($"{Money.Path(satker)}/realizations")).Is(200).Json;
        Assert.Equal("""{"pagu":20000,"realization":0,"remaining":20000,"percent":0}""", first["whole"]!.ToJsonString());
        Assert.Equal("""{"pagu":20000,"realization":1,"remaining":19999,"percent":0.01}""", year["whole"]!.ToJsonString());
        Assert.Equal((2, 3), (first["statements"]!.AsArray().Count, year["statements"]!.AsArray().Count));
        var correction = year["statements"]![2]!;
        Assert.Equal((-100L, "Dibukukan pada akun yang salah."), ((long)correction["sum"]!, (string)correction["reason"]!));
        (await api.As("53.sekretaris").Get((string)correction["href"]!)).Is(200);
    }

    [Fact]
    public async Task Bad_amounts_and_unknown_lines_are_refused_at_their_row_and_nothing_is_stored()
    {
        const string satker = "5304";
        var line = Money.Line();
        await api.Held(satker, Money.State(0, line));
        (await api.Spends(satker, Money.Spent("2024-B01", (line, 1), (line with { Akun = "999999" }, 1), (line, 2),
                (line with { Akun = "522111", Source = new FundSource(FundSourceKind.Hibah, "tak ada") }, 1))))
            .Refuses(422, "rules-broken", ("/entries/1/akun", "unknown-akun"), ("/entries/2", "duplicate-budget"), ("/entries/3/source", "grant-unknown"));
        foreach (var (amount, code) in new[] { ("0.5", "fraction-of-rupiah"), ("1000000000000000", "amount-too-large"), ("-1e15", "amount-too-large") })
        {
            var json = System.Text.Json.Nodes.JsonNode.Parse(
                System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Money.Spent("2024-B01", (line, 1)), Json.Documents))!;
            json["entries"]![0]!["amount"] = System.Text.Json.Nodes.JsonNode.Parse(amount);
            (await api.As("5304.rendatin").Post($"{Money.Path(satker)}/realizations", json)).Refuses(400, "malformed-request", ("/entries/0/amount", code));
        }

        Assert.Empty((await api.As("5304.ketua").Get($"{Money.Path(satker)}/realizations")).Is(200).Json["statements"]!.AsArray());
    }

    [Fact]
    public async Task What_was_known_at_an_instant_is_told_although_a_correction_came_later()
    {
        const string satker = "5306";
        var line = Money.Line(pagu: 20_000);
        await api.Held(satker, Money.State(0, line));
        var first = (await api.Spends(satker, Money.Spent("2024-B01", (line, 100)))).Is(201);
        (await api.Spends(satker, Money.Spent("2024-B01", (line, -40)) with { Reason = "Salah akun." })).Is(201);

        var known = Uri.EscapeDataString((string)first.Json["recordedAt"]!);
        foreach (var path in new[] { "realizations", "rollup" })
        {
            var self = path == "rollup" ? "&self=yes" : "";
            Assert.Equal(60, (long)(await api.As("53.verifikator").Get($"{Money.Path(satker)}/{path}?period=2024{self}")).Is(200).Json["whole"]!["realization"]!);
            Assert.Equal(100, (long)(await api.As("53.verifikator").Get($"{Money.Path(satker)}/{path}?recordedAt={known}{self}")).Is(200).Json["whole"]!["realization"]!);
        }
    }

    [Fact]
    public async Task What_is_spent_above_pagu_is_stored_marked_and_blocks_a_revision_that_leaves_it_so()
    {
        const string satker = "5302";
        var line = Money.Line();
        await api.Held(satker, Money.State(0, line));
        (await api.Spends(satker, Money.Spent("2024-B01", (line, 1_001), (Money.Line(akun: "522111"), 5)))).Is(201);

        var spending = (await api.As("5302.ketua").Get($"{Money.Path(satker)}/realizations")).Is(200).Json;
        Assert.Equal(["spent-above-pagu", "spent-without-line"], spending["findings"]!.AsArray().Select(finding => (string)finding!["code"]!));
        Assert.Equal(-1, (long)spending["lines"]![0]!["figure"]!["remaining"]!);
        var same = await api.Drafted(satker, Money.State(1, line));
        (await api.Given.Act(same, new Hand("submit", "5302.rendatin"))).Refuses(
            422, "rules-broken", ("/content/lines/0/pagu", "spent-above-pagu"), ("/content/lines", "spent-without-line"));
        var enough = Money.State(1, line with { Pagu = 1_001 }, Money.Line(akun: "522111", pagu: 5));
        var mended = Doc.Of((await api.As("5302.rendatin").Put(same.Path, enough, Requests.IfMatch(same.Version))).Is(200));
        Assert.Equal("in-force", (await api.Given.Through(mended, Money.Way(satker, enough))).State);
    }

    [Fact]
    public async Task A_year_cannot_be_spent_beyond_what_can_be_summed()
    {
        const string satker = "5307";
        BudgetLine[] lines = [.. Enumerable.Range(0, 10).Select(i => Money.Line(akun: $"52121{i}"))];
        (BudgetLine, long)[] most = [.. lines.Select(line => (line, RupiahAttribute.Most))];
        await api.Taken(satker, Money.State(0, lines));

        (await api.Spends(satker, Money.Spent("2024-B01", most))).Refuses(422, "rules-broken", ("/entries", "sum-too-large"));
        (await api.Spends(satker, Money.Spent("2024-B01", most[..9]))).Is(201);
        (await api.Spends(satker, Money.Spent("2024-B02", most[..1]))).Refuses(422, "rules-broken", ("/entries", "sum-too-large"));

        foreach (var path in new[] { $"{Money.Path(satker)}/realizations", $"{Money.Path(satker)}/absorption", $"{Money.Path("53")}/rollup", $"{Money.Path("00")}/rollup" })
        {
            (await api.As("00.inspektur").Get(path)).Is(200);
        }
    }

    [Fact]
    public async Task A_grant_is_registered_before_a_line_is_of_it()
    {
        const string satker = "5303";
        var line = Money.Line() with { Source = new FundSource(FundSourceKind.Hibah, "1/NPHD/2024") };
        (await api.As("5303.rendatin").Post($"{Money.Path(satker)}/revisions", Money.State(0, line)))
            .Refuses(422, "rules-broken", ("/lines/0/source", "grant-unknown"));
        (await api.As("5303.rendatin").Post($"/v1/satker/{satker}/grants", Money.Grant("1/NPHD/2024", 5_000))).Is(201);
        (await api.As("5303.rendatin").Post($"/v1/satker/{satker}/grants", Money.Grant("1/NPHD/2024", 5_000))).Refuses(409, "already-exists");

        await api.Held(satker, Money.State(0, line));
        (await api.Spends(satker, Money.Spent("2024-B01", (line, 400)))).Is(201);

        var grants = (await api.As("5303.ketua").Get($"/v1/satker/{satker}/budgets?from=2024&to=2024")).Is(200).Json["grants"]!;
        Assert.Equal((400L, 4_600L), ((long)grants[0]!["used"]!, (long)grants[0]!["remaining"]!));
        var grant = Assert.Single((await api.As("5303.ketua").Get($"/v1/satker/{satker}/grants")).Is(200).Json["items"]!.AsArray())!;
        var path = $"/v1/satker/{satker}/grants/{grant["id"]}";
        var right = Money.Grant("1/NPHD/2024", 6_000);
        (await api.As("5303.rendatin").Put(path, right, Requests.IfMatch(1))).Refuses(422, "rules-broken", ("/correction", "correction-missing"));
        right = right with { Correction = "Salah ketik." };
        (await api.As("5303.rendatin").Put(path, right with { Nphd = "2" }, Requests.IfMatch(1))).Refuses(422, "another-document");
        (await api.As("5303.ketua").Put(path, right, Requests.IfMatch(1))).Refuses(403, "budget-not-yours");
        (await api.As("5303.rendatin").Put(path, right, Requests.IfMatch(1))).Is(200);
        (await api.As("5303.rendatin").Put(path, right, Requests.IfMatch(1))).Refuses(412, "stale");
        grants = (await api.As("5303.ketua").Get($"/v1/satker/{satker}/budgets?from=2024&to=2024")).Is(200).Json["grants"]!;
        Assert.Equal(5_600L, (long)grants[0]!["remaining"]!);
        var first = (await api.As("5303.ketua").Get($"{path}?recordedAt={grant["recordedAt"]}")).Is(200);
        Assert.Equal((1, 5_000L), ((int)first.Json["version"]!, (long)first.Json["content"]!["amount"]!));
    }
}
