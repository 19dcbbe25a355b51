using System.Text.Json;

namespace Kinerja.Api.Tests;

/// <summary>The committed contract is what runs. <c>KINERJA_ACCEPT_CONTRACT=1</c> takes a change over.</summary>
public sealed class OpenApiTests(Api api) : IClassFixture<Api>
{
    private static readonly string Committed = Path.Combine(Repository.Root, "openapi", "kinerja.v1.json");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_committed_contract_equals_the_running_service()
    {
        var running = await Running();
        if (Environment.GetEnvironmentVariable("KINERJA_ACCEPT_CONTRACT") == "1")
        {
            await File.WriteAllTextAsync(Committed, running, Ct);
        }

        Assert.Equal(await File.ReadAllTextAsync(Committed, Ct), running);
    }

    [Theory]
    [InlineData("/openapi/kinerja.v1.json")]
    [InlineData("/docs/index.html")]
    public async Task The_contract_and_its_page_are_public(string path) => (await api.Nobody().Get(path)).Is(200);

    [Fact]
    public async Task Who_has_the_contract_is_told_so()
    {
        var contract = (await api.Nobody().Get("/openapi/kinerja.v1.json")).Is(200);

        Assert.Empty((await api.Nobody().Get("/openapi/kinerja.v1.json", ("If-None-Match", contract.ETag!))).Is(304).Body);
        Assert.Equal(contract.Body, (await api.Nobody().Get("/openapi/kinerja.v1.json", ("If-None-Match", "\"1\""))).Is(200).Body);
    }

    [Fact]
    public Task Spectral_finds_nothing_in_the_contract() => Shell.Run("node",
    [
        "tests/contract/node_modules/@stoplight/spectral-cli/dist/index.js", "lint", "--fail-severity=hint",
        "--ruleset", "tests/contract/.spectral.yml", Committed,
    ]);

    [Fact]
    public async Task Every_operation_has_a_name_a_summary_its_problems_and_an_example_for_each_parameter_and_body()
    {
        using var contract = JsonDocument.Parse(await Running());
        var lacking = new List<string>();
        foreach (var path in contract.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (var (name, operation) in path.Value.EnumerateObject().Select(one => ($"{one.Name} {path.Name}", one.Value)))
            {
                Lack(operation.TryGetProperty("operationId", out _), $"{name}: operationId");
                Lack(operation.TryGetProperty("summary", out _), $"{name}: summary");
                Lack(operation.GetProperty("responses").EnumerateObject().Any(answer => answer.Name[0] == '2'), $"{name}: 2xx");
                Lack(operation.GetProperty("responses").TryGetProperty("503", out _), $"{name}: 503");
                foreach (var parameter in operation.GetProperty("parameters").EnumerateArray())
                {
                    Lack(parameter.TryGetProperty("example", out _) && parameter.TryGetProperty("description", out _),
                        $"{name}: {parameter.GetProperty("name")}");
                }

                Lack(!operation.TryGetProperty("requestBody", out var body)
                    || body.GetProperty("content").TryGetProperty("application/octet-stream", out _)
                    || body.GetProperty("content").GetProperty("application/json").TryGetProperty("example", out _), $"{name}: body");
            }
        }

        Assert.Empty(lacking);

        void Lack(bool holds, string what)
        {
            if (!holds)
            {
                lacking.Add(what);
            }
        }
    }

    [Fact]
    public async Task A_parameter_states_what_it_is_bound_to()
    {
        using var contract = JsonDocument.Parse(await Running());
        Assert.Equal(("integer", 2000, 2100), Number("/v1/satker/{satker}/capaian", "year"));
        Assert.Equal(("integer", 1, 500), Number("/v1/changes", "limit"));
        Assert.Equal(("integer", 0, 30), Number("/v1/changes", "wait"));
        Assert.Equal(1, Schema("/v1/satker/{satker}/agreements", "pageSize").GetProperty("minimum").GetInt32());
        Assert.Equal("date", Schema("/v1/satker", "asOf").GetProperty("format").GetString());
        Assert.Equal("date-time", Schema("/v1/satker/{satker}/rollup", "recordedAt").GetProperty("format").GetString());
        Assert.Equal(["ketua", "sekretaris", "deputi", "biro", "bagian", "subbagian"], Words("/v1/satker/{satker}/capaian", "level"));
        Assert.Equal(["no", "yes"], Words("/v1/audit", "refused"));
        Assert.Equal(["child"], Words("/v1/satker/{satker}/rollup", "by"));
        var period = Schema("/v1/satker/{satker}/capaian", "period").GetProperty("pattern").GetString()!;
        Assert.All(Period.Wholes(2024).SelectMany(whole => whole.Parts.Append(whole)), one => Assert.Matches(period, one.Text));
        Assert.All(["2024-S3", "2024-T0", "2024-B13", "1999", "2024-T1x"], text => Assert.DoesNotMatch(period, text));

        JsonElement Schema(string path, string name) => contract.RootElement.GetProperty("paths").GetProperty(path).GetProperty("get")
            .GetProperty("parameters").EnumerateArray().Single(one => one.GetProperty("name").GetString() == name).GetProperty("schema");

        (string?, int, int) Number(string path, string name) => Schema(path, name) is var schema
            ? (schema.GetProperty("type").GetString(), schema.GetProperty("minimum").GetInt32(), schema.GetProperty("maximum").GetInt32())
            : default;

        IEnumerable<string?> Words(string path, string name) =>
            Schema(path, name).GetProperty("enum").EnumerateArray().Select(word => word.GetString());
    }

    [Fact]
    public async Task A_computed_answer_has_all_its_members_and_a_document_only_what_it_states()
    {
        using var contract = JsonDocument.Parse(await Running());
        Assert.Empty(Optional("CapaianRow").Concat(Optional("OfficeCapaian")).Concat(Optional("RollupRow")).Concat(Optional("AgreementRowPage")));
        Assert.Equal(["amends", "budgets", "remark"], Optional("Agreement"));
        Assert.Equal(["agreement"], Schema("AgreementDocument").GetProperty("properties").GetProperty("kind").GetProperty("enum")
            .EnumerateArray().Select(kind => kind.GetString()));

        JsonElement Schema(string name) => contract.RootElement.GetProperty("components").GetProperty("schemas").GetProperty(name);

        IEnumerable<string> Optional(string name) => Schema(name).GetProperty("properties").EnumerateObject().Select(member => member.Name)
            .Except(Schema(name).GetProperty("required").EnumerateArray().Select(member => member.GetString()!)).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Every_operation_states_the_problems_of_tokens_and_limits()
    {
        using var contract = JsonDocument.Parse(await Running());
        var lacking =
            from path in contract.RootElement.GetProperty("paths").EnumerateObject()
            where path.Name.StartsWith("/v1", StringComparison.Ordinal)
            from operation in path.Value.EnumerateObject()
            from status in operation.Value.TryGetProperty("security", out _) ? ["401", "403", "429"] : new[] { "401", "429" }
            where !operation.Value.GetProperty("responses").TryGetProperty(status, out _)
            select $"{operation.Name} {path.Name}: {status}";
        Assert.Empty(lacking);
    }

    /// <summary>As it runs, without the address of this run's issuer.</summary>
    private async Task<string> Running()
    {
        using var nobody = api.Nobody();
        var text = await nobody.GetStringAsync(new Uri("/openapi/kinerja.v1.json", UriKind.Relative), Ct);
        return text.Replace(api.IssuerUrl, "", StringComparison.Ordinal).ReplaceLineEndings("\n") + "\n";
    }
}
