namespace Kinerja.Api;

/// <summary>The windows in which RI takes the reports of a period, and what is due by them.</summary>
internal static class PeriodRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        var periods = v1.MapGroup("/years/{year:int}/periods").WithTags("Years");
        ListPeriods.Map(periods);
        GetPeriod.Map(periods);
        DefinePeriod.Map(periods);
        ChangePeriod.Map(periods);
        ClosePeriod.Map(periods);
        ReopenPeriod.Map(periods);
        DueRoutes.Map(v1);
    }

    /// <summary>Everything about periods is for RI's period administrator.</summary>
    public static readonly Post Administrator = new(Offices.Ri, Post.PeriodAdministrator);

    /// <summary>Changes a window that is there, upon the version that was seen.</summary>
    public static Task<IResult> Change(
        Write write, int year, string period, int? seen, string bodyHash, string act,
        Func<DocumentSession, PeriodWindow, Task<Decision<PeriodWindow>>> change, CancellationToken ct) =>
        write.Run(Offices.Ri, bodyHash, async session =>
        {
            if (WhyNotAdministrator(session) is { } forbidden)
            {
                return forbidden;
            }

            if (await Periods.Load(session, year, period, ct) is not { } stored)
            {
                return Refusal.NotFound();
            }

            if (IfMatch.WhyNot(seen, stored.Version) is { } stale)
            {
                return stale;
            }

            return (await change(session, stored.Content)).Accepts(out var window, out var refusal)
                ? Reply.Ok(session.Revise(DocumentKinds.Period, stored, stored with { Content = window }, act, Administrator))
                : refusal;
        }, ct);

    public static Refusal? WhyNotAdministrator(DocumentSession session) =>
        session.Actor.MustHold([Administrator]).Accepts(out _, out var refusal) ? null : refusal;
}
