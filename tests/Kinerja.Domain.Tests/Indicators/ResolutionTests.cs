namespace Kinerja.Domain.Tests;

public sealed class ResolutionTests
{
    private static readonly Indicator National = new(
        "SP.01", 2024, "Nasional", "Definisi", "Rumus", ValueKind.Percent, Polarity.Maximize, Accumulation.Latest, new IndicatorTraits());

    private static readonly LocalIndicator Own = new(
        "L-KTR.1", 2024, "Lokal", "Definisi", "Rumus", ValueKind.Percent, Polarity.Maximize, Accumulation.Latest, new IndicatorTraits());

    private static readonly Dictionary<string, Indicator> Catalogue = new() { [National.Code] = National };

    [Fact]
    public void The_catalogue_speaks_first_and_an_own_indicator_counts_as_what_it_is_mapped_to()
    {
        var local = new Dictionary<string, LocalIndicator> { [Own.Code] = Own, [National.Code] = Own };

        Assert.Equal(National, Resolution.Find("SP.01", Catalogue, local));
        Assert.Equal(Own.AsMeasured(), Resolution.Find("L-KTR.1", Catalogue, local));
        Assert.Null(Resolution.Find("L-TIADA", Catalogue, local));
        Assert.Equal("SP.01", Resolution.CountsAs("SP.01", Catalogue, local));
        Assert.Null(Resolution.CountsAs("L-KTR.1", Catalogue, local));
        local[Own.Code] = Mapped(National);
        Assert.Equal("SP.01", Resolution.CountsAs("L-KTR.1", Catalogue, local));
    }

    [Fact]
    public void A_mapping_says_to_what_by_whom_and_when() =>
        Assert.Equal(new IndicatorMapping("SP.01", "00.admin-katalog", DateTimeOffset.UnixEpoch), Mapped(National).Mapping);

    public static TheoryData<LocalIndicator, Indicator?, string> Refused => new()
    {
        { Own, null, "unknown-indicator" },
        { Own, National with { Kind = ValueKind.AkipGrade }, "mapping-of-another-kind" },
        { Own with { Kind = ValueKind.Index }, National, "mapping-of-another-kind" },
        { Own with { Kind = ValueKind.Count, Unit = "Kali" }, National with { Kind = ValueKind.Count, Unit = "Lap" }, "source-of-another-unit" },
        { Own, National with { Polarity = Polarity.Minimize }, "mapping-of-another-meaning" },
        { Own, National with { Accumulation = Accumulation.Additive }, "mapping-of-another-meaning" },
        { Own, National with { Source = IndicatorSource.Parent }, "mapping-makes-circle" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_means_something_else_is_not_mapped(LocalIndicator local, Indicator? target, string code)
    {
        Assert.False(Map(local, target).Accepts(out _, out var refusal));
        Assert.Equal(code, Assert.Single(refusal.Faults).Code);
    }

    private static LocalIndicator Mapped(Indicator target) => Map(Own, target).Accepts(out var mapped, out _)
        ? mapped
        : throw new InvalidOperationException("It is refused.");

    private static Decision<LocalIndicator> Map(LocalIndicator local, Indicator? target) =>
        local.Map(target?.Code ?? "TIADA", target, new Post("00", Post.CatalogueAdministrator), DateTimeOffset.UnixEpoch);
}
