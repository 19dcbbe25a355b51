namespace Kinerja.Api;

internal static class ChangeIndicator
{
    public static void Map(RouteGroupBuilder indicators) => indicators.MapPut("/{code}", Handle)
        .Describe("ChangeIndicator", "Changes an indicator of a year's catalogue; what it was before stays readable by recordedAt. "
            + "A changed roll-up counts at once; what is signed keeps its figures. For RI's catalogue administrator.")
        .Takes("year", "The year of the catalogue.", "2024", required: true)
        .Returns<Document<Indicator>>().Writes().Shows(DefineIndicator.Shown);

    private static Task<IResult> Handle(
        string code, Year year, IfMatch seen, Body<Indicator> body, Write write, CancellationToken ct) =>
        write.Run(Offices.Ri, body.Hash, async session =>
        {
            if (IndicatorRoutes.WhyNotAdministrator(session) is { } forbidden)
            {
                return forbidden;
            }

            if (await Catalogue.LoadToChange(session, year.Value, ct) is not { } catalogue
                || await session.Load(DocumentKinds.Indicator, Catalogue.Id(year.Value, code), ct) is not { } stored)
            {
                return Refusal.NotFound();
            }

            if (IfMatch.WhyNot(seen.Version, stored.Version) is { } stale)
            {
                return stale;
            }

            var (before, after) = (stored.Content, body.Value);
            if ((after.Code, after.Year) != (before.Code, before.Year))
            {
                return Refusal.Broken("another-document");
            }

            var next = catalogue.With(after);
            var fed = next.Indicators.Values.Where(one => one.Rollup?.Source == code);
            var faults = Definitions.Check(after, next.Policy, next.Find)
                .Concat(Definitions.CheckChange(before, after, await Catalogue.IsUsed(session, before, ct)))
                .Concat(Definitions.CheckFed(after, fed, next.Policy, next.Find)).ToList();
            if (faults.Count > 0)
            {
                return Refusal.Broken(faults);
            }

            var changed = session.Revise(
                DocumentKinds.Indicator, stored, stored with { Content = after }, "change", IndicatorRoutes.Administrator);
            await KeptRollups.Define(session, [(before, after)], next, ct);
            return Reply.Ok(changed);
        }, ct);
}
