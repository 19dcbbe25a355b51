namespace Kinerja.Api;

internal static class GetVersion
{
    /// <summary>Which contract is served.</summary>
    /// <param name="Api">The version of the contract.</param>
    internal sealed record ServedVersion(string Api);

    public static void Map(RouteGroupBuilder service) => service.MapGet("/version", () => Results.Json(new ServedVersion("1.0"), Json.Answers))
        .Describe("GetVersion", "The version of the contract.").Returns<ServedVersion>().Problems();
}
