using System.Buffers.Text;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Kinerja.Api;

/// <summary>A place in the feed, opaque to its readers; or where the feed ends now.</summary>
internal sealed record Position(long? Value)
{
    private const string Now = "now";

    /// <summary>No ledger comes so far.</summary>
    private const long Most = 1L << 53;

    public string Text => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"p{Value}")));

    public static ValueTask<Position?> BindAsync(HttpContext http, ParameterInfo parameter) =>
        Query.Read(http, parameter, $"{Now}; next", Read);

    /// <summary>Reads what was given out; none when it was not.</summary>
    public static Position? Read(string text)
    {
        Span<byte> bytes = stackalloc byte[32];
        return text == Now ? new Position(default(long?))
            : text.Length <= 32 && Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var length)
                && length > 1 && bytes[0] == 'p'
                && long.TryParse(bytes[1..length], NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= Most ? new Position(value)
            : null;
    }
}

/// <summary>A whole number in a query, from 0 up to a most.</summary>
internal sealed record Count(int Value)
{
    public static ValueTask<Count?> BindAsync(HttpContext http, ParameterInfo parameter) => Query.Read(http, parameter, "0, 1, 2 …",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? new Count(value) : null);
}
