using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

public sealed class RollupTests(RollupTests.Ntt ntt) : IClassFixture<RollupTests.Ntt>
{
    private const string Year = "/v1/satker/53/rollup?year=2024&indicator=AK.01";
    private const string Semester = Year + "&period=2024-S1";

    /// <summary>
    /// The Sekretaris of each of the 23 offices of NTT has an accepted report for the year; for the first semester too,
    /// but that of 5309 is only submitted. The year's report of 5310 was returned after its acceptance.
    /// </summary>
    public sealed class Ntt(World world) : Api(world)
    {
        internal Doc Returned { get; private set; } = null!;

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            var offices = Enumerable.Range(5301, 21).Append(5371).Append(53).Select(satker => $"{satker}").ToList();
            await Parallel.ForEachAsync(offices, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (satker, _) => await Play(satker));
        }

        private async Task Play(string satker)
        {
            await Given.InForce(satker, SekretarisReports.Agreement());
            foreach (var period in new[] { "2024", "2024-S1" })
            {
                var hands = (satker, period) == ("5309", "2024-S1") ? 1 : 4;
                var report = await Given.Through(await Given.Drafted(satker, SekretarisReports.Report(period, lines: 8)),
                    Given.WayOfReport(satker, "sekretaris")[..hands]);
                if ((satker, period) == ("5310", "2024"))
                {
                    Returned = await Given.Through(report, new Hand("return", "53.verifikator"));
                }
            }
        }
    }

    [Fact]
    public async Task All_23_offices_meeting_the_grade_give_100_against_60()
    {
        var row = await Row(Year);

        Assert.Equal("""{"kind":"percent","value":100,"numerator":23,"denominator":23}""", row["value"]!.ToJsonString());
        Assert.Equal((166.67m, 166.67m), ((decimal)row["capaian"]!["raw"]!, (decimal)row["capaian"]!["reported"]!));
        Assert.Equal("""{"expected":23,"reported":23,"counted":23,"missing":[]}""", row["coverage"]!.ToJsonString());
        Assert.Equal(("accepted", "2024-12-31"), ((string)row["minSignOff"]!, (string)row["tree"]!));
        Assert.Null(row["targetFrom"]);
    }

    [Fact]
    public async Task With_one_report_left_out_22_of_23_meet_it_and_the_office_is_named()
    {
        var row = await Row(Semester);

        Assert.Equal("""{"kind":"percent","value":95.65,"numerator":22,"denominator":23}""", row["value"]!.ToJsonString());
        Assert.Equal(159.42m, (decimal)row["capaian"]!["raw"]!);
        var coverage = row["coverage"]!;
        Assert.Equal((23, 22, 22), ((int)coverage["expected"]!, (int)coverage["reported"]!, (int)coverage["counted"]!));
        Assert.Equal(["5309 missing"], coverage["missing"]!.AsArray().Select(office => $"{office!["satker"]} {office["state"]}"));
    }

    [Theory]
    [InlineData("submitted", 23)]
    [InlineData("draft", 23)]
    [InlineData("verified", 22)]
    [InlineData("approved", 22)]
    [InlineData("accepted", 22)]
    public async Task A_lower_level_counts_what_is_only_submitted(string level, int counted)
    {
        var row = await Row($"{Semester}&minSignOff={level}");

        Assert.Equal((counted, level), ((int)row["coverage"]!["counted"]!, (string)row["minSignOff"]!));
        Assert.Equal(counted, (int)row["value"]!["numerator"]!);
    }

    [Fact]
    public async Task A_period_without_any_report_names_all_23()
    {
        var row = await Row(Year + "&period=2024-T1");

        Assert.Equal((23, 0), ((int)row["coverage"]!["expected"]!, (int)row["coverage"]!["reported"]!));
        Assert.Equal(23, row["coverage"]!["missing"]!.AsArray().Count);
    }

    [Fact]
    public async Task An_accepted_version_goes_on_counting_after_its_return_and_the_newer_round_is_named()
    {
        var children = (await Row(Year + "&by=child"))["children"]!.AsArray();

        Assert.Equal(["5310"], children.Where(child => (bool)child!["newer"]!).Select(child => (string)child!["satker"]!));
        var returned = children.Single(child => (string)child!["satker"]! == "5310")!;
        Assert.True((bool)returned["counted"]!);
        Assert.Equal("accepted", (string)returned["signOff"]!);
        Assert.Equal(ntt.Returned.Version - 1, (int)Report(returned)["version"]!);
        Assert.Equal("draft", (await ntt.Given.Now(ntt.Returned, "53.sekretaris")).State);
    }

    [Fact]
    public async Task From_every_child_one_walks_down_to_the_document_that_was_signed()
    {
        var children = (await Row(Year + "&by=child"))["children"]!.AsArray();

        Assert.Equal(23, children.Count);
        foreach (var child in children)
        {
            var source = Report(child!);
            var path = (string)source["href"]!;
            var recordedAt = (await ntt.Owner.Rows($"""
                select to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') from document_version
                where id = '{source["id"]}' and version = {source["version"]}
                """))[0];
            var held = (await ntt.As("53.sekretaris").Get($"{path}?recordedAt={recordedAt}")).Is(200).Json;
            Assert.Equal((string)source["contentHash"]!, (string)held["contentHash"]!);
            Assert.Equal((int)source["version"]!, (int)held["version"]!);
            Assert.Equal("accepted", (string)held["signOff"]!["state"]!);
            Assert.Equal("BB", (string)child!["value"]!["value"]!);
            (await ntt.As("53.sekretaris").Get((string)source["signOffs"]!)).Is(200);
        }
    }

    [Fact]
    public async Task The_capaian_of_the_children_covers_those_that_are_accepted()
    {
        var year = (await ntt.As("53.sekretaris").Get("/v1/satker/53/capaian/children?year=2024&level=sekretaris")).Is(200).Json;
        var half = (await ntt.As("53.sekretaris").Get("/v1/satker/53/capaian/children?year=2024&level=sekretaris&period=2024-S1"))
            .Is(200).Json;

        Assert.Equal("""{"expected":22,"reported":22,"counted":22,"missing":[]}""", year["coverage"]!.ToJsonString());
        Assert.Equal(108.54m, (decimal)year["mean"]!);
        Assert.Equal((22, 21), ((int)half["coverage"]!["expected"]!, (int)half["coverage"]!["counted"]!));
        Assert.Equal(["5309"], half["coverage"]!["missing"]!.AsArray().Select(office => (string)office!["satker"]!));
    }

    [Fact]
    public async Task An_indicator_that_does_not_roll_up_and_a_year_that_is_not_open_are_named()
    {
        (await ntt.As("53.sekretaris").Get("/v1/satker/53/rollup?year=2024&indicator=SP.01")).Refuses(404, "does-not-roll-up");
        (await ntt.As("53.sekretaris").Get("/v1/satker/53/rollup?year=2019")).Refuses(404, "year-not-open");
        Assert.Empty((await ntt.As("5305.kul").Get("/v1/satker/5305/rollup?year=2024")).Is(200).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task RI_rolls_up_every_province_and_regency_without_itself_and_sees_the_rows_of_NTT()
    {
        var row = (await ntt.As("00.inspektur").Get("/v1/satker/00/rollup?year=2024&by=child")).Is(200).Json["items"]![0]!;

        Assert.Equal((552, 23), ((int)row["coverage"]!["expected"]!, (int)row["coverage"]!["counted"]!));
        Assert.Equal(["53", .. Enumerable.Range(5301, 21).Append(5371).Select(office => $"{office}")], row["children"]!.AsArray().Where(child => (bool)child!["counted"]!).Select(child => (string)child!["satker"]!));
    }

    private static JsonNode Report(JsonNode child) =>
        child["documents"]!.AsArray().Single(document => (string)document!["kind"]! == "realization")!;

    private async Task<JsonNode> Row(string path) =>
        Assert.Single((await ntt.As("53.sekretaris").Get(path)).Is(200).Json["items"]!.AsArray())!;
}
