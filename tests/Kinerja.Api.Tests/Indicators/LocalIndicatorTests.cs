using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

public sealed class LocalIndicatorTests(Api api) : IClassFixture<Api>
{
    private const string Rolled = "GULUNG.L1";
    private static readonly LocalIndicator Own =
        DefineLocalIndicator.Shown with { Code = "L-KTR.1", Accumulation = Accumulation.Cumulative };

    private HttpClient Administrator => api.As("00.admin-katalog");

    [Fact]
    public async Task An_office_promises_what_it_has_defined_itself_and_no_other_office_does()
    {
        (await Define("5303", Own)).Is(201);

        (await Define("5303", Own)).Refuses(409, "already-exists");
        (await Define("5303", Own with { Code = "KTR.1" })).Refuses(400, "malformed-request", ("/code", "bad-format"));
        (await Define("5303", Own with { Code = "L-H", Kind = ValueKind.Count })).Refuses(422, "rules-broken", ("/unit", "unit-missing"));
        (await Define("5303", Own with { Code = "L-M", Mapping = new IndicatorMapping("SP.01", "00.admin-katalog", DateTimeOffset.UnixEpoch) }))
            .Refuses(422, "rules-broken", ("/mapping", "mapped-by-ri"));
        (await api.As("5303.sekretaris").Post("/v1/satker/5303/indicators", Own with { Code = "L-S" })).Refuses(403, "unit-not-yours");
        (await Administrator.Post("/v1/indicators", Indicators.Of(2024).First() with { Code = "L-RI" }))
            .Refuses(400, "malformed-request", ("/code", "bad-format"));
        (await Draft("5303", "L-TIADA")).Refuses(422, "rules-broken", ("/lines/0/indicator", "unknown-local-indicator"));
        (await Draft("5304", Own.Code)).Refuses(422, "rules-broken", ("/lines/0/indicator", "unknown-local-indicator"));
        (await Draft("5303", Own.Code)).Is(201);
        var row = (await api.As("53.verifikator").Get("/v1/satker/5303/indicators?year=2024")).Is(200).Json["items"]![0]!;
        Assert.Equal(("L-KTR.1", null), ((string)row["code"]!, row["mapping"]));
    }

    [Fact]
    public async Task Only_the_same_meaning_is_mapped()
    {
        (await Administrator.Post("/v1/indicators", Indicators.Of(2024).First() with
        {
            Code = "BERI.01",
            Source = IndicatorSource.Parent,
            Rollup = Rule("SP.05"),
        })).Is(201);
        (await Define("5306", Own)).Is(201);
        (await Define("5306", Own with { Code = "L-KALI", Kind = ValueKind.Count, Unit = "Kali" })).Is(201);

        foreach (var (code, target, fault) in new[]
        {
            (Own.Code, "TIADA", "unknown-indicator"),
            (Own.Code, Indicators.Grade, "mapping-of-another-kind"),
            (Own.Code, "BERI.01", "mapping-makes-circle"),
            ("L-KALI", "HT.01", "source-of-another-unit"),
        })
        {
            (await Map("5306", code, target)).Refuses(422, "rules-broken", ("/indicator", fault));
        }

        (await Define("5306", Own with { Code = "L-BALIK", Polarity = Polarity.Minimize })).Is(201);
        (await Map("5306", "L-BALIK", "SP.01")).Refuses(422, "rules-broken", ("/indicator", "mapping-of-another-meaning"));
        (await Map("5306", Own.Code, "SP.04")).Is(200); // An index is stated with a percent sign too.
        (await Map("5306", Own.Code, "SP.01")).Refuses(412, "stale");

        (await api.As("5306.rendatin").Put($"/v1/satker/5306/indicators/{Own.Code}?year=2024", Own, Requests.IfMatch(2)))
            .Refuses(422, "rules-broken", ("/mapping", "mapped-by-ri"));
        var mapped = (await api.As("5306.rendatin").Get($"/v1/satker/5306/indicators/{Own.Code}?year=2024")).Is(200).Json["content"]!;
        Assert.Equal(("SP.04", "00.admin-katalog"), ((string)mapped["mapping"]!["indicator"]!, (string)mapped["mapping"]!["by"]!));
        mapped["polarity"] = "minimize";
        (await api.As("5306.rendatin").Put($"/v1/satker/5306/indicators/{Own.Code}?year=2024", mapped, Requests.IfMatch(2)))
            .Refuses(422, "rules-broken", ("/polarity", "indicator-in-use"));
        mapped["polarity"] = "maximize";
        mapped["name"] = "Kata yang lebih baik";
        (await api.As("5306.rendatin").Put($"/v1/satker/5306/indicators/{Own.Code}?year=2024", mapped, Requests.IfMatch(2))).Is(200);
        (await Administrator.Put("/v1/indicators/SP.04?year=2024", Indicators.Of(2024).Single(one => one.Code == "SP.04") with
        {
            Kind = ValueKind.Percent,
        }, Requests.IfMatch(1))).Refuses(422, "rules-broken", ("/kind", "indicator-in-use"));
        Assert.Equal(["define", "map", "change"], await api.Owner.Rows(
            "select act from journal where kind = 'local-indicator' and satker = '5306' and id = '2024/L-KTR.1' order by seq"));
    }

    [Fact]
    public async Task Only_what_is_mapped_rolls_up_and_mapping_counts_at_once_and_backwards()
    {
        (await Administrator.Post("/v1/indicators", Indicators.Of(2024).First() with { Code = Rolled, Rollup = Rule("SP.06") })).Is(201);
        (await Define("5301", Own)).Is(201);
        await Accepted("5301", Given.Line("1", Own.Code), Given.Line("2", "SP.02"));
        await Accepted("5302", Given.Line("1", "SP.06"));

        var line = (await api.As("5301.sekretaris").Get("/v1/satker/5301/capaian?year=2024&level=sekretaris")).Is(200)
            .Json["office"]!["agreements"]![0]!["lines"]![0]!;
        Assert.Equal((Own.Code, 70.45m), ((string)line["indicator"]!, (decimal)line["capaian"]!["raw"]!));
        var own = (await api.As("5301.sekretaris").Get((string)line["explain"]!)).Is(200).Json;
        Assert.Equal((null, $"Indikator sendiri {Own.Code} belum dipetakan: tidak ikut dalam gabungan."), (own["countsAs"], (string)own["steps"]![0]!));
        Assert.Equal("1 of 1: 124/176", await RollUp());
        var before = (await api.Owner.Rows("""
            select to_char(max(recorded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') from document_version
            """))[0];

        var unmapped = (await Map("5301", Own.Code, "SP.06")).Is(200).Json;
        Assert.Equal("2 of 2: 248/352", await RollUp());
        Assert.Equal("1 of 1: 124/176", await RollUp(times: $"&recordedAt={before}"));
        Assert.Equal("2 of 2: 248/352", await RollUp(times: $"&recordedAt={unmapped["recordedAt"]}"));
        var why = (await api.As("53.verifikator").Get($"/v1/satker/53/rollup/{Rolled}/explain?year=2024")).Is(200).Json;
        Assert.Equal(Own.Code, (string)why["rows"]![0]!["lines"]![0]!["indicator"]!);
        Assert.Contains($"Dinyatakan dengan kode sendiri yang dipetakan RI: 5301 {Own.Code}.", why["steps"]!.AsArray().Select(step => (string)step!));
        var explained = (await api.As("53.verifikator").Get((string)why["rows"]![0]!["lines"]![0]!["explain"]!)).Is(200).Json;
        Assert.Equal((Own.Code, "SP.06"), ((string)explained["indicator"]!, (string)explained["countsAs"]!));
        Assert.Equal($"Indikator sendiri {Own.Code} dihitung sebagai SP.06.", (string)explained["steps"]![0]!);
        var years = (await api.As("53.verifikator").Get("/v1/satker/5301/capaian/years?indicator=SP.06&level=sekretaris&from=2024&to=2024")).Is(200).Json;
        Assert.Equal(Own.Code, (string)years["years"]![0]!["lines"]![0]!["indicator"]!);
        var child = (await Answered()).Json["items"]![0]!["children"]![0]!;
        Assert.Equal(("5301", true, 2), ((string)child["satker"]!, (bool)child["counted"]!, child["documents"]!.AsArray().Count));

        (await Map("5301", Own.Code, null, 2)).Is(200);
        Assert.Equal("1 of 1: 124/176", await RollUp());
        (await Map("5301", Own.Code, "SP.02", 3)).Is(200);
        Assert.Equal("1 of 1: 124/176", await RollUp());
        (await Map("5301", Own.Code, "SP.06", 4)).Is(200);
        Assert.Equal("2 of 2: 248/352", await RollUp());

        // What is signed after the mapping counts too, and a rule that is changed counts what is mapped.
        await Accepted("5301", "2024-S1");
        Assert.Equal("1 of 2: 124/176", await RollUp("2024-S1"));
        (await Administrator.Put($"/v1/indicators/{Rolled}?year=2024", Indicators.Of(2024).First() with
        {
            Code = Rolled,
            Rollup = Rule("SP.06") with { Population = new Population(Self: false, Reach.Children, OnlyCarrying: true) },
        }, Requests.IfMatch(1))).Is(200);
        Assert.Equal("2 of 2: 248/352", await RollUp());
        await KeptAsRebuilt();
    }

    [Fact]
    public async Task RI_lists_what_it_has_not_mapped_and_others_what_they_see_of_it()
    {
        foreach (var (satker, code) in new[] { ("5307", "L-A"), ("5307", "L-B"), ("5308", "L-A") })
        {
            (await Define(satker, Own with { Code = code })).Is(201);
        }

        Assert.Equal(["5307 L-A", "5307 L-B", "5308 L-A"], await Unmapped("00.admin-katalog"));
        (await Map("5307", "L-A", "SP.05")).Is(200);
        Assert.Equal(["5307 L-B", "5308 L-A"], await Unmapped("00.admin-katalog"));
        Assert.Equal(["5307 L-B"], await Unmapped("5307.sekretaris"));
        Assert.Empty(await Unmapped("52.sekretaris"));
        Assert.Empty((await Administrator.Get("/v1/indicators/unmapped?year=2025")).Is(200).Json["items"]!.AsArray());

        async Task<List<string>> Unmapped(string account)
        {
            var (found, token) = (new List<JsonNode>(), "");
            do
            {
                var page = (await api.As(account).Get($"/v1/indicators/unmapped?year=2024&pageSize=1{token}")).Is(200).Json;
                found.AddRange(page["items"]!.AsArray().Select(row => row!));
                token = page["nextPageToken"] is { } next ? $"&pageToken={next}" : "";
            }
            while (token.Length > 0);
            var mine = found.Where(row => (string)row["satker"]! is "5307" or "5308").ToList();
            foreach (var row in mine)
            {
                (await api.As(account).Get((string)row["href"]!)).Is(200);
            }

            return mine.ConvertAll(row => $"{row["satker"]} {row["code"]}");
        }
    }

    private static RollupRule Rule(string source) => new(source, AgreementLevel.Sekretaris, RollupMethod.WeightedRatio,
        new Population(Self: false, Reach.Descendants, OnlyCarrying: true));

    private Task<Answer> Define(string satker, LocalIndicator local) =>
        api.As($"{satker}.rendatin").Post($"/v1/satker/{satker}/indicators", local);

    private Task<Answer> Map(string satker, string code, string? target, int version = 1) => Administrator.Put(
        $"/v1/satker/{satker}/indicators/{code}/mapping?year=2024",
        target is null ? """{"indicator":null}""" : $$"""{"indicator":"{{target}}"}""", Requests.IfMatch(version));

    private Task<Answer> Draft(string satker, string indicator) => api.As($"{satker}.sekretaris").Post(
        $"/v1/satker/{satker}/agreements", Given.Agreement("sekretaris", 2024, Given.Line(indicator: indicator)));

    private async Task Accepted(string satker, params AgreementLine[] lines)
    {
        await api.Given.InForce(satker, Given.Agreement("sekretaris", 2024, lines));
        await Accepted(satker, "2024", [.. lines.Select(line => Given.Entry(line.No, line.Indicator))]);
    }

    private async Task Accepted(string satker, string period, params RealizationEntry[] entries) => await api.Given.Through(
        await api.Given.Drafted(satker, Given.Report("sekretaris", period,
            entries.Length > 0 ? entries : [Given.Entry("1", Own.Code), Given.Entry("2", "SP.02")])),
        Given.WayOfReport(satker, "sekretaris"));

    private async Task<Answer> Answered(string period = "2024", string times = "") => (await api.As("53.verifikator").Get(
        $"/v1/satker/53/rollup?year=2024&period={period}&indicator={Rolled}&by=child{times}")).Is(200);

    private async Task<string> RollUp(string period = "2024", string times = "")
    {
        var item = (await Answered(period, times)).Json["items"]![0]!;
        return $"{item["coverage"]!["counted"]} of {item["coverage"]!["expected"]}: {item["value"]!["numerator"]}/{item["value"]!["denominator"]}";
    }

    private async Task KeptAsRebuilt()
    {
        const string kept = """
            select to_jsonb(s)::text from standing s
            union all select to_jsonb(c)::text from carrying c where months <> 0
            union all select to_jsonb(t)::text from (select satker, period, indicator, at_least, level, reported, counted,
                trim_scale(numerators), trim_scale(denominators) from tally where reported <> 0) t
            order by 1
            """;
        var before = await api.Owner.Rows(kept);
        await api.Owner.Execute("select rebuild_rollups()");
        Assert.Equal(before, await api.Owner.Rows(kept));
    }
}
