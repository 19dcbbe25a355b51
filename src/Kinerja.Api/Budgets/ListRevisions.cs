using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Kinerja.Api;

internal static class ListRevisions
{
    /// <summary>One number of the chain.</summary>
    /// <param name="Number">The number.</param>
    /// <param name="State">Where it stands; taken-over, or not-held.</param>
    /// <param name="Date">Its date; null when it is not held.</param>
    /// <param name="Authority">Who decides it; null when it is not stated.</param>
    /// <param name="Kind">The kind of revision; null when there is none, or it is not stated.</param>
    /// <param name="Total">The total as stated; null when it is not held.</param>
    /// <param name="Sum">The sum of its lines; null when it is not held.</param>
    /// <param name="TakenOver">From where it was copied; null when it was not.</param>
    /// <param name="Findings">What is wrong with what is stated.</param>
    /// <param name="Href">The document; null when it is not held.</param>
    internal sealed record RevisionRow(
        int Number,
        [property: AllowedValues("draft", "submitted", "in-force", "superseded", "revoked", "taken-over", "not-held")] string State, DateOnly? Date, Authority? Authority, RevisionKind? Kind, long? Total, long? Sum, TakenOver? TakenOver,
        IReadOnlyList<BudgetFinding> Findings, string? Href);

    public static void Map(RouteGroupBuilder budgets) => budgets.MapGet("/{year:int}/revisions", Handle)
        .Describe("ListRevisions", "Every number of the chain, those that nobody holds included.").Returns<Page<RevisionRow>>().Tagged().Reads(404);

    private static async Task<IResult> Handle(
        HttpContext http, string satker, int year, Database database, Caller caller, Links links, Paging paging, CancellationToken ct)
    {
        var first = (int)(paging.AfterNumber(most: BudgetRevision.LastNumber) + 1 ?? 0);
        var states = await database.Query(
            caller, Budgets.From(satker, year, first, paging.Size + 1), Budgets.Document<BudgetRevision>, ct);
        var byNumber = states.ToDictionary(state => state.Content.Number);
        var numbers = states.Count == 0 ? [] : Enumerable.Range(first, states[^1].Content.Number - first + 1).Take(paging.Size + 1);
        return paging.Answer(http, numbers.Select(number => Row(http, links, number, byNumber.GetValueOrDefault(number))).ToList(),
            row => row.Number.ToString(CultureInfo.InvariantCulture));
    }

    private static RevisionRow Row(HttpContext http, Links links, int number, Document<BudgetRevision>? state) => state?.Content is not { } content
        ? new RevisionRow(number, "not-held", null, null, null, null, null, null, [], null)
        : new RevisionRow(
            number, DocumentKinds.BudgetRevision.Columns(state).State, content.Date, content.Authority, content.Kind, content.Total, content.Sum,
            content.TakenOver, BudgetFinding.Of(BudgetRules.Findings(content), http), links.Document(state.Kind, state.Satker, state.Id));
}
