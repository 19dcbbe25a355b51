namespace Kinerja.Api;

internal static class GetBudget
{
    /// <summary>The DIPA in force.</summary>
    /// <param name="Satker">The office.</param>
    /// <param name="Year">The budget year.</param>
    /// <param name="AsOf">The day asked for.</param>
    /// <param name="RecordedAt">The instant asked for; null for now.</param>
    /// <param name="Number">The number of the state in force on that day.</param>
    /// <param name="Document">The number of the DIPA; null when it is not stated.</param>
    /// <param name="Date">From when it is in force.</param>
    /// <param name="Authority">Who decided it; null when it is not stated.</param>
    /// <param name="Kind">The kind of revision; null for the DIPA awal, and when it is not stated.</param>
    /// <param name="TakenOver">From where it was copied; null when it was signed here.</param>
    /// <param name="Total">The total as the document states it.</param>
    /// <param name="Sum">The sum of its lines.</param>
    /// <param name="Lines">Its lines.</param>
    /// <param name="NotHeld">The numbers below the last that nobody holds.</param>
    /// <param name="Findings">What is wrong with what is stated.</param>
    /// <param name="Href">The document, with its signatures.</param>
    internal sealed record Dipa(
        string Satker, int Year, DateOnly AsOf, DateTimeOffset? RecordedAt, int Number, string? Document, DateOnly Date, Authority? Authority,
        RevisionKind? Kind, TakenOver? TakenOver, long Total, long Sum, IReadOnlyList<BudgetLineRow> Lines, IReadOnlyList<int> NotHeld,
        IReadOnlyList<BudgetFinding> Findings, string Href);

    public static void Map(RouteGroupBuilder budgets) => budgets.MapGet("/{year:int}", Handle)
        .Describe("GetBudget", "The DIPA in force on a day, as it was held at an instant.").Returns<Dipa>().Tagged()
        .Takes("asOf", "The day; today when absent.", "2024-06-30")
        .Takes("recordedAt", "As it was held at this instant.", "2024-12-31T16:59:59Z").Reads(404);

    private static async Task<IResult> Handle(
        HttpContext http, string satker, int year, Database database, Caller caller, Links links, TimeProvider clock, Day? asOf,
        Instant? recordedAt, CancellationToken ct)
    {
        var day = (asOf ?? Day.Today(clock)).Date;
        var (chain, states) = await database.Ask(
            caller, [Budgets.Chain(satker, year, recordedAt?.At), Budgets.InForce(satker, year, day, recordedAt?.At)],
            async answers => (new BudgetChain(await answers.Next(Budgets.Held)), await answers.Next(Budgets.Document<BudgetRevision>)), ct);
        if (states is not [var state])
        {
            return Problems.NotFound();
        }

        var content = state.Content;
        return Found.Computed(new Dipa(
            satker, year, day, recordedAt?.At, content.Number, content.Document, content.Date, content.Authority, content.Kind,
            content.TakenOver, content.Total, content.Sum, [.. content.Lines.Select(BudgetLineRow.Of)], [.. chain.NotHeld],
            BudgetFinding.Of(BudgetRules.Findings(content), http), links.Document(state.Kind, satker, state.Id)));
    }
}
