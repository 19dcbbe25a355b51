namespace Kinerja.Api;

/// <summary>A line of a report as it was last submitted, with the figure that was computed then.</summary>
internal sealed record SubmittedLine(
    string Satker, string Report, string Line, string Indicator, Value Target, Value Realization, Capaian Figure)
{
    /// <summary>Its place among all lines.</summary>
    public string Key => KeyOf(Satker, Report, Line);

    public static string KeyOf(string satker, string report, string line) => $"{satker}/{report}/{line}";
}

/// <summary>The lines of a whole country, one after another.</summary>
internal static class SubmittedLines
{
    /// <summary>Every line submitted for a period, in the order of their keys; none is kept.</summary>
    public static Task Each(DocumentSession session, Period period, Action<SubmittedLine> take, CancellationToken ct) =>
        session.Ask([new Sql("""
            select r.satker, r.report, r.line, r.indicator, r.target, r.realization, r.figure
            from result r
            where r.year = $1 and r.period = $2 and r.round = (
                select last.round from reached last
                where last.satker = r.satker and last.report = r.report and last.level >= $3
                order by last.version desc limit 1)
            order by (r.satker || '/' || r.report || '/' || r.line) collate "C"
            """, period.Year, period.Text, (int)SignOffLevel.Submitted)], async answers =>
            {
                await answers.Each(row => take(new SubmittedLine(
                    row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Json<Value>(4), row.Json<Value>(5),
                    row.Json<Capaian>(6))));
                return 0;
            }, ct);
}
