namespace Kinerja.Api;

/// <summary>The indicators that an office defines for itself, and what RI maps them to.</summary>
internal static class LocalIndicatorRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        var indicators = v1.MapGroup("/satker/{satker}/indicators").WithTags("Indicators");
        ListLocalIndicators.Map(indicators);
        GetLocalIndicator.Map(indicators);
        DefineLocalIndicator.Map(indicators);
        ChangeLocalIndicator.Map(indicators);
        MapLocalIndicator.Map(indicators);
    }
}
