using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>Eight revisions promised, sixteen made, published as 100 %: the formula gives 200.</summary>
public sealed class OverrideTests(Api api) : IClassFixture<Api>
{
    private const string Satker = "5305";

    [Fact]
    public async Task A_published_figure_is_a_proposal_until_the_report_is_approved_and_both_figures_stay()
    {
        await Promise(Satker);
        var report = await api.Given.Drafted(Satker, Report(new PublishedFigure(100, "Revisi mengikuti kebijakan pusat.")));
        var way = Given.WayOfReport(Satker, "sekretaris");

        Assert.Equal((200, "sangat-berhasil", false), await Now());
        report = await api.Given.Through(report, way[..2]);
        Assert.Equal((200, "sangat-berhasil", false), await Now());
        var verified = (string)report.Json["recordedAt"]!;
        report = await api.Given.Through(report, way[2..]);
        Assert.Equal((100, "berhasil", true), await Now());

        var line = await Line(Satker);
        Assert.Equal(
            """{"published":100,"reason":"Revisi mengikuti kebijakan pusat.","accepted":true,"computedReported":200,"computedCategory":"sangat-berhasil"}""",
            line["override"]!.ToJsonString());
        Assert.Equal(200, (decimal)line["capaian"]!["raw"]!);
        Assert.Equal(16, (decimal)line["realization"]!["value"]!);
        var explained = (await api.As("5305.ketua").Get((string)line["explain"]!)).Is(200).Json;
        Assert.Equal(200, (decimal)explained["override"]!["computedReported"]!);
        Assert.Equal("Hitungan 200 diganti 100 sejak laporan disetujui; alasan: Revisi mengikuti kebijakan pusat.",
            (string)explained["steps"]!.AsArray()[^1]!);

        // Before the approval it was a proposal: both then and from then on that is what was held.
        var held = await Line(Satker, $"&recordedAt={verified}");
        Assert.Equal((200, false), ((decimal)held["capaian"]!["reported"]!, (bool)held["override"]!["accepted"]!));
        var proposed = (await api.As("5305.ketua").Get((string)held["explain"]!)).Is(200).Json;
        Assert.StartsWith("Diusulkan 100 sebagai ganti hitungan 200", (string)proposed["steps"]!.AsArray()[^1]!, StringComparison.Ordinal);
        var below = (await api.As("53.verifikator").Get("/v1/satker/53/capaian/below?year=2024&level=sekretaris")).Is(200).Json;
        Assert.Equal((1, 100), ((int)below["overridden"]!, (decimal)below["mean"]!));

        var children = (await api.As("53.verifikator").Get("/v1/satker/53/capaian/children?year=2024&level=sekretaris")).Is(200).Json;
        Assert.Equal((1, 100), ((int)children["overridden"]!, (decimal)children["mean"]!));

        // Returned, it is a proposal again; what was accepted is still found at that level.
        await api.Given.Through(report, new Hand("return", "53.verifikator"));
        Assert.Equal((200, "sangat-berhasil", false), await Now());
        Assert.Equal(100, (decimal)(await Line(Satker, "&minSignOff=accepted"))["capaian"]!["reported"]!);

        async Task<(decimal, string, bool)> Now()
        {
            var line = await Line(Satker);
            return ((decimal)line["capaian"]!["reported"]!, (string)line["capaian"]!["category"]!, (bool)line["override"]!["accepted"]!);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public async Task Without_a_reason_it_is_refused(string? reason)
    {
        var answer = await api.As("5301.sekretaris").Post("/v1/satker/5301/realizations", Report(new PublishedFigure(100, reason)));

        Assert.Equal(
            "/entries/0/published/reason override-without-reason",
            Assert.Single(answer.Is(422).Json["errors"]!.AsArray().Select(error => $"{error!["pointer"]} {error["code"]}")));
    }

    [Theory]
    [InlineData(Absence.NotAssessed)]
    [InlineData(Absence.Missing)]
    [InlineData(Absence.NotApplicable)]
    public async Task What_has_no_computed_figure_because_it_is_absent_has_none_to_publish_instead(Absence absence)
    {
        var satker = $"53{10 + (int)absence}";
        await Promise(satker);
        var submit = Given.WayOfReport(satker, "sekretaris")[0];
        var draft = await api.Given.Drafted(satker, Absent(new PublishedFigure(100, "Belum dinilai.")));

        (await api.Given.Act(draft, submit)).Refuses(422, "rules-broken", [("/content/entries/0/published", "override-without-figure")]);
        var without = await api.As($"{satker}.sekretaris").Put(draft.Path, Absent(null), Requests.IfMatch(draft.Version));
        await api.Given.Through(Doc.Of(without.Is(200)), submit);

        Realization Absent(PublishedFigure? published)
        {
            var report = Report(published);
            return report with { Entries = [report.Entries[0] with { Result = new Value.Absent(absence) }, .. report.Entries.Skip(1)] };
        }
    }

    [Fact]
    public async Task A_published_figure_is_a_percent_that_can_be_summed()
    {
        foreach (var beyond in new[] { 1_000_001m, -1_000_001m, 7e28m })
        {
            (await api.As("5302.sekretaris").Post("/v1/satker/5302/realizations", Report(new PublishedFigure(beyond, "Salah ketik."))))
                .Refuses(400, "malformed-request", ("/entries/0/published/figure", "out-of-range"));
        }

        await Promise("5302");
        await api.Given.Through(
            await api.Given.Drafted("5302", Report(new PublishedFigure(1_000_000, "Batas."))), Given.WayOfReport("5302", "sekretaris")[..^1]);
        Assert.Equal(1_000_000, (decimal)(await Line("5302"))["capaian"]!["reported"]!);
    }

    private Task<Doc> Promise(string satker) =>
        api.Given.InForce(satker, Given.Agreement("sekretaris", 2024, Given.Line("1", "HT.01", new Value.Count(8, "Lap"))));

    private static Realization Report(PublishedFigure? published) => Given.Report("sekretaris", "2024",
        Given.Entry("1", "HT.01", new Value.Count(16, "Lap")) with { Published = published });

    private async Task<JsonNode> Line(string satker, string query = "") => (await api.As($"{satker}.ketua").Get(
        $"/v1/satker/{satker}/capaian?year=2024&level=sekretaris{query}")).Is(200).Json["office"]!["agreements"]![0]!["lines"]![0]!;
}
