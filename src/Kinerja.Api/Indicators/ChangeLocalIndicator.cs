namespace Kinerja.Api;

internal static class ChangeLocalIndicator
{
    public static void Map(RouteGroupBuilder indicators) => indicators.MapPut("/{code}", Handle)
        .Describe("ChangeLocalIndicator", "Changes one of an office's own indicators; what it was before stays readable by recordedAt.")
        .Takes("year", "The year of the definition.", "2024", required: true)
        .Returns<Document<LocalIndicator>>().Writes().Shows(DefineLocalIndicator.Shown);

    private static Task<IResult> Handle(
        string satker, string code, Year year, IfMatch seen, Body<LocalIndicator> body, Write write, CancellationToken ct) =>
        write.Run(satker, body.Hash, async session =>
        {
            if (!(await DefineLocalIndicator.Preparer(session, ct)).Accepts(out var preparer, out var refusal))
            {
                return refusal;
            }

            if (await Catalogue.LoadToChange(session, year.Value, ct) is not { } catalogue
                || await session.Load(DocumentKinds.LocalIndicator, Catalogue.Id(year.Value, code), ct) is not { } stored)
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

            var isUsed = before.Mapping is not null || await LocalIndicators.IsUsed(session, before, ct);
            var faults = DefineLocalIndicator.Check(after, before.Mapping, catalogue.Policy)
                .Concat(Definitions.CheckChange(before.AsMeasured(), after.AsMeasured(), isUsed)).ToList();
            return faults.Count > 0
                ? Refusal.Broken(faults)
                : Reply.Ok(session.Revise(DocumentKinds.LocalIndicator, stored, stored with { Content = after }, "change", preparer));
        }, ct);
}
