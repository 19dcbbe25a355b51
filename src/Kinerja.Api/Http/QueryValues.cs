using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Kinerja.Api;

/// <summary>A day in a query: <c>YYYY-MM-DD</c>.</summary>
internal sealed record Day(DateOnly Date)
{
    public static ValueTask<Day?> BindAsync(HttpContext http, ParameterInfo parameter) => Query.Read(http, parameter,
        "YYYY-MM-DD", text => Days.Read(text) is { } date ? new Day(date) : null);

    /// <summary>Today where the service's national office stands (WIB).</summary>
    public static Day Today(TimeProvider clock) => At(clock.GetUtcNow());

    /// <summary>The day of an instant there.</summary>
    public static Day At(DateTimeOffset instant) => new(DateOnly.FromDateTime(instant.ToOffset(TimeSpan.FromHours(7)).DateTime));
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

    public static readonly string Expected = $"{Period.FirstYear}–{Period.LastYear}";

    public static ValueTask<Year?> BindAsync(HttpContext http, ParameterInfo parameter) => Query.Read(http, parameter, Expected, Read);

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

/// <summary>A whole number in a query, within the <see cref="RangeAttribute"/> of its parameter.</summary>
internal sealed record Count(int Value)
{
    public static ValueTask<Count?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var (low, high) = Range(parameter);
        return Query.Read(http, parameter, $"{low}–{high}",
            text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && low <= value && value <= high
                ? new Count(value)
                : null);
    }

    public static (int Low, int High) Range(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<RangeAttribute>() is { Minimum: int low, Maximum: int high } ? (low, high)
        : throw new InvalidOperationException($"The parameter {parameter.Name} states no range.");
}

/// <summary>What the value of a query parameter looks like, by the type it is bound to.</summary>
internal static class QuerySchema
{
    public static OpenApiSchema Text(string? pattern = null) => new() { Type = JsonSchemaType.String, Pattern = pattern };

    public static OpenApiSchema Period => Text("^(20[0-9]{2}|2100)(-S[12]|-T[1-4]|-B(0[1-9]|1[0-2]))?$");

    public static OpenApiSchema Whole(int low, int? high = null) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int32",
        Minimum = low.ToString(CultureInfo.InvariantCulture),
        Maximum = high?.ToString(CultureInfo.InvariantCulture),
    };

    public static OpenApiSchema Of(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        return type == typeof(Day) ? new() { Type = JsonSchemaType.String, Format = "date" }
            : type == typeof(Instant) ? new() { Type = JsonSchemaType.String, Format = "date-time" }
            : type == typeof(Year) ? Whole(Kinerja.Domain.Period.FirstYear, Kinerja.Domain.Period.LastYear)
            : type == typeof(StateNumber) ? Whole(0, BudgetRevision.LastNumber)
            : type == typeof(PeriodOf) ? Period
            : type == typeof(Count) && Count.Range(parameter) is var (low, high) ? Whole(low, high)
            : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(OneOf<>) ? Choice(type.GetGenericArguments()[0])
            : Text();
    }

    private static OpenApiSchema Choice(Type words) => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. Enum.GetNames(words).Select(word => (JsonNode)JsonNamingPolicy.KebabCaseLower.ConvertName(word))],
    };
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
            ?? throw new BadRequest(400, [Unread(parameter.Name!, expected)]));
    }

    /// <summary>A parameter whose value cannot be read.</summary>
    public static Fault Unread(string parameter, string expected) =>
        Fault.At("", "bad-parameter", ("parameter", parameter), ("expected", expected));
}

/// <summary>A yes or a no in a query.</summary>
internal enum YesNo
{
    No,
    Yes,
}
