using System.Text.RegularExpressions;

namespace Kinerja.Api.Tests;

public sealed partial class TextsTests
{
    /// <summary>Words of the source in kebab-case that are no codes. Every other is one, however it is passed on.</summary>
    private static readonly HashSet<string> NoCodes =
    [
        "akip-grade", "bpk-opinion", // kinds of a value
        "sangat-berhasil", "cukup-berhasil", "kurang-berhasil", "tidak-berhasil", // categories
        "admin-periode", "admin-katalog", // posts
        "local-indicator", "budget-revision", // kinds of a document
        "in-force", "taken-over", "not-held", "take-over", // states, and an act of the journal
        "bukti-kurang", // a reason, for the contract
        "no-store", "utf-8", "webhook-id", "webhook-timestamp", "webhook-signature", // of HTTP
        "date-time", // a format of the contract
        "verify-trail", // a verb of the program
    ];

    /// <summary>What codes begin with that are made with a word of a closed set.</summary>
    private static readonly string[] Made = ["absent-", "category-", "explain-", "gap-"];

    [Fact]
    public void Every_code_in_the_source_has_words() => Assert.Empty(InSource().Except(NoCodes).Except(Texts.Codes));

    [Fact]
    public void Every_word_that_is_no_code_stands_in_the_source() => Assert.Empty(NoCodes.Except(InSource()));

    [Fact]
    public void Every_text_belongs_to_a_code_of_the_source()
    {
        var used = Literal().Matches(Source()).Select(literal => literal.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(
            Texts.Codes, code => !used.Contains(code) && !Made.Any(start => code.StartsWith(start, StringComparison.Ordinal)));
    }

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
            foreach (var code in Literal().Matches(use.Value).Select(literal => literal.Groups[1].Value).Where(Texts.Known))
            {
                Assert.True(Names(Texts.Of(code, Language.Indonesian)).All(given.Contains), $"{code}: {use.Value}");
            }
        }
    }

    private static IEnumerable<string> Names(string text) =>
        Placeholder().Matches(text).Select(name => name.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Every literal of two words or more in kebab-case. A code of one word is found missing where it is answered
    /// (<see cref="Answer.Refuses(int, string)"/>).</summary>
    private static HashSet<string> InSource() =>
        [.. Literal().Matches(Source()).Select(literal => literal.Groups[1].Value).Where(word => word.Contains('-', StringComparison.Ordinal))];

    /// <summary>The source of the service without comments and without texts of several lines, which are SQL.</summary>
    private static string Source() => Aside().Replace(string.Join('\n', Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.EndsWith("Texts.cs", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal).Select(File.ReadAllText)), "");

    [GeneratedRegex("""(?m)(?<=^|\s)//.*$|\"{3}[\s\S]*?\"{3}""")]
    private static partial Regex Aside();

    [GeneratedRegex("""(?<!\$)"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)["]""")]
    private static partial Regex Literal();

    [GeneratedRegex("""(?:Fault\.At|Refusal\.(?:Forbidden|Conflict|Broken))\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)""")]
    private static partial Regex Use();

    [GeneratedRegex("""\("(\w+)",""")]
    private static partial Regex Given();

    [GeneratedRegex("""\{(\w+)\}""")]
    private static partial Regex Placeholder();
}
