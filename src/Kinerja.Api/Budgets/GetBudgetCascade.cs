namespace Kinerja.Api;

internal static class GetBudgetCascade
{
    /// <summary>The money of the agreements in force, against one another and against the DIPA.</summary>
    /// <param name="Satker">The office.</param>
    /// <param name="Year">The year.</param>
    /// <param name="Number">The state of the DIPA in force today; null when none is held.</param>
    /// <param name="Agreements">Each agreement in force.</param>
    internal sealed record BudgetCascade(string Satker, int Year, int? Number, IReadOnlyList<BudgetCascadeRow> Agreements);

    /// <summary>One agreement.</summary>
    /// <param name="Agreement">The agreement.</param>
    /// <param name="Unit">The unit that promises.</param>
    /// <param name="Date">Its date.</param>
    /// <param name="Sum">The sum of its budgets.</param>
    /// <param name="Below">The agreements in force of the units right below.</param>
    /// <param name="WithoutAgreement">The units right below that have none in force.</param>
    /// <param name="Detailed">Each of its budgets that states rincian, against their sum.</param>
    /// <param name="Sums">The agreement's sums against those below, in whole and per program; none without units below.</param>
    /// <param name="AddsUp">Every sum below is the sum above; null without agreements below.</param>
    /// <param name="NeedsAmendment">Money it names was moved since it was dated; null when that cannot be told.</param>
    /// <param name="Money">The money of each code it names: when it was dated, and now.</param>
    /// <param name="Href">The document.</param>
    internal sealed record BudgetCascadeRow(
        string Agreement, string Unit, DateOnly Date, long Sum, IReadOnlyList<BelowRow> Below, IReadOnlyList<string> WithoutAgreement,
        IReadOnlyList<DetailedRow> Detailed, IReadOnlyList<SumRow> Sums, bool? AddsUp, bool? NeedsAmendment, IReadOnlyList<NamedRow> Money, string Href);

    /// <summary>An agreement one level down.</summary>
    /// <param name="Agreement">The agreement.</param>
    /// <param name="Unit">The unit that promises.</param>
    /// <param name="Sum">The sum of its budgets.</param>
    internal sealed record BelowRow(string Agreement, string Unit, long Sum);

    /// <summary>A sum above and below.</summary>
    /// <param name="Program">The program; null for the whole.</param>
    /// <param name="Above">The agreement's own sum.</param>
    /// <param name="Below">The sum one level down.</param>
    /// <param name="Difference">What those below have too much, or too little of.</param>
    internal sealed record SumRow(string? Program, long Above, long Below, long Difference);

    /// <summary>A budget of an agreement, and its rincian.</summary>
    /// <param name="Code">The code of the budget.</param>
    /// <param name="Pagu">The budget as the agreement states it.</param>
    /// <param name="Details">How many rincian it states.</param>
    /// <param name="Sum">Their sum.</param>
    /// <param name="Difference">What they have too much, or too little of.</param>
    internal sealed record DetailedRow(string Code, long Pagu, int Details, long Sum, long Difference);

    public static void Map(RouteGroupBuilder budgets) => budgets.MapGet("/{year:int}/cascade", Handle)
        .Describe("GetBudgetCascade", "The budgets of agreements one level down against the agreement above, and which agreements need an amendment because money was moved.")
        .Returns<BudgetCascade>().Tagged().Reads(404);

    private static async Task<IResult> Handle(
        string satker, int year, Database database, Caller caller, Links links, TimeProvider clock, CancellationToken ct)
    {
        var today = Day.Today(clock).Date;
        var (visible, units, agreements, chain, named) = await database.Ask(
            caller,
            [
                Offices.NameIfVisible(satker, year), Offices.Units(satker), Budgets.Agreements(satker, year),
                Budgets.Chain(satker, year, at: null), Budgets.Naming(satker, year, agreement: null, today),
            ],
            async answers => (
                await answers.Next(Offices.Name), new Units(await answers.Next(Offices.Unit)),
                (await answers.Next(Budgets.Document<Agreement>)).ConvertAll(found => new FundedAgreement(found.Id, found.Content)),
                new BudgetChain(await answers.Next(Budgets.Held)), await Budgets.ReadNaming(answers)), ct);
        return visible is []
            ? Problems.NotFound()
            : Found.Computed(new BudgetCascade(satker, year, chain.At(today)?.Number,
                [.. agreements.OrderBy(agreement => units.All.ToList().FindIndex(unit => unit.Code == agreement.Content.Unit))
                    .Select(agreement => Row(satker, agreement, units, agreements, named, links))]));
    }

    private static BudgetCascadeRow Row(
        string satker, FundedAgreement agreement, Units units, IReadOnlyList<FundedAgreement> all, NamedParts named, Links links)
    {
        var content = agreement.Content;
        var unitsBelow = units.All.Where(unit => unit.Parent == content.Unit).Select(unit => unit.Code).ToList();
        List<FundedAgreement> below = [.. all.Where(other => unitsBelow.Contains(other.Content.Unit))];
        var sums = below.Count == 0 ? [] : MoneyCascade.Compare(agreement, below, MoneyCascade.ProgramOf(named.Last(agreement.Id)));
        var need = AmendmentNeed.Of(named.Of(agreement.Id, content.Budgets));
        return new BudgetCascadeRow(
            agreement.Id, content.Unit, content.Date, agreement.Sum,
            [.. below.Select(other => new BelowRow(other.Id, other.Content.Unit, other.Sum))],
            [.. unitsBelow.Except(below.Select(other => other.Content.Unit))],
            [.. (content.Budgets ?? []).Select(DetailedSum.Of).OfType<DetailedSum>()
                .Select(sum => new DetailedRow(sum.Code, sum.Pagu, sum.Details, sum.Sum, sum.Difference))],
            [.. sums.Select(sum => new SumRow(sum.Program, sum.Above, sum.Below, sum.Difference))],
            below.Count == 0 ? null : sums.All(sum => sum.Difference == 0), need.Needed, need.Money,
            links.Document(DocumentKinds.Agreement.Name, satker, agreement.Id));
    }
}
