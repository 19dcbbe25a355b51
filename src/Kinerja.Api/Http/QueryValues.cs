using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace Kinerja.Api;

/// <summary>A day in a query: <c>YYYY-MM-DD</c>.</summary>
internal sealed record Day(DateOnly Date)
{
    public static ValueTask<Day?> BindAsync(HttpContext http, ParameterInfo parameter) => Query.Read(http, parameter,
        "YYYY-MM-DD", text => Days.Read(text) is { } date ? new Day(date) : null);

    /// <summary>Today where the service's national office stands (WIB).</summary>
    public static Day Today(TimeProvider clock) =>
        new(DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(TimeSpan.FromHours(7)).DateTime));
}

/// <summary>An instant in a query: RFC 3339, with its offset.</summary>
internal sealed record Instant(DateTimeOffset At)
{
    public static ValueTask<Instant?> BindAsync(HttpContext http, ParameterInfo parameter) => Query.Read(http, parameter,
        "2024-12-31T16:59:59Z", text => text.Length > 10 && (text.EndsWith('Z') || text.AsSpan(10).IndexOfAny('+', '-') >= 0)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
            ? new Instant(at)
            : null);
}

/// <summary>A year in a path or a query: one that has periods.</summary>
internal sealed record Year(int Value)
{
    /// <summary>Where it stands in paths.</summary>
    public const string InPath = "year";

    public static ValueTask<Year?> BindAsync(HttpContext http, ParameterInfo parameter) => Query.Read(http, parameter, "2000–2100", Read);

    /// <summary>Reads a year; none when it is not one.</summary>
    public static Year? Read(string text) => Period.Parse(text) is { IsYear: true } whole ? new Year(whole.Year) : null;
}

/// <summary>An office in a query, by its code.</summary>
internal sealed record OfficeOf(string Code)
{
    public static ValueTask<OfficeOf?> BindAsync(HttpContext http, ParameterInfo parameter) =>
        Query.Read(http, parameter, "00, 53, 5305", text => new OfficeOf(text));
}

/// <summary>The number of a state of the DIPA in a query.</summary>
internal sealed record StateNumber(int Value)
{
    public static ValueTask<StateNumber?> BindAsync(HttpContext http, ParameterInfo parameter) => Query.Read(http, parameter, $"0–{BudgetRevision.LastNumber}",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= BudgetRevision.LastNumber
            ? new StateNumber(number)
            : null);
}

/// <summary>A period in a query.</summary>
internal sealed record PeriodOf(Period Period)
{
    public static ValueTask<PeriodOf?> BindAsync(HttpContext http, ParameterInfo parameter) => Query.Read(http, parameter,
        "2024, 2024-S1, 2024-T3, 2024-B11", text => Period.Parse(text) is { } period ? new PeriodOf(period) : null);

    /// <summary>The period asked for, which must lie in the year asked for; the whole year when none is.</summary>
    public static Period In(Year year, PeriodOf? asked) =>
        asked is null ? Period.Parse($"{year.Value}")!
        : asked.Period.Year == year.Value ? asked.Period
        : throw new BadRequest(400, [Fault.At("", "period-outside-year", ("period", asked.Period.Text), ("year", $"{year.Value}"))]);
}

/// <summary>A word of a closed set in a query, in kebab-case.</summary>
internal sealed record OneOf<T>(T Value)
    where T : struct, Enum
{
    public string Word => Words.Of(Value);

    public static ValueTask<OneOf<T>?> BindAsync(HttpContext http, ParameterInfo parameter) => Query.Read(http, parameter,
        string.Join(", ", Enum.GetValues<T>().Select(Words.Of)),
        text => Enum.GetValues<T>().Where(value => Words.Of(value) == text).Select(value => new OneOf<T>(value)).FirstOrDefault());
}

internal static class Query
{
    private static readonly ConcurrentDictionary<ParameterInfo, bool> optional = new();

    /// <summary>Reads an optional query value; what cannot be read is a fault that names it. A parameter that is not
    /// nullable is required.</summary>
    public static ValueTask<T?> Read<T>(HttpContext http, ParameterInfo parameter, string expected, Func<string, T?> parse)
        where T : class
    {
        var text = http.Request.Query[parameter.Name!].ToString();
        if (text.Length == 0)
        {
            return optional.GetOrAdd(
                parameter, one => new NullabilityInfoContext().Create(one).ReadState == NullabilityState.Nullable)
                ? ValueTask.FromResult<T?>(null)
                : throw new BadRequest(400, [Fault.At("", "missing-parameter", ("parameter", parameter.Name!), ("expected", expected))]);
        }

        return ValueTask.FromResult<T?>(parse(text)
            ?? throw new BadRequest(400, [Fault.At("", "bad-parameter", ("parameter", parameter.Name!), ("expected", expected))]));
    }
}

/// <summary>A yes or a no in a query.</summary>
internal enum YesNo
{
    No,
    Yes,
}
