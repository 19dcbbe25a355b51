using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

public sealed class CatalogueTests(Api api) : IClassFixture<Api>
{
    private static readonly Indicator Plain = Indicators.Of(2024).First();

    private HttpClient Administrator => api.As("00.admin-katalog");

    [Fact]
    public async Task An_indicator_is_promised_the_moment_it_is_defined_although_the_catalogue_was_read_before()
    {
        var promise = Given.Agreement("sekretaris", 2024, Given.Line(indicator: "BARU.01"));
        (await api.As("5301.sekretaris").Post("/v1/satker/5301/agreements", promise))
            .Refuses(422, "rules-broken", ("/lines/0/indicator", "unknown-indicator"));

        (await Administrator.Post("/v1/indicators", Plain with { Code = "BARU.01" })).Is(201);

        (await api.As("5301.sekretaris").Post("/v1/satker/5301/agreements", promise)).Is(201);
    }

    [Fact]
    public async Task A_changed_definition_is_the_next_version_and_the_earlier_one_stays_readable()
    {
        var defined = (await Administrator.Post("/v1/indicators", Plain with { Code = "UBAH.01" })).Is(201);
        var before = (string)defined.Json["recordedAt"]!;

        var changed = (await Change("UBAH.01", Plain with { Code = "UBAH.01", Name = "Wording lain", Formula = "a / b" })).Is(200);

        Assert.Equal("\"2\"", changed.ETag);
        Assert.Equal("Wording lain", (string)(await Get("UBAH.01")).Json["content"]!["name"]!);
        Assert.Equal(Plain.Name, (string)(await Get("UBAH.01", $"&recordedAt={before}")).Json["content"]!["name"]!);
        (await Change("UBAH.01", Plain with { Code = "UBAH.01" })).Refuses(412, "stale");
        (await Change("UBAH.01", Plain with { Code = "UBAH.02" }, 2)).Refuses(422, "another-document");
        (await Change("TIADA.01", Plain with { Code = "TIADA.01" })).Refuses(404, "not-found");
        Assert.Equal(["define", "change"], await api.Owner.Rows("select act from journal where id = '2024/UBAH.01' order by seq"));
    }

    [Fact]
    public async Task What_is_promised_keeps_its_kind_and_direction_and_what_nobody_uses_may_change_them()
    {
        (await Administrator.Post("/v1/indicators", Plain with { Code = "PAKAI.01" })).Is(201);
        var other = Plain with { Code = "PAKAI.01", Kind = ValueKind.Index, Polarity = Polarity.Minimize };
        (await Change("PAKAI.01", other)).Is(200);
        var (satker, unit) = api.Given.FreshUnit();
        await api.Given.InForce(satker, Given.Agreement(unit, 2024, Given.Line(indicator: "PAKAI.01", target: new Value.Index(3))));

        (await Change("PAKAI.01", Plain with { Code = "PAKAI.01" }, 2)).Refuses(
            422, "rules-broken", ("/kind", "indicator-in-use"), ("/polarity", "indicator-in-use"));
        // How its periods make a year stands too: what is accumulated never has to be made anew.
        (await Change("PAKAI.01", other with { Accumulation = Accumulation.Additive }, 2))
            .Refuses(422, "rules-broken", ("/accumulation", "indicator-in-use"));
        (await Change("PAKAI.01", other with { Traits = new IndicatorTraits(NothingToDoIsDone: true) }, 2))
            .Refuses(422, "rules-broken", ("/traits", "indicator-in-use"));
        (await Change("PAKAI.01", other with { Definition = "Lebih jelas" }, 2)).Is(200);
    }

    [Fact]
    public async Task A_source_is_not_changed_under_its_roll_up()
    {
        (await Administrator.Post("/v1/indicators", Plain with { Code = "SUMBER.01" })).Is(201);
        var rolled = Plain with
        {
            Code = "GULUNG.01",
            Rollup = new RollupRule("SUMBER.01", AgreementLevel.Sekretaris, RollupMethod.WeightedRatio,
                new Population(Self: false, Reach.Children, OnlyCarrying: true)),
        };
        (await Administrator.Post("/v1/indicators", rolled)).Is(201);

        (await Change("SUMBER.01", Plain with { Code = "SUMBER.01", Kind = ValueKind.Index }))
            .Refuses(422, "rules-broken", ("", "breaks-rollup"));
        (await Change("SUMBER.01", Plain with { Code = "SUMBER.01", Rollup = rolled.Rollup! with { Source = "GULUNG.01" } }))
            .Refuses(422, "rules-broken", ("/rollup/source", "rollup-makes-circle"), ("", "breaks-rollup"));
        (await Change("GULUNG.01", rolled with { Rollup = rolled.Rollup with { Method = RollupMethod.Mean }, Source = IndicatorSource.Parent }))
            .Is(200);
    }

    [Fact]
    public async Task A_whole_year_is_copied_into_the_next_one_which_is_opened_by_it_and_every_year_tells_what_differs()
    {
        (await Administrator.Post("/v1/indicators", Plain with { Code = "SALIN.01", Year = 2025 })).Is(201);
        var all = (await Administrator.Get("/v1/indicators?year=2025&pageSize=500")).Json["items"]!.AsArray().Count;

        var copied = (await Administrator.Post("/v1/years/2025/indicators:copy", "")).Is(200).Json;

        Assert.True((bool)copied["opened"]!);
        Assert.Equal(all, copied["copied"]!.AsArray().Count);
        Assert.Equal(["copy"], await api.Owner.Rows("select distinct act from journal where year = 2026"));
        Assert.Equal($"{all + 1}", (await api.Owner.Rows("select count(*) from journal where year = 2026")).Single());
        Assert.Equal("2026.1", (string)(await Administrator.Get("/v1/years/2026/policy")).Is(200).Json["content"]!["version"]!);
        Assert.Equal(["AK.01"], await api.Owner.Rows("select indicator from rollup_rule where year = 2026"));

        (await Administrator.Put("/v1/indicators/SALIN.01?year=2026",
            Plain with { Code = "SALIN.01", Year = 2026, Polarity = Polarity.Minimize, Formula = "b / a" }, Requests.IfMatch(1))).Is(200);
        (await Administrator.Post("/v1/years/2100/indicators:copy", "")).Refuses(400, "malformed-request", [("", "bad-parameter")]);
        var again = (await Administrator.Post("/v1/years/2025/indicators:copy", "")).Is(200).Json;
        Assert.Empty(again["copied"]!.AsArray());
        Assert.Equal(all, again["kept"]!.AsArray().Count);

        var years = (await api.Nobody().Get("/v1/indicators/SALIN.01/history")).Is(200).Json["years"]!.AsArray();
        Assert.Equal([2025, 2026], years.Select(year => (int)year!["year"]!));
        Assert.Empty(years[0]!["changes"]!.AsArray());
        Assert.Equal(["formula: Rumus → b / a", "polarity: maximize → minimize"],
            years[1]!["changes"]!.AsArray().Select(Said).Order(StringComparer.Ordinal));
        (await api.Nobody().Get("/v1/indicators/TIADA.01/history")).Refuses(404, "not-found");
    }

    [Fact]
    public async Task An_earlier_year_is_opened_by_copying_into_it()
    {
        (await Administrator.Get("/v1/years/2009/policy")).Refuses(404, "not-found");

        var copied = (await Administrator.Post("/v1/years/2024/indicators:copy?to=2009", "")).Is(200).Json;

        Assert.Equal((2024, 2009, true), ((int)copied["from"]!, (int)copied["to"]!, (bool)copied["opened"]!));
        Assert.Equal("2009.1", (string)(await Administrator.Get("/v1/years/2009/policy")).Is(200).Json["content"]!["version"]!);
        await api.Given.InForce("5302", Given.Agreement("sekretaris", 2009));
    }

    [Fact]
    public async Task A_sum_takes_no_source_of_another_unit()
    {
        var count = Plain with { Code = "HITUNG.01", Kind = ValueKind.Count, Unit = "Kali" };
        var sum = new RollupRule("HITUNG.01", AgreementLevel.Sekretaris, RollupMethod.Sum, new Population(Self: false, Reach.Children, OnlyCarrying: true));
        (await Administrator.Post("/v1/indicators", count)).Is(201);

        (await Administrator.Post("/v1/indicators", count with { Code = "HITUNG.02", Unit = "Lap", Rollup = sum }))
            .Refuses(422, "rules-broken", ("/rollup/source", "source-of-another-unit"));
        (await Administrator.Post("/v1/indicators", count with { Code = "HITUNG.02", Rollup = sum })).Is(201);
    }

    private static string Said(JsonNode? change) => $"{change!["member"]}: {change["before"]} → {change["after"]}";

    private Task<Answer> Change(string code, Indicator indicator, int version = 1) =>
        Administrator.Put($"/v1/indicators/{code}?year=2024", indicator, Requests.IfMatch(version));

    private async Task<Answer> Get(string code, string more = "") => (await api.Nobody().Get($"/v1/indicators/{code}?year=2024{more}")).Is(200);
}
