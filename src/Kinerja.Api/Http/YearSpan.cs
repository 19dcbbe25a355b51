namespace Kinerja.Api;

/// <summary>Some years side by side.</summary>
internal static class YearSpan
{
    private const int Most = 5;

    /// <summary>The years from one to another, both included: at most five, unless more are cheap.</summary>
    public static IReadOnlyList<int> Of(Year from, Year to, int most = Most) => from.Value <= to.Value && to.Value - from.Value < most
        ? [.. Enumerable.Range(from.Value, to.Value - from.Value + 1)]
        : throw new BadRequest(400, [Fault.At("", "bad-years", ("most", $"{most}"))]);

    public static RouteHandlerBuilder TakesYears(this RouteHandlerBuilder route) => route
        .Takes("from", "The first year.", "2023", required: true)
        .Takes("to", "The last year: at most five years side by side.", "2024", required: true);
}
