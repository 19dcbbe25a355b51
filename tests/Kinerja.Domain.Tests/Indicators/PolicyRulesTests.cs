namespace Kinerja.Domain.Tests;

public sealed class PolicyRulesTests
{
    private static readonly Policy Next = Policies.Y2024 with { Version = "2024.2" };

    [Fact]
    public void A_policy_that_follows_the_present_one_is_sound_with_every_cap_in_use()
    {
        Assert.Equal("2024.10", PolicyRules.Next(Policies.Y2024 with { Version = "2024.9" }));
        Assert.All(new decimal?[] { null, 100, 120 }, cap => Assert.Empty(PolicyRules.Check(Next with { Cap = cap }, Policies.Y2024)));
    }

    public static TheoryData<Policy, string, string> Unsound => new()
    {
        { Next with { Version = "2024.1" }, "/version", "version-does-not-follow" },
        { Next with { Version = "2024.3" }, "/version", "version-does-not-follow" },
        { Next with { Cap = 110 }, "/cap", "cap-not-in-use" },
        { Next with { AkipPoints = With(Next.AkipPoints, "E", 0) }, "/akipPoints/E", "unknown-grade" },
        { Next with { AkipPoints = With(Next.AkipPoints, "D", -1) }, "/akipPoints/D", "scale-out-of-order" },
        { Next with { AkipPoints = With(Next.AkipPoints, "B", 2.5m) }, "/akipPoints/B", "scale-out-of-order" },
        { Next with { AkipPoints = Next.AkipPoints.Where(points => points.Key != "CC").ToDictionary() }, "/akipPoints/CC", "points-missing" },
        { Next with { BpkPoints = With(Next.BpkPoints, "WTS", 0) }, "/bpkPoints/WTS", "unknown-opinion" },
        { Next with { Categories = [.. Next.Categories.SkipLast(1)] }, "/categories/3/above", "only-the-last-is-open" },
        { Next with { Categories = [new("baik", 50), new("tidak-berhasil", null)] }, "/categories/0/category", "unknown-category" },
        { Next with { Categories = [new("berhasil", 50), new("cukup-berhasil", 60), new("tidak-berhasil", null)] }, "/categories/1/above", "categories-out-of-order" },
        { Next with { Categories = [new("berhasil", 50), new("berhasil", 40), new("tidak-berhasil", null)] }, "/categories/1/category", "categories-out-of-order" },
    };

    [Theory]
    [MemberData(nameof(Unsound))]
    public void What_is_unsound_has_its_code(Policy policy, string pointer, string code)
    {
        var fault = Assert.Single(PolicyRules.Check(policy, Policies.Y2024));
        Assert.Equal((pointer, code), (fault.Pointer, fault.Code));
    }

    private static Dictionary<string, decimal> With(IReadOnlyDictionary<string, decimal> points, string grade, decimal own) =>
        new(points) { [grade] = own };
}
