using System.Text;
using System.Text.Json;

namespace Kinerja.Domain.Tests;

public sealed class CanonicalJsonTests
{
    // RFC 8785, section 3.2.2 and appendix B, as far as our exact numbers go.
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.0e5", "0")]
    [InlineData("4.50", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.000000000000000000000000001", "1e-27")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("0.00000123", "0.00000123")]
    [InlineData("0.000000123", "1.23e-7")]
    [InlineData("1E30", "1e+30")]
    [InlineData("1.5e30", "1.5e+30")]
    [InlineData("1e21", "1e+21")]
    [InlineData("1e20", "100000000000000000000")]
    [InlineData("123456e15", "123456000000000000000")]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("-9007199254740992", "-9007199254740992")]
    [InlineData("9007199254740991.0", "9007199254740991")]
    [InlineData("1e23", "1e+23")]
    [InlineData("70.45", "70.45")]
    [InlineData("-70.4500", "-70.45")]
    [InlineData("100.00", "100")]
    [InlineData("28518161000", "28518161000")]
    [InlineData("0.1", "0.1")]
    [InlineData("123456789012.345", "123456789012.345")]
    public void A_number_is_written_as_ECMAScript_writes_it(string number, string canonical)
    {
        Assert.Equal(canonical, Canonical(number));
        Assert.Equal(canonical, Canonical(canonical));
    }

    [Theory]
    [InlineData("333333333.33333329")]
    [InlineData("9007199254740993")]
    [InlineData("1234567890123.456")]
    [InlineData("1e400")]
    [InlineData("1e-400")]
    [InlineData("1e99999999999")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00x\"")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    public void What_is_not_exact_or_not_text_or_not_unique_has_no_canonical_form(string json) =>
        Assert.Throws<FormatException>(() => Canonical(json));

    [Fact]
    public void The_example_of_RFC_8785_gives_its_text()
    {
        const string Given = """
            { "numbers": [1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false] }
            """;

        Assert.Equal(
            """{"literals":[null,true,false],"numbers":[1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
            Canonical(Given));
    }

    [Fact]
    public void Members_sort_by_UTF16_code_units_as_in_RFC_8785()
    {
        const string Given = """
            { "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
              "\u00f6": "Latin Small Letter O With Diaeresis" }
            """;
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(Bytes(Given)));

        Assert.Equal(
            [
                "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
                "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
            ],
            json.RootElement.EnumerateObject().Select(member => member.Value.GetString()));
    }

    [Fact]
    public void Only_the_mandatory_escapes_are_used() =>
        Assert.Equal("\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/<é\u007f\u2028\U0001F600\"", Canonical(
            "\"\\u0000\\b\\t\\n\\u000B\\f\\r\\u001F\\\"\\\\\\/\\u003c\\u00e9\\u007f\\u2028\\ud83d\\ude00\""));

    [Fact]
    public void The_hash_does_not_see_spaces_order_or_notation_as_a_jsonb_column_changes_them()
    {
        const string Sent = """{"value":70.450,"kind":"percent","b":{"y":[1,2],"x":null}}""";
        const string Stored = """{ "b": {"x": null, "y": [1, 2]}, "kind": "percent", "value": 7.045e1 }""";

        Assert.Equal(Hash(Sent), Hash(Stored));
        Assert.NotEqual(Hash(Sent), Hash(Sent.Replace("[1,2]", "[2,1]", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_hash_is_lower_case_SHA_256_of_the_canonical_bytes() => Assert.Equal(
        "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", Hash(" { } "));

    [Fact]
    public void Random_decimals_are_written_as_the_shortest_text_of_their_double()
    {
        var random = new Random(Seeds.Loop);
        for (var i = 0; i < 20_000; i++)
        {
            var text = $"{random.NextInt64(1_000_000_000_000_000)}e{random.Next(-40, 30)}";
            var (mine, nearest) = (Canonical(text), double.Parse(text, null));
            Assert.True(
                nearest == double.Parse(mine, null), $"KINERJA_SEED={Seeds.Loop} case {i}: {text} became {mine}");
            var digits = string.Concat(mine.TakeWhile(c => c != 'e').Where(char.IsAsciiDigit)).Trim('0');
            Assert.True(digits == Digits(nearest), $"KINERJA_SEED={Seeds.Loop} case {i}: {text} became {mine}");
        }
    }

    // .NET writes the shortest digits that read back as the same double, as ECMAScript does.
    private static string Digits(double number) => string.Concat(
        number.ToString("R", null).TakeWhile(c => c != 'E').Where(char.IsAsciiDigit)).Trim('0');

    private static string Canonical(string json) => Encoding.UTF8.GetString(Bytes(json));

    private static byte[] Bytes(string json)
    {
        using var document = JsonDocument.Parse(json);
        return CanonicalJson.Bytes(document.RootElement);
    }

    private static string Hash(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ContentHash.Of(document.RootElement);
    }
}
