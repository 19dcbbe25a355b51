namespace Kinerja.Domain.Tests;

public sealed class DueTests
{
    private static readonly PeriodWindow Window = new("2024-T1", Day("2024-04-01"), Day("2024-04-10"));

    private static readonly Unfinished Nobodys = new("5305", null, false, null, null, null, Period.Parse("2024-T1"), Window);

    private static readonly Unfinished Draft = Nobodys with { State = State.Draft, Begun = Day("2024-04-02"), Changed = Day("2024-04-03") };

    [Theory]
    [InlineData("2024-03-31", null)]
    [InlineData("2024-04-01", "Due 2024-04-01 2024-04-10")]
    [InlineData("2024-04-10", "Due 2024-04-01 2024-04-10")]
    [InlineData("2024-04-11", "Late 2024-04-11 2024-04-10")]
    public void A_report_is_due_in_its_window_and_late_after_it_begun_or_not(string today, string? expected)
    {
        Assert.Equal(expected, Text(Nobodys, today));
        Assert.Equal(expected, Text(Draft, today));
    }

    [Fact]
    public void Without_a_window_nothing_is_late_and_only_the_year_is_expected_when_it_is_over()
    {
        Assert.Null(Text(Nobodys with { Window = null }, "2030-01-01"));
        Assert.Equal("Due 2024-04-02 –", Text(Draft with { Window = null }, "2030-01-01"));
        var year = Nobodys with { Window = null, Period = Period.Parse("2024") };
        Assert.Null(Text(year, "2024-12-31"));
        Assert.Equal("Due 2025-01-01 –", Text(year, "2025-01-01"));
        Assert.Equal("Due 2024-04-02 –", Text(Draft with { Window = null, Period = null }, "2024-04-05"));
    }

    [Theory]
    [InlineData("2024-05-01", "Returned 2024-04-03 2024-05-01", false)]
    [InlineData("2024-05-02", "Returned 2024-04-03 2024-05-01", true)]
    public void What_was_returned_is_to_be_mended_until_the_day_that_was_said(string today, string expected, bool isOverdue)
    {
        var returned = Draft with { IsReturned = true, Mend = Day("2024-05-01") };

        Assert.Equal(expected, Text(returned, today));
        Assert.Equal(isOverdue, Due.Of(returned, Day(today))!.IsOverdue(Day(today)));
        Assert.Equal("Returned 2024-04-03 2024-04-10", Text(returned with { Mend = null }, today));
        Assert.Equal("Returned 2024-04-03 –", Text(returned with { Mend = null, Window = null }, today));
    }

    [Fact]
    public void What_was_submitted_waits_and_is_never_late()
    {
        foreach (var state in new[] { State.Submitted, State.Verified, State.Approved, State.Signed })
        {
            Assert.Equal("Waiting 2024-04-03 –", Text(Draft with { State = state }, "2030-01-01"));
        }
    }

    [Fact]
    public void A_closed_period_locks_all_but_the_offices_for_which_it_was_reopened()
    {
        var closed = Window with { ClosedBy = "ri", Reopened = [new Reopening(["5305"], "x", Day("2024-06-01"))] };

        Assert.False(Due.Of(Draft with { Window = closed }, Day("2024-06-01"))!.IsLocked);
        Assert.True(Due.Of(Draft with { Window = closed }, Day("2024-06-02"))!.IsLocked);
        Assert.True(Due.Of(Draft with { Window = closed, Satker = "5306" }, Day("2024-06-01"))!.IsLocked);
        Assert.True(Due.Of(Draft with { Window = closed, State = State.Submitted, Satker = "5306" }, Day("2024-06-01"))!.IsLocked);
    }

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string? Text(Unfinished thing, string today) => Due.Of(thing, Day(today)) is { } due
        ? $"{due.State} {due.Since:yyyy-MM-dd} {due.Until?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "–"}"
        : null;
}
