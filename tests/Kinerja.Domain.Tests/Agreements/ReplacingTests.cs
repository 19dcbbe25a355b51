namespace Kinerja.Domain.Tests;

public sealed class ReplacingTests
{
    [Theory]
    [InlineData("2024-01-28", "dated-before-amended dated-in-reported-period")]
    [InlineData("2024-01-29", "dated-in-reported-period")]
    [InlineData("2024-06-30", "dated-in-reported-period")]
    [InlineData("2024-07-01", "")]
    public void An_agreement_takes_the_place_of_another_after_the_last_period_reported_against_that_one(string date, string codes) =>
        Assert.Equal(codes, Codes(date, new ReplacedAgreement(new DateOnly(2024, 1, 29), Period.Parse("2024-T2"))));

    [Theory]
    [InlineData("2024-01-28", "dated-before-amended")]
    [InlineData("2024-01-29", "")]
    public void Without_a_report_it_may_bear_the_same_date(string date, string codes) =>
        Assert.Equal(codes, Codes(date, new ReplacedAgreement(new DateOnly(2024, 1, 29), LastSubmitted: null)));

    [Fact]
    public void Where_nothing_binds_any_date_will_do() => Assert.Equal("", Codes("2024-01-01"));

    [Fact]
    public void The_first_possible_day_is_told_with_the_period() => Assert.Equal(
        ("2024-S1", "2024-07-01"),
        AgreementRules.Replacing(Dated("2024-03-01"), [new(new DateOnly(2024, 1, 1), Period.Parse("2024-T1")), new(new DateOnly(2024, 2, 1), Period.Parse("2024-S1"))])
            .Select(fault => (fault.Parameters["period"], fault.Parameters["first"])).Single());

    private static string Codes(string date, params ReplacedAgreement[] replaced) =>
        string.Join(' ', AgreementRules.Replacing(Dated(date), replaced).Select(fault => fault.Code));

    private static Agreement Dated(string date) => new(2024, "sekretaris", DateOnly.Parse(date, null), []);
}
