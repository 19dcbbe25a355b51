namespace Kinerja.Api;

/// <summary>Until when the reports of some years are due, and which day it is at each office: what tells not yet due from
/// missing, for every office of an answer at once.</summary>
/// <param name="Windows">The windows that RI has opened, by period.</param>
/// <param name="Today">The day in WIB.</param>
/// <param name="Elsewhere">The day of the offices that have another one; none but for two hours before midnight.</param>
internal sealed record Deadlines(
    IReadOnlyDictionary<string, PeriodWindow> Windows, DateOnly Today, IReadOnlyDictionary<string, DateOnly> Elsewhere)
{
    /// <summary>Where nothing is unreported.</summary>
    public static Deadlines NotAsked { get; } = new(new Dictionary<string, PeriodWindow>(), default, new Dictionary<string, DateOnly>());

    /// <summary>Asked together with what is measured, so that it costs no round trip.</summary>
    public static IReadOnlyList<Sql> Ask(int year, DateTimeOffset now) => Ask(year, year, now);

    /// <summary>The same of several years.</summary>
    public static IReadOnlyList<Sql> Ask(int from, int to, DateTimeOffset now) =>
    [
        new Sql("select body -> 'content' from document where kind = 'period' and satker = $1 and year between $2 and $3", Offices.Ri, from, to),
        new Sql("select satker, today from days_of_offices($1)", now),
    ];

    /// <summary>The answers to <see cref="Ask(int, DateTimeOffset)"/>.</summary>
    public static async Task<Deadlines> Read(Answers answers)
    {
        var windows = await answers.Next(row => row.Json<PeriodWindow>(0));
        var days = await answers.Next(row => (Satker: row.TextOrNull(0), Today: row.GetFieldValue<DateOnly>(1)));
        return new Deadlines(
            windows.ToDictionary(window => window.Period, StringComparer.Ordinal), days[0].Today,
            days.Skip(1).ToDictionary(office => office.Satker!, office => office.Today, StringComparer.Ordinal));
    }

    /// <summary>Where nothing else is asked.</summary>
    public static Task<Deadlines> Load(Database database, Caller caller, int from, int to, DateTimeOffset now, CancellationToken ct) =>
        database.Ask(caller, Ask(from, to, now), Read, ct);

    /// <summary>Why an office states nothing for a period.</summary>
    public Absence Unreported(string satker, Period period) =>
        PeriodWindow.Unreported(period, Windows.GetValueOrDefault(period.Text), satker, Elsewhere.GetValueOrDefault(satker, Today));

    /// <summary>The same among the gaps of a roll-up.</summary>
    public Gap Gap(string satker, Period period) => Gaps.Of(Unreported(satker, period));
}
