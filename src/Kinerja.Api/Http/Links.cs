using System.Globalization;

namespace Kinerja.Api;

/// <summary>Addresses in answers, behind whatever prefix the service is reached by.</summary>
internal sealed record Links(string Root)
{
    public static ValueTask<Links?> BindAsync(HttpContext http) => ValueTask.FromResult<Links?>(new Links(http.Request.PathBase));

    public string Document(string kind, string satker, string id, int? year = null) => Root + PathOf(kind, satker, id, year);

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
        "spending" => $"/v1/satker/{satker}/budgets/{year}/realizations/{id}",
        "budget-revision" => BudgetRoutes.Revision(satker, id),
        Ledger.Heads => $"/v1/audit/head?satker={satker}",
        "due" => $"/v1/satker/{satker}/due?year={id.Split('-')[1]}",
        _ => $"/v1/satker/{satker}/{kind}s/{id}",
    };

    /// <summary>A document as it was held at an instant; what never changes has but one form.</summary>
    public string Version(string kind, string satker, string id, int? year, DateTimeOffset at)
    {
        var path = Root + PathOf(kind, satker, id, year);
        return kind is "evidence" or "spending" or "due" or Ledger.Heads ? path
            : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}recordedAt={at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}";
    }

    public string SignOffs(string kind, string satker, string id) => $"{Document(kind, satker, id)}/sign-offs";

    public string Explain(string satker, MeasuredResult result, string line, MeasuredQuery query) =>
        $"{Root}/v1/satker/{satker}/capaian/{result.Report}/{line}/explain?minSignOff={Words.Of(result.Level)}"
        + (result.Accumulated is null ? "" : $"&period={query.Period.Text}") + Then(query.Times.RecordedAt);

    public string Rollup(RollupQuestion question, string indicator) =>
        $"{Root}/v1/satker/{question.Satker}/rollup?{Of(question)}&indicator={Uri.EscapeDataString(indicator)}";

    public string ExplainRollup(RollupQuestion question, string indicator) =>
        $"{Root}/v1/satker/{question.Satker}/rollup/{Uri.EscapeDataString(indicator)}/explain?{Of(question)}";

    /// <summary>Where a roll-up of money is told office by office.</summary>
    public string MoneyBelow(string satker, Period period, bool self, DateTimeOffset? recordedAt) =>
        $"{Root}/v1/satker/{satker}/budgets/{period.Year}/rollup?by=child&period={period.Text}{(self ? "&self=yes" : "")}{Then(recordedAt)}";

    public string OfficesBelow(string satker, MeasuredQuery query) =>
        $"{Root}/v1/satker/{satker}/capaian/below/offices?year={query.Period.Year}&period={query.Period.Text}"
        + $"&level={Words.Of(query.Level!.Value)}&minSignOff={Words.Of(query.Least)}" + Of(query.Times, query.Period);

    /// <summary>An office's own capaian: where the figure that others see of it comes from.</summary>
    public string Capaian(string satker, MeasuredQuery query) =>
        $"{Root}/v1/satker/{satker}/capaian?year={query.Period.Year}&period={query.Period.Text}"
        + $"&level={Words.Of(query.Level!.Value)}&minSignOff={Words.Of(query.Least)}" + Then(query.Times.RecordedAt);

    private static string Of(RollupQuestion question) =>
        $"year={question.Period.Year}&period={question.Period.Text}&minSignOff={Words.Of(question.Least)}" + Of(question.Times, question.Period);

    private static string Of(Times times, Period period) =>
        (times.Tree == period.LastDay ? "" : $"&asOf={times.Tree:yyyy-MM-dd}") + Then(times.RecordedAt);

    private static string Then(DateTimeOffset? recordedAt) =>
        recordedAt is { } then ? string.Create(CultureInfo.InvariantCulture, $"&recordedAt={then.UtcDateTime:yyyy-MM-ddTHH:mm:ss.FFFFFFF}Z") : "";

    /// <summary>A definition of the catalogue is named by its year and its code.</summary>
    private static string OfYear(string id) => $"{Uri.EscapeDataString(id[5..])}?year={id[..4]}";
}
