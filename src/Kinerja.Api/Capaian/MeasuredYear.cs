namespace Kinerja.Api;

/// <summary>Whether an office's figures of a year may be asked for, and what they are measured by.</summary>
internal static class MeasuredYear
{
    /// <summary>The answer to a question about a year that RI has not opened.</summary>
    public static IResult NotOpen => Problems.Of(404, "year-not-open");

    /// <summary>What is wrong with a document for a year that RI has not opened.</summary>
    public static Fault Unopened(int year) => Fault.At("/year", "year-not-open", ("year", $"{year}"));

    /// <summary>The catalogue, and until when reports are due; or the problem: the office is not the caller's, the tree of the day holds offices that are not,
    /// or the year was not open.</summary>
    public static async Task<(Catalogue? Catalogue, Deadlines Deadlines, IResult? Problem)> Open(
        Database database, Caller caller, string satker, Period period, Times times, DateTimeOffset now, CancellationToken ct)
    {
        var (visible, stamp, deadlines, isBeyond) = await database.Ask(
            caller,
            [
                Offices.NameIfVisible(satker, period.Year), Catalogue.Stamp(period.Year), .. Deadlines.Ask(period.Year, now),
                .. times.AreUsual(period) ? (IEnumerable<Sql>)[] : [Measured.BeyondReach(satker, period.Year, times)],
            ],
            async answers => (
                await answers.Next(Offices.Name), (await answers.Next(Catalogue.Stamp))[0], await Deadlines.Read(answers),
                !times.AreUsual(period) && (await answers.Next(row => row.GetBoolean(0)))[0]), ct);
        if (visible is [])
        {
            return (null, deadlines, Problems.NotFound());
        }

        if (isBeyond)
        {
            return (null, deadlines, Problems.Of(403, "tree-beyond-reach"));
        }

        var catalogue = times.RecordedAt is { } then
            ? await Catalogue.LoadThen(database, caller, period.Year, then, ct)
            : await Catalogue.Load(database, caller, period.Year, stamp, ct);
        return catalogue is null ? (null, deadlines, NotOpen) : (catalogue, deadlines, null);
    }
}
