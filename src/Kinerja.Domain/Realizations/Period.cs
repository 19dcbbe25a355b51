using System.Globalization;

namespace Kinerja.Domain;

/// <summary>A period of a year: the year itself, a semester (S1–S2), a quarter (T1–T4) or a month (B01–B12).</summary>
/// <param name="Text">As the API writes it.</param>
/// <param name="Year">The year it lies in.</param>
/// <param name="LastDay">Its last day: the day whose tree and agreements count.</param>
public sealed record Period(string Text, int Year, DateOnly LastDay)
{
    /// <summary>Its first day.</summary>
    public DateOnly FirstDay => LastDay.AddDays(1).AddMonths(Text.Length == 4 ? -12 : Text[5] switch { 'S' => -6, 'T' => -3, _ => -1 });

    /// <summary>Whether both have a day in common.</summary>
    public bool Overlaps(Period other) => FirstDay <= other.LastDay && other.FirstDay <= LastDay;

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
