namespace Kinerja.Api;

/// <summary>What an act means for an agreement beside the signature itself.</summary>
internal static class AgreementSignOff
{
    public static readonly SignedKind<Agreement> Kind = new(DocumentKinds.Agreement, "Agreement", Before, After);

    /// <summary>Nobody signs a promise that cannot be measured.</summary>
    private static async Task<Refusal?> Before(DocumentSession session, Document<Agreement> agreement, Act act, CancellationToken ct)
    {
        if (act != Act.Sign || await Catalogue.Load(session, agreement.Content.Year, ct) is not { } catalogue)
        {
            return null;
        }

        var faults = AgreementRules.BeforeSigning(agreement.Content, catalogue.Policy, catalogue.Find).ToList();
        return faults.Count == 0 ? null : Refusal.Broken([.. faults.Select(SignedContent.Below)]);
    }

    /// <summary>From its own date on, an agreement in force is what is measured against, by reports that were begun before
    /// it too.</summary>
    private static async Task After(DocumentSession session, Document<Agreement> agreement, CancellationToken ct)
    {
        if (agreement.SignOff!.State != State.InForce)
        {
            return;
        }

        var content = agreement.Content;
        var units = await Offices.Units(session, session.Satker, ct);
        var catalogue = await Catalogue.Load(session, content.Year, ct);
        Promises.Write(session, agreement, units!.Find(content.Unit)!.Level);
        foreach (var draft in await ResultRows.Drafts(session, content.Year, content.Unit, ct))
        {
            if (content.Date <= Period.Parse(draft.Content.Period)!.LastDay)
            {
                ResultRows.Write(session, draft, new MeasuredBy(catalogue, agreement, units));
            }
        }
    }
}
