namespace Kinerja.Api;

internal static class ListUnits
{
    /// <summary>The units of an office.</summary>
    /// <param name="Items">Every unit, the root first.</param>
    internal sealed record UnitList(IReadOnlyList<UnitRow> Items);

    /// <summary>A unit of an office.</summary>
    /// <param name="Code">Its code; also the code of its head post.</param>
    /// <param name="Parent">The unit above; null for the root.</param>
    /// <param name="Level">The level its agreement stands on.</param>
    /// <param name="Name">Its official name.</param>
    /// <param name="Functions">What it does for the whole office.</param>
    internal sealed record UnitRow(string Code, string? Parent, string Level, string Name, IReadOnlyList<string> Functions);

    public static void Map(RouteGroupBuilder offices) => offices.MapGet("/{satker}/units", Handle)
        .Describe("ListUnits", "The units of an office, as a tree by their parents.").Returns<UnitList>().Tagged().Problems(404);

    private static async Task<IResult> Handle(string satker, Database database, Caller caller, CancellationToken ct)
    {
        var rows = await database.Query(caller, new Sql(
            "select code, parent, level, name, functions from unit where satker = $1 order by sort", satker),
            row => new UnitRow(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetString(2), row.GetString(3),
                row.GetFieldValue<string[]>(4)), ct);
        return rows.Count == 0 ? Problems.NotFound() : Found.Computed(new UnitList(rows));
    }
}
