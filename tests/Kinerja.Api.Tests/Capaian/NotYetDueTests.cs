using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>What nobody has stated is not yet due until the last day in time at the office, and missing from the next day on: one
/// rule, whoever tells it.</summary>
public sealed class NotYetDueTests(Api api) : IClassFixture<Api>, IAsyncLifetime
{
    private readonly Clock clock = new();
    private StubIssuer issuer = null!;
    private Uri address = null!;

    public async ValueTask InitializeAsync()
    {
        issuer = await StubIssuer.Start();
        address = api.With(issuer, clock);
    }

    public ValueTask DisposeAsync() => issuer.DisposeAsync();

    [Fact]
    public async Task A_report_is_not_yet_due_until_the_windows_last_day_at_the_office_and_for_whom_it_is_reopened_until_that_deadline()
    {
        await api.Given.InForce("5301", SekretarisReports.Agreement());
        await api.Given.InForce("5302", SekretarisReports.Agreement());
        using var administrator = api.Bearing(address, "00.admin-periode");

        // Without a window a period is due until its own end.
        Assert.Equal(("not-yet-due", "not-yet-due"), await States("2024-12-31T15:59:59Z"));
        Assert.Equal(("missing", "missing"), await States("2024-12-31T16:00:00Z"));

        var window = Doc.Of((await administrator.Post("/v1/years/2024/periods",
            new JsonObject { ["period"] = "2024", ["opens"] = "2025-01-01", ["due"] = "2026-01-31" })).Is(201));

        // WITA: the day of both offices ends at 16:00 UTC, an hour before it ends in WIB.
        Assert.Equal(("not-yet-due", "not-yet-due"), await States("2026-01-31T15:59:59Z"));
        Assert.Equal(("missing", "missing"), await States("2026-01-31T16:00:00Z"));
        Assert.Equal(("missing", "missing"), await States("2026-01-31T17:00:00Z"));

        window = Doc.Of((await administrator.Post("/v1/years/2024/periods/2024/closings", new JsonObject(), Requests.IfMatch(window.Version))).Is(200));
        (await administrator.Post("/v1/years/2024/periods/2024/reopenings",
            new Reopening(["5301"], "Bukti dukung menyusul.", new DateOnly(2026, 2, 10)), Requests.IfMatch(window.Version))).Is(200);
        Assert.Equal(("not-yet-due", "missing"), await States("2026-02-10T15:59:59Z"));
        Assert.Equal(("missing", "missing"), await States("2026-02-10T16:00:00Z"));
    }

    /// <summary>What is told of two offices without a report at an instant, the same by all who tell it.</summary>
    private async Task<(string, string)> States(string at)
    {
        clock.Now = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
        using var client = api.Bearing(address, "53.sekretaris");
        var told = new Dictionary<string, HashSet<string>> { ["5301"] = [], ["5302"] = [] };
        foreach (var satker in told.Keys)
        {
            var own = await Get($"{satker}/capaian?year=2024&level=sekretaris");
            told[satker].UnionWith(Lines(own["office"]!["agreements"]![0]!["lines"]!));
            var years = await Get($"{satker}/capaian/years?indicator=SP.03&from=2023&to=2024&level=sekretaris");
            told[satker].UnionWith(Lines(years["years"]![1]!["lines"]!));
        }

        foreach (var path in new[] { "capaian/children?year=2024&level=sekretaris", "capaian/children?year=2024&level=sekretaris&asOf=2024-06-30" })
        {
            Tell((await Get($"53/{path}"))["coverage"]!["missing"]!);
        }

        Tell((await Get("53/capaian/below/offices?year=2024&level=sekretaris"))["items"]!);
        foreach (var path in new[] { "rollup?year=2024&indicator=AK.01&by=child", "rollup?year=2024&indicator=AK.01&by=child&asOf=2024-06-30" })
        {
            var row = (await Get($"53/{path}"))["items"]![0]!;
            Tell(row["coverage"]!["missing"]!);
            Tell(row["children"]!);
        }

        Tell((await Get("53/rollup/AK.01/years?from=2023&to=2024"))["years"]![1]!["rollup"]!["coverage"]!["missing"]!);
        Tell((await Get("53/rollup/AK.01/explain?year=2024"))["missing"]!);
        Tell((await Get("53/budgets/2024/rollup"))["realizations"]!["missing"]!);
        Tell((await Get("53/budgets/2024/absorption/rollup?level=sekretaris"))["realizations"]!["missing"]!);
        return (Assert.Single(told["5301"]), Assert.Single(told["5302"]));

        async Task<JsonNode> Get(string path) => (await client.Get($"/v1/satker/{path}")).Is(200).Json;

        void Tell(JsonNode offices)
        {
            foreach (var office in offices.AsArray().Where(office => told.ContainsKey((string)office!["satker"]!)))
            {
                told[(string)office!["satker"]!].Add((string)office["state"]!);
            }
        }
    }

    private static IEnumerable<string> Lines(JsonNode lines) => lines.AsArray().Select(line => (string)line!["realization"]!["state"]!);
}
