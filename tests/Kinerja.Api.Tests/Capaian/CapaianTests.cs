using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

public sealed class CapaianTests(CapaianTests.Alor alor) : IClassFixture<CapaianTests.Alor>
{
    private const string Own = "/v1/satker/5305/capaian?year=2024&level=sekretaris";

    /// <summary>The Sekretaris of Alor has an accepted report for the year and a draft of three lines for its first quarter.</summary>
    public sealed class Alor(World world) : Api(world)
    {
        internal Doc Report { get; private set; } = null!;

        internal Doc Agreement { get; private set; } = null!;

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            Agreement = await Given.InForce("5305", SekretarisReports.Agreement());
            Report = await Given.Through(
                await Given.Drafted("5305", SekretarisReports.Report()), Given.WayOfReport("5305", "sekretaris"));
            await Given.Drafted("5305", SekretarisReports.Report("2024-T1", lines: 3));
        }
    }

    [Fact]
    public async Task The_eight_lines_give_the_published_figures_categories_and_marks()
    {
        var lines = await Lines(Own);

        Assert.Equal(SekretarisReports.Published, lines.Select(line => (decimal)line["capaian"]!["reported"]!));
        Assert.Equal(SekretarisReports.Published, lines.Select(line => (decimal)line["capaian"]!["raw"]!));
        Assert.Equal(
            ["sangat-berhasil", "cukup-berhasil", "sangat-berhasil", "berhasil", "berhasil", "berhasil", "berhasil", "berhasil"],
            lines.Select(line => (string)line["capaian"]!["category"]!));
        Assert.Equal(["4:index-with-percent-sign"], lines.SelectMany(line =>
            line["capaian"]!["marks"]!.AsArray().Select(mark => $"{line["line"]}:{mark}")));
        Assert.Equal([true, false, true, false, true, true, true, true], lines.Select(line => (bool)line["capaian"]!["reached"]!));
        Assert.All(lines, line => Assert.Equal(("accepted", "2024.1"), ((string)line["signOff"]!, (string)line["capaian"]!["policy"]!)));
        Assert.Equal([3], lines.Where(line => line["carriedFrom"] is not null).Select(line => int.Parse((string)line["line"]!, null)));
    }

    [Fact]
    public async Task The_agreements_mean_is_of_the_printed_figures_with_its_coverage()
    {
        var mean = (await alor.As("5305.kul").Get(Own)).Is(200).Json["office"]!["agreements"]![0]!["mean"]!;

        // (104.17 + 70.45 + 200 + 93.69 + 4 × 100) / 8 = 108.53875
        Assert.Contains("108.54", mean.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(108.54m, (decimal)(await alor.As("5305.kul").Get(Own)).Json["office"]!["figure"]!);
    }

    [Fact]
    public async Task Levels_are_never_mixed()
    {
        var ketua = (await alor.As("5305.kul").Get("/v1/satker/5305/capaian?year=2024")).Is(200).Json;

        Assert.Equal("ketua", (string)ketua["level"]!);
        Assert.Empty(ketua["office"]!["agreements"]!.AsArray());
        Assert.Null(ketua["office"]!["figure"]);
    }

    [Fact]
    public async Task A_line_that_no_report_speaks_of_is_absent_and_never_zero()
    {
        var lines = await Lines(Own + "&period=2024-T1");

        Assert.Equal(SekretarisReports.Published[..3], lines.Take(3).Select(line => (decimal)line["capaian"]!["reported"]!));
        Assert.All(lines.Skip(3), line =>
        {
            Assert.Equal("""{"kind":"absent","state":"missing"}""", line["realization"]!.ToJsonString());
            Assert.Null(line["capaian"]);
            Assert.Null(line["signOff"]);
        });
    }

    [Fact]
    public async Task A_level_asked_for_leaves_out_what_has_not_reached_it()
    {
        var drafted = await Lines(Own + "&period=2024-T1&minSignOff=draft");
        var submitted = await Lines(Own + "&period=2024-T1&minSignOff=submitted");

        Assert.Equal(3, drafted.Count(line => line["capaian"] is not null));
        Assert.All(submitted, line => Assert.Null(line["capaian"]));
    }

    [Fact]
    public async Task Explain_shows_the_numbers_ten_decimals_and_both_documents_in_two_languages()
    {
        var first = (await Lines(Own))[0];
        var path = (string)first["explain"]!;

        var indonesian = (await alor.As("5305.kul").Get(path)).Is(200).Json;
        var english = (await alor.As("53.sekretaris").Get(path, Requests.English)).Is(200).Json;

        Assert.Equal(104.1666666667m, (decimal)indonesian["unrounded"]!);
        Assert.Equal((96m, 100m), ((decimal)indonesian["t"]!, (decimal)indonesian["r"]!));
        Assert.Equal([alor.Agreement.Path, alor.Report.Path], indonesian["documents"]!.AsArray().Select(d => (string)d!["href"]!));
        Assert.Equal(
            [
                "Makin besar makin baik: realisasi / target × 100 = 100 / 96 × 100.",
                "Hasil 104,1666666667 dibulatkan sekali menjadi 104,17.",
                "Dilaporkan 104,17 menurut kebijakan 2024.1 (batas bawah 0, batas atas tidak ada).",
                "Kategori: Sangat Berhasil.",
            ], indonesian["steps"]!.AsArray().Select(step => (string)step!));
        Assert.Equal("The result 104.1666666667 is rounded once to 104.17.", (string)english["steps"]![1]!);
        var vary = (await alor.As("5305.kul").Get(path)).Header("Vary")!.Split(", ");
        Assert.Single(vary, "Accept-Language");
        foreach (var document in indonesian["documents"]!.AsArray())
        {
            var source = (await alor.As("5305.kul").Get((string)document!["href"]!)).Is(200).Json;
            Assert.Equal(((int)source["version"]!, (string)source["contentHash"]!), ((int)document["version"]!, (string)document["contentHash"]!));
            (await alor.As("5305.kul").Get((string)document["signOffs"]!)).Is(200);
        }
    }

    [Fact]
    public async Task Explain_shows_the_ratio_behind_a_percent()
    {
        var second = (await alor.As("5305.kul").Get((string)(await Lines(Own))[1]["explain"]!)).Is(200).Json;

        Assert.Equal("Rasio 124 / 176 dicatat sebagai 70,45 % (dibulatkan sekali, dua desimal).", (string)second["steps"]![0]!);
        Assert.Equal((70.45m, 124m), ((decimal)second["recorded"]!["value"]!, (decimal)second["realization"]!["numerator"]!));
    }

    [Fact]
    public async Task Every_line_is_explained_and_a_line_that_is_not_there_is_not_found()
    {
        foreach (var line in await Lines(Own))
        {
            var answer = (await alor.As("5305.kul").Get((string)line["explain"]!)).Is(200);
            Assert.Equal("Accept-Language", answer.Header("Vary"));
            var explained = answer.Json;
            Assert.Equal(line["capaian"]!.ToJsonString(), explained["capaian"]!.ToJsonString());
        }

        (await alor.As("5305.kul").Get($"/v1/satker/5305/capaian/{alor.Report.Id}/99/explain")).Refuses(404, "not-found");
        (await alor.As("5371.ketua").Get((string)(await Lines(Own))[0]["explain"]!)).Refuses(404, "not-found");
    }

    [Fact]
    public async Task A_document_that_is_made_of_a_figure_holds_the_signed_content()
    {
        var explained = (await alor.As("5305.kul").Get((string)(await Lines(Own))[0]["explain"]!)).Is(200).Json;
        var source = explained["documents"]![1]!;

        var held = (await alor.As("5305.kul").Get((string)source["href"]!)).Is(200).Json;

        Assert.Equal((string)held["contentHash"]!, (string)source["contentHash"]!);
        Assert.Equal((int)held["version"]!, (int)source["version"]!);
    }

    [Fact]
    public async Task The_children_of_a_province_are_all_there_in_one_call()
    {
        var children = (await alor.As("53.sekretaris").Get("/v1/satker/53/capaian/children?year=2024&level=sekretaris")).Is(200).Json;

        Assert.Equal(22, children["children"]!.AsArray().Count);
        Assert.Equal(
            Enumerable.Range(5301, 21).Append(5371).Select(satker => $"{satker}"),
            children["children"]!.AsArray().Select(child => (string)child!["satker"]!));
        Assert.Equal(108.54m, (decimal)children["mean"]!);
        Assert.Equal("""{"expected":1,"reported":1,"counted":1,"missing":[]}""", children["coverage"]!.ToJsonString());
    }

    private async Task<List<JsonNode>> Lines(string path) =>
        [.. (await alor.As("5305.kul").Get(path)).Is(200).Json["office"]!["agreements"]![0]!["lines"]!.AsArray().Select(line => line!)];
}
