namespace Kinerja.Api;

internal static class DefineIndicator
{
    /// <summary>A definition, for the contract.</summary>
    public static readonly Indicator Shown = new("AK.01", 2024, "Persentase KPU dengan nilai akuntabilitas kinerja minimal B",
        "Bagian satker yang predikat AKIP-nya minimal B.", "satker minimal B / seluruh satker × 100",
        ValueKind.Percent, Polarity.Maximize, Accumulation.Latest, new IndicatorTraits(),
        Rollup: new RollupRule("SS.03", AgreementLevel.Sekretaris, RollupMethod.ShareMeeting,
            new Population(Self: true, Reach.Descendants, OnlyCarrying: false, [OfficeLevel.Provinsi, OfficeLevel.KabupatenKota]),
            new Value.AkipGrade("B")));

    public static void Map(RouteGroupBuilder indicators) => indicators.MapPost("/", Handle)
        .Describe("DefineIndicator", "Adds an indicator to the catalogue of a year. For RI's catalogue administrator.")
        .Returns<Document<Indicator>>(201).Writes()
        .Shows(Shown);

    private static Task<IResult> Handle(Body<Indicator> body, Write write, CancellationToken ct) =>
        write.Run(Offices.Ri, body.Hash, async session =>
        {
            if (IndicatorRoutes.WhyNotAdministrator(session) is { } forbidden)
            {
                return forbidden;
            }

            var indicator = body.Value;
            var catalogue = await Catalogue.LoadToChange(session, indicator.Year, ct);
            if (catalogue is null)
            {
                return Refusal.Broken([MeasuredYear.Unopened(indicator.Year)]);
            }

            if (catalogue.Find(indicator.Code) is not null)
            {
                return Refusal.Conflict("already-exists");
            }

            var faults = Definitions.Check(indicator, catalogue.Policy, catalogue.Find).ToList();
            if (faults.Count > 0)
            {
                return Refusal.Broken(faults);
            }

            var defined = session.Create(
                DocumentKinds.Indicator, Catalogue.Id(indicator.Year, indicator.Code), indicator, null, "define",
                IndicatorRoutes.Administrator);
            await KeptRollups.Define(session, [(null, indicator)], catalogue.With(indicator), ct);
            return Reply.Created(defined, IndicatorRoutes.PathOf(indicator));
        }, ct);
}
