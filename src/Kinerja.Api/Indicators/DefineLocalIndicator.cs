namespace Kinerja.Api;

internal static class DefineLocalIndicator
{
    /// <summary>A local indicator, for the contract.</summary>
    public static readonly LocalIndicator Shown = new("L-KTR.1", 2024, "Persentase kendaraan dinas yang laik jalan",
        "Kendaraan dinas yang laik jalan dari seluruh kendaraan dinas.", "kendaraan laik jalan / seluruh kendaraan × 100",
        ValueKind.Percent, Polarity.Maximize, Accumulation.Latest, new IndicatorTraits());

    public static void Map(RouteGroupBuilder indicators) => indicators.MapPost("/", Handle)
        .Describe("DefineLocalIndicator", "Defines an indicator of the office's own. For its operator and the head of its planning unit.")
        .Returns<Document<LocalIndicator>>(201).Writes().Shows(Shown);

    private static Task<IResult> Handle(string satker, Body<LocalIndicator> body, Write write, CancellationToken ct) =>
        write.Run(satker, body.Hash, async session =>
        {
            var local = body.Value;
            if (!(await Preparer(session, ct)).Accepts(out var preparer, out var refusal))
            {
                return refusal;
            }

            if (await Catalogue.Load(session, local.Year, ct) is not { } catalogue)
            {
                return Refusal.Broken([MeasuredYear.Unopened(local.Year)]);
            }

            var faults = Check(local, mapping: null, catalogue.Policy).ToList();
            if (faults.Count > 0)
            {
                return Refusal.Broken(faults);
            }

            var defined = session.Create(
                DocumentKinds.LocalIndicator, Catalogue.Id(local.Year, local.Code), local, null, "define", preparer);
            return Reply.Created(defined, $"/v1/satker/{satker}/indicators/{Uri.EscapeDataString(local.Code)}?year={local.Year}");
        }, ct);

    /// <summary>The post for which the caller defines indicators of the office.</summary>
    public static async Task<Decision<Post>> Preparer(DocumentSession session, CancellationToken ct) =>
        await OfficeNow.Load(session, ct) is { } office
            ? office.Preparer(session.Actor, office.Units.Planning.Code, _ => LocalIndicator.Preparers(office.Units))
            : Refusal.NotFound();

    /// <summary>The faults of a definition; what it is mapped to is not the office's to say.</summary>
    public static IEnumerable<Fault> Check(LocalIndicator local, IndicatorMapping? mapping, Policy policy)
    {
        var faults = Definitions.Check(local.AsMeasured(), policy, _ => null);
        return local.Mapping == mapping ? faults : faults.Append(Fault.At("/mapping", "mapped-by-ri"));
    }
}
