using System.Globalization;

namespace Kinerja.Domain;

/// <summary>A period of a year: the year itself, a semester (S1–S2), a quarter (T1–T4) or a month (B01–B12).</summary>
/// <param name="Text">As the API writes it.</param>
/// <param name="Year">The year it lies in.</param>
/// <param name="LastDay">Its last day: the day whose tree and agreements count.</param>
public sealed record Period(string Text, int Year, DateOnly LastDay)
{
    private const int YearLength = 4;

    // A year is made of semesters, a semester of quarters, a quarter of months.
    private static readonly (string Letter, int Months, string Digits)[] Kinds = [("", 12, ""), ("S", 6, "0"), ("T", 3, "0"), ("B", 1, "00")];

    /// <summary>It is a whole year.</summary>
    public bool IsYear => Text.Length == YearLength;

    /// <summary>How fine it is: 0 for a year, 3 for a month.</summary>
    public int Fineness => IsYear ? 0 : Array.FindIndex(Kinds, kind => kind.Letter == Text[5..6]);

    /// <summary>The next finer periods that it is made of; none for a month.</summary>
    public IReadOnlyList<Period> Parts => Fineness == Kinds.Length - 1
        ? []
        : [.. Of(Year, Fineness + 1).Where(part => FirstMonth <= part.LastDay.Month && part.LastDay <= LastDay)];

    /// <summary>The longer periods it lies in, the shortest first.</summary>
    public IReadOnlyList<Period> Above =>
        [.. Enumerable.Range(0, Fineness).Reverse().Select(fineness => Of(Year, fineness).First(whole => LastDay <= whole.LastDay))];

    /// <summary>Whether another period lies in it.</summary>
    public bool Holds(Period other) => other.Above.Contains(this);

    /// <summary>The periods of a year that are made of others.</summary>
    public static IEnumerable<Period> Wholes(int year) => Enumerable.Range(0, Kinds.Length - 1).SelectMany(fineness => Of(year, fineness));

    /// <summary>Its first day.</summary>
    public DateOnly FirstDay => LastDay.AddDays(1).AddMonths(-Kinds[Fineness].Months);

    /// <summary>Whether both have a day in common.</summary>
    public bool Overlaps(Period other) => FirstDay <= other.LastDay && other.FirstDay <= LastDay;

    private int FirstMonth => LastDay.Month - Kinds[Fineness].Months + 1;

    private static IEnumerable<Period> Of(int year, int fineness)
    {
        var (letter, months, digits) = Kinds[fineness];
        return fineness == 0
            ? [Parse(year.ToString(CultureInfo.InvariantCulture))!]
            : Enumerable.Range(1, 12 / months).Select(number =>
                Parse(string.Create(CultureInfo.InvariantCulture, $"{year}-{letter}{number.ToString(digits, CultureInfo.InvariantCulture)}"))!);
    }

    /// <summary>Reads a period; none when it is not one.</summary>
    public static Period? Parse(string text)
    {
        var parts = text.Split('-');
        if (parts[0].Length != 4 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || year is < 2000 or > 2100)
        {
            return null;
        }

        int? lastMonth = parts.Length switch
        {
            1 => 12,
            2 when parts[1] is ['S', >= '1' and <= '2'] => (parts[1][1] - '0') * 6,
            2 when parts[1] is ['T', >= '1' and <= '4'] => (parts[1][1] - '0') * 3,
            2 when parts[1] is ['B', >= '0' and <= '1', >= '0' and <= '9']
                && ((parts[1][1] - '0') * 10) + (parts[1][2] - '0') is var month and >= 1 and <= 12 => month,
            _ => null,
        };
        return lastMonth is { } end
            ? new Period(text, year, new DateOnly(year, end, DateTime.DaysInMonth(year, end)))
            : null;
    }
}
