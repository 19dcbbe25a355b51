namespace Kinerja.Api;

/// <summary>Child results upward.</summary>
internal static class RollupRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        var rollup = v1.MapGroup("/satker/{satker}/rollup").WithTags("Roll-up");
        GetRollup.Map(rollup);
        ExplainRollup.Map(rollup);
        GetRollupYears.Map(rollup);
    }
}
