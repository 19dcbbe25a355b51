namespace Kinerja.Api.Tests;

/// <summary>The agreement and the report of a Sekretaris for 2024: eight lines, published with their capaian.</summary>
internal static class SekretarisReports
{
    public static Agreement Agreement() => new(2024, "sekretaris", new DateOnly(2024, 1, 29),
    [
        Given.Line("1", "SP.01", new Value.Percent(96)),
        Given.Line("2", "SP.02", new Value.Percent(100)),
        Given.Line("3", "SP.03", new Value.AkipGrade("B")),
        Given.Line("4", "SP.04", new Value.Index(80)),
        .. from number in Enumerable.Range(5, 4) select Given.Line($"{number}", $"SP.0{number}", new Value.Percent(100)),
    ]);

    public static Realization Report(string period = "2024", int lines = 8, string grade = "BB") => new(2024, period, "sekretaris",
    [
        .. new[]
        {
            Given.Entry("1", "SP.01", new Value.Percent(100)),
            Given.Entry("2", "SP.02", new Value.Percent(null, 124, 176)),
            Given.Entry("3", "SP.03", new Value.AkipGrade(grade)) with { CarriedFrom = 2023 },
            Given.Entry("4", "SP.04", new Value.Percent(74.95m)),
        }
        .Concat(from number in Enumerable.Range(5, 4) select Given.Entry($"{number}", $"SP.0{number}", new Value.Percent(100)))
        .Take(lines),
    ]);

    public static readonly decimal[] Published = [104.17m, 70.45m, 200, 93.69m, 100, 100, 100, 100];
}
