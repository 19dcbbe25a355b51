using System.ComponentModel.DataAnnotations;

namespace Kinerja.Api;

internal static class CompareRevisions
{
    /// <summary>The difference of two states.</summary>
    /// <param name="Satker">The office.</param>
    /// <param name="Year">The budget year.</param>
    /// <param name="From">The state it begins at.</param>
    /// <param name="To">The state it ends at.</param>
    /// <param name="FromSum">The sum of the lines before.</param>
    /// <param name="ToSum">The sum of the lines after.</param>
    /// <param name="Difference">By how much the sum differs.</param>
    /// <param name="Lines">The lines that differ; applied to the first state they give the second.</param>
    /// <param name="Kpa">Whether a KPA may decide this alone.</param>
    internal sealed record Comparison(
        string Satker, int Year, int From, int To, long FromSum, long ToSum, long Difference, IReadOnlyList<ChangeRow> Lines, KpaRow Kpa);

    /// <summary>A line that differs.</summary>
    /// <param name="Change">added, removed or changed.</param>
    /// <param name="Amount">By how much its pagu differs.</param>
    /// <param name="From">The line before; null when it is added.</param>
    /// <param name="To">The line after; null when it is removed.</param>
    internal sealed record ChangeRow(LineChange Change, long Amount, BudgetLine? From, BudgetLine? To);

    /// <summary>Whether a KPA may decide the difference alone, and why not.</summary>
    /// <param name="Answer">alone, not-alone, or cannot-be-decided.</param>
    /// <param name="Needs">The authority it needs; null when no rule is broken.</param>
    /// <param name="Breaches">What a KPA must keep and this does not.</param>
    /// <param name="Unknowns">What is not stated, and needed to decide.</param>
    internal sealed record KpaRow(
        KpaAnswer Answer, Authority? Needs, IReadOnlyList<BreachRow> Breaches, IReadOnlyList<UnknownRow> Unknowns);

    /// <summary>A rule that is not kept.</summary>
    /// <param name="Rule">The rule.</param>
    /// <param name="Of">Of which KRO, jenis belanja, RO or fund source; empty for the total.</param>
    /// <param name="From">Before; null when there was none.</param>
    /// <param name="To">After; null when there is none.</param>
    /// <param name="Authority">Who must decide it.</param>
    /// <param name="Lines">The lines it happens in.</param>
    internal sealed record BreachRow(
        KpaRule Rule, string Of, string? From, string? To, Authority Authority, IReadOnlyList<BudgetKeyRow> Lines);

    /// <summary>A fact that is not stated.</summary>
    /// <param name="Rule">The rule that needs it.</param>
    /// <param name="Fact">What is missing: source, kro, akun, ro, volume.</param>
    /// <param name="Lines">The lines that do not state it.</param>
    internal sealed record UnknownRow(
        KpaRule Rule, [property: AllowedValues("source", "kro", "akun", "ro", "volume")] string Fact, IReadOnlyList<BudgetKeyRow> Lines);

    public static void Map(RouteGroupBuilder budgets) => budgets.MapGet("/{year:int}/compare", Handle)
        .Describe("CompareRevisions", "The difference of two states line by line, and whether a KPA may decide it alone.")
        .Returns<Comparison>().Tagged()
        .Takes("from", "The number of the state it begins at.", "0", required: true)
        .Takes("to", "The number of the state it ends at.", "16", required: true).Reads(404);

    private static async Task<IResult> Handle(
        string satker, int year, Database database, Caller caller, StateNumber from, StateNumber to, CancellationToken ct)
    {
        var states = (await database.Query(
            caller, Budgets.ByNumber(satker, year, from.Value, to.Value), Budgets.Document<BudgetRevision>, ct))
            .ToDictionary(state => state.Content.Number, state => state.Content);
        if (!states.TryGetValue(from.Value, out var before) || !states.TryGetValue(to.Value, out var after))
        {
            return Problems.NotFound();
        }

        return Found.Computed(new Comparison(
            satker, year, before.Number, after.Number, before.Sum, after.Sum, after.Sum - before.Sum,
            [.. BudgetDifference.Between(before.Lines, after.Lines).Select(change => new ChangeRow(change.Change, change.Amount, change.From, change.To))],
            Row(KpaAuthority.Judge(before.Lines, after.Lines))));
    }

    private static KpaRow Row(KpaVerdict verdict) => new(
        verdict.Answer, verdict.Needs,
        [.. verdict.Breaches.Select(breach => new BreachRow(
            breach.Rule, breach.Of, breach.From, breach.To, breach.Authority, [.. breach.Lines.Select(BudgetKeyRow.Of)]))],
        [.. verdict.Unknowns.Select(unknown => new UnknownRow(unknown.Rule, unknown.Fact, [.. unknown.Lines.Select(BudgetKeyRow.Of)]))]);
}
