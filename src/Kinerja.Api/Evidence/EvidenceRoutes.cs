namespace Kinerja.Api;

/// <summary>Files behind realizations, by content hash.</summary>
internal static class EvidenceRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        var evidence = v1.MapGroup("/satker/{satker}/evidence").WithTags("Evidence");
        GetEvidence.Map(evidence);
        PutEvidence.Map(evidence);
    }
}
