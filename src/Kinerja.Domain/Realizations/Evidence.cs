using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;

namespace Kinerja.Domain;

/// <summary>A file behind a realization, as the office has it; named by its content.</summary>
/// <param name="Hash">SHA-256 over its bytes, in lower-case hexadecimal digits.</param>
/// <param name="Size">How many bytes it has.</param>
/// <param name="Type">What its bytes show it to be, whatever it was called.</param>
/// <param name="Label">What it is called: for people, never for a path.</param>
public sealed record Evidence(string Hash, long Size, EvidenceType Type, string Label);

/// <summary>A file that an entry rests on.</summary>
/// <param name="Hash">Its hash among the office's files.</param>
/// <param name="Label">What the report calls it.</param>
public sealed record EvidenceReference(
    [property: RegularExpression(EvidenceRules.HashPattern)] string Hash,
    [property: StringLength(EvidenceRules.LongestLabel, MinimumLength = 1)] string? Label = null);

/// <summary>The sorts of files that are taken.</summary>
public enum EvidenceType
{
    Pdf,
    Png,
    Jpeg,
    Xlsx,
    Docx,

    /// <summary>UTF-8 text, tables with separators among it.</summary>
    Text,
}

/// <summary>What files behind a realization must satisfy.</summary>
public static class EvidenceRules
{
    /// <summary>How a file's hash is written.</summary>
    public const string HashPattern = "^[0-9a-f]{64}$";

    /// <summary>The longest label, in characters.</summary>
    public const int LongestLabel = 120;

    private const string Forbidden = "<>:\"/\\|?*";

    /// <summary>Posts that add files of an office: whoever prepares one of its reports.</summary>
    public static IEnumerable<string> Preparers(Units units) => units.All.Select(unit => unit.Code).Prepend(Post.Operator);

    /// <summary>
    /// A name made harmless: its last part without paths, without characters that a file system or a terminal reads as more
    /// than letters, not hidden, and not too long; the beginning of the hash when nothing remains.
    /// </summary>
    public static string Label(string? name, string hash)
    {
        var last = (name ?? "").Split('/', '\\')[^1].Normalize(NormalizationForm.FormC);
        var kept = string.Concat(last.EnumerateRunes().Where(IsHarmless)).Trim(' ', '.');
        var text = kept.Length <= LongestLabel ? kept : kept[..(LongestLabel - (char.IsHighSurrogate(kept[LongestLabel - 1]) ? 1 : 0))].Trim(' ', '.');
        return text.Length > 0 ? text : hash[..12];
    }

    /// <summary>The faults of the files a report names: those the office does not have, and labels that are not harmless.</summary>
    /// <param name="report">The report.</param>
    /// <param name="known">The hashes of the office's files.</param>
    public static IEnumerable<Fault> Check(Realization report, IReadOnlySet<string> known) =>
        from entry in report.Entries.Index()
        from file in (entry.Item.Evidence ?? []).Index()
        let pointer = $"/entries/{entry.Index}/evidence/{file.Index}"
        from fault in new[]
        {
            known.Contains(file.Item.Hash) ? null : Fault.At($"{pointer}/hash", "unknown-evidence", ("hash", file.Item.Hash)),
            file.Item.Label is null || Label(file.Item.Label, file.Item.Hash) == file.Item.Label ? null
                : Fault.At($"{pointer}/label", "unsafe-label", ("label", Label(file.Item.Label, file.Item.Hash))),
        }
        where fault is not null
        select fault;

    /// <summary>The hashes a report names.</summary>
    public static IReadOnlyList<string> Hashes(Realization report) =>
        [.. report.Entries.SelectMany(entry => entry.Evidence ?? []).Select(file => file.Hash).Distinct(StringComparer.Ordinal)];

    // Control and format characters turn text around or hide in it; the rest of the list means something to some file system.
    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator) && !Forbidden.Contains($"{rune}", StringComparison.Ordinal);
}
