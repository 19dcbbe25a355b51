namespace Kinerja.Api;

internal static class GetBudgetYears
{
    /// <summary>Years of an office's money side by side.</summary>
    /// <param name="Satker">The office.</param>
    /// <param name="From">The first year.</param>
    /// <param name="To">The last year.</param>
    /// <param name="Years">Each year that holds a state.</param>
    /// <param name="NotHeld">The years of which none is held, of those that are the caller's to read.</param>
    /// <param name="Grants">The grants, with what was used of them in all years and what remains.</param>
    internal sealed record BudgetYears(
        string Satker, int From, int To, IReadOnlyList<BudgetYearRow> Years, IReadOnlyList<int> NotHeld, IReadOnlyList<GrantRow> Grants);

    /// <summary>A year.</summary>
    /// <param name="Year">The year.</param>
    /// <param name="Number">The last state of the DIPA.</param>
    /// <param name="TakenOver">That state was copied from a published document.</param>
    /// <param name="Figure">Pagu, realization, remaining, and the computed percent.</param>
    /// <param name="PublishedPercent">The percent that a published document prints; null without one.</param>
    /// <param name="Marks">published-differs: the published percent is not the computed one.</param>
    internal sealed record BudgetYearRow(
        int Year, int Number, bool TakenOver, AbsorptionFigure Figure, decimal? PublishedPercent, IReadOnlyList<string> Marks);

    /// <summary>A grant.</summary>
    /// <param name="Nphd">The number of its agreement.</param>
    /// <param name="Amount">The whole grant.</param>
    /// <param name="Used">What was spent of it, in all years.</param>
    /// <param name="Remaining">What remains.</param>
    /// <param name="Years">What was spent of it in each year.</param>
    internal sealed record GrantRow(string Nphd, long Amount, long Used, long Remaining, IReadOnlyList<GrantYear> Years);

    /// <summary>What was spent of a grant in a year.</summary>
    internal sealed record GrantYear(int Year, long Used);

    /// <summary>Every year there can be: they are read in one pass.</summary>
    private const int Most = 101;

    public static void Map(RouteGroupBuilder budgets) => budgets.MapGet("/", Handle)
        .Describe("GetBudgetYears", "Pagu and realization of several years side by side, and the grants with what remains of them.")
        .Returns<BudgetYears>().Tagged()
        .Takes("from", "The first year.", "2020", required: true)
        .Takes("to", "The last year.", "2024", required: true).Reads(404);

    private static async Task<IResult> Handle(
        string satker, Database database, Caller caller, Year from, Year to, CancellationToken ct)
    {
        var asked = YearSpan.Of(from, to, Most);
        var (readable, years, grants, used) = await database.Ask(
            caller,
            [
                Offices.ReadableYears(satker, asked), Budgets.Years(satker, from.Value, to.Value), Budgets.Grants(satker),
                Budgets.SpentBySource(satker),
            ],
            async answers => (await answers.Next(row => row.GetInt32(0)), await answers.Next(Budgets.Year), await answers.Next(Budgets.Document<Grant>),
                (await answers.Next(row => (Source: row.GetString(0), Spent: new GrantYear(row.GetInt32(1), row.GetInt64(2))))).ToLookup(
                    row => row.Source, row => row.Spent)), ct);
        if (readable is [])
        {
            return Problems.NotFound();
        }

        return Found.Computed(new BudgetYears(
            satker, from.Value, to.Value, years.ConvertAll(Row), [.. readable.Except(years.Select(year => year.Year))],
            [.. grants.Select(grant => Row(grant.Content, [.. used[$"{new FundSource(FundSourceKind.Hibah, grant.Content.Nphd)}"]]))]));
    }

    private static BudgetYearRow Row(MoneyYear year) => new(
        year.Year, year.State, year.IsTakenOver, AbsorptionFigure.Of(year.Absorption), year.PublishedPercent,
        year.PublishedPercent is { } published && published != year.Absorption.Percent ? [Marks.PublishedDiffers] : []);

    private static GrantRow Row(Grant grant, IReadOnlyList<GrantYear> years)
    {
        var used = years.Sum(year => year.Used);
        return new GrantRow(grant.Nphd, grant.Amount, used, grant.Amount - used, years);
    }
}
