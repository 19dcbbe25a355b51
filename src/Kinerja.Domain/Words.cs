using System.Globalization;
using System.Text.Json;

namespace Kinerja.Domain;

/// <summary>The members of closed sets as everybody outside meets them: in kebab-case.</summary>
public static class Words
{
    /// <summary>The word of a member.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Known<T>.Words[value];

    /// <summary>The member of a word.</summary>
    /// <exception cref="KeyNotFoundException">There is no such member.</exception>
    public static T Read<T>(string word)
        where T : struct, Enum => Known<T>.Members[word];

    // Found once for each set: words are read and written for every row.
    private static class Known<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Words =
            Enum.GetValues<T>().ToDictionary(member => member, member => JsonNamingPolicy.KebabCaseLower.ConvertName($"{member}"));

        public static readonly Dictionary<string, T> Members =
            Words.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}

/// <summary>Days as everybody outside writes them.</summary>
public static class Days
{
    /// <summary>The first and the last day the service knows: far beyond every document, and well inside what the
    /// database keeps apart from its infinities.</summary>
    public static readonly DateOnly First = new(1945, 8, 17), Last = new(2199, 12, 31);

    /// <summary>Reads <c>YYYY-MM-DD</c>; none when it is not a day the service knows.</summary>
    public static DateOnly? Read(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && First <= day && day <= Last ? day : null;
}
