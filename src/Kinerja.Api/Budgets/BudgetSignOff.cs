namespace Kinerja.Api;

/// <summary>What an act means for a state of the DIPA beside the signature itself.</summary>
internal static class BudgetSignOff
{
    public static readonly SignedKind<BudgetRevision> Kind =
        new(DocumentKinds.BudgetRevision, "BudgetRevision", _ => null, Before, After);

    public static void Map(RouteGroupBuilder budgets)
    {
        GetSignOffs.Describe(Kind, budgets.MapGet("/{year:int}/revisions/{number:int}/sign-offs",
            (HttpContext http, string satker, int year, int number, Database database, Caller caller, TimeProvider clock, CancellationToken ct) =>
                GetSignOffs.Handle(Kind, http, satker, BudgetRevision.IdOf(year, number), database, caller, clock, ct)));
        PostAct.Describe(Kind, budgets.MapPost("/{year:int}/revisions/{number:int}/sign-offs",
            (string satker, int year, int number, IfMatch seen, Body<PostAct.WantedActBody> body, Write write, CancellationToken ct) =>
                PostAct.Handle(Kind, satker, BudgetRevision.IdOf(year, number), seen, body, write, ct)));
    }

    /// <summary>The state that a new one follows has ended, when it was signed here and not superseded already.</summary>
    public static async Task Supersede(
        DocumentSession session, BudgetChain chain, Document<BudgetRevision> next, Post by, CancellationToken ct)
    {
        if (next.Content.Number < chain.Next || await Previous(session, chain, next.Content, ct) is not { SignOff.State: State.InForce } previous)
        {
            return;
        }

        session.Revise(DocumentKinds.BudgetRevision, previous,
            previous with { SignOff = previous.SignOff! with { State = State.Superseded } }, "supersede", by);
    }

    /// <summary>Nobody submits, and no KPA decides, a state with findings, in the wrong place, or beyond the KPA.</summary>
    private static async Task<Refusal?> Before(
        DocumentSession session, Document<BudgetRevision> revision, SignOff way, WantedAct wanted, CancellationToken ct)
    {
        if (wanted.Act is not (Act.Submit or Act.Record or Act.Approve))
        {
            return null;
        }

        var content = revision.Content;
        var held = await BudgetYear.Load(session, content.Year, ct);
        var previous = await Previous(session, held.Chain, content, ct);
        List<Fault> faults =
        [
            .. held.Chain.WhyNot(content) is { } misplaced ? [misplaced] : Array.Empty<Fault>(),
            .. BudgetRules.BeforeSubmission(content, held.Chain, previous?.Content, SpendingRules.Sum(held.Spendings)),
        ];
        return faults.Count == 0 ? null : Refusal.Broken([.. faults.Select(SignedContent.Below)]);
    }

    private static async Task<string?> After(
        DocumentSession session, Document<BudgetRevision> revision, WantedAct wanted, CancellationToken ct)
    {
        if (wanted.Act is Act.Record or Act.Approve)
        {
            Budgets.Hold(session, revision);
            await Supersede(session, (await BudgetYear.Load(session, revision.Content.Year, ct)).Chain, revision, wanted.Post, ct);
        }

        return null;
    }

    private static async Task<Document<BudgetRevision>?> Previous(
        DocumentSession session, BudgetChain chain, BudgetRevision revision, CancellationToken ct) =>
        chain.Before(revision.Number) is { } before
            ? await session.Load(DocumentKinds.BudgetRevision, BudgetRevision.IdOf(revision.Year, before.Number), ct)
            : null;
}
