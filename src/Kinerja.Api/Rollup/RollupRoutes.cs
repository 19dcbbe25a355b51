namespace Kinerja.Api;

/// <summary>Child results upward.</summary>
internal static class RollupRoutes
{
    public static void Map(RouteGroupBuilder v1) => GetRollup.Map(v1.MapGroup("/satker/{satker}/rollup").WithTags("Roll-up"));
}
