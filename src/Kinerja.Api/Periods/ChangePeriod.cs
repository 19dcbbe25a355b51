namespace Kinerja.Api;

internal static class ChangePeriod
{
    public static void Map(RouteGroupBuilder periods) => periods.MapPut("/{period}", Handle)
        .Describe("ChangePeriod", "Moves the days of a window; whether it is closed stays.")
        .Returns<Document<PeriodWindow>>().Writes().Shows(DefinePeriod.Shown);

    private static Task<IResult> Handle(
        int year, string period, IfMatch seen, Body<DefinePeriod.WindowBody> body, Write write, CancellationToken ct) =>
        PeriodRoutes.Change(write, year, period, seen.Version, body.Hash, "change", (_, window) =>
        {
            var (named, opens, due) = body.Value;
            var faults = PeriodWindow.Check(named, year, opens, due).ToList();
            return Task.FromResult<Decision<PeriodWindow>>(
                faults.Count > 0 ? Refusal.Broken(faults)
                : named != window.Period ? Refusal.Broken("another-document")
                : window with { Opens = opens, Due = due });
        }, ct);
}
