namespace Kinerja.Domain;

/// <summary>What a realization report must satisfy, and the figures it gives.</summary>
public static class RealizationRules
{
    /// <summary>Posts that may prepare a report of a unit: the operator, the unit's head, and for the Sekretaris' and
    /// the Ketua's the head of the planning unit, who submits it.</summary>
    public static IEnumerable<string> Preparers(Units units, Unit unit) =>
        units.IsHead(unit)
            ? [Post.Operator, units.Planning.Code, unit.Code]
            : [Post.Operator, unit.Code];

    /// <summary>The impossible: refused at entry.</summary>
    public static IEnumerable<Fault> AtEntry(Realization report, Policy policy, Func<string, Indicator?> find)
    {
        if (Period.Parse(report.Period) is not { } period)
        {
            yield return Fault.At("/period", "bad-period");
        }
        else if (period.Year != report.Year)
        {
            yield return Fault.At("/period", "period-outside-year", ("period", report.Period), ("year", $"{report.Year}"));
        }

        var lines = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < report.Entries.Count; i++)
        {
            var entry = report.Entries[i];
            if (!lines.Add(entry.Line))
            {
                yield return Fault.At($"/entries/{i}/line", "duplicate-line", ("line", entry.Line));
            }

            if (entry.CarriedFrom >= report.Year)
            {
                yield return Fault.At($"/entries/{i}/carriedFrom", "carried-from-later", ("year", $"{report.Year}"));
            }

            if (entry.Published is not null && string.IsNullOrWhiteSpace(entry.Published.Reason))
            {
                yield return Fault.At($"/entries/{i}/published/reason", "override-without-reason", ("line", entry.Line));
            }

            if (find(entry.Indicator) is not { } indicator)
            {
                yield return Resolution.Unknown($"/entries/{i}/indicator", entry.Indicator, report.Year);
                continue;
            }

            foreach (var fault in Values.Check(entry.Result, Measure.Of(indicator), policy, ValueUse.Result,
                $"/entries/{i}/result", takenOver: entry.TakenOverFrom is not null))
            {
                yield return fault;
            }
        }
    }

    /// <summary>What was stored as stated and may not be submitted: entries and lines without each other, results
    /// from which no figure can be computed, and a published figure in the place of one that is absent.</summary>
    /// <param name="report">The report.</param>
    /// <param name="agreement">The agreement in force on the period's last day; none when there is none.</param>
    /// <param name="policy">The policy of the year.</param>
    /// <param name="find">Finds an indicator of the year.</param>
    public static IEnumerable<Fault> BeforeSubmission(
        Realization report, Agreement? agreement, Policy policy, Func<string, Indicator?> find)
    {
        if (agreement is null)
        {
            yield return Fault.At("/unit", "no-agreement-in-force", ("unit", report.Unit), ("period", report.Period));
            yield break;
        }

        foreach (var line in agreement.Lines.Where(line => report.Entries.All(entry => entry.Line != line.No)))
        {
            yield return Fault.At("/entries", "line-without-entry", ("line", line.No));
        }

        for (var i = 0; i < report.Entries.Count; i++)
        {
            var entry = report.Entries[i];
            if (agreement.Lines.FirstOrDefault(line => line.No == entry.Line) is not { } line)
            {
                yield return Fault.At($"/entries/{i}/line", "entry-without-line", ("line", entry.Line));
            }
            else if (line.Indicator != entry.Indicator)
            {
                yield return Fault.At($"/entries/{i}/indicator", "indicator-differs",
                    ("entry", entry.Indicator), ("agreement", line.Indicator));
            }
            else if (find(line.Indicator) is { } indicator)
            {
                var capaian = CapaianCalculator.Compute(line.StatedFor(report.Period) ?? line.Target, entry.Result, Measure.Of(indicator), policy);
                if (capaian.WhyNone() is { } why)
                {
                    yield return Fault.At($"/entries/{i}/result", why);
                }
                else if (entry.Published is not null && capaian.State is { } absence)
                {
                    yield return Fault.At($"/entries/{i}/published", "override-without-figure", ("line", entry.Line), ("state", Words.Of(absence)));
                }
            }
        }
    }

    /// <summary>The report with what the service computes in the place of what is typed: derived and given results, unless
    /// they are taken over. A value that is typed there is refused; the one the service wrote may be sent back.</summary>
    /// <param name="report">The report as it is sent.</param>
    /// <param name="before">The report as it is stored; none when it is begun.</param>
    /// <param name="find">Finds an indicator of the year.</param>
    /// <param name="derive">What a line is derived from; none without an agreement that names it.</param>
    /// <param name="give">What the roll-up gives, from the other lines of the report where one is the office's own part of it; none
    /// when it gives nothing.</param>
    public static Decision<Realization> Cite(
        Realization report, Realization? before, Func<string, Indicator?> find, Func<RealizationEntry, Derivation?> derive,
        Func<RealizationEntry, Func<string, RealizationEntry?>, GivenFigure?> give)
    {
        var done = new Dictionary<string, RealizationEntry>(StringComparer.Ordinal);
        var entries = report.Entries.Select(Cited).ToList();
        var faults = report.Entries.Zip(entries).Index()
            .Where(one => IsCited(one.Item.Second) && IsTyped(one.Item.First, one.Item.Second))
            .Select(one => Fault.At($"/entries/{one.Index}/result",
                find(one.Item.First.Indicator)!.Traits.Derived ? "derived-value-typed" : "given-value-typed", ("line", one.Item.First.Line)))
            .ToList();
        return faults.Count > 0 ? Refusal.Broken(faults) : report with { Entries = entries };

        // What another line is made of is done first; the catalogue has no circles.
        RealizationEntry Cited(RealizationEntry entry)
        {
            if (done.TryGetValue(entry.Line, out var cited))
            {
                return cited;
            }

            var plain = done[entry.Line] = entry with { Derivation = null, Given = null };
            if (!IsCited(entry))
            {
                return plain;
            }

            var derivation = find(entry.Indicator)!.Traits.Derived ? derive(entry) : null;
            var given = find(entry.Indicator)!.Traits.Derived ? null : give(entry, Line);
            return done[entry.Line] = entry with { Result = derivation?.Result() ?? given?.Value ?? Nothing, Derivation = derivation, Given = given };
        }

        RealizationEntry? Line(string no) => report.Entries.FirstOrDefault(entry => entry.Line == no) is { } entry ? Cited(entry) : null;

        bool IsCited(RealizationEntry entry) =>
            entry.TakenOverFrom is null && find(entry.Indicator) is ({ Traits.Derived: true } or { Source: IndicatorSource.Parent });

        bool IsTyped(RealizationEntry sent, RealizationEntry cited) => sent.Result is not Value.Absent && sent.Result != cited.Result
            && before?.Entries.FirstOrDefault(earlier => earlier.Line == sent.Line)?.Result != sent.Result;
    }

    /// <summary>What was computed when the draft was saved and is another one now: the draft must be saved anew before it is
    /// submitted, so that what is signed was seen.</summary>
    /// <param name="report">The report as it is stored.</param>
    /// <param name="now">The same with what the service computes now.</param>
    public static IEnumerable<Fault> Outdated(Realization report, Realization now)
    {
        for (var i = 0; i < report.Entries.Count; i++)
        {
            var (stored, fresh) = (report.Entries[i], now.Entries[i]);
            if (stored.Derivation is null != fresh.Derivation is null || fresh.Derivation?.IsSame(stored.Derivation!) == false
                || stored.Given != fresh.Given)
            {
                yield return Fault.At($"/entries/{i}/result", "citation-outdated", ("line", stored.Line));
            }
        }
    }

    private static readonly Value Nothing = new Value.Absent(Absence.Missing);

    /// <summary>The result of each line of the agreement that the report has an entry for.</summary>
    public static IEnumerable<LineResult> Results(
        Realization report, Agreement agreement, Policy policy, Func<string, Indicator?> find) =>
        from line in agreement.Lines
        join entry in report.Entries on (line.No, line.Indicator) equals (entry.Line, entry.Indicator)
        let indicator = find(line.Indicator)
        where indicator is not null
        let target = line.StatedFor(report.Period)
        let isYears = target is null && !Period.Parse(report.Period)!.IsYear
        select new LineResult(line, entry, target ?? line.Target,
            Compute(target ?? line.Target, entry, indicator, policy, isYears, published: null),
            entry.Published is { } published
                ? new ProposedFigure(Compute(target ?? line.Target, entry, indicator, policy, isYears, published.Figure), published.Reason!)
                : null);

    private static Capaian Compute(
        Value target, RealizationEntry entry, Indicator indicator, Policy policy, bool isYears, decimal? published)
    {
        var capaian = CapaianCalculator.Compute(target, entry.Result, Measure.Of(indicator), policy, published);
        IEnumerable<(bool Holds, string Mark)> more =
        [
            (isYears, Marks.YearTarget), (entry.Derivation?.IsIncomplete() == true, Marks.Incomplete),
            (entry.Given?.OwnLine is not null, Marks.OwnLineOfReport),
        ];
        return capaian with { Marks = [.. capaian.Marks, .. more.Where(mark => mark.Holds).Select(mark => mark.Mark)] };
    }
}

/// <summary>A line of an agreement and what the report says of it.</summary>
/// <param name="Line">The line.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Target">The target of the period.</param>
/// <param name="Capaian">The computed capaian.</param>
/// <param name="Proposed">What takes its place when the report is approved; none without an override.</param>
public sealed record LineResult(AgreementLine Line, RealizationEntry Entry, Value Target, Capaian Capaian, ProposedFigure? Proposed);

/// <summary>A capaian with the published figure beside the computed one, and why it is published.</summary>
public sealed record ProposedFigure(Capaian Capaian, string Reason);
