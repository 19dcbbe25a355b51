using System.Text.RegularExpressions;

namespace Kinerja.Api.Tests;

public sealed partial class TextsTests
{
    [Fact]
    public void Every_code_in_the_source_has_words() => Assert.Empty(CodesInSource().Except(Texts.Codes));

    [Fact]
    public void Every_mark_has_words() => Assert.Empty(typeof(Marks).GetFields().Select(mark => (string)mark.GetValue(null)!).Except(Texts.Codes));

    [Fact]
    public void The_scan_of_the_source_finds_codes_of_every_sort() => Assert.Superset(
        new HashSet<string>
        {
            "not-found", "stale", "wrong-post", "numerator-above-denominator", "key-reused", "if-match-required", "explain-ratio",
            "unknown-satker", "unavailable",
        },
        CodesInSource());

    [Fact]
    public void The_words_of_the_two_languages_differ()
    {
        foreach (var code in Texts.Codes)
        {
            Assert.NotEqual(Texts.Of(code, Language.Indonesian), Texts.Of(code, Language.English));
        }
    }

    [Fact]
    public void Both_languages_fill_in_the_same_names()
    {
        foreach (var code in Texts.Codes)
        {
            Assert.True(
                Names(Texts.Of(code, Language.Indonesian)).SequenceEqual(Names(Texts.Of(code, Language.English))), code);
        }
    }

    [Fact]
    public void Every_name_that_the_words_of_a_code_fill_in_is_given_where_the_code_is_used()
    {
        foreach (Match use in Use().Matches(Source()))
        {
            var given = Given().Matches(use.Value).Select(name => name.Groups[1].Value).ToHashSet();
            var code = Code().Match(use.Value).Groups[1].Value;
            Assert.True(Names(Texts.Of(code, Language.Indonesian)).All(given.Contains), $"{code}: {use.Value}");
        }
    }

    private static IEnumerable<string> Names(string text) =>
        Placeholder().Matches(text).Select(name => name.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);

    private static string Source() => string.Join('\n', Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.EndsWith("Texts.cs", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal).Select(File.ReadAllText));

    private static HashSet<string> CodesInSource() =>
        [.. Code().Matches(Source()).Select(code => code.Groups[1].Value).Concat(StatusCodes().Matches(Source()).Select(code => code.Groups[1].Value))];

    // Fault.At(pointer, "code" …), Refusal.Kind("code" …), Problems.Of(status, "code"), Problems.Write(http, status, "code"), Say("code").
    [GeneratedRegex("""(?:Fault\.At\((?:[^()"]|\$?"[^"]*"|\([^()]*\))*?,\s*(?:needsCondition \? )?|Refusal\.\w+\(|\bOf\(RefusalKind\.\w+, |Problems\.(?:Of|Write)\([^"]*?|\bSay\((?:[^"]*\? )?|new Answer\(\d+, )"([a-z][a-z0-9-]+)"(?=[,)\s])""")]
    private static partial Regex Code();

    [GeneratedRegex("""=> "([a-z][a-z0-9-]+)",""")]
    private static partial Regex StatusCodes();

    [GeneratedRegex("""(?:Fault\.At|Refusal\.(?:Forbidden|Conflict|Broken))\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)""")]
    private static partial Regex Use();

    [GeneratedRegex("""\("(\w+)",""")]
    private static partial Regex Given();

    [GeneratedRegex("""\{(\w+)\}""")]
    private static partial Regex Placeholder();
}
