using System.Collections.Concurrent;
using System.Globalization;

namespace Kinerja.Domain;

/// <summary>A period of a year: the year itself, a semester (S1–S2), a quarter (T1–T4) or a month (B01–B12). There is one
/// instance of each.</summary>
public sealed class Period
{
    private const int YearLength = 4;

    // A year is made of semesters, a semester of quarters, a quarter of months.
    private static readonly (string Letter, int Months, string Digits)[] Kinds = [("", 12, ""), ("-S", 6, "0"), ("-T", 3, "0"), ("-B", 1, "00")];

    // The periods of each year that was spoken of, the longest first: there are a hundred years at most.
    private static readonly ConcurrentDictionary<int, Lazy<Period[]>> Years = new();

    private readonly Lazy<Period[]> parts;
    private readonly Lazy<Period[]> above;

    private Period(int year, int fineness, int number)
    {
        var (letter, months, digits) = Kinds[fineness];
        Text = year.ToString(CultureInfo.InvariantCulture)
            + (fineness == 0 ? "" : letter + number.ToString(digits, CultureInfo.InvariantCulture));
        Year = year;
        Fineness = fineness;
        LastDay = new DateOnly(year, number * months, DateTime.DaysInMonth(year, number * months));
        FirstDay = new DateOnly(year, ((number - 1) * months) + 1, 1);
        parts = new(() => [.. OfYear(year).Where(part => part.Fineness == Fineness + 1 && Holds(part))]);
        above = new(() => [.. OfYear(year).Where(whole => whole.Holds(this)).Reverse()]);
    }

    /// <summary>As the API writes it.</summary>
    public string Text { get; }

    /// <summary>The year it lies in.</summary>
    public int Year { get; }

    /// <summary>How fine it is: 0 for a year, 3 for a month.</summary>
    public int Fineness { get; }

    /// <summary>Its first day.</summary>
    public DateOnly FirstDay { get; }

    /// <summary>Its last day: the day whose tree and agreements count.</summary>
    public DateOnly LastDay { get; }

    /// <summary>It is a whole year.</summary>
    public bool IsYear => Fineness == 0;

    /// <summary>The next finer periods that it is made of; none for a month.</summary>
    public IReadOnlyList<Period> Parts => parts.Value;

    /// <summary>The longer periods it lies in, the shortest first.</summary>
    public IReadOnlyList<Period> Above => above.Value;

    /// <summary>Whether another period lies in it.</summary>
    public bool Holds(Period other) => Fineness < other.Fineness && Overlaps(other);

    /// <summary>Whether both have a day in common.</summary>
    public bool Overlaps(Period other) => FirstDay <= other.LastDay && other.FirstDay <= LastDay;

    /// <summary>The periods of a year that are made of others.</summary>
    public static IEnumerable<Period> Wholes(int year) => OfYear(year).Where(whole => whole.Fineness < Kinds.Length - 1);

    /// <summary>The years that have periods.</summary>
    public const int FirstYear = 2000, LastYear = 2100;

    /// <summary>Reads a period; none when it is not one.</summary>
    public static Period? Parse(string text) =>
        text.Length >= YearLength && int.TryParse(text.AsSpan(0, YearLength), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && year is >= FirstYear and <= LastYear
            ? OfYear(year).FirstOrDefault(period => period.Text == text)
            : null;

    private static Period[] OfYear(int year) => Years.GetOrAdd(year, _ => new(() =>
    [
        .. from fineness in Enumerable.Range(0, Kinds.Length)
           from number in Enumerable.Range(1, 12 / Kinds[fineness].Months)
           select new Period(year, fineness, number),
    ])).Value;
}
