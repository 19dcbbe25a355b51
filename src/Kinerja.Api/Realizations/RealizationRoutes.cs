namespace Kinerja.Api;

/// <summary>Realization reports.</summary>
internal static class RealizationRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        var reports = v1.MapGroup("/satker/{satker}/realizations").WithTags("Realizations");
        ListRealizations.Map(reports);
        CountReturns.Map(reports);
        GetRealization.Map(reports);
        DraftRealization.Map(reports);
        RedraftRealization.Map(reports);
        GetSignOffs.Map(reports, RealizationSignOff.Kind);
        PostAct.Map(reports, RealizationSignOff.Kind);
    }
}
