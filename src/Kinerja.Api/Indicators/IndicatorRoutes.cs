namespace Kinerja.Api;

/// <summary>The national catalogue and the policy of each year. Both are public; RI owns them.</summary>
internal static class IndicatorRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        var indicators = v1.MapGroup("/indicators").WithTags("Indicators");
        ListIndicators.Map(indicators);
        GetIndicator.Map(indicators);
        DefineIndicator.Map(indicators);
        GetPolicy.Map(v1.MapGroup("/years/{year:int}/policy").WithTags("Years"));
    }
}
