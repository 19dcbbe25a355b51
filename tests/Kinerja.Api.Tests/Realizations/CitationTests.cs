using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>Results that an office does not measure: derived from its own agreements, or given by the office above.</summary>
public sealed class CitationTests(CitationTests.Citing api) : IClassFixture<CitationTests.Citing>
{
    private const string Nothing = """{"kind":"absent","state":"missing"}""";

    /// <summary>A derived indicator, and one that the province gives to its children.</summary>
    public sealed class Citing(World world) : Api(world)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            var share = Indicators.Of(2024).Single(one => one.Code == Indicators.Share);
            foreach (var indicator in new[]
            {
                share with { Code = "DR.01", Rollup = null, NationalTarget = null, Traits = new IndicatorTraits(Derived: true) },
                share with { Code = "GV.01", Source = IndicatorSource.Parent },
            })
            {
                (await As("00.admin-katalog").Post("/v1/indicators", indicator)).Is(201);
            }
        }
    }

    [Fact]
    public async Task A_derived_result_is_counted_from_approved_lines_frozen_with_their_hashes_and_drifts_visibly()
    {
        const string satker = "5301";
        var sources = await api.Given.InForce(satker, Given.Agreement("sekretaris", 2024, Given.Line("1", "SP.01"), Given.Line("2", "SP.02")));
        await Derived(satker, "sekretaris", "ketua");
        var source = await api.Given.Drafted(satker, Given.Report("sekretaris", "2024",
            Given.Entry("1", "SP.01", new Value.Percent(100)), Given.Entry("2", "SP.02", new Value.Percent(90))));

        // Nothing is approved yet.
        var report = await api.Given.Drafted(satker, Report());
        Assert.Equal(Nothing, Entry(report)["result"]!.ToJsonString());

        source = await api.Given.Through(source, Given.WayOfReport(satker, "sekretaris")[..3]);
        Assert.Equal(
            ["/content/entries/0/result citation-outdated"],
            Errors((await api.Given.Act(report, Given.WayOfReport(satker, "rendatin")[0])).Is(422)));
        report = Doc.Of((await api.As($"{satker}.rendatin").Put(report.Path, Report(), Requests.IfMatch(report.Version))).Is(200));

        Assert.Equal("""{"kind":"percent","value":50,"numerator":1,"denominator":2}""", Entry(report)["result"]!.ToJsonString());
        var input = Entry(report)["derivation"]!["inputs"]!.AsArray().Single()!;
        Assert.Equal((sources.Id, sources.ContentHash), ((string)input["agreement"]!, (string)input["agreementHash"]!));
        Assert.Equal((source.Id, source.ContentHash), ((string)input["reports"]![0]!["id"]!, (string)input["reports"]![0]!["contentHash"]!));

        // What the service wrote may be sent back.
        report = Doc.Of((await api.As($"{satker}.rendatin").Put(
            report.Path, report.Json["content"]!.ToJsonString(), Requests.IfMatch(report.Version))).Is(200));
        report = await api.Given.Through(report, Given.WayOfReport(satker, "rendatin")[0]);
        var submitted = (string)report.Json["recordedAt"]!;
        Assert.Equal((false, 50), await Drift(satker));

        // Later the source is returned, mended and approved anew: the frozen value stays, and the drift shows.
        source = await api.Given.Through(source, new Hand("return", $"{satker}.ketua"));
        source = Doc.Of((await api.As($"{satker}.sekretaris").Put(source.Path, Given.Report("sekretaris", "2024",
            Given.Entry("1", "SP.01", new Value.Percent(100)), Given.Entry("2", "SP.02", new Value.Percent(100))), Requests.IfMatch(source.Version))).Is(200));
        await api.Given.Through(source, Given.WayOfReport(satker, "sekretaris")[..3]);
        Assert.Equal((true, 100), await Drift(satker));
        Assert.Equal(50, (decimal)(await Line(satker))["realization"]!["value"]!);

        // What was held before the mending had not drifted; and the explanation tells what was frozen.
        var line = await Line(satker, $"&recordedAt={submitted}");
        Assert.False((bool)line["derived"]!["drifted"]!);
        var explained = (await api.As($"{satker}.ketua").Get((string)(await Line(satker))["explain"]!)).Is(200).Json;
        Assert.Equal(line["derived"]!["frozen"]!.ToJsonString(), explained["derivation"]!.ToJsonString());
        Assert.Equal("Dihitung dari perjanjian sekretaris, ketua: 1 dari 2 target yang dapat dinilai tercapai.", (string)explained["steps"]![0]!);
    }

    [Fact]
    public async Task A_derived_result_of_some_lines_is_marked_incomplete_until_all_are_approved()
    {
        const string satker = "5310";
        await api.Given.InForce(satker, Given.Agreement("sekretaris", 2024, Given.Line("1", "SP.01")));
        await api.Given.InForce(satker, Given.Agreement("ketua", 2024, Given.Line("1", "SP.01")));
        await Derived(satker, "sekretaris", "ketua");
        await Approved("sekretaris");
        var report = await api.Given.Drafted(satker, Report());

        var line = await Line(satker);
        Assert.Equal(["incomplete"], line["capaian"]!["marks"]!.AsArray().Select(mark => (string)mark!));
        var explained = (await api.As($"{satker}.ketua").Get((string)line["explain"]!)).Is(200).Json["steps"]!.AsArray();
        Assert.Equal("Belum lengkap: 1 dari 2 baris belum mempunyai hasil yang disetujui dan dapat dinilai.", (string)explained[1]!);

        await Approved("ketua");
        (await api.As($"{satker}.rendatin").Put(report.Path, Report(), Requests.IfMatch(report.Version))).Is(200);
        Assert.Empty((await Line(satker))["capaian"]!["marks"]!.AsArray());

        async Task Approved(string unit) => await api.Given.Through(
            await api.Given.Drafted(satker, Given.Report(unit, "2024", Given.Entry("1", "SP.01", new Value.Percent(100)))),
            Given.WayOfReport(satker, unit)[..3]);
    }

    [Fact]
    public async Task A_typed_value_is_refused_unless_it_is_taken_over()
    {
        await Derived("5302", "sekretaris");
        var typed = Report(new Value.Percent(null, 12, 19));

        Assert.Equal(["/entries/0/result derived-value-typed"], Errors((await Post("5302", typed)).Is(422)));
        var stored = (await Post("5302", typed with { Entries = [typed.Entries[0] with { TakenOverFrom = "LKj 2024" }] })).Is(201);
        Assert.Equal(12, (decimal)stored.Json["content"]!["entries"]![0]!["result"]!["numerator"]!);
    }

    [Fact]
    public async Task A_derived_line_names_other_units_before_it_is_signed()
    {
        var draft = await api.Given.Drafted("5303", Given.Agreement("rendatin", 2024, Given.Line("1", "DR.01")));
        Assert.Equal(
            ["/content/lines/0/derivedFrom derived-without-source"],
            Errors((await api.Given.Act(draft, Given.WayOfAgreement("5303", "rendatin")[0])).Is(422)));

        var wrong = Given.Agreement("sekretaris", 2024,
            Given.Line("1", "DR.01") with { DerivedFrom = ["sekretaris", "biro-ren", "ketua", "ketua"] }, Given.Line("2", "SP.01") with { DerivedFrom = ["ketua"] });
        Assert.Equal(
            ["/lines/0/derivedFrom/0 derived-from-itself", "/lines/0/derivedFrom/1 unknown-unit", "/lines/0/derivedFrom/3 duplicate-derived-from", "/lines/1/derivedFrom not-derived"],
            Errors((await api.As("5303.sekretaris").Post("/v1/satker/5303/agreements", wrong)).Is(422)));
    }

    [Fact]
    public async Task A_child_cites_the_accepted_roll_up_of_its_parent_and_sees_none_of_its_rows()
    {
        const string satker = "5305";
        await api.Given.InForce(satker, Given.Agreement("ketua", 2024, Given.Line("1", "GV.01")));
        foreach (var child in new[] { "5306", "5307" })
        {
            await api.Given.InForce(child, SekretarisReports.Agreement());
        }

        await Accepted("5306", "BB");
        var report = await api.Given.Drafted(satker, Given.Report("ketua", "2024", Given.Entry("1", "GV.01", new Value.Absent(Absence.Missing))));

        Assert.Equal((1, 23), ((int)Entry(report)["result"]!["numerator"]!, (int)Entry(report)["result"]!["denominator"]!));
        var given = Entry(report)["given"]!;
        Assert.Equal(("53", 23, 1, 1, "accepted"), (
            (string)given["satker"]!, (int)given["expected"]!, (int)given["reported"]!, (int)given["counted"]!, (string)given["minSignOff"]!));
        Assert.StartsWith("sha256:", (string)given["hash"]!, StringComparison.Ordinal);
        (await api.As($"{satker}.ketua").Get("/v1/satker/53/rollup?year=2024&indicator=GV.01")).Refuses(404, "not-found");
        var parents = (await api.As("53.verifikator").Get("/v1/satker/53/rollup?year=2024&indicator=GV.01")).Is(200).Json["items"]![0]!;
        Assert.Equal((decimal)parents["value"]!["value"]!, (decimal)Entry(report)["result"]!["value"]!);

        Assert.Equal(["/entries/0/result given-value-typed"], Errors((await api.As($"{satker}.ketua").Put(
            report.Path, Given.Report("ketua", "2024", Given.Entry("1", "GV.01", new Value.Percent(null, 23, 23))), Requests.IfMatch(report.Version))).Is(422)));

        // The parent's figure moves on before the submission: the draft is saved once more.
        await Accepted("5307", "B");
        Assert.Equal(["/content/entries/0/result citation-outdated"], Errors((await api.Given.Act(report, Given.WayOfReport(satker, "ketua")[0])).Is(422)));
        report = Doc.Of((await api.As($"{satker}.ketua").Put(report.Path, report.Json["content"]!.ToJsonString(), Requests.IfMatch(report.Version))).Is(200));
        report = await api.Given.Through(report, Given.WayOfReport(satker, "ketua"));
        Assert.Equal((2, "accepted"), ((int)Entry(report)["result"]!["numerator"]!, report.State));

        var line = (await api.As($"{satker}.ketua").Get($"/v1/satker/{satker}/capaian?year=2024")).Is(200).Json["office"]!["agreements"]![0]!["lines"]![0]!;
        var explained = (await api.As($"{satker}.ketua").Get((string)line["explain"]!)).Is(200).Json;
        Assert.Equal((string)Entry(report)["given"]!["hash"]!, (string)explained["given"]!["hash"]!);
        Assert.Equal("Diberikan oleh satker induk 53: 8,7 %; 2 dari 23 satker dihitung.", (string)explained["steps"]![0]!);
    }

    [Fact]
    public async Task The_catalogue_refuses_what_cannot_be_derived_or_given()
    {
        var one = Indicators.Of(2024).First() with { Code = "ZZ.01" };
        Assert.Equal(["/traits/derived derived-is-percent"], Errors((await api.As("00.admin-katalog").Post(
            "/v1/indicators", one with { Kind = ValueKind.Index, Traits = new IndicatorTraits(Derived: true) })).Is(422)));
        Assert.Equal(["/source nothing-to-cite"], Errors((await api.As("00.admin-katalog").Post(
            "/v1/indicators", one with { Source = IndicatorSource.Parent })).Is(422)));
    }

    private Task<Doc> Derived(string satker, params string[] units) => api.Given.InForce(satker, Given.Agreement("rendatin", 2024,
        Given.Line("1", "DR.01") with { DerivedFrom = units }));

    private static Realization Report(Value? result = null) =>
        Given.Report("rendatin", "2024", Given.Entry("1", "DR.01", result ?? new Value.Absent(Absence.Missing)));

    private Task<Answer> Post(string satker, Realization report) =>
        api.As($"{satker}.rendatin").Post($"/v1/satker/{satker}/realizations", report);

    private async Task Accepted(string satker, string grade) => await api.Given.Through(
        await api.Given.Drafted(satker, SekretarisReports.Report(grade: grade)), Given.WayOfReport(satker, "sekretaris"));

    private static JsonNode Entry(Doc report) => report.Json["content"]!["entries"]![0]!;

    private async Task<JsonNode> Line(string satker, string more = "") => (await api.As($"{satker}.ketua").Get(
        $"/v1/satker/{satker}/capaian?year=2024&level=subbagian{more}")).Is(200).Json["office"]!["agreements"]![0]!["lines"]![0]!;

    private async Task<(bool Drifted, decimal Now)> Drift(string satker)
    {
        var derived = (await Line(satker))["derived"]!;
        return ((bool)derived["drifted"]!, (decimal)derived["now"]!["value"]!);
    }

    private static IEnumerable<string> Errors(Answer answer) =>
        answer.Json["errors"]!.AsArray().Select(error => $"{error!["pointer"]} {error["code"]}");
}
