using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>A year that nobody reports as such, made of the reports of its parts.</summary>
public sealed class AccumulationTests(AccumulationTests.Quarters api) : IClassFixture<AccumulationTests.Quarters>
{
    /// <summary>Two additive indicators beside those of the tests, and a roll-up of each.</summary>
    public sealed class Quarters(World world) : Api(world)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            var children = new Population(Self: false, Reach.Children, OnlyCarrying: true);
            Indicator[] added =
            [
                One("AD.01", ValueKind.Count) with { Unit = "Lap" }, One("AD.02", ValueKind.Percent),
                One("RA.01", ValueKind.Count) with { Unit = "Lap", Rollup = new("AD.01", AgreementLevel.Sekretaris, RollupMethod.Sum, children) },
                One("RA.02", ValueKind.Percent) with { Rollup = new("AD.02", AgreementLevel.Sekretaris, RollupMethod.WeightedRatio, children) },
            ];
            foreach (var indicator in added)
            {
                (await As("00.admin-katalog").Post("/v1/indicators", indicator)).Is(201);
            }
        }

        private static Indicator One(string code, ValueKind kind) => new(
            code, 2024, $"Indikator {code}", "Definisi", "Rumus", kind, Polarity.Maximize, Accumulation.Additive, new IndicatorTraits());
    }

    [Fact]
    public async Task Four_accepted_quarters_make_the_year_and_its_semesters_and_every_part_can_be_walked_to()
    {
        const string satker = "5301";
        await Promise(satker);
        var reports = new List<Doc>();
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            reports.Add(await Accepted(satker, Report($"2024-T{quarter}", quarter, quarter, 10)));
        }

        var lines = await Lines(satker, "2024", "accepted");
        Assert.Equal("""{"kind":"count","value":10,"unit":"Lap"}""", lines[0]["realization"]!.ToJsonString());
        Assert.Equal((100, "accepted"), ((decimal)lines[0]["capaian"]!["raw"]!, (string)lines[0]["signOff"]!));
        Assert.Equal((25, 10, 40), (
            (decimal)lines[1]["realization"]!["value"]!, (decimal)lines[1]["realization"]!["numerator"]!, (decimal)lines[1]["realization"]!["denominator"]!));
        Assert.All(lines, line => Assert.Contains(Marks.Accumulated, line["capaian"]!["marks"]!.AsArray().Select(mark => (string)mark!)));
        Assert.Equal(["2024-T4"], Parts(lines[2])); // A grade stands by its latest.
        Assert.Equal(7, (decimal)(await Lines(satker, "2024-S2", "accepted"))[0]["realization"]!["value"]!);

        foreach (var (part, report) in lines[0]["accumulation"]!["parts"]!.AsArray().Zip(reports))
        {
            Assert.Equal((report.Path, report.ContentHash, report.Version), (
                (string)part!["report"]!["href"]!, (string)part["report"]!["contentHash"]!, (int)part["report"]!["version"]!));
        }

        var explained = (await api.As($"{satker}.ketua").Get((string)lines[0]["explain"]!)).Is(200).Json;
        Assert.Equal(5, explained["documents"]!.AsArray().Count);
        Assert.Equal(100, (decimal)explained["capaian"]!["raw"]!);
        Assert.Equal(4, explained["accumulation"]!["parts"]!.AsArray().Count);
        Assert.Equal("Tidak ada laporan tentang 2024: digabung dari 2024-T1 (1 Lap), 2024-T2 (2 Lap), 2024-T3 (3 Lap), 2024-T4 (4 Lap).",
            (string)explained["steps"]![0]!);

        var office = await Child("53", "RA.01", satker);
        Assert.Equal((10, true, 5), ((decimal)office["value"]!["value"]!, (bool)office["counted"]!, office["documents"]!.AsArray().Count));
        var why = (await api.As("53.verifikator").Get("/v1/satker/53/rollup/RA.01/explain?year=2024")).Is(200).Json;
        Assert.Contains(satker, why["steps"]!.AsArray().Select(step => (string)step!)
            .Single(step => step.StartsWith("Digabung dari laporan bagian", StringComparison.Ordinal)), StringComparison.Ordinal);

        // Before the last quarter was drafted the year was incomplete, and so it was held.
        var held = (await api.As($"{satker}.ketua").Get(
            $"/v1/satker/{satker}/capaian?year=2024&level=sekretaris&recordedAt={reports[2].Json["recordedAt"]}")).Is(200)
            .Json["office"]!["agreements"]![0]!["lines"]![0]!;
        Assert.Equal((6, "2024-T4"), (
            (decimal)held["accumulation"]!["soFar"]!["value"]!, (string)held["accumulation"]!["missing"]![0]!["period"]!));
    }

    [Theory]
    [InlineData("draft")]
    [InlineData("submitted")]
    [InlineData("accepted")]
    public async Task What_is_accumulated_counts_in_the_capaian_of_all_below(string least)
    {
        var satker = least switch { "draft" => "5313", "submitted" => "5314", _ => "5315" };
        await Promise(satker);
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            var report = await api.Given.Drafted(satker, Report($"2024-T{quarter}", quarter, 1, 2));
            await api.Given.Through(report, Given.WayOfReport(satker, "sekretaris")[..quarter]);
        }

        var query = $"year=2024&level=sekretaris&minSignOff={least}";
        var children = (await api.As("53.verifikator").Get($"/v1/satker/53/capaian/children?{query}")).Is(200).Json;
        var below = (await api.As("53.verifikator").Get($"/v1/satker/53/capaian/below?{query}")).Is(200).Json;

        Assert.Equal(children["mean"]?.ToJsonString(), below["mean"]?.ToJsonString());
        Assert.Equal(children["spread"]!.ToJsonString(), below["spread"]!.ToJsonString());
        Assert.Equal(
            ((int)children["coverage"]!["expected"]!, (int)children["coverage"]!["reported"]!, (int)children["coverage"]!["counted"]!),
            ((int)below["expected"]!, (int)below["reported"]!, (int)below["n"]!));
        var offices = (await api.As("53.verifikator").Get((string)below["offices"]!)).Is(200).Json["items"]!.AsArray();
        Assert.Equal(
            children["children"]!.AsArray().Where(child => child!["agreements"]!.AsArray().Count > 0)
                .Select(child => ((string)child!["satker"]!, (decimal?)child["figure"])),
            offices.Select(office => ((string)office!["satker"]!, (decimal?)office["figure"])));
    }

    [Fact]
    public async Task Without_one_quarter_the_sum_is_incomplete_by_name_and_counts_nowhere()
    {
        const string satker = "5302";
        await Promise(satker);
        foreach (var quarter in new[] { 1, 2, 4 })
        {
            await Accepted(satker, Report($"2024-T{quarter}", quarter, 1, 2));
        }

        var line = (await Lines(satker, "2024", "accepted"))[0];
        Assert.Equal("""{"kind":"absent","state":"missing"}""", line["realization"]!.ToJsonString());
        Assert.Null(line["capaian"]!["raw"]);
        Assert.Contains(Marks.Incomplete, line["capaian"]!["marks"]!.AsArray().Select(mark => (string)mark!));
        Assert.Equal(7, (decimal)line["accumulation"]!["soFar"]!["value"]!);
        Assert.Equal("2024-T3 missing", Assert.Single(line["accumulation"]!["missing"]!.AsArray().Select(part => $"{part!["period"]} {part["state"]}")));
        Assert.Equal("incomplete", (string)(await Child("53", "RA.01", satker))["state"]!);
        Assert.Equal("incomplete", await Missing("RA.01", satker));

        await Accepted(satker, Report("2024-T3", 3, 1, 2));
        Assert.Equal(10, (decimal)(await Lines(satker, "2024", "accepted"))[0]["realization"]!["value"]!);
        Assert.Null(await Missing("RA.01", satker));
    }

    [Fact]
    public async Task At_each_level_the_year_is_made_of_what_reached_it()
    {
        const string satker = "5303";
        await Promise(satker);
        for (var quarter = 1; quarter <= 3; quarter++)
        {
            await Accepted(satker, Report($"2024-T{quarter}", quarter, 1, 2));
        }

        var last = await api.Given.Drafted(satker, Report("2024-T4", 4, 1, 2));
        Assert.Equal(("count", "draft"), await At("draft"));
        Assert.Equal("absent", (await At("submitted")).Kind);

        last = await api.Given.Through(last, Given.WayOfReport(satker, "sekretaris")[0]);
        Assert.Equal(("count", "submitted"), await At("submitted"));
        last = await api.Given.Through(last, Given.WayOfReport(satker, "sekretaris")[1..]);
        Assert.Equal(("count", "accepted"), await At("accepted"));

        // Returned and drafted anew with another figure, the accepted round still counts where it is asked for.
        last = await api.Given.Through(last, new Hand("return", "53.verifikator"));
        (await api.As($"{satker}.sekretaris").Put(last.Path, Report("2024-T4", 40, 1, 2), Requests.IfMatch(last.Version))).Is(200);
        Assert.Equal(46, (decimal)(await Lines(satker, "2024", "draft"))[0]["realization"]!["value"]!);
        Assert.Equal(10, (decimal)(await Lines(satker, "2024", "accepted"))[0]["realization"]!["value"]!);
        Assert.True((bool)(await Lines(satker, "2024", "accepted"))[0]["newer"]!);

        async Task<(string Kind, string? SignOff)> At(string least)
        {
            var line = (await Lines(satker, "2024", least))[0];
            return ((string)line["realization"]!["kind"]!, (string?)line["signOff"]);
        }
    }

    [Fact]
    public async Task A_report_of_the_year_comes_before_what_its_quarters_make()
    {
        const string satker = "5304";
        await Promise(satker);
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            await Accepted(satker, Report($"2024-T{quarter}", quarter, 1, 2));
        }

        await Accepted(satker, Report("2024", 12, 6, 8));

        var line = (await Lines(satker, "2024", "accepted"))[0];
        Assert.Equal((12, true), ((decimal)line["realization"]!["value"]!, line["accumulation"] is null));
        Assert.Equal(12, (decimal)(await Child("53", "RA.01", satker))["value"]!["value"]!);
        Assert.Equal(3, (decimal)(await Lines(satker, "2024-S1", "accepted"))[0]["realization"]!["value"]!);
    }

    [Fact]
    public async Task Months_make_quarters_and_what_is_taken_over_counts_below_every_level()
    {
        const string satker = "5306";
        await Promise(satker);
        for (var month = 1; month <= 3; month++)
        {
            var report = Report($"2024-B0{month}", month, 1, 2);
            await Accepted(satker, month < 3 ? report : report with
            {
                Entries = [.. report.Entries.Select(entry => entry with { TakenOverFrom = "LKj 2024" })],
            });
        }

        var shown = (await Lines(satker, "2024-T1", "taken-over"))[0];
        Assert.Equal((6, "taken-over", true), ((decimal)shown["realization"]!["value"]!, (string)shown["signOff"]!, (bool)shown["takenOver"]!));
        Assert.Equal(["2024-B03"], (await Lines(satker, "2024-T1", "accepted"))[0]["accumulation"]!["missing"]!.AsArray().Select(part => (string)part!["period"]!));
    }

    [Fact]
    public async Task An_amendment_measures_the_year_anew_and_keeps_the_quarters()
    {
        const string satker = "5307";
        var agreement = await Promise(satker);
        foreach (var quarter in new[] { 1, 2 })
        {
            await Accepted(satker, Report($"2024-T{quarter}", quarter, 1, 2));
        }

        var draft = await api.Given.Redrafted(await api.Given.Amended(agreement), new DateOnly(2024, 7, 1), target: 20);
        await api.Given.Through(draft, Given.WayOfAgreement(satker, "sekretaris"));
        foreach (var quarter in new[] { 3, 4 })
        {
            await Accepted(satker, Report($"2024-T{quarter}", quarter, 1, 2));
        }

        Assert.Equal(50, (decimal)(await Lines(satker, "2024", "accepted"))[0]["capaian"]!["raw"]!); // 10 of 20
        Assert.Equal(30, (decimal)(await Lines(satker, "2024-S1", "accepted"))[0]["capaian"]!["raw"]!); // 3 of 10
        Assert.Equal(10, (decimal)(await Child("53", "RA.01", satker))["value"]!["value"]!);
    }

    private Task<Doc> Promise(string satker) => api.Given.InForce(satker, Given.Agreement("sekretaris", 2024,
        Given.Line("1", "AD.01", new Value.Count(10, "Lap")), Given.Line("2", "AD.02", new Value.Percent(50)),
        Given.Line("3", "SP.03", new Value.AkipGrade("B"))));

    private static Realization Report(string period, int count, int part, int whole) => Given.Report("sekretaris", period,
        Given.Entry("1", "AD.01", new Value.Count(count, "Lap")), Given.Entry("2", "AD.02", new Value.Percent(null, part, whole)),
        Given.Entry("3", "SP.03", new Value.AkipGrade("BB")));

    private async Task<Doc> Accepted(string satker, Realization report) =>
        await api.Given.Through(await api.Given.Drafted(satker, report), Given.WayOfReport(satker, "sekretaris"));

    private async Task<List<JsonNode>> Lines(string satker, string period, string least) =>
        [.. (await api.As($"{satker}.ketua").Get(
            $"/v1/satker/{satker}/capaian?year=2024&level=sekretaris&period={period}&minSignOff={least}"))
            .Is(200).Json["office"]!["agreements"]![0]!["lines"]!.AsArray().Select(line => line!)];

    private static IEnumerable<string> Parts(JsonNode line) =>
        line["accumulation"]!["parts"]!.AsArray().Select(part => (string)part!["period"]!);

    private async Task<JsonNode> Rollup(string satker, string indicator) => (await api.As("53.verifikator").Get(
        $"/v1/satker/{satker}/rollup?year=2024&indicator={indicator}&by=child")).Is(200).Json["items"]![0]!;

    private async Task<JsonNode> Child(string satker, string indicator, string child) =>
        (await Rollup(satker, indicator))["children"]!.AsArray().Single(one => (string)one!["satker"]! == child)!;

    private async Task<string?> Missing(string indicator, string child) => (string?)(await Rollup("53", indicator))["coverage"]!["missing"]!
        .AsArray().SingleOrDefault(one => (string)one!["satker"]! == child)?["state"];
}
