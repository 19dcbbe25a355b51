namespace Kinerja.Api;

internal static class GetAbsorption
{
    /// <summary>What was spent of each program beside what was reached with it.</summary>
    /// <param name="Satker">The office.</param>
    /// <param name="Year">The budget year.</param>
    /// <param name="Level">The agreement level; levels are never mixed.</param>
    /// <param name="MinSignOff">The least level the results have been signed for.</param>
    /// <param name="Number">The state in force on the year's last day; null when none is held.</param>
    /// <param name="Programs">Program by program.</param>
    /// <param name="Documents">What it is made of: the state of the DIPA, what was stated as spent, the agreements.</param>
    /// <param name="Explain">Where the capaian comes from, line by line down to the reports.</param>
    internal sealed record ProgramsOfYear(
        string Satker, int Year, AgreementLevel Level, SignOffLevel MinSignOff, int? Number, IReadOnlyList<ProgramRow> Programs,
        IReadOnlyList<SourceDocument> Documents, string Explain);

    /// <summary>A program.</summary>
    /// <param name="Program">The program; null for what does not state one.</param>
    /// <param name="Figure">Pagu, realization, remaining, percent.</param>
    /// <param name="Capaian">The mean of the agreements' printed capaian, rounded once; null without any.</param>
    /// <param name="Agreements">The agreements that name money of the program.</param>
    internal sealed record ProgramRow(string? Program, AbsorptionFigure Figure, decimal? Capaian, IReadOnlyList<ProgramAgreement> Agreements);

    /// <summary>An agreement that names money of a program.</summary>
    /// <param name="Agreement">The agreement.</param>
    /// <param name="Unit">The unit that promises.</param>
    /// <param name="Capaian">Its capaian; null without one.</param>
    /// <param name="Programs">The programs it names: its capaian stands beside each.</param>
    internal sealed record ProgramAgreement(string Agreement, string Unit, decimal? Capaian, IReadOnlyList<string> Programs);

    public static void Map(RouteGroupBuilder budgets) => budgets.MapGet("/{year:int}/absorption", Handle)
        .Describe("GetAbsorption", "What was spent of each program beside the capaian of the agreements that name its money.")
        .Returns<ProgramsOfYear>().Tagged().TakesLevel().TakesMinSignOff("accepted").Reads(404);

    private static async Task<IResult> Handle(
        string satker, int year, Database database, Caller caller, Links links, TimeProvider clock, OneOf<AgreementLevel>? level,
        OneOf<SignOffLevel>? minSignOff, CancellationToken ct)
    {
        var whole = PeriodOf.In(new Year(year), asked: null);
        var query = new MeasuredQuery(whole, minSignOff?.Value ?? SignOffLevel.Accepted, level?.Value ?? AgreementLevel.Ketua);
        var (names, deadlines, states, stated, agreements, lines) = await database.Ask(
            caller,
            [
                Offices.NameIfVisible(satker, year), .. Deadlines.Ask(year, clock.GetUtcNow()), Budgets.InForce(satker, year, whole.LastDay, at: null),
                Budgets.Spendings(satker, year, at: null), Budgets.Agreements(satker, year), Measured.OfOffice(satker, query),
            ],
            async answers => (
                await answers.Next(Offices.Name), await Deadlines.Read(answers), await answers.Next(Budgets.Document<BudgetRevision>),
                await answers.Next(Budgets.Document<Spending>), await answers.Next(Budgets.Document<Agreement>), await answers.Next(Measured.Line)), ct);
        if (names is not [var name])
        {
            return Problems.NotFound();
        }

        var dipa = states.SingleOrDefault();
        var state = dipa?.Content;
        var programOf = MoneyCascade.ProgramOf(state?.Parts() ?? []);
        var budgets = agreements.ToDictionary(agreement => agreement.Id, agreement => MoneyCascade.Programs(agreement.Content.Budgets, programOf));
        List<ProgramAgreement> measured = [.. OfficeCapaian.Of(satker, name, lines, query, deadlines, links).Agreements
            .Where(agreement => budgets.ContainsKey(agreement.Agreement))
            .Select(agreement => new ProgramAgreement(
                agreement.Agreement, agreement.Unit, agreement.Mean.Figure, budgets[agreement.Agreement]))];
        return Found.Computed(new ProgramsOfYear(satker, year, query.Level!.Value, query.Least, state?.Number,
            [.. SpendingRules.Lines(state?.Lines ?? [], SpendingRules.Sum(stated.Select(one => one.Content)))
                .GroupBy(line => BudgetCode.Parse(line.Key.Code)!.Program).OrderBy(program => program.Key, StringComparer.Ordinal)
                .Select(program => Row(program.Key, program, [.. measured.Where(one => one.Programs.Contains(program.Key))]))],
            [
                .. dipa is null ? [] : new[] { SourceDocument.Of(links, dipa) }, .. stated.Select(one => SourceDocument.Of(links, one, year)),
                .. agreements.Where(agreement => measured.Exists(one => one.Agreement == agreement.Id))
                    .Select(agreement => SourceDocument.Of(links, agreement)),
            ], links.Capaian(satker, query)));
    }

    private static ProgramRow Row(string? program, IEnumerable<LineAbsorption> lines, IReadOnlyList<ProgramAgreement> agreements) =>
        new(program, AbsorptionFigure.Of(Absorption.Sum(lines.Select(line => line.Absorption))),
            CapaianAggregate.OfficeFigure(agreements.Select(agreement => agreement.Capaian)), agreements);
}
