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

    /// <summary>As it runs, without the address of this run's issuer.</summary>
    private async Task<string> Running()
    {
        using var nobody = api.Nobody();
        var text = await nobody.GetStringAsync(new Uri("/openapi/kinerja.v1.json", UriKind.Relative), Ct);
        return text.Replace(api.IssuerUrl, "", StringComparison.Ordinal).ReplaceLineEndings("\n") + "\n";
    }
}
