namespace Kinerja.Api;

/// <summary>A line as it was last submitted, with the figure that was computed then; or as it is accumulated from what was
/// submitted for the parts of the period.</summary>
/// <param name="Satker">The office.</param>
/// <param name="Report">The report; of an accumulated line that of the last part.</param>
/// <param name="Line">The line of its agreement.</param>
/// <param name="Indicator">What it stands for.</param>
/// <param name="Target">What was promised for the period.</param>
/// <param name="Realization">What was reached.</param>
/// <param name="Figure">The figure as stored.</param>
/// <param name="Made">What it is accumulated from; none when the report states it.</param>
internal sealed record SubmittedLine(
    string Satker, string Report, string Line, string Indicator, Value Target, Value Realization, Capaian Figure, Accumulated? Made)
{
    /// <summary>Its place among all lines.</summary>
    public string Key => KeyOf(Satker, Report, Line);

    public static string KeyOf(string satker, string report, string line) => $"{satker}/{report}/{line}";
}

/// <summary>The lines of a whole country, one after another.</summary>
internal static class SubmittedLines
{
    /// <summary>Every line submitted for a period, and what is accumulated where no report states it, in the order of their keys;
    /// none is kept.</summary>
    public static Task Each(DocumentSession session, Period period, Action<SubmittedLine> take, CancellationToken ct) =>
        session.Ask([new Sql("""
            select satker, report, line, indicator, target, realization, figure, made from (
                select r.satker, r.report, r.line, r.indicator, r.target, r.realization, r.figure, null::jsonb as made
                from result r cross join lateral counting_round(r.satker, r.report, $3) counting
                where r.year = $1 and r.period = $2 and r.round = counting.round
                union all
                select a.satker, a.made #>> '{parts,-1,report}', a.line, a.indicator, coalesce(p.period_targets -> a.period, p.target),
                       a.realization, a.figure, a.made
                from accumulated a join promise p on p.satker = a.satker and p.agreement = a.agreement and p.line = a.line
                where a.year = $1 and a.period = $2 and $3 between a.lowest and a.highest
                  and not exists (select from counting_result(a.satker, a.agreement, a.line, $2, $3))) submitted
            order by (satker || '/' || report || '/' || line) collate "C"
            """, period.Year, period.Text, (int)SignOffLevel.Submitted)], async answers =>
            {
                await answers.Each(row => take(new SubmittedLine(
                    row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Json<Value>(4), row.Json<Value>(5),
                    row.Json<Capaian>(6), row.JsonOrNull<Accumulated>(7))));
                return 0;
            }, ct);
}
