using System.Globalization;

namespace Kinerja.Api;

/// <summary>Addresses in answers, behind whatever prefix the service is reached by.</summary>
internal sealed record Links(string Root)
{
    public static ValueTask<Links?> BindAsync(HttpContext http) => ValueTask.FromResult<Links?>(new Links(http.Request.PathBase));

    public string Document(string kind, string satker, string id) => kind == DocumentKinds.BudgetRevision.Name
        ? $"{Root}{BudgetRoutes.Revision(satker, id)}"
        : $"{Root}/v1/satker/{satker}/{kind}s/{id}";

    /// <summary>Where a document of any kind is read: not all stand below their office.</summary>
    public string OfKind(string kind, string satker, string id) => kind switch
    {
        "satker" => $"{Root}/v1/satker/{satker}",
        "posting" => $"{Root}/v1/satker/{satker}/posts/{id}",
        "local-indicator" => $"{Root}/v1/satker/{satker}/indicators/{Uri.EscapeDataString(id[5..])}?year={id[..4]}",
        "indicator" => $"{Root}/v1/indicators/{Uri.EscapeDataString(id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..])}?year={id[..4]}",
        "policy" => $"{Root}/v1/years/{id}/policy",
        "period" => $"{Root}/v1/years/{id[..4]}/periods/{id}",
        _ => Document(kind, satker, id),
    };

    public string SignOffs(string kind, string satker, string id) => $"{Document(kind, satker, id)}/sign-offs";

    public string Explain(string satker, MeasuredResult result, string line, MeasuredQuery query) =>
        $"{Root}/v1/satker/{satker}/capaian/{result.Report}/{line}/explain?minSignOff={Words.Of(result.Level)}"
        + (result.Accumulated is null ? "" : $"&period={query.Period.Text}") + Then(query.Times.RecordedAt);

    public string Rollup(RollupQuestion question, string indicator) =>
        $"{Root}/v1/satker/{question.Satker}/rollup?{Of(question)}&indicator={Uri.EscapeDataString(indicator)}";

    public string ExplainRollup(RollupQuestion question, string indicator) =>
        $"{Root}/v1/satker/{question.Satker}/rollup/{Uri.EscapeDataString(indicator)}/explain?{Of(question)}";

    public string OfficesBelow(string satker, MeasuredQuery query) =>
        $"{Root}/v1/satker/{satker}/capaian/below/offices?year={query.Period.Year}&period={query.Period.Text}"
        + $"&level={Words.Of(query.Level!.Value)}&minSignOff={Words.Of(query.Least)}";

    private static string Of(RollupQuestion question) =>
        $"year={question.Period.Year}&period={question.Period.Text}&minSignOff={Words.Of(question.Least)}"
        + (question.Times.Tree == question.Period.LastDay ? "" : $"&asOf={question.Times.Tree:yyyy-MM-dd}") + Then(question.Times.RecordedAt);

    private static string Then(DateTimeOffset? recordedAt) =>
        recordedAt is { } then ? string.Create(CultureInfo.InvariantCulture, $"&recordedAt={then.UtcDateTime:yyyy-MM-ddTHH:mm:ss.FFFFFFF}Z") : "";
}
