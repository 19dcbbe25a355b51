using System.ComponentModel.DataAnnotations;

namespace Kinerja.Api;

internal static class GetSpending
{
    /// <summary>What was spent of the DIPA in force.</summary>
    /// <param name="Satker">The office.</param>
    /// <param name="Year">The budget year.</param>
    /// <param name="Period">Up to the end of this period.</param>
    /// <param name="Basis">What counts as spent: sp2d.</param>
    /// <param name="Number">The state in force on the period's last day; null when none is held.</param>
    /// <param name="Whole">All lines together.</param>
    /// <param name="Lines">Line by line, and at the end what was spent without a line.</param>
    /// <param name="Findings">What is wrong with what is stated; it blocks the next revision that leaves it so.</param>
    /// <param name="Statements">The statements it is made of, oldest first.</param>
    /// <param name="State">The state of the DIPA whose lines they are; null when none is held.</param>
    internal sealed record SpendingOfYear(
        string Satker, int Year, string Period, string Basis, int? Number, AbsorptionFigure Whole, IReadOnlyList<SpentLine> Lines,
        IReadOnlyList<BudgetFinding> Findings, IReadOnlyList<StatementRow> Statements, SourceDocument? State);

    /// <summary>A line, and what was spent of it.</summary>
    /// <param name="Code">The code to the level that is known.</param>
    /// <param name="Akun">The akun; null when it is not stated.</param>
    /// <param name="Source">The fund source; null when it is not stated.</param>
    /// <param name="Figure">Pagu, realization, remaining, percent.</param>
    /// <param name="Mark">spent-above-pagu or spent-without-line; null otherwise.</param>
    internal sealed record SpentLine(string Code, string? Akun, FundSource? Source, AbsorptionFigure Figure,
        [property: AllowedValues("spent-above-pagu", "spent-without-line", null)] string? Mark);

    /// <summary>One statement of what was spent.</summary>
    /// <param name="Id">Its name.</param>
    /// <param name="Period">Its period.</param>
    /// <param name="Sum">The sum of its amounts.</param>
    /// <param name="Reason">Why it corrects what was stated before; null when it does not.</param>
    /// <param name="TakenOver">From where it was copied; null when it was not.</param>
    /// <param name="RecordedAt">When it was stated.</param>
    /// <param name="Version">Its version.</param>
    /// <param name="ContentHash">The hash of its content.</param>
    /// <param name="Href">The document.</param>
    internal sealed record StatementRow(
        string Id, string Period, long Sum, string? Reason, TakenOver? TakenOver, DateTimeOffset RecordedAt, int Version,
        string ContentHash, string Href);

    public static void Map(RouteGroupBuilder budgets) => budgets.MapGet("/{year:int}/realizations", Handle)
        .Describe("GetSpending", "What was spent of each line of the DIPA in force: realization, remaining pagu, percent.")
        .Returns<SpendingOfYear>().Tagged()
        .Takes("period", "Up to the end of this period; the whole year when absent.", "2024-T1")
        .Takes("recordedAt", "As it was held at this instant.", "2024-12-31T16:59:59Z").Reads(404);

    private static async Task<IResult> Handle(
        HttpContext http, string satker, int year, Database database, Caller caller, Links links, PeriodOf? period, Instant? recordedAt,
        CancellationToken ct)
    {
        var asked = PeriodOf.In(new Year(year), period);
        var (visible, states, stated) = await database.Ask(
            caller,
            [
                Offices.NameIfVisible(satker, year), Budgets.InForce(satker, year, asked.LastDay, recordedAt?.At),
                Budgets.Spendings(satker, year, recordedAt?.At),
            ],
            async answers => (await answers.Next(Offices.Name), await answers.Next(Budgets.Document<BudgetRevision>),
                await answers.Next(Budgets.Document<Spending>)), ct);
        if (visible is [])
        {
            return Problems.NotFound();
        }

        var spent = SpendingRules.Sum(stated.Select(one => one.Content), asked);
        var state = states.SingleOrDefault();
        var lines = SpendingRules.Lines(state?.Content.Lines ?? [], spent).ToList();
        return Found.Computed(new SpendingOfYear(
            satker, year, asked.Text, "sp2d", state?.Content.Number, AbsorptionFigure.Of(Absorption.Sum(lines.Select(line => line.Absorption))),
            [.. lines.Select(line => new SpentLine(
                line.Key.Code, line.Key.Akun, line.Key.Source, AbsorptionFigure.Of(line.Absorption), line.Mark))],
            BudgetFinding.Of(lines.Select((line, i) => SpendingRules.Finding(line, $"/lines/{i}")).OfType<Fault>(), http),
            [.. stated.Where(one => SpendingRules.IsWithin(one.Content, asked)).Select(one => new StatementRow(
                one.Id, one.Content.Period, one.Content.Entries.Sum(entry => entry.Amount), one.Content.Reason, one.Content.TakenOver,
                one.RecordedAt, one.Version, one.ContentHash, $"{links.Root}/v1/satker/{satker}/budgets/{year}/realizations/{one.Id}"))],
            state is null ? null : SourceDocument.Of(links, state)));
    }
}
