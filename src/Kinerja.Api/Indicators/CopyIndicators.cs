namespace Kinerja.Api;

internal static class CopyIndicators
{
    /// <summary>What was copied into another year.</summary>
    /// <param name="From">The year that was copied.</param>
    /// <param name="To">The year it was copied into.</param>
    /// <param name="Opened">The policy was copied too, which opens the year; false when the year has one.</param>
    /// <param name="Copied">The codes that were copied.</param>
    /// <param name="Kept">The codes the year had already; their definitions stay.</param>
    internal sealed record CopiedYear(int From, int To, bool Opened, IReadOnlyList<string> Copied, IReadOnlyList<string> Kept);

    public static void Map(RouteGroupBuilder year) => year.MapPost("/indicators:copy", Handle)
        .Describe("CopyIndicators", "Copies the catalogue of a year into the year after it, or into another one, with the policy when that year "
            + "has none: this opens the year. What is there already stays. For RI's catalogue administrator. Takes no body.")
        .Takes("to", "The year it is copied into: an earlier one, say, whose figures are taken over; the year after when absent.", "2025")
        .Returns<CopiedYear>().Writes();

    private static Task<IResult> Handle(int year, Write write, Year? to, CancellationToken ct)
    {
        var into = to?.Value ?? year + 1;
        if (into > Period.LastYear)
        {
            throw new BadRequest(400, [Query.Unread("to", Year.Expected)]);
        }

        return write.Run(Offices.Ri, bodyHash: $"{to?.Value}", async session =>
        {
            if (IndicatorRoutes.WhyNotAdministrator(session) is { } forbidden)
            {
                return forbidden;
            }

            if (await Catalogue.Load(session, year, ct) is not { } from)
            {
                return Refusal.Broken([MeasuredYear.Unopened(year)]);
            }

            var there = await Catalogue.LoadToChange(session, into, ct);
            var opened = there ?? new Catalogue(
                from.Policy with { Year = into, Version = $"{into}.1" }, new Dictionary<string, Indicator>());
            var copies = from.Indicators.Values.Where(one => opened.Find(one.Code) is null)
                .Select(one => one with { Year = into }).OrderBy(one => one.Code, StringComparer.Ordinal).ToList();
            var next = opened.With(copies);
            // What the other year keeps may have changed under what rolls up from it.
            var faults = copies.SelectMany(one => Definitions.Check(one, next.Policy, next.Find)
                .Select(fault => fault with { Pointer = $"/{one.Code}{fault.Pointer}" })).ToList();
            if (faults.Count > 0)
            {
                return Refusal.Broken(faults);
            }

            if (there is null)
            {
                session.Create(DocumentKinds.Policy, $"{into}", next.Policy, null, "copy", IndicatorRoutes.Administrator);
            }

            foreach (var copy in copies)
            {
                session.Create(
                    DocumentKinds.Indicator, Catalogue.Id(copy.Year, copy.Code), copy, null, "copy", IndicatorRoutes.Administrator);
            }

            await KeptRollups.Define(session, copies.ConvertAll(copy => ((Indicator?)null, copy)), next, ct);
            return Reply.Computed(new CopiedYear(year, into, there is null, copies.ConvertAll(one => one.Code),
                [.. opened.Indicators.Keys.Intersect(from.Indicators.Keys).Order(StringComparer.Ordinal)]));
        }, ct);
    }
}
