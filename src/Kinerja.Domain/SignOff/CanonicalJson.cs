using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Kinerja.Domain;

/// <summary>
/// JSON in the one form that is signed: RFC 8785 (JCS). Two texts of the same content, whatever their spaces, order
/// of members or notation of numbers, have the same bytes.
/// </summary>
public static class CanonicalJson
{
    /// <summary>2^53: the largest integer of which every smaller one is exact in JSON.</summary>
    private const long LargestInteger = 9_007_199_254_740_992;

    // Refuses what is no Unicode text, instead of replacing it silently.
    private static readonly UTF8Encoding StrictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The canonical UTF-8 bytes.</summary>
    /// <exception cref="FormatException">A number of more than 15 significant digits that is no integer up to 2^53, a
    /// number too large or small to be exact, a text with half a surrogate pair, or a member given twice.</exception>
    public static byte[] Bytes(JsonElement element)
    {
        var json = new StringBuilder();
        try
        {
            Write(json, element);
            return StrictUtf8.GetBytes(json.ToString());
        }
        catch (Exception e) when (e is InvalidOperationException or EncoderFallbackException)
        {
            throw new FormatException("A text with half a surrogate pair has no canonical form.", e);
        }
    }

    /// <summary>Whether a number is kept exactly: at most 15 significant digits, and within what a decimal holds.</summary>
    public static bool IsExact(JsonElement number)
    {
        try
        {
            return number.TryGetDecimal(out var kept)
                && Number(number.GetRawText()) == Number(kept.ToString(CultureInfo.InvariantCulture));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static void Write(StringBuilder json, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(json, element);
                break;
            case JsonValueKind.Array:
                json.Append('[');
                foreach (var (index, item) in element.EnumerateArray().Index())
                {
                    json.Append(index == 0 ? "" : ",");
                    Write(json, item);
                }

                json.Append(']');
                break;
            case JsonValueKind.String:
                WriteText(json, element.GetString()!);
                break;
            case JsonValueKind.Number:
                json.Append(Number(element.GetRawText()));
                break;
            case JsonValueKind.True:
                json.Append("true");
                break;
            case JsonValueKind.False:
                json.Append("false");
                break;
            case JsonValueKind.Null:
                json.Append("null");
                break;
            case JsonValueKind.Undefined:
            default:
                throw new FormatException("There is no content.");
        }
    }

    // Members are ordered by UTF-16 code units, as RFC 8785 (3.2.3) demands: a surrogate pair sorts before U+FB33.
    private static void WriteObject(StringBuilder json, JsonElement element)
    {
        var members = element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).ToList();
        json.Append('{');
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0 && members[i].Name == members[i - 1].Name)
            {
                throw new FormatException($"The member \"{members[i].Name}\" is given twice.");
            }

            json.Append(i == 0 ? "" : ",");
            WriteText(json, members[i].Name);
            json.Append(':');
            Write(json, members[i].Value);
        }

        json.Append('}');
    }

    // Only what JSON forbids in a text is escaped; all else stands as it is.
    private static void WriteText(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\b' => json.Append("\\b"),
                '\t' => json.Append("\\t"),
                '\n' => json.Append("\\n"),
                '\f' => json.Append("\\f"),
                '\r' => json.Append("\\r"),
                < ' ' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => json.Append(c),
            };
        }

        json.Append('"');
    }

    // The digits as written, laid out as ECMAScript's Number::toString does. Up to 15 significant digits, and for
    // integers up to 2^53, these are the shortest digits of the nearest double, so no double is needed.
    private static string Number(string raw)
    {
        var (mantissa, exponent) = Split(raw.TrimStart('-'));
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa.Length : point;
        var written = mantissa.Replace(".", "", StringComparison.Ordinal);
        var digits = written.TrimStart('0');
        var before = whole - (written.Length - digits.Length) + exponent;
        digits = digits.TrimEnd('0');
        if (digits.Length == 0)
        {
            return "0";
        }

        var exact = digits.Length <= Values.MostDigits
            || (before == 16 && digits.Length <= 16
                && long.Parse(digits.PadRight(16, '0'), CultureInfo.InvariantCulture) <= LargestInteger);
        if (!exact || before is > 300 or < -300)
        {
            throw new FormatException($"{raw} is no exact number of at most 15 significant digits.");
        }

        return (raw[0] == '-' ? "-" : "") + Layout(digits, before);
    }

    private static (string Mantissa, int Exponent) Split(string raw)
    {
        var e = raw.IndexOfAny(['e', 'E']);
        return e < 0 ? (raw, 0)
            : int.TryParse(raw[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
                && Math.Abs((long)exponent) < 100_000 ? (raw[..e], exponent)
            : throw new FormatException($"{raw} is beyond any exact number.");
    }

    // before: how many digits stand before the decimal point (negative: zeros after it).
    private static string Layout(string digits, int before) => before switch
    {
        _ when before >= digits.Length && before <= 21 => digits.PadRight(before, '0'),
        > 0 and <= 21 => $"{digits[..before]}.{digits[before..]}",
        > -6 and <= 0 => $"0.{new string('0', -before)}{digits}",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(before > 0 ? "+" : "")}{before - 1}"),
    };
}

/// <summary>The hash a signature covers.</summary>
public static class ContentHash
{
    /// <summary><c>sha256:</c> and the lower-case hexadecimal SHA-256 of the canonical bytes.</summary>
    /// <exception cref="FormatException">The content has no canonical form.</exception>
    public static string Of(JsonElement content) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Bytes(content)));
}
