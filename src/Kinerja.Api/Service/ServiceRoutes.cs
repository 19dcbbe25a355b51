namespace Kinerja.Api;

/// <summary>What operators and integrators ask of the service itself.</summary>
internal static class ServiceRoutes
{
    public static void Map(WebApplication app)
    {
        GetHealth.Map(app.MapGroup("").WithTags("Service"));
        var limited = app.MapGroup("").WithTags("Service").Guarded();
        GetVersion.Map(limited);
        GetProblemPage.Map(limited);
        GetApiCatalog.Map(limited);
        GetSigningKeys.Map(limited);
    }
}
