using System.ComponentModel.DataAnnotations;

namespace Kinerja.Api;

internal static class MapLocalIndicator
{
    /// <summary>What a local indicator is to count as.</summary>
    /// <param name="Indicator">The code of the catalogue indicator; absent to map it to none.</param>
    internal sealed record MappingBody([property: RegularExpression(Kinerja.Domain.Indicator.CataloguePattern)] string? Indicator = null);

    public static void Map(RouteGroupBuilder indicators) => indicators.MapPut("/{code}/mapping", Handle)
        .Describe("MapLocalIndicator", "Maps an office's own indicator to one of the catalogue of the same meaning, as which it rolls up "
            + "from now on and backwards; or to none. For RI's catalogue administrator.")
        .Takes("year", "The year of the definition.", "2024", required: true)
        .Returns<Document<LocalIndicator>>().Writes().Shows(new MappingBody("SP.02"));

    private static Task<IResult> Handle(
        string satker, string code, Year year, IfMatch seen, Body<MappingBody> body, Write write, CancellationToken ct) =>
        write.Run(satker, body.Hash, async session =>
        {
            if (IndicatorRoutes.WhyNotAdministrator(session) is { } forbidden)
            {
                return forbidden;
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

            var target = body.Value.Indicator;
            var decision = target is null
                ? stored.Content with { Mapping = null }
                : stored.Content.Map(target, catalogue.Find(target), IndicatorRoutes.Administrator, session.Now);
            if (!decision.Accepts(out var local, out var refusal))
            {
                return refusal;
            }

            var mapped = session.Revise(DocumentKinds.LocalIndicator, stored, stored with { Content = local },
                target is null ? "unmap" : "map", IndicatorRoutes.Administrator);
            await KeptRollups.Map(session, local, catalogue, ct);
            return Reply.Ok(mapped);
        }, ct);
}
