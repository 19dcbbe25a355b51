namespace Kinerja.Api;

/// <summary>The tree of offices. It is public.</summary>
internal static class SatkerRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        var offices = v1.MapGroup("/satker").WithTags("Satker");
        ListSatker.Map(offices);
        GetSatker.Map(offices);
        ListChildren.Map(offices);
        ListUnits.Map(offices);
        MoveSatker.Map(offices);
    }
}
