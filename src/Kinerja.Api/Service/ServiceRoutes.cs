namespace Kinerja.Api;

/// <summary>What operators and integrators ask of the service itself.</summary>
internal static class ServiceRoutes
{
    public static void Map(WebApplication app)
    {
        GetHealth.Map(app.MapGroup("").WithTags("Service"));
        GetVersion.Map(app.MapGroup("").WithTags("Service"));
        GetProblemPage.Map(app.MapGroup("").WithTags("Service"));
        GetApiCatalog.Map(app.MapGroup("").WithTags("Service"));
        GetSigningKeys.Map(app.MapGroup("").WithTags("Service"));
    }
}
