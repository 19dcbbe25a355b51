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

    public static RouteHandlerBuilder TakesTimes(this RouteHandlerBuilder route) => route
        .Takes("asOf", "The day whose tree is meant; the period's last day when absent.", "2022-06-30").TakesRecordedAt();

    public static RouteHandlerBuilder TakesRecordedAt(this RouteHandlerBuilder route) => route.Takes(
        "recordedAt", "What the service held at this instant, computed from the versions of the documents: slower than what it holds now.",
        "2024-12-31T16:59:59Z");

    private static string Choices<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Order().Select(Words.Of));
}
