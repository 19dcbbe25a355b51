namespace Kinerja.Api;

/// <summary>Addresses in answers, behind whatever prefix the service is reached by.</summary>
internal sealed record Links(string Root)
{
    public static ValueTask<Links?> BindAsync(HttpContext http) => ValueTask.FromResult<Links?>(new Links(http.Request.PathBase));

    public string Document(string kind, string satker, string id) => Root + PathOf(kind, satker, id);

    /// <summary>The path of a document; of one that is only listed, its list. What spending was of is named by its year.</summary>
    public static string PathOf(string kind, string satker, string id, int? year = null) => kind switch
    {
        "satker" => $"/v1/satker/{satker}",
        "posting" => $"/v1/satker/{satker}/posts/{id}",
        "indicator" => $"/v1/indicators/{OfYear(id)}",
        "local-indicator" => $"/v1/satker/{satker}/indicators/{OfYear(id)}",
        "policy" => $"/v1/years/{id}/policy",
        "period" => $"/v1/years/{id[..4]}/periods/{id}",
        "evidence" => $"/v1/satker/{satker}/evidence/{id}",
        "grant" => $"/v1/satker/{satker}/grants",
        "spending" => $"/v1/satker/{satker}/budgets/{year}/realizations/{id}",
        "budget-revision" => BudgetRoutes.Revision(satker, id),
        Ledger.Heads => $"/v1/audit/head?satker={satker}",
        _ => $"/v1/satker/{satker}/{kind}s/{id}",
    };

    /// <summary>A document as it was held at an instant; what never changes has but one form.</summary>
    public string Version(string kind, string satker, string id, int? year, DateTimeOffset at)
    {
        var path = Root + PathOf(kind, satker, id, year);
        return kind is "evidence" or "grant" or "spending" or Ledger.Heads ? path
            : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}recordedAt={at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}";
    }

    public string SignOffs(string kind, string satker, string id) => $"{Document(kind, satker, id)}/sign-offs";

    public string Explain(string satker, MeasuredResult result, string line, Period period) =>
        $"{Root}/v1/satker/{satker}/capaian/{result.Report}/{line}/explain?minSignOff={Words.Of(result.Level)}"
        + (result.Accumulated is null ? "" : $"&period={period.Text}");

    public string Rollup(string satker, Period period, string indicator, SignOffLevel least) =>
        $"{Root}/v1/satker/{satker}/rollup?year={period.Year}&period={period.Text}&indicator={Uri.EscapeDataString(indicator)}"
        + $"&minSignOff={Words.Of(least)}";

    /// <summary>A definition of the catalogue is named by its year and its code.</summary>
    private static string OfYear(string id) => $"{Uri.EscapeDataString(id[5..])}?year={id[..4]}";
}
