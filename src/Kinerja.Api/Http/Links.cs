namespace Kinerja.Api;

/// <summary>Addresses in answers, behind whatever prefix the service is reached by.</summary>
internal sealed record Links(string Root)
{
    public static ValueTask<Links?> BindAsync(HttpContext http) => ValueTask.FromResult<Links?>(new Links(http.Request.PathBase));

    public string Document(string kind, string satker, string id) => kind == DocumentKinds.BudgetRevision.Name
        ? $"{Root}{BudgetRoutes.Revision(satker, id)}"
        : $"{Root}/v1/satker/{satker}/{kind}s/{id}";

    public string SignOffs(string kind, string satker, string id) => $"{Document(kind, satker, id)}/sign-offs";

    public string Explain(string satker, MeasuredResult result, string line, Period period) =>
        $"{Root}/v1/satker/{satker}/capaian/{result.Report}/{line}/explain?minSignOff={Words.Of(result.Level)}"
        + (result.Accumulated is null ? "" : $"&period={period.Text}");

    public string Rollup(string satker, Period period, string indicator, SignOffLevel least) =>
        $"{Root}/v1/satker/{satker}/rollup?year={period.Year}&period={period.Text}&indicator={Uri.EscapeDataString(indicator)}"
        + $"&minSignOff={Words.Of(least)}";
}
