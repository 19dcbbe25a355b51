namespace Kinerja.Api;

/// <summary>Realization against target, in percent: an office's own, its children's, and why.</summary>
internal static class CapaianRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        var capaian = v1.MapGroup("/satker/{satker}/capaian").WithTags("Capaian");
        GetCapaian.Map(capaian);
        GetChildrenCapaian.Map(capaian);
        GetCapaianBelow.Map(capaian);
        ListCapaianBelow.Map(capaian);
        GetCapaianYears.Map(capaian);
        ExplainCapaian.Map(capaian);
    }
}
