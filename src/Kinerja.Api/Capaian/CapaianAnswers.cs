namespace Kinerja.Api;

/// <summary>The capaian of the agreements of one office at one level.</summary>
/// <param name="Satker">The office.</param>
/// <param name="Name">Its name.</param>
/// <param name="Figure">The office's figure at this level: the mean of its agreements' printed capaian; null without any.</param>
/// <param name="Agreements">Each agreement in force on the last day of the period.</param>
internal sealed record OfficeCapaian(string Satker, string Name, decimal? Figure, IReadOnlyList<AgreementCapaian> Agreements)
{
    /// <summary>Why there is no figure: what all lines say alike, else that something is missing.</summary>
    public Gap WhyNone() => Gaps.Alike(Agreements.SelectMany(agreement => agreement.Lines)
        .Select(line => line.Realization is Value.Absent absent ? Gaps.Of(absent.State) : Gap.Missing));

    /// <summary>Whether it has a report at the level asked for.</summary>
    public bool HasReport() => Agreements.Any(agreement => agreement.Lines.Any(line => line.SignOff is not null));

    /// <summary>How many of its lines are published instead of computed.</summary>
    public int Overridden() => Agreements.Sum(agreement => agreement.Mean.Overridden);

    public static OfficeCapaian Of(string satker, string name, IEnumerable<MeasuredLine> lines, MeasuredQuery query, Deadlines deadlines, Links links)
    {
        var agreements = lines.GroupBy(line => (line.Agreement, line.Unit))
            .Select(agreement => AgreementCapaian.Of(agreement.Key.Agreement, agreement.Key.Unit, [.. agreement], query, deadlines, links)).ToList();
        return new OfficeCapaian(satker, name, CapaianAggregate.OfficeFigure(agreements.Select(agreement => agreement.Mean.Figure)), agreements);
    }
}

/// <summary>The capaian of one agreement.</summary>
/// <param name="Agreement">The agreement.</param>
/// <param name="Unit">The unit that promised.</param>
/// <param name="Report">The report its results stand in; null without one at the level asked for, and when they are accumulated.</param>
/// <param name="Mean">The mean of its lines' reported figures, rounded once, with its coverage.</param>
/// <param name="Lines">Line by line.</param>
internal sealed record AgreementCapaian(
    string Agreement, string Unit, string? Report, CapaianMean Mean, IReadOnlyList<CapaianRow> Lines)
{
    public static AgreementCapaian Of(string id, string unit, IReadOnlyList<MeasuredLine> lines, MeasuredQuery query, Deadlines deadlines, Links links) => new(
        id, unit, lines.FirstOrDefault(line => line.Result is { Accumulated: null })?.Result!.Report,
        CapaianMean.Of(lines.Select(line => new CapaianLine(
            line.Line, line.Result?.Capaian ?? CapaianRow.NoFigure(deadlines.Unreported(line.Satker, query.Period)), line.Result?.CarriedFrom))),
        [.. lines.Select(line => CapaianRow.Of(line, query, deadlines, links))]);
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
/// <param name="Accumulation">What it is accumulated from; null when a report states it.</param>
/// <param name="Override">Another figure that the office publishes, or proposes to; null without one.</param>
/// <param name="Derived">What a derived result was computed from; null for others.</param>
/// <param name="Given">The roll-up that a given result cites; null for others.</param>
/// <param name="Explain">Where the figure is explained; null without one.</param>
internal sealed record CapaianRow(
    string Line, string Indicator, string Wording, Value Target, Value Realization, CapaianFigure? Capaian, SignOffLevel? SignOff,
    bool Newer, int? CarriedFrom, bool TakenOver, MadeOf? Accumulation, Override? Override, DerivedRow? Derived, GivenRow? Given,
    string? Explain)
{
    public static CapaianRow Of(MeasuredLine line, MeasuredQuery query, Deadlines deadlines, Links links) => line.Result is not { } result
        ? new(line.Line, line.Indicator, line.Wording, line.Target, new Value.Absent(deadlines.Unreported(line.Satker, query.Period)),
            Capaian: null, SignOff: null, Newer: false, CarriedFrom: null, TakenOver: false, Accumulation: null, Override: null,
            Derived: null, Given: null, Explain: null)
        : new(line.Line, line.Indicator, line.Wording, line.Target,
            result.Accumulated?.IsIncomplete == true ? new Value.Absent(deadlines.Unreported(line.Satker, query.Period)) : result.Realization,
            CapaianFigure.Of(result.Capaian), result.Level,
            result.Newer, result.CarriedFrom, result.TakenOver, MadeOf.Of(result.Accumulated, line.Satker, deadlines, links),
            Override.Of(result), result.Derivation is null ? null : new DerivedRow(result.Derivation, Now: null, Drifted: null),
            result.Given is null ? null : new GivenRow(result.Given, Now: null, Drifted: null),
            links.Explain(line.Satker, result, line.Line, query));

    /// <summary>A line that no report speaks of.</summary>
    public static Capaian NoFigure(Absence why) => new(
        null, null, null, null, null, null, null, null, why, Counting.Uncounted, [], "");
}

/// <summary>A derived result: as it was frozen in the report, and as it would be now.</summary>
/// <param name="Frozen">What it was computed from, as signed.</param>
/// <param name="Now">What the same lines give now; null where it is not asked (among the children of an office).</param>
/// <param name="Drifted">Whether its inputs have changed since; null where it is not asked.</param>
internal sealed record DerivedRow(Derivation Frozen, Value? Now, bool? Drifted)
{
    public DerivedRow With(IReadOnlyList<JudgedLine> lines)
    {
        var now = Derivation.Of(Frozen.Units, lines);
        return this with { Now = now.Result(), Drifted = !now.IsSame(Frozen) };
    }
}

/// <summary>A given result: the roll-up as it was frozen in the report, and as it would be cited now.</summary>
/// <param name="Frozen">What is cited, as signed.</param>
/// <param name="Now">What the roll-up gives now; null where it gives nothing more, and where it is not asked (among the children
/// of an office, and of an earlier instant).</param>
/// <param name="Drifted">Whether it gives another figure or coverage now; null where it is not asked.</param>
internal sealed record GivenRow(GivenFigure Frozen, GivenFigure? Now, bool? Drifted)
{
    public GivenRow With(GivenFigure? now) => this with { Now = now, Drifted = now != Frozen };
}

/// <summary>Another figure than the computed one.</summary>
/// <param name="Published">The figure of the office, in percent.</param>
/// <param name="Reason">Why.</param>
/// <param name="Accepted">The report is approved: it is the reported figure. Until then it is a proposal.</param>
/// <param name="ComputedReported">The computed figure within floor and cap.</param>
/// <param name="ComputedCategory">The category of the computed figure.</param>
internal sealed record Override(decimal Published, string Reason, bool Accepted, decimal? ComputedReported, string? ComputedCategory)
{
    public static Override? Of(MeasuredResult result) => result.Proposed is not var (capaian, reason) ? null : new(
        capaian.Published!.Value, reason, result.Capaian.Published is not null, capaian.ComputedReported, capaian.ComputedCategory);
}

/// <summary>What the figure of a period is accumulated from: no report states the period itself.</summary>
/// <param name="SoFar">The sum of what there is, when a part is missing and there is no figure; null otherwise.</param>
/// <param name="Parts">The parts it is made of.</param>
/// <param name="Missing">The parts that are not there.</param>
internal sealed record MadeOf(Value? SoFar, IReadOnlyList<PartRow> Parts, IReadOnlyList<MissingPart> Missing)
{
    public static MadeOf? Of(Accumulated? made, string satker, Deadlines deadlines, Links links) => made is null ? null : new(
        made.SoFar, [.. made.Parts.Select(part => new PartRow(part.Period, part.Realization, SourceDocument.Report(links, satker, part)))],
        [.. made.Missing.Select(missing => new MissingPart(missing, deadlines.Unreported(satker, Period.Parse(missing)!)))]);
}

/// <summary>A part that a figure is made of.</summary>
/// <param name="Period">The part.</param>
/// <param name="Realization">What was reached in it.</param>
/// <param name="Report">The report that states it.</param>
internal sealed record PartRow(string Period, Value Realization, SourceDocument Report);

/// <summary>A part that is not there.</summary>
/// <param name="Period">The part.</param>
/// <param name="State">Not yet due until the last day in time, then missing.</param>
internal sealed record MissingPart(string Period, Absence State);

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
