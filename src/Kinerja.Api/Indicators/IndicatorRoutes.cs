namespace Kinerja.Api;

/// <summary>The national catalogue and the policy of each year, which are public and RI's; and the offices' own indicators.</summary>
internal static class IndicatorRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        var indicators = v1.MapGroup("/indicators").WithTags("Indicators");
        ListIndicators.Map(indicators);
        ListUnmappedIndicators.Map(indicators);
        GetIndicator.Map(indicators);
        GetIndicatorHistory.Map(indicators);
        DefineIndicator.Map(indicators);
        ChangeIndicator.Map(indicators);
        CopyIndicators.Map(v1.MapGroup("/years/{year:int}").WithTags("Indicators"));
        var policy = v1.MapGroup("/years/{year:int}/policy").WithTags("Years");
        GetPolicy.Map(policy);
        ChangePolicy.Map(policy);
        PreviewPolicy.Map(policy);
        LocalIndicatorRoutes.Map(v1);
    }

    /// <summary>The catalogue and the policies are RI's catalogue administrator's.</summary>
    public static readonly Post Administrator = new(Offices.Ri, Post.CatalogueAdministrator);

    public static Refusal? WhyNotAdministrator(DocumentSession session) =>
        session.Actor.MustHold([Administrator]).Accepts(out _, out var refusal) ? null : refusal;

    public static string PathOf(Indicator indicator) => $"/v1/indicators/{Uri.EscapeDataString(indicator.Code)}?year={indicator.Year}";
}
