namespace Kinerja.Domain.Tests;

public sealed class PeriodWindowTests
{
    private static readonly PeriodWindow Open = new("2024-T1", new DateOnly(2024, 4, 1), new DateOnly(2024, 4, 15));

    [Theory]
    [InlineData("2024-03-31", "period-not-open")]
    [InlineData("2024-04-01", null)]
    [InlineData("2024-04-16", null)]
    public void Reports_are_taken_from_the_first_day_on(string day, string? code) =>
        Assert.Equal(code, Open.WhyNot("5305", DateOnly.Parse(day, null))?.Code);

    [Theory]
    [InlineData("5305", "2024-05-31", false)]
    [InlineData("5305", "2024-06-01", true)]
    [InlineData("5306", "2024-05-31", true)]
    public void A_reopening_is_for_the_offices_it_names_until_its_last_day(string satker, string day, bool locked)
    {
        var reopened = Accepted(Accepted(Open.Close("ani", hasApproved: false)).Reopen(new Reopening(["5305"], "Bukti", new DateOnly(2024, 5, 31)), new DateOnly(2024, 5, 31)));

        Assert.Equal(locked, reopened.IsLocked(satker, DateOnly.Parse(day, null)));
        Assert.Equal(locked ? "period-locked" : null, reopened.WhyNot(satker, DateOnly.Parse(day, null))?.Code);
    }

    [Theory]
    [InlineData("5305", "2024-04-15", Absence.NotYetDue)]
    [InlineData("5306", "2024-04-16", Absence.Missing)]
    [InlineData("5305", "2024-05-31", Absence.NotYetDue)]
    [InlineData("5305", "2024-06-01", Absence.Missing)]
    public void What_nobody_stated_is_not_yet_due_until_the_last_day_in_time_at_the_office(string satker, string day, Absence absence)
    {
        var reopened = Accepted(Accepted(Open.Close("ani", hasApproved: false)).Reopen(new Reopening(["5305"], "Bukti", new DateOnly(2024, 5, 31)), new DateOnly(2024, 5, 31)));

        Assert.Equal(absence, PeriodWindow.Unreported(Period.Parse("2024-T1")!, reopened, satker, DateOnly.Parse(day, null)));
    }

    [Theory]
    [InlineData("2024-03-31", Absence.NotYetDue)]
    [InlineData("2024-04-01", Absence.Missing)]
    public void Without_a_window_it_is_until_the_period_is_over(string day, Absence absence) =>
        Assert.Equal(absence, PeriodWindow.Unreported(Period.Parse("2024-T1")!, window: null, "5305", DateOnly.Parse(day, null)));

    [Fact]
    public void A_new_closing_ends_every_reopening()
    {
        var closed = Accepted(Open.Close("ani", hasApproved: false));
        var reopened = Accepted(closed.Reopen(new Reopening(["5305"], "Bukti", new DateOnly(2024, 5, 31)), new DateOnly(2024, 5, 31)));

        Assert.Equal("period-closed-already", Refused(closed.Close("ani", hasApproved: false)));
        Assert.Equal("period-not-closed", Refused(Open.Reopen(new Reopening(["5305"], "Bukti", new DateOnly(2024, 5, 31)), new DateOnly(2024, 5, 31))));
        Assert.True(Accepted(reopened.Close("budi", hasApproved: false)).IsLocked("5305", new DateOnly(2024, 5, 31)));
    }

    [Fact]
    public void Who_approved_RIs_own_report_does_not_lock_it() =>
        Assert.Equal("lock-and-approve", Refused(Open.Close("ani", hasApproved: true)));

    private static PeriodWindow Accepted(Decision<PeriodWindow> decision)
    {
        Assert.True(decision.Accepts(out var window, out var refusal), refusal?.Code);
        return window;
    }

    private static string Refused(Decision<PeriodWindow> decision)
    {
        Assert.False(decision.Accepts(out _, out var refusal));
        return refusal.Code;
    }
}
