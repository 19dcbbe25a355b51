using System.ComponentModel.DataAnnotations;

namespace Kinerja.Domain;

/// <summary>
/// A state of the DIPA: number 0 is the DIPA awal, every revision states the complete budget after it. This is the content
/// that signatures cover; a state taken over from a published document has none.
/// </summary>
/// <param name="Year">The budget year.</param>
/// <param name="Number">0 for the DIPA awal, then 1, 2, 3 … without gaps.</param>
/// <param name="Date">The document's own date, from which it is in force.</param>
/// <param name="Total">The total as the document states it, in whole rupiah.</param>
/// <param name="Lines">Every line, at the lowest level known.</param>
/// <param name="Document">The number of the DIPA: <c>SP DIPA-076.01.2.658312/2024</c>; absent only where a state taken over does not state it.</param>
/// <param name="Authority">Who decides the revision; absent only where a state taken over does not state it.</param>
/// <param name="Kind">The kind of revision; absent for the DIPA awal, and where a state taken over does not state it.</param>
/// <param name="Reason">Why it was revised; absent for the DIPA awal, and where a state taken over does not state it.</param>
/// <param name="Approval">The approval of the authority outside, which the KPA records; none within the KPA's own authority.</param>
/// <param name="TakenOver">From which published document it was copied, without the signatures behind it.</param>
/// <param name="Remark">A remark that is part of the document.</param>
/// <param name="Correction">Why a state taken over was copied once more; absent the first time, and in what is signed.</param>
public sealed record BudgetRevision(
    [property: Range(Period.FirstYear, Period.LastYear)] int Year,
    [property: Range(0, BudgetRevision.LastNumber)] int Number,
    DateOnly Date,
    [property: Range(0L, RupiahAttribute.MostInSum)] long Total,
    [property: Length(1, 5000)] IReadOnlyList<BudgetLine> Lines,
    [property: RegularExpression(BudgetRevision.DocumentPattern)] string? Document = null,
    Authority? Authority = null,
    RevisionKind? Kind = null,
    [property: StringLength(2000, MinimumLength = 1)] string? Reason = null,
    ExternalApproval? Approval = null,
    TakenOver? TakenOver = null,
    [property: StringLength(500)] string? Remark = null,
    [property: StringLength(2000, MinimumLength = 1)] string? Correction = null)
{
    /// <summary>The highest number of a state.</summary>
    public const int LastNumber = 999;

    /// <summary>Bagian anggaran, unit, kewenangan, satker, year.</summary>
    public const string DocumentPattern = @"^SP DIPA-076\.01\.[0-9]\.[0-9]{6}/20[0-9]{2}$";

    /// <summary>The sum of the lines.</summary>
    public long Sum => Lines.Sum(line => line.Pagu);

    /// <summary>Its money per code.</summary>
    public IReadOnlyList<BudgetPart> Parts() =>
    [
        .. from line in Lines
           group line.Pagu by line.Place() into part
           where part.Key is not null
           select new BudgetPart(part.Key, part.Sum()),
    ];

    /// <summary>The name of a state in its office.</summary>
    public static string IdOf(int year, int number) => $"{year}-{number}";
}

/// <summary>One line of the budget. What a published document does not state is absent, and called not stated.</summary>
/// <param name="Code">The code to the lowest level known; never split.</param>
/// <param name="Pagu">The ceiling in whole rupiah, below 10^15.</param>
/// <param name="Akun">Six digits, of which the first two are the jenis belanja.</param>
/// <param name="Source">The fund source.</param>
/// <param name="Volume">The volume of the line's RO.</param>
/// <param name="Unit">What the volume counts.</param>
/// <param name="Name">The name of the line.</param>
public sealed record BudgetLine(
    [property: StringLength(40, MinimumLength = 1)] string Code,
    [property: Rupiah] long Pagu,
    [property: StringLength(10, MinimumLength = 1)] string? Akun = null,
    FundSource? Source = null,
    [property: Range(0L, RupiahAttribute.Most)] decimal? Volume = null,
    [property: StringLength(100, MinimumLength = 1)] string? Unit = null,
    [property: StringLength(500, MinimumLength = 1)] string? Name = null)
{
    /// <summary>What tells the line from every other.</summary>
    public BudgetKey Key() => new(Code, Akun, Source);

    /// <summary>The code, read.</summary>
    public BudgetCode? Place() => BudgetCode.Parse(Code);

    /// <summary>The members that a published document left out.</summary>
    public IReadOnlyList<string> NotStated() =>
    [
        .. Place()?.Program is null ? ["program"] : Array.Empty<string>(),
        .. Akun is null ? ["akun"] : Array.Empty<string>(),
        .. Source is null ? ["source"] : Array.Empty<string>(),
        .. Volume is null ? ["volume"] : Array.Empty<string>(),
        .. Unit is null ? ["unit"] : Array.Empty<string>(),
    ];
}

/// <summary>The kinds of revision (PMK 62/2023 as amended by PMK 107/2024).</summary>
public enum RevisionKind
{
    /// <summary>The total changes.</summary>
    PaguBerubah,

    /// <summary>Money moves and the total stays.</summary>
    PaguTetap,

    /// <summary>No money moves.</summary>
    Administrasi,
}

/// <summary>Who decides a revision, the lowest first.</summary>
public enum Authority
{
    /// <summary>Kuasa Pengguna Anggaran: the head of the secretariat, alone.</summary>
    Kpa,

    /// <summary>Kantor Wilayah Direktorat Jenderal Perbendaharaan.</summary>
    KanwilDjpb,

    /// <summary>Direktorat Pelaksanaan Anggaran.</summary>
    DitPa,

    /// <summary>Direktorat Jenderal Anggaran.</summary>
    Dja,
}

/// <summary>The letter by which an authority outside approved.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Date">Its date.</param>
public sealed record ExternalApproval([property: StringLength(100, MinimumLength = 1)] string Number, DateOnly Date);

/// <summary>Copied from a published document, without the signatures behind it.</summary>
/// <param name="Source">The document.</param>
/// <param name="Date">The document's date.</param>
/// <param name="By">The post that copied it: one the caller holds.</param>
public sealed record TakenOver(
    [property: StringLength(500, MinimumLength = 1)] string Source,
    DateOnly Date,
    [property: StringLength(60, MinimumLength = 1)] string By);

/// <summary>A grant by its agreement (Naskah Perjanjian Hibah Daerah).</summary>
/// <param name="Nphd">The number of the agreement.</param>
/// <param name="Date">Its date.</param>
/// <param name="Amount">The whole grant, in whole rupiah.</param>
/// <param name="Grantor">Who grants it.</param>
/// <param name="TakenOver">From which published document it was copied.</param>
/// <param name="Correction">Why it was stated once more; absent the first time.</param>
public sealed record Grant(
    [property: StringLength(100, MinimumLength = 1)] string Nphd,
    DateOnly Date,
    [property: Rupiah] long Amount,
    [property: StringLength(200, MinimumLength = 1)] string Grantor,
    TakenOver? TakenOver = null,
    [property: StringLength(2000, MinimumLength = 1)] string? Correction = null);

/// <summary>What nobody signs is corrected by a later version, which says why; the earlier one stays.</summary>
public static class Corrections
{
    /// <summary>Why a version does not say what it must, or says what it cannot.</summary>
    /// <param name="correction">The reason that it states.</param>
    /// <param name="corrects">Whether it takes the place of an earlier one.</param>
    public static Fault? WhyNot(string? correction, bool corrects) => (correction, corrects) switch
    {
        (null, true) => Fault.At("/correction", "correction-missing"),
        (not null, false) => Fault.At("/correction", "correction-without-use"),
        _ => null,
    };
}
