namespace Kinerja.Api;

/// <summary>What every question about results takes.</summary>
internal static class MeasurementContract
{
    public static RouteHandlerBuilder TakesMeasurement(this RouteHandlerBuilder route) => route
        .Takes("year", "The year of measurement.", "2024", required: true)
        .Takes("period", "A period of it: 2024-S1, 2024-T3, 2024-B11; the whole year when absent.", "2024");

    public static RouteHandlerBuilder TakesLevel(this RouteHandlerBuilder route) => route.Takes(
        "level", $"The agreement level: {Choices<AgreementLevel>()}; ketua when absent. Levels are never mixed.", "sekretaris");

    public static RouteHandlerBuilder TakesMinSignOff(this RouteHandlerBuilder route, string whenAbsent) => route.Takes(
        "minSignOff", $"The least sign-off level of a result: {Choices<SignOffLevel>()}; {whenAbsent} when absent.", whenAbsent);

    private static string Choices<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Order().Select(Words.Of));
}
