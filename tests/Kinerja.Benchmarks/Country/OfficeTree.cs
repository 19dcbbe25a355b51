namespace Kinerja.Benchmarks;

/// <summary>The tree of offices: the one of the reference data, or one made by rule.</summary>
internal static class OfficeTree
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const int Provinces = 38;
    private static readonly DateOnly Since = new(2000, 1, 1);
    private static readonly string[] Zones = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"];

    /// <summary>The offices, each above before those below.</summary>
    public static List<Office> Of(Plan plan, string folder)
    {
        var offices = plan.Offices is { } count
            ? ByRule(plan, count, Loader.ReadUnits(folder))
            : [.. Loader.ReadOffices(folder).OrderBy(office => office.Level)];
        return plan.Moves == 0 ? offices : Moved(plan, offices);
    }

    private static List<Office> ByRule(Plan plan, int count, Dictionary<string, List<Unit>> units)
    {
        var offices = new List<Office>
        {
            new(Offices.Ri, "Komisi Pemilihan Umum", OfficeLevel.Ri, Zones[0], [new ParentFact(Offices.Ri, null, Since)],
                units[Words.Of(OfficeLevel.Ri)]),
        };
        List<Office> above = [offices[0]];
        foreach (var size in Sizes(plan.Depth, count - 1))
        {
            List<Office> row = [];
            for (var i = 0; i < size; i++)
            {
                var parent = above[i % above.Count];
                var level = parent.Level == OfficeLevel.Ri ? OfficeLevel.Provinsi : OfficeLevel.KabupatenKota;
                var code = (parent.Level == OfficeLevel.Ri ? "" : parent.Code) + Ordinal(i / above.Count);
                row.Add(new Office(code, $"KPU {Prose.Place(new Dice(plan.Seed, code))} {code}", level,
                    parent.Level == OfficeLevel.Ri ? Zones[i % Zones.Length] : parent.Zone,
                    [new ParentFact(code, parent.Code, Since)], units[Words.Of(level)]));
            }

            offices.AddRange(row);
            above = row;
        }

        return offices;
    }

    /// <summary>How many offices each level below the national one has: provinces, then each level so many times wider
    /// that the last one brings the sum to what is wanted.</summary>
    private static List<int> Sizes(int depth, int below)
    {
        List<int> sizes = [Math.Min(Provinces, below)];
        var left = below - sizes[0];
        for (var level = depth - 2; level > 1; level--)
        {
            var factor = Math.Pow((double)below / sizes[^1], 1.0 / (level + 0.35));
            sizes.Add(Math.Min(left, (int)(sizes[^1] * Math.Max(1, factor))));
            left -= sizes[^1];
        }

        return depth > 2 && left > 0 ? [.. sizes, left] : sizes;
    }

    // Two digits to the base of 36 a level, from "10" on: no code is the national one's, and all of a level sort alike.
    private static string Ordinal(int index) => $"{Digits[(index + 36) / 36]}{Digits[(index + 36) % 36]}";

    /// <summary>Every so manieth office of the lowest level moves under the parent of another one of its level.</summary>
    private static List<Office> Moved(Plan plan, List<Office> offices)
    {
        var lowest = offices.Where(office => office.Level == OfficeLevel.KabupatenKota
            && offices[^1].Code.Length == office.Code.Length).ToList();
        var moving = lowest.Where((_, i) => i % plan.Moves == plan.Moves - 1).ToDictionary(
            office => office.Code, office => office.Parents[0].Parent!, StringComparer.Ordinal);
        var parents = lowest.Select(office => office.Parents[0].Parent!).Distinct().Order(StringComparer.Ordinal).ToList();
        return parents.Count < 2 ? offices : offices.ConvertAll(office => !moving.TryGetValue(office.Code, out var old) ? office
            : office with
            {
                Parents =
                [
                    office.Parents[0] with { Until = plan.MovingDay },
                    new ParentFact(office.Code, parents[(parents.IndexOf(old) + 1) % parents.Count], plan.MovingDay, Decree: "UU"),
                ],
            });
    }
}
