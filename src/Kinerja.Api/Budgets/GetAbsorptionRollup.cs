namespace Kinerja.Api;

internal static class GetAbsorptionRollup
{
    /// <summary>What was spent of each program by everything below an office, beside what was reached with it.</summary>
    /// <param name="Satker">The office above.</param>
    /// <param name="Year">The budget year.</param>
    /// <param name="Level">The agreement level; levels are never mixed.</param>
    /// <param name="MinSignOff">The least level the results have been signed for.</param>
    /// <param name="Self">Whether the office's own money and results are in it.</param>
    /// <param name="Tree">The day whose tree, states and agreements were used.</param>
    /// <param name="Programs">Program by program.</param>
    /// <param name="Budgets">How many offices hold a state of the DIPA, and who does not.</param>
    /// <param name="Realizations">How many stated what they spent, and who did not.</param>
    /// <param name="MissingAt">Where who holds no state and who stated nothing is named when there are too many to be named here; null
    /// when they are.</param>
    /// <param name="Unplaced">Offices with an agreement at this level that names no money of a program.</param>
    internal sealed record RolledAbsorption(
        string Satker, int Year, AgreementLevel Level, SignOffLevel MinSignOff, bool Self, DateOnly Tree, IReadOnlyList<RolledProgram> Programs,
        Coverage Budgets, Coverage Realizations, string? MissingAt, IReadOnlyList<UnplacedOffice> Unplaced);

    /// <summary>A program.</summary>
    /// <param name="Program">The program; null for what does not state one.</param>
    /// <param name="Figure">Pagu, realization, remaining, percent of all offices.</param>
    /// <param name="Capaian">The mean over the offices whose agreements name its money, weighted equally; null without any.</param>
    /// <param name="Spread">How many of them stand in each category.</param>
    /// <param name="Overridden">How many lines publish another figure than the computed one.</param>
    /// <param name="Coverage">How many offices are expected, reported and counted in the capaian, and who is missing.</param>
    internal sealed record RolledProgram(
        string? Program, AbsorptionFigure Figure, decimal? Capaian, IReadOnlyDictionary<string, int> Spread, int Overridden, Coverage Coverage);

    /// <summary>An office whose agreements cannot stand beside a program.</summary>
    /// <param name="Satker">The office.</param>
    /// <param name="Name">Its name.</param>
    internal sealed record UnplacedOffice(string Satker, string Name);

    public static void Map(RouteGroupBuilder budgets) => budgets.MapGet("/{year:int}/absorption/rollup", Handle)
        .Describe("GetAbsorptionRollup", "What was spent of each program by everything below, beside the capaian of the agreements that name its money, with coverage.")
        .Returns<RolledAbsorption>().Tagged().TakesLevel().TakesMinSignOff("accepted")
        .Takes("self", "yes: with the office's own; no, or absent: what is below it alone.", "yes").Reads(404);

    private static async Task<IResult> Handle(
        string satker, int year, Database database, Caller caller, Links links, TimeProvider clock, OneOf<AgreementLevel>? level,
        OneOf<SignOffLevel>? minSignOff, OneOf<YesNo>? self, CancellationToken ct)
    {
        var whole = PeriodOf.In(new Year(year), asked: null);
        var query = new MeasuredQuery(whole, minSignOff?.Value ?? SignOffLevel.Accepted, level?.Value ?? AgreementLevel.Ketua);
        var withSelf = self?.Value == YesNo.Yes;
        var (visible, stamp, deadlines, read) = await database.Ask(
            caller,
            [
                Offices.NameIfVisible(satker, year), Catalogue.Stamp(year), .. Deadlines.Ask(year, clock.GetUtcNow()),
                .. AbsorptionBelow.Ask(satker, withSelf, query),
            ],
            async answers => (
                await answers.Next(Offices.Name), (await answers.Next(Catalogue.Stamp))[0], await Deadlines.Read(answers),
                await AbsorptionBelow.Read(answers)), ct);
        if (visible is [])
        {
            return Problems.NotFound();
        }

        return await Catalogue.Load(database, caller, year, stamp, ct) is { } catalogue
            ? Found.Computed(Answer(satker, withSelf, query, deadlines, read, catalogue.Policy, links))
            : MeasuredYear.NotOpen;
    }

    /// <summary>The answer from what was read.</summary>
    public static RolledAbsorption Answer(
        string satker, bool withSelf, MeasuredQuery query, Deadlines deadlines, AbsorptionBelow read, Policy policy, Links links)
    {
        var (period, named) = (query.Period, MoneyCoverage.AreNamed(read.Money));
        var parts = read.Money.Where(row => row.Satker is null).ToLookup(row => row.Part.Code.Program);
        var programOf = MoneyCascade.ProgramOf(read.Money.Where(row => row.Satker is null).Select(row => row.Part));
        var agreements = read.Agreements.ConvertAll(agreement => FundedCapaian.Of(
            agreement.Satker, MoneyCascade.Programs(agreement.Budgets, programOf),
            [.. read.Lines[agreement.Agreement].Select(line => (line.Line, line.Capaian, line.CarriedFrom))],
            CapaianRow.NoFigure(deadlines.Unreported(agreement.Satker, period))));
        var capaian = ProgramCapaian.Of(agreements, policy);
        var names = read.Agreements.DistinctBy(agreement => agreement.Satker).ToDictionary(agreement => agreement.Satker, agreement => agreement.Name);
        return new RolledAbsorption(
            satker, period.Year, query.Level!.Value, query.Least, withSelf, period.LastDay,
            [.. parts.Select(program => program.Key).Union(capaian.Keys).Order(StringComparer.Ordinal).Select(program => Row(
                program, parts[program], program is null ? ProgramCapaian.None : capaian.GetValueOrDefault(program, ProgramCapaian.None), names))],
            MoneyCoverage.OfBudgets(read.Money, named), MoneyCoverage.OfRealizations(read.Money, period, deadlines, named),
            named ? null : links.MoneyBelow(satker, period, withSelf, recordedAt: null),
            [.. agreements.GroupBy(agreement => agreement.Satker).Where(office => office.All(agreement => agreement.Programs.Count == 0))
                .Select(office => new UnplacedOffice(office.Key, names[office.Key]))]);
    }

    private static RolledProgram Row(
        string? program, IEnumerable<MoneyRow> parts, ProgramCapaian capaian, Dictionary<string, string> names) => new(
        program, AbsorptionFigure.Of(Absorption.Sum(parts.Select(part => part.Absorption))), capaian.Over.Mean, capaian.Over.Spread,
        capaian.Over.Overridden, new Coverage(
            capaian.Over.Expected, capaian.Reported, capaian.Over.Counted,
            [.. capaian.Over.Uncounted.Select(gap => new MissingOffice(gap.Satker, names[gap.Satker], gap.State))]));
}
