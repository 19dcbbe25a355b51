namespace Kinerja.Api;

/// <summary>What an act means for an agreement beside the signature itself.</summary>
internal static class AgreementSignOff
{
    public static readonly SignedKind<Agreement> Kind = new(DocumentKinds.Agreement, "Agreement", _ => null, Before, After, Amendment);

    /// <summary>Nobody signs a promise that cannot be measured, and nobody amends without a lawful ground. What comes in force
    /// takes the place of the agreement it amends, or of a revoked one that still binds, from its own date on; each signature
    /// asks whether it may.</summary>
    private static async Task<Refusal?> Before(
        DocumentSession session, Document<Agreement> agreement, SignOff way, WantedAct wanted, CancellationToken ct)
    {
        if (wanted.Act == Act.Amend)
        {
            return !AgreementRules.Amend(agreement.Id, wanted.Reasons).Accepts(out _, out var groundless) ? groundless
                : await Documents.IsTaken(session, DocumentKinds.Agreement, DocumentKinds.AmendmentSlot(agreement.Content), ct)
                    ? Refusal.Conflict("already-exists")
                    : null;
        }

        if (wanted.Act is not (Act.Sign or Act.Countersign))
        {
            return null;
        }

        var content = agreement.Content;
        var amended = content.Amends is { } amends ? await session.Load(DocumentKinds.Agreement, amends.Agreement, ct) : null;
        if (amended is not null && amended.SignOff!.State != State.InForce)
        {
            return Refusal.Conflict("amended-not-in-force", ("agreement", amended.Id));
        }

        // Reports are locked before the unit's year, as everywhere: who submits one holds it already.
        await DraftReports(session, content, ct);
        var faults = AgreementRules.Replacing(content, await Promises.Replaced(session, agreement, ct)).ToList();
        if (wanted.Act == Act.Sign)
        {
            if (await Catalogue.OfOffice(session, content.Year, ct) is not { } catalogue)
            {
                return Refusal.Broken([SignedContent.Below(MeasuredYear.Unopened(content.Year))]);
            }

            var units = await Offices.Units(session, session.Satker, ct);
            faults.AddRange(AgreementRules.BeforeSigning(content, units!, catalogue.Policy, catalogue.Find));
        }

        if (faults.Count > 0)
        {
            return Refusal.Broken([.. faults.Select(SignedContent.Below)]);
        }

        if (way.State == State.InForce)
        {
            if (amended is not null)
            {
                session.Revise(DocumentKinds.Agreement, amended,
                    amended with { SignOff = amended.SignOff! with { State = State.Superseded } }, "supersede", wanted.Post);
            }

            Promises.Replace(session, agreement);
        }

        return null;
    }

    private static Task<List<Document<Realization>>> DraftReports(DocumentSession session, Agreement content, CancellationToken ct) =>
        session.Once("drafts", () => ResultRows.Drafts(session, content.Year, content.Unit, ct));

    private static async Task<string?> After(
        DocumentSession session, Document<Agreement> agreement, WantedAct wanted, CancellationToken ct)
    {
        switch (wanted.Act, agreement.SignOff!.State)
        {
            case (Act.Sign or Act.Countersign, State.InForce):
                await Bind(session, agreement, ct);
                return null;
            case (Act.Revoke, _) when agreement.SignOff.Acts[^1].From == State.InForce:
                Promises.Revoke(session, agreement);
                await Promises.Follow(session, agreement.Content, ct);
                return null;
            case (Act.Amend, _):
                return await BeginAmendment(session, agreement, wanted, ct);
            default:
                return null;
        }
    }

    /// <summary>From its own date on, an agreement in force is what is measured against, by reports that were begun before
    /// it too.</summary>
    private static async Task Bind(DocumentSession session, Document<Agreement> agreement, CancellationToken ct)
    {
        var content = agreement.Content;
        var units = await Offices.Units(session, session.Satker, ct);
        var catalogue = await Catalogue.OfOffice(session, content.Year, ct);
        Promises.Write(session, agreement, units!.Find(content.Unit)!.Level, catalogue!);
        foreach (var draft in await DraftReports(session, content, ct))
        {
            if (content.Date <= Period.Parse(draft.Content.Period)!.LastDay)
            {
                ResultRows.Fix(session, draft, new MeasuredBy(catalogue, agreement, units));
            }
        }

        await Promises.Follow(session, content, ct);
    }

    /// <summary>Money it names was moved since it was dated; nothing is written into what is signed.</summary>
    private static async Task<AmendmentNeed?> Amendment(
        Database database, Caller caller, Document<Agreement> agreement, DateOnly today, CancellationToken ct) =>
        agreement.SignOff!.State != State.InForce ? null : AmendmentNeed.Of((await database.Ask(
            caller, [Budgets.Naming(agreement.Satker, agreement.Content.Year, agreement.Id, today)], Budgets.ReadNaming, ct))
            .Of(agreement.Id, agreement.Content.Budgets));

    /// <summary>An amendment is an agreement of its own, that names the one it amends; it begins as its copy, dated today.</summary>
    private static async Task<string?> BeginAmendment(
        DocumentSession session, Document<Agreement> amended, WantedAct wanted, CancellationToken ct)
    {
        if (!AgreementRules.Amend(amended.Id, wanted.Reasons).Accepts(out var amendment, out var groundless))
        {
            throw new InvalidOperationException($"{groundless.Code}: nothing is amended without a ground.");
        }

        var units = await Offices.Units(session, session.Satker, ct);
        var way = SignOffTable.Agreement(units!, units!.Find(amended.Content.Unit)!,
            hasParentOffice: await Offices.Parent(session, ct) is not null);
        var draft = session.Create(DocumentKinds.Agreement, Guid.CreateVersion7(session.Now).ToString(),
            amended.Content with { Amends = amendment, Date = await Offices.Today(session, ct) }, way, "draft", wanted.Post);
        return $"/v1/satker/{session.Satker}/agreements/{draft.Id}";
    }
}
