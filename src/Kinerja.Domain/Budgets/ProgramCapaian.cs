namespace Kinerja.Domain;

/// <summary>An agreement that binds, with its capaian and the programs whose money it names.</summary>
/// <param name="Satker">Its office.</param>
/// <param name="Programs">The programs.</param>
/// <param name="Mean">Its capaian.</param>
/// <param name="IsReported">A report at the level asked for speaks of one of its lines.</param>
/// <param name="Gap">Why it has no capaian, where it has none.</param>
public sealed record FundedCapaian(string Satker, IReadOnlyList<string> Programs, CapaianMean Mean, bool IsReported, Gap Gap)
{
    /// <summary>Of the lines of an agreement, each with its figure where a report speaks of it.</summary>
    /// <param name="satker">Its office.</param>
    /// <param name="programs">The programs whose money it names.</param>
    /// <param name="lines">Its lines.</param>
    /// <param name="noFigure">The figure of a line that no report speaks of.</param>
    public static FundedCapaian Of(
        string satker, IReadOnlyList<string> programs, IReadOnlyList<(string Line, Capaian? Capaian, int? CarriedFrom)> lines, Capaian noFigure) => new(
        satker, programs, CapaianMean.Of(lines.Select(line => new CapaianLine(line.Line, line.Capaian ?? noFigure, line.CarriedFrom))),
        lines.Any(line => line.Capaian is not null),
        Gaps.Alike(lines.Select(line => (line.Capaian ?? noFigure).State is { } absence ? Gaps.Of(absence) : Gap.Missing)));
}

/// <summary>The capaian of the offices that have money of a program.</summary>
/// <param name="Over">The mean over the offices, with who has no figure.</param>
/// <param name="Reported">How many have reported.</param>
public sealed record ProgramCapaian(CapaianAggregate Over, int Reported)
{
    /// <summary>No office at all.</summary>
    public static ProgramCapaian None { get; } = new(CapaianAggregate.Identity, 0);

    /// <summary>
    /// Program by program: an office's figure is the mean of the printed capaian of those of its agreements that name money of
    /// the program, and the offices weigh equally, as everywhere. An office without such an agreement is not expected.
    /// </summary>
    /// <param name="agreements">The agreements of one level.</param>
    /// <param name="policy">The policy of the year.</param>
    public static IReadOnlyDictionary<string, ProgramCapaian> Of(IEnumerable<FundedCapaian> agreements, Policy policy) => (
        from agreement in agreements
        from program in agreement.Programs
        group agreement by program).ToDictionary(program => program.Key, program => Of(program, policy), StringComparer.Ordinal);

    private static ProgramCapaian Of(IGrouping<string, FundedCapaian> program, Policy policy)
    {
        var offices = program.GroupBy(agreement => agreement.Satker).ToList();
        return new ProgramCapaian(
            offices.Select(office => CapaianAggregate.Of(office.Key, [.. office.Select(one => one.Mean)], policy, Gaps.Alike(office.Select(one => one.Gap))))
                .Aggregate(CapaianAggregate.Identity, CapaianAggregate.Combine),
            offices.Count(office => office.Any(agreement => agreement.IsReported)));
    }
}
