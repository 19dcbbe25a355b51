using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>What is to be done in an office and below it. Windows lie far back or far ahead of today.</summary>
public sealed class DueListTests(DueListTests.Country country) : IClassFixture<DueListTests.Country>
{
    /// <summary>Windows of four months; three offices whose planning units promise, with reports in every hand.</summary>
    public sealed class Country(World world) : Api(world)
    {
        internal Dictionary<string, Doc> Reports { get; } = [];

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            foreach (var (period, opens, due) in new[]
            {
                ("2024-B01", "2020-01-01", "2190-01-31"), ("2024-B02", "2020-01-01", "2020-01-31"), ("2024-B03", "2190-01-01", "2190-01-31"),
                ("2024", "2190-01-01", "2190-01-31"),
            })
            {
                (await As("00.admin-periode").Post("/v1/years/2024/periods", new { period, opens, due })).Is(201);
            }

            foreach (var satker in new[] { "5301", "5302", "5304" })
            {
                await Given.InForce(satker, Tests.Given.Agreement("rendatin") with { Date = new DateOnly(2024, 1, 20) });
            }

            var way = Tests.Given.WayOfReport("5301", "rendatin");
            var report = await Given.Drafted("5301", Tests.Given.Report("rendatin", "2024-B01"));
            Reports["waiting"] = await Given.Through(report, way[..2]);
            report = await Given.Drafted("5301", Tests.Given.Report("rendatin", "2024-B02"));
            Reports["returned"] = await Given.Through(report, way[0], new Hand("return", "5301.sekretaris"));
            Reports["begun"] = await Given.Drafted("5301", Tests.Given.Report("rendatin", "2024-T3"));
            way = Tests.Given.WayOfReport("5302", "rendatin");
            Reports["parent"] = await Given.Through(await Given.Drafted("5302", Tests.Given.Report("rendatin", "2024-B01")), way[..3]);
            Reports["accepted"] = await Given.Through(await Given.Drafted("5302", Tests.Given.Report("rendatin", "2024-B02")), way);
            Reports["agreement"] = await Given.Drafted("5302", Tests.Given.Agreement("sekretaris"));
            Reports["budget"] = await Given.Through(await this.Drafted("5302", Money.State(0, Money.Line())), new Hand("submit", "5302.rendatin"));
        }
    }

    [Fact]
    public async Task Each_thing_of_an_office_has_its_state_since_when_until_when_and_whose_step_is_next()
    {
        // The day of each one's last change, at its office.
        var days = (await country.Owner.Rows("select id, (recorded_at at time zone 'Asia/Makassar')::date::text from document where year = 2024"))
            .Select(row => row.Split('|')).DistinctBy(row => row[0]).ToDictionary(row => row[0], row => row[1]);
        string Day(string report) => days[country.Reports[report].Id];

        Assert.Equal(
            [
                $"realization 2024-B01 waiting {Day("waiting")} – False 5301.ketua",
                $"realization 2024-B02 returned {Day("returned")} 2025-01-31 True 5301.rendatin",
                $"realization 2024-T3 due {Day("begun")} – False 5301.rendatin",
            ], await Texts("5301", "5301.ketua"));
        Assert.Equal(
            [
                $"agreement – due {Day("agreement")} – False 5302.sekretaris",
                $"budget-revision – waiting {Day("budget")} – False 5302.sekretaris",
                $"realization 2024-B01 waiting {Day("parent")} – False 53.verifikator",
            ], await Texts("5302", "53.verifikator"));
        Assert.Equal(
            ["realization 2024-B01 due 2020-01-01 2190-01-31 False –", "realization 2024-B02 late 2020-02-01 2020-01-31 True –"],
            await Texts("5304", "5304.ketua"));
    }

    [Fact]
    public async Task Everything_below_is_listed_page_by_page_as_it_is_office_by_office()
    {
        var alone = new List<string>();
        foreach (var satker in new[] { "5301", "5302", "5304" })
        {
            alone.AddRange(await Texts(satker, "53.verifikator"));
        }

        foreach (var (satker, reader) in new[] { ("53", "53.verifikator"), ("00", "00.ketua") })
        {
            foreach (var size in new[] { 1, 3, 500 })
            {
                Assert.Equal(alone, await Texts(satker, reader, $"&below=yes&pageSize={size}"));
            }

            Assert.Equal(alone.Where(text => text.Contains(" waiting ", StringComparison.Ordinal)), await Texts(satker, reader, "&below=yes&state=waiting&pageSize=1"));
        }

        Assert.Equal(["agreement"], (await Texts("5302", "5302.ketua", "&unit=sekretaris")).Select(text => text.Split(' ')[0]));
        Assert.Empty(await Texts("53", "53.verifikator"));
    }

    [Fact]
    public async Task Every_office_below_is_counted_those_with_nothing_to_do_too()
    {
        var rows = await Pages("/v1/satker/53/due/children?year=2024&pageSize=5", "53.verifikator");

        Assert.Equal(22, rows.Count);
        var counts = rows.ToDictionary(row => (string)row["satker"]!, row => (
            (int)row["due"]!, (int)row["late"]!, (int)row["returned"]!, (int)row["waiting"]!, (int)row["overdue"]!));
        Assert.Equal((1, 0, 1, 1, 1), counts["5301"]);
        Assert.Equal((1, 0, 0, 2, 0), counts["5302"]);
        Assert.Equal((1, 1, 0, 0, 1), counts["5304"]);
        Assert.Equal((0, 0, 0, 0, 0), counts["5371"]);
        Assert.Equal("2020-01-01", (string)rows.Single(row => (string)row["satker"]! == "5304")["oldest"]!);
        Assert.Equal(552, (await Pages("/v1/satker/00/due/children?year=2024&pageSize=500", "00.ketua")).Count);
    }

    [Fact]
    public async Task Nobody_beside_is_told_and_the_answer_is_the_same_for_all_who_are()
    {
        var one = (await country.As("5301.ketua").Get("/v1/satker/5301/due?year=2024")).Is(200);
        var other = (await country.As("53.verifikator").Get("/v1/satker/5301/due?year=2024")).Is(200);
        Assert.Equal((one.Text, one.ETag), (other.Text, other.ETag));

        (await country.As("5302.ketua").Get("/v1/satker/5301/due?year=2024")).Refuses(404, "not-found");
        (await country.As("5301.ketua").Get("/v1/satker/53/due?year=2024&below=yes")).Refuses(404, "not-found");
        Assert.Empty(await Texts("5301", "5301.ketua", "&below=yes"));
    }

    private async Task<List<string>> Texts(string satker, string reader, string more = "") =>
        (await Pages($"/v1/satker/{satker}/due?year=2024{more}", reader)).ConvertAll(row => string.Join(' ',
            row["kind"], row["period"]?.ToString() ?? "–", row["state"], row["since"], row["until"]?.ToString() ?? "–", (bool)row["overdue"]!,
            row["awaits"]?.ToString() ?? "–"));

    private async Task<List<JsonNode>> Pages(string path, string reader)
    {
        var rows = new List<JsonNode>();
        for (string? token = ""; token is not null;)
        {
            var page = (await country.As(reader).Get(token.Length == 0 ? path : $"{path}&pageToken={token}")).Is(200).Json;
            rows.AddRange(page["items"]!.AsArray().Select(row => row!));
            token = (string?)page["nextPageToken"];
        }

        return rows;
    }
}
