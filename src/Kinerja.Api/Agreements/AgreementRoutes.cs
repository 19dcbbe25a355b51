namespace Kinerja.Api;

/// <summary>Perjanjian Kinerja.</summary>
internal static class AgreementRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        var agreements = v1.MapGroup("/satker/{satker}/agreements").WithTags("Agreements");
        ListAgreements.Map(agreements);
        GetCascade.Map(agreements);
        GetAgreement.Map(agreements);
        DraftAgreement.Map(agreements);
        RedraftAgreement.Map(agreements);
        GetSignOffs.Map(agreements, AgreementSignOff.Kind);
        PostAct.Map(agreements, AgreementSignOff.Kind);
    }
}
