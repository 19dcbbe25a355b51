namespace Kinerja.Api;

/// <summary>What an act means for a realization report beside the signature itself.</summary>
internal static class RealizationSignOff
{
    public static readonly SignedKind<Realization> Kind =
        new(DocumentKinds.Realization, "Realization", report => report.Period, Before, After);

    /// <summary>Nobody submits a report from which a figure cannot be computed; RI does not lock and approve its own by one
    /// person.</summary>
    private static async Task<Refusal?> Before(
        DocumentSession session, Document<Realization> report, SignOff way, WantedAct wanted, CancellationToken ct)
    {
        if (wanted.Act == Act.Approve && session.Satker == Offices.Ri && await Periods.HasClosed(session, report.Content.Period, ct))
        {
            return Refusal.Forbidden("lock-and-approve", ("period", report.Content.Period));
        }

        if (wanted.Act != Act.Submit)
        {
            return null;
        }

        var by = await MeasuredBy.Load(session, report.Content, ct);
        if (by.Catalogue is not { } catalogue)
        {
            return Refusal.Broken([SignedContent.Below(MeasuredYear.Unopened(report.Content.Year))]);
        }

        var faults = RealizationRules.BeforeSubmission(report.Content, by.Agreement?.Content, catalogue.Policy, catalogue.Find).ToList();
        faults.AddRange((await Citations.Fill(session, report.Content, report.Content, by, ct)).Accepts(out var now, out var refusal)
            ? RealizationRules.Outdated(report.Content, now)
            : refusal.Faults);
        return faults.Count == 0 ? null : Refusal.Broken([.. faults.Select(SignedContent.Below)]);
    }

    /// <summary>Whether what was done last computes the figures of the round anew: drafting, submitting, returning.</summary>
    public static bool FixesFigures(SignOff way) => way.Acts is [] or [.., { Act: Act.Submit or Act.Return }];

    /// <summary>The figures of a round are fixed when it is submitted; later acts only raise the level it has reached,
    /// and approving accepts what the unit proposes to publish instead.</summary>
    private static async Task<string?> After(
        DocumentSession session, Document<Realization> report, WantedAct wanted, CancellationToken ct)
    {
        if (wanted.Act == Act.Revoke)
        {
            await ResultRows.TakeBack(session, report, ct);
        }
        else if (FixesFigures(report.SignOff!))
        {
            await ResultRows.Write(session, report, await MeasuredBy.Load(session, report.Content, ct), ct);
        }
        else
        {
            if (wanted.Act == Act.Approve)
            {
                ResultRows.Publish(session, report);
            }

            await ResultRows.Reach(session, report, ct);
        }

        return null;
    }
}
