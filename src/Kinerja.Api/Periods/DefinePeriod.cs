using System.ComponentModel.DataAnnotations;

namespace Kinerja.Api;

internal static class DefinePeriod
{
    /// <summary>The days of a window.</summary>
    /// <param name="Period">The period: 2024, 2024-S1, 2024-T3, 2024-B11.</param>
    /// <param name="Opens">The first day on which reports are taken.</param>
    /// <param name="Due">The last day on which a submission is in time.</param>
    internal sealed record WindowBody(
        [property: StringLength(10, MinimumLength = 4)] string Period, DateOnly Opens, DateOnly Due);

    public static readonly WindowBody Shown = new("2024-T1", new DateOnly(2024, 4, 1), new DateOnly(2024, 4, 15));

    public static void Map(RouteGroupBuilder periods) => periods.MapPost("/", Handle)
        .Describe("DefinePeriod", "Sets the window of a period. For RI's period administrator.")
        .Returns<Document<PeriodWindow>>(201).Writes().Shows(Shown);

    private static Task<IResult> Handle(int year, Body<WindowBody> body, Write write, CancellationToken ct) =>
        write.Run(Offices.Ri, body.Hash, async session =>
        {
            if (PeriodRoutes.WhyNotAdministrator(session) is { } forbidden)
            {
                return forbidden;
            }

            var (period, opens, due) = body.Value;
            var faults = PeriodWindow.Check(period, year, opens, due).ToList();
            if (faults.Count > 0)
            {
                return Refusal.Broken(faults);
            }

            if (await Periods.Load(session, year, period, ct) is not null)
            {
                return Refusal.Conflict("already-exists");
            }

            var window = session.Create(
                DocumentKinds.Period, period, new PeriodWindow(period, opens, due), null, "define", PeriodRoutes.Administrator);
            return Reply.Created(window, $"/v1/years/{year}/periods/{period}");
        }, ct);
}
