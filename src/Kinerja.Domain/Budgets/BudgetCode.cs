using System.Text.RegularExpressions;

namespace Kinerja.Domain;

/// <summary>
/// The code of a budget line to the level that is known, as a DIPA writes it: <c>076.01.CQ.6709.QGE.001.051</c> is
/// program 076.01.CQ, kegiatan 6709, KRO QGE, RO QGE.001, komponen 051. <c>076.01</c> alone is a whole DIPA whose program
/// is not stated.
/// </summary>
/// <param name="Text">The code.</param>
/// <param name="Program">The program: <c>076.01.CQ</c>.</param>
/// <param name="Kegiatan">The kegiatan: <c>6709</c>.</param>
/// <param name="Kro">The KRO in its kegiatan: <c>QGE</c>.</param>
/// <param name="Ro">The RO in its kegiatan: <c>QGE.001</c>.</param>
/// <param name="Komponen">The komponen in its RO: <c>051</c>.</param>
public sealed record BudgetCode(string Text, string? Program, string? Kegiatan, string? Kro, string? Ro, string? Komponen)
{
    // Bagian anggaran 076, unit eselon I 01: the Komisi Pemilihan Umum.
    private static readonly Regex Form = new(
        @"\A076\.01(\.(?<program>[0-9A-Z]{2})(\.(?<kegiatan>[0-9]{4})(\.(?<kro>[A-Z]{3})(\.(?<ro>[0-9]{3})(\.(?<komponen>[0-9]{3}))?)?)?)?)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);

    /// <summary>The code of a kegiatan, a program, or a whole DIPA.</summary>
    public static BudgetCode Of(string? program, string? kegiatan) =>
        new(kegiatan is null ? program ?? "076.01" : $"{program}.{kegiatan}", program, kegiatan, null, null, null);

    /// <summary>Reads a code; none when it is not one, or one of another budget.</summary>
    public static BudgetCode? Parse(string text)
    {
        var match = Form.Match(text);
        string? Group(string name) => match.Groups[name] is { Success: true } group ? group.Value : null;
        return !match.Success ? null : new BudgetCode(
            text, Group("program") is { } program ? $"076.01.{program}" : null, Group("kegiatan"), Group("kro"),
            Group("ro") is { } ro ? $"{Group("kro")}.{ro}" : null, Group("komponen"));
    }

    /// <summary>What an agreement's budget names: a program (<c>076.01.CQ</c>), a kegiatan (<c>6709</c>), an RO (<c>6709.QGE.001</c>);
    /// none when it names nothing of a budget.</summary>
    public static BudgetCode? Named(string code) =>
        Parse(code) is { Program: not null } parsed ? parsed
        : Parse($"076.01.00.{code}") is { Kegiatan: not null } inItsProgram ? inItsProgram with { Text = code, Program = null }
        : null;

    /// <summary>Whether a line of this code is part of what another names; none when its code does not go so deep.</summary>
    public bool? IsIn(BudgetCode named)
    {
        foreach (var (mine, theirs) in Levels.Zip(named.Levels).Where(level => level.Second is not null))
        {
            if (mine != theirs)
            {
                return mine is null ? null : false;
            }
        }

        return true;
    }

    private string?[] Levels => [Program, Kegiatan, Kro, Ro, Komponen];
}

/// <summary>Where the money of a line comes from.</summary>
/// <param name="Kind">Rupiah murni, or a grant.</param>
/// <param name="Nphd">The number of the grant's agreement (NPHD); for a grant alone.</param>
public sealed record FundSource(
    FundSourceKind Kind,
    [property: System.ComponentModel.DataAnnotations.StringLength(100, MinimumLength = 1)] string? Nphd = null)
{
    /// <inheritdoc/>
    public override string ToString() => Nphd is null ? Words.Of(Kind) : $"{Words.Of(Kind)} {Nphd}";
}

/// <summary>The sources there are.</summary>
public enum FundSourceKind
{
    /// <summary>Rupiah murni: the state's own money.</summary>
    RupiahMurni,

    /// <summary>A grant by its NPHD.</summary>
    Hibah,
}

/// <summary>What tells a line from every other: its code to the stated level, its akun, its fund source.</summary>
/// <param name="Code">The code to the level that is known.</param>
/// <param name="Akun">Six digits, of which the first two are the jenis belanja; none when it is not stated.</param>
/// <param name="Source">The fund source; none when it is not stated.</param>
public sealed record BudgetKey(string Code, string? Akun, FundSource? Source)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Code} {Akun ?? "–"} {Source?.ToString() ?? "–"}";
}
