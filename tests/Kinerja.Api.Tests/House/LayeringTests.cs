using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace Kinerja.Api.Tests;

public sealed partial class LayeringTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public void The_domain_has_no_package_and_no_framework_beside_the_base_library()
    {
        var project = File.ReadAllText(Path.Combine(Repository.Root, "src", "Kinerja.Domain", "Kinerja.Domain.csproj"));

        Assert.DoesNotContain("Reference", project, StringComparison.Ordinal);
        Assert.All(typeof(Value).Assembly.GetReferencedAssemblies(),
            reference => Assert.StartsWith("System", reference.Name, StringComparison.Ordinal));
        Assert.All(typeof(Value).Assembly.GetReferencedAssemblies(),
            reference => Assert.DoesNotContain("Net", reference.Name!.Split('.'), StringComparer.Ordinal));
    }

    [Fact]
    public void The_domain_asks_no_clock_makes_no_id_and_computes_in_decimals_only()
    {
        foreach (var (file, code) in Code("Kinerja.Domain"))
        {
            Assert.False(Impure().IsMatch(code), $"{file}: {Impure().Match(code)}");
        }
    }

    [Fact]
    public void SQL_is_sent_from_the_storage_alone()
    {
        var outside = Code("Kinerja.Api").Where(file => !file.File.Contains("/Storage/", StringComparison.Ordinal) && Sends().IsMatch(file.Code));

        Assert.Empty(outside.Select(file => file.File));
        Assert.Contains(Code("Kinerja.Api"), file => file.File.Contains("/Storage/", StringComparison.Ordinal) && Sends().IsMatch(file.Code));
    }

    [Fact]
    public void Only_the_edge_asks_what_time_it_is()
    {
        foreach (var (file, code) in Code("Kinerja.Api"))
        {
            Assert.False(Clock().IsMatch(code), $"{file}: {Clock().Match(code)}");
        }
    }

    [Fact]
    public void Every_endpoint_that_writes_takes_a_Write()
    {
        var writing = api.Endpoints().Where(endpoint => Methods(endpoint).Any(method => method is "POST" or "PUT" or "PATCH" or "DELETE")).ToList();

        Assert.NotEmpty(writing);
        Assert.All(writing, endpoint => Assert.Contains(
            endpoint.Metadata.GetMetadata<MethodInfo>()!.GetParameters(), parameter => parameter.ParameterType == typeof(Write)));
    }

    [Fact]
    public void Every_loop_is_the_one_that_survives_a_failure() =>
        Assert.Equal(["Loop.cs"], Code("Kinerja.Api").Where(file => Repeats().IsMatch(file.Code)).Select(file => Path.GetFileName(file.File)));

    [Fact]
    public void Program_registers_and_maps_and_decides_nothing_but_whether_a_verb_was_given()
    {
        var program = Code("Kinerja.Api").Single(file => Path.GetFileName(file.File) == "Program.cs").Code;

        Assert.Equal(["if"], Decides().Matches(program).Select(found => found.Value));
    }

    private static IReadOnlyList<string> Methods(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];

    /// <summary>The code of a project, without comments and texts.</summary>
    private static IEnumerable<(string File, string Code)> Code(string project) => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "src", project), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
        .Select(file => (file, Comments().Replace(File.ReadAllText(file), "")));

    [GeneratedRegex("//[^\n]*|\"(?:[^\"\\\\\n]|\\\\.)*\"")]
    private static partial Regex Comments();

    [GeneratedRegex(@"DateTime\.(Utc)?Now|DateTimeOffset\.(Utc)?Now|DateTime\.Today|Guid\.(NewGuid|CreateVersion7)|\bRandom\b|\b(double|float)\b|TimeProvider|Task<|Environment\.|File\.|HttpClient")]
    private static partial Regex Impure();

    [GeneratedRegex(@"\bnew Sql\(|NpgsqlCommand|NpgsqlBatch|CommandText|CreateCommand")]
    private static partial Regex Sends();

    [GeneratedRegex("PeriodicTimer|CreateTimer")]
    private static partial Regex Repeats();

    // A route is mapped by its feature, and what is more than a call stands there too.
    [GeneratedRegex(@"\b(Map(Get|Post|Put|Patch|Delete|Methods)|if|for|foreach|while|switch|try|class|record)\b|=>\s*\{")]
    private static partial Regex Decides();

    [GeneratedRegex(@"DateTime\.(Utc)?Now|DateTimeOffset\.(Utc)?Now|DateTime\.Today|Guid\.NewGuid|Thread\.Sleep|Task\.Delay")]
    private static partial Regex Clock();
}
