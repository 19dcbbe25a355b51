using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>An office that has a roll-up freezes it in its own report; one below it cites it from there on.</summary>
public sealed class FrozenRollupTests(FrozenRollupTests.Citing api) : IClassFixture<FrozenRollupTests.Citing>
{
    /// <summary>The share of those with a grade of at least B, which offices do not measure but cite.</summary>
    public sealed class Citing(World world) : Api(world)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            var share = Indicators.Of(2024).Single(one => one.Code == Indicators.Share);
            (await As("00.admin-katalog").Post("/v1/indicators", share with { Code = "GV.01", Source = IndicatorSource.Parent })).Is(201);
        }
    }

    [Fact]
    public async Task An_office_freezes_its_own_roll_up_with_its_own_line_of_the_same_report_and_the_drift_shows()
    {
        foreach (var (child, grade) in new[] { ("5306", "BB"), ("5307", "CC") })
        {
            await api.Given.InForce(child, SekretarisReports.Agreement());
            await Accepted(child, grade);
        }

        await api.Given.InForce("5308", SekretarisReports.Agreement());
        var promised = SekretarisReports.Agreement();
        await api.Given.InForce("53", promised with { Lines = [.. promised.Lines, Given.Line("9", "GV.01", new Value.Percent(60))] });

        // Neither typed nor that of the office above.
        (await api.As("53.sekretaris").Post("/v1/satker/53/realizations", Report("BB", new Value.Percent(null, 23, 23))))
            .Refuses(422, "rules-broken", ("/entries/8/result", "given-value-typed"));
        var report = await api.Given.Drafted("53", Report("BB"));
        Assert.Equal(("53", 2, 23, 3, 3, "9", "3"), Cited(report));

        // Its own grade is the one of this report, whatever is said here last.
        report = Doc.Of((await api.As("53.sekretaris").Put(report.Path, Report("C"), Requests.IfMatch(report.Version))).Is(200));
        Assert.Equal(("53", 1, 23, 3, 3, "9", "3"), Cited(report));
        report = Doc.Of((await api.As("53.sekretaris").Put(report.Path, Report("BB"), Requests.IfMatch(report.Version))).Is(200));
        report = await api.Given.Through(report, Given.WayOfReport("53", "sekretaris"));

        var line = await Line("53", "sekretaris", 8);
        Assert.Equal((false, "3"), ((bool)line["given"]!["drifted"]!, (string)line["given"]!["frozen"]!["ownLine"]!));
        Assert.Contains("own-line-of-report", line["capaian"]!["marks"]!.AsArray().Select(mark => (string)mark!));
        var explained = (await api.As("53.ketua").Get((string)line["explain"]!)).Is(200).Json;
        Assert.Equal(line["given"]!["frozen"]!.ToJsonString(), explained["given"]!.ToJsonString());
        Assert.Equal("Gulungan satker 53 sendiri, dibekukan dalam laporan ini: 8,7 %; 3 dari 23 satker dihitung.", (string)explained["steps"]![0]!);

        // An office with nobody below it cites the same, now that all of it is accepted.
        await api.Given.InForce("5305", Given.Agreement("ketua", 2024, Given.Line("1", "GV.01")));
        var cited = await api.Given.Drafted("5305", Given.Report("ketua", "2024", Given.Entry("1", "GV.01", new Value.Absent(Absence.Missing))));
        Assert.Equal(("53", 2, 23, 3, 3, "1", null), Cited(cited));
        Assert.False((bool)(await Line("5305", "ketua", 0))["given"]!["drifted"]!);

        // Another acceptance, and both have drifted; what is signed stays.
        var before = (string)report.Json["recordedAt"]!;
        await Accepted("5308", "B");
        foreach (var (satker, level, at) in new[] { ("53", "sekretaris", 8), ("5305", "ketua", 0) })
        {
            var given = (await Line(satker, level, at))["given"]!;
            Assert.Equal((true, 2, 3, 4), ((bool)given["drifted"]!, (int)given["frozen"]!["value"]!["numerator"]!,
                (int)given["now"]!["value"]!["numerator"]!, (int)given["now"]!["counted"]!));
        }

        Assert.Equal(2, (int)(await Line("53", "sekretaris", 8))["realization"]!["numerator"]!);
        var held = (await Line("53", "sekretaris", 8, $"&recordedAt={before}"))["given"]!;
        Assert.Equal((2, true), ((int)held["frozen"]!["value"]!["numerator"]!, held["drifted"] is null));
    }

    [Fact]
    public async Task The_nation_freezes_its_own_too()
    {
        await api.Given.InForce("5201", SekretarisReports.Agreement());
        await api.Given.InForce("00", Given.Agreement("ketua", 2024, Given.Line("1", "GV.01")));
        var report = await api.Given.Drafted("00", Given.Report("ketua", "2024", Given.Entry("1", "GV.01", new Value.Absent(Absence.Missing))));

        var given = report.Json["content"]!["entries"]![0]!["given"]!;
        Assert.Equal(("00", 552, true), ((string)given["satker"]!, (int)given["expected"]!, given["ownLine"] is null)); // Its levels leave RI out.
        var reached = (int)given["value"]!["numerator"]!;
        Assert.False((bool)(await Line("00", "ketua", 0))["given"]!["drifted"]!);
        await Accepted("5201", "BB");
        var now = (await Line("00", "ketua", 0))["given"]!;
        Assert.Equal((true, reached + 1), ((bool)now["drifted"]!, (int)now["now"]!["value"]!["numerator"]!));
    }

    private static Realization Report(string grade, Value? share = null)
    {
        var report = SekretarisReports.Report(grade: grade);
        return report with { Entries = [.. report.Entries, Given.Entry("9", "GV.01", share ?? new Value.Absent(Absence.Missing))] };
    }

    private static (string Giver, int Meeting, int Of, int Reported, int Counted, string Line, string? OwnLine) Cited(Doc report)
    {
        var entry = report.Json["content"]!["entries"]!.AsArray()[^1]!;
        var given = entry["given"]!;
        Assert.Equal(entry["result"]!.ToJsonString(), given["value"]!.ToJsonString());
        return ((string)given["satker"]!, (int)given["value"]!["numerator"]!, (int)given["value"]!["denominator"]!, (int)given["reported"]!,
            (int)given["counted"]!, (string)entry["line"]!, (string?)given["ownLine"]);
    }

    private async Task<JsonNode> Line(string satker, string level, int at, string more = "") => (await api.As($"{satker}.ketua").Get(
        $"/v1/satker/{satker}/capaian?year=2024&level={level}{more}")).Is(200).Json["office"]!["agreements"]![0]!["lines"]![at]!;

    private async Task Accepted(string satker, string grade) => await api.Given.Through(
        await api.Given.Drafted(satker, SekretarisReports.Report(grade: grade)), Given.WayOfReport(satker, "sekretaris"));
}
