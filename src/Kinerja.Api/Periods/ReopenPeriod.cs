namespace Kinerja.Api;

internal static class ReopenPeriod
{
    public static void Map(RouteGroupBuilder periods) => periods.MapPost("/{period}/reopenings", Handle)
        .Describe("ReopenPeriod", "Reopens a closed period for some offices until a day; each report is again as it stood.")
        .Returns<Document<PeriodWindow>>().Writes()
        .Shows(new Reopening(["5305"], "Bukti dukung menyusul.", new DateOnly(2025, 2, 28)));

    private static Task<IResult> Handle(
        int year, string period, IfMatch seen, Body<Reopening> body, Write write, CancellationToken ct) =>
        PeriodRoutes.Change(write, year, period, seen.Version, body.Hash, "reopen", async (session, window) =>
        {
            var unknown = await Periods.Unknown(session, body.Value.Offices, ct);
            return unknown.Count > 0
                ? Refusal.Broken([.. unknown.Select(satker => Fault.At("/offices", "unknown-satker", ("satker", satker)))])
                : window.Reopen(body.Value, Day.At(session.Now).Date);
        }, ct);
}
