namespace Kinerja.Api;

internal static class ListUnits
{
    /// <summary>The units of an office.</summary>
    /// <param name="Items">Every unit, the root first.</param>
    internal sealed record UnitList(IReadOnlyList<Unit> Items);

    public static void Map(RouteGroupBuilder offices) => offices.MapGet("/{satker}/units", Handle)
        .Describe("ListUnits", "The units of an office, as a tree by their parents.").Returns<UnitList>().Tagged().Problems(404);

    private static async Task<IResult> Handle(string satker, Database database, Caller caller, CancellationToken ct)
    {
        var units = await database.Query(caller, Offices.Units(satker), Offices.Unit, ct);
        return units.Count == 0 ? Problems.NotFound() : Found.Computed(new UnitList(units));
    }
}
