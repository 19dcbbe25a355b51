namespace Kinerja.Api;

/// <summary>The capaian of the agreements of one office at one level.</summary>
/// <param name="Satker">The office.</param>
/// <param name="Name">Its name.</param>
/// <param name="Figure">The office's figure at this level: the mean of its agreements' printed capaian; null without any.</param>
/// <param name="Agreements">Each agreement in force on the last day of the period.</param>
internal sealed record OfficeCapaian(string Satker, string Name, decimal? Figure, IReadOnlyList<AgreementCapaian> Agreements)
{
    /// <summary>Why there is no figure: what all lines say alike, else that something is missing.</summary>
    public Gap WhyNone() => Agreements.SelectMany(agreement => agreement.Lines)
            .Select(line => line.Realization is Value.Absent absent ? absent.State : Absence.Missing).Distinct().ToList() is [var alike]
        ? alike switch
        {
            Absence.NotYetDue => Gap.NotYetDue,
            Absence.Missing => Gap.Missing,
            Absence.NotAssessed => Gap.NotAssessed,
            Absence.NotApplicable => Gap.NotApplicable,
        }
        : Gap.Missing;

    public static OfficeCapaian Of(string satker, string name, IEnumerable<MeasuredLine> lines, MeasuredQuery query, DateOnly today, Links links)
    {
        var agreements = lines.GroupBy(line => (line.Agreement, line.Unit))
            .Select(agreement => AgreementCapaian.Of(agreement.Key.Agreement, agreement.Key.Unit, [.. agreement], query, today, links)).ToList();
        return new OfficeCapaian(satker, name, CapaianAggregate.OfficeFigure(agreements.Select(agreement => agreement.Mean)), agreements);
    }
}

/// <summary>The capaian of one agreement.</summary>
/// <param name="Agreement">The agreement.</param>
/// <param name="Unit">The unit that promised.</param>
/// <param name="Report">The report its results stand in; null without one at the level asked for.</param>
/// <param name="Mean">The mean of its lines' reported figures, rounded once, with its coverage.</param>
/// <param name="Lines">Line by line.</param>
internal sealed record AgreementCapaian(
    string Agreement, string Unit, string? Report, CapaianMean Mean, IReadOnlyList<CapaianRow> Lines)
{
    public static AgreementCapaian Of(string id, string unit, IReadOnlyList<MeasuredLine> lines, MeasuredQuery query, DateOnly today, Links links) => new(
        id, unit, lines.Select(line => line.Result?.Report).FirstOrDefault(report => report is not null),
        CapaianMean.Of(lines.Select(line => new CapaianLine(
            line.Line, line.Result?.Capaian ?? CapaianRow.NoFigure(query.Period, today), line.Result?.CarriedFrom))),
        [.. lines.Select(line => CapaianRow.Of(line, query, today, links))]);
}

/// <summary>One line of capaian.</summary>
/// <param name="Line">The line's number in its agreement.</param>
/// <param name="Indicator">The catalogue indicator it stands for.</param>
/// <param name="Wording">The office's own words.</param>
/// <param name="Target">What was promised.</param>
/// <param name="Realization">What was reached, or why there is nothing.</param>
/// <param name="Capaian">The figure; null when no report at the level asked for speaks of the line.</param>
/// <param name="SignOff">How far the result has been signed for; null without a report.</param>
/// <param name="Newer">A newer round of the report is being prepared.</param>
/// <param name="CarriedFrom">The year a carried-over value was measured; null otherwise.</param>
/// <param name="TakenOver">The value was copied from a published document.</param>
/// <param name="Explain">Where the figure is explained; null without one.</param>
internal sealed record CapaianRow(
    string Line, string Indicator, string Wording, Value Target, Value Realization, CapaianFigure? Capaian, SignOffLevel? SignOff,
    bool Newer, int? CarriedFrom, bool TakenOver, string? Explain)
{
    public static CapaianRow Of(MeasuredLine line, MeasuredQuery query, DateOnly today, Links links) => line.Result is not { } result
        ? new(line.Line, line.Indicator, line.Wording, line.Target, new Value.Absent(NoFigure(query.Period, today).State!.Value),
            Capaian: null, SignOff: null, Newer: false, CarriedFrom: null, TakenOver: false, Explain: null)
        : new(line.Line, line.Indicator, line.Wording, line.Target, result.Realization, CapaianFigure.Of(result.Capaian), result.Level,
            result.Newer, result.CarriedFrom, result.TakenOver, links.Explain(line.Satker, result, line.Line, query.Times.RecordedAt));

    /// <summary>A line that no report speaks of: not yet due while the period runs, then missing.</summary>
    public static Capaian NoFigure(Period period, DateOnly today) => new(
        null, null, null, null, null, null, null, null,
        today <= period.LastDay ? Absence.NotYetDue : Absence.Missing, Counting.Uncounted, [], "");
}

/// <summary>A figure in percent.</summary>
/// <param name="Raw">As computed, rounded once to two decimals.</param>
/// <param name="Reported">As printed: within floor and cap, or published instead.</param>
/// <param name="Category">Its category.</param>
/// <param name="Reached">Whether the target is reached, judged on the recorded values.</param>
/// <param name="Marks">What a reader must know beside it.</param>
/// <param name="Policy">The policy it was computed with.</param>
internal sealed record CapaianFigure(
    decimal? Raw, decimal? Reported, string? Category, bool? Reached, IReadOnlyList<string> Marks, string Policy)
{
    public static CapaianFigure Of(Capaian capaian) => new(
        capaian.Raw, capaian.Reported, capaian.Category, capaian.Reached, capaian.Marks, capaian.Policy);
}
