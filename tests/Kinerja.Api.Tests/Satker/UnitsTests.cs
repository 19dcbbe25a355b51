namespace Kinerja.Api.Tests;

public sealed class UnitsTests(Api api) : IClassFixture<Api>
{
    [Theory]
    [InlineData("5305", "ketua 1, sekretaris 1, subbagian 4")]
    [InlineData("53", "ketua 1, sekretaris 1, bagian 3, subbagian 6")]
    [InlineData("00", "ketua 1, sekretaris 1, deputi 3, biro 10")]
    public async Task The_units_of_an_office_are_a_tree_as_its_level_has_them(string satker, string levels)
    {
        var units = (await api.Nobody().Get($"/v1/satker/{satker}/units")).Is(200).Json["items"]!.AsArray()
            .ToDictionary(unit => (string)unit!["code"]!, unit => (Parent: (string?)unit!["parent"], Level: (string)unit["level"]!));

        Assert.Equal(levels, string.Join(", ", units.Values.GroupBy(unit => unit.Level).OrderBy(group => Depth(group.Key))
            .Select(group => $"{group.Key} {group.Count()}")));
        foreach (var (code, (parent, level)) in units)
        {
            Assert.Equal(code == "ketua", parent is null);
            Assert.True(parent is null || Depth(units[parent].Level) < Depth(level), $"{code} stands under {parent}");
        }
    }

    private static int Depth(string level) =>
        Array.IndexOf(["ketua", "sekretaris", "deputi", "bagian", "biro", "subbagian"], level);
}
