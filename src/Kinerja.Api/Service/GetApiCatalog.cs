namespace Kinerja.Api;

internal static class GetApiCatalog
{
    public static void Map(RouteGroupBuilder service) => service.MapGet("/.well-known/api-catalog", Handle)
        .Describe("GetApiCatalog", "Where the contract and its documentation are (RFC 9727).")
        .Produces<object>(200, "application/linkset+json").Problems();

    private static IResult Handle(HttpContext http)
    {
        var root = http.Request.PathBase.ToString();
        return Results.Text($$"""
            {"linkset":[{"anchor":"{{root}}/v1","service-desc":[{"href":"{{root}}/openapi/kinerja.v1.json","type":"application/json"}],"service-doc":[{"href":"{{root}}/docs","type":"text/html"}],"status":[{"href":"{{root}}/health/ready"}]}]}
            """, "application/linkset+json");
    }
}
