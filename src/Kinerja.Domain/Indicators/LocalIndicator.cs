using System.ComponentModel.DataAnnotations;

namespace Kinerja.Domain;

/// <summary>
/// An indicator of one office, in its own wording: promised and reported like one of the catalogue. It rolls up only where RI
/// has mapped it to a catalogue indicator of the same meaning.
/// </summary>
/// <param name="Code">The code, unique in its office and year; what follows <c>L-</c> is the office's choice.</param>
/// <param name="Year">The year the definition holds for.</param>
/// <param name="Name">The office's wording.</param>
/// <param name="Definition">What is measured, in words.</param>
/// <param name="Formula">How the realization is obtained, in words; shown, never executed.</param>
/// <param name="Kind">The kind of value targets and realizations have.</param>
/// <param name="Polarity">Which direction is better.</param>
/// <param name="Accumulation">How the periods of a year make the year.</param>
/// <param name="Traits">Exceptions from the strict reading of a value.</param>
/// <param name="Unit">What a count counts; absent for every other kind.</param>
/// <param name="Mapping">The catalogue indicator it counts as in roll-ups; none until RI maps it.</param>
public sealed record LocalIndicator(
    [property: RegularExpression(LocalIndicator.CodePattern)] string Code,
    [property: Range(Period.FirstYear, Period.LastYear)] int Year,
    [property: StringLength(1000, MinimumLength = 1)] string Name,
    [property: StringLength(5000, MinimumLength = 1)] string Definition,
    [property: StringLength(5000, MinimumLength = 1)] string Formula,
    ValueKind Kind,
    Polarity Polarity,
    Accumulation Accumulation,
    IndicatorTraits Traits,
    [property: StringLength(100, MinimumLength = 1)] string? Unit = null,
    IndicatorMapping? Mapping = null)
{
    /// <summary>How local codes are written: <c>L-KTR.1</c>. No code of the catalogue begins so.</summary>
    public const string CodePattern = "^L-[A-Z0-9][A-Za-z0-9.-]{0,37}$";

    /// <summary>Posts that define the indicators of an office: its operator and the head of its planning unit.</summary>
    public static IEnumerable<string> Preparers(Units units) => [Post.Operator, units.Planning.Code];

    /// <summary>Whether a code is an office's own.</summary>
    public static bool IsLocal(string code) => code.StartsWith("L-", StringComparison.Ordinal);

    /// <summary>What it is measured as: like an indicator of the catalogue that does not roll up.</summary>
    public Indicator AsMeasured() => new(Code, Year, Name, Definition, Formula, Kind, Polarity, Accumulation, Traits, Unit);

    /// <summary>
    /// Maps it to a catalogue indicator of the same meaning: the same direction, accumulation and unit, and the same kind or
    /// one that the kind takes in (an index is also stated with a percent sign). What an office is given by its parent is
    /// made of what the offices report: an office's own report in its place would make a circle.
    /// </summary>
    /// <param name="code">The code it is mapped to.</param>
    /// <param name="target">That indicator; none when the catalogue has none of the code.</param>
    /// <param name="by">The post that maps it.</param>
    /// <param name="at">The instant.</param>
    public Decision<LocalIndicator> Map(string code, Indicator? target, Post by, DateTimeOffset at)
    {
        if (target is null)
        {
            return Refusal.Broken([Fault.At("/indicator", "unknown-indicator", ("indicator", code), ("year", $"{Year}"))]);
        }

        var faults = new List<Fault>();
        if (Kind != target.Kind && (Kind, target.Kind) != (ValueKind.Percent, ValueKind.Index))
        {
            faults.Add(Fault.At("/indicator", "mapping-of-another-kind", ("local", Words.Of(Kind)), ("kind", Words.Of(target.Kind))));
        }
        else if (Kind == ValueKind.Count && !Values.SameUnit(Unit, target.Unit))
        {
            faults.Add(Fault.At("/indicator", "source-of-another-unit", ("source", Unit ?? "–"), ("unit", target.Unit ?? "–")));
        }

        if ((Polarity, Accumulation) != (target.Polarity, target.Accumulation))
        {
            faults.Add(Fault.At("/indicator", "mapping-of-another-meaning", ("indicator", code),
                ("polarity", Words.Of(target.Polarity)), ("accumulation", Words.Of(target.Accumulation))));
        }

        if (target.Source == IndicatorSource.Parent)
        {
            faults.Add(Fault.At("/indicator", "mapping-makes-circle", ("indicator", code)));
        }

        return faults.Count > 0 ? Refusal.Broken(faults) : this with { Mapping = new IndicatorMapping(code, $"{by}", at) };
    }
}

/// <summary>What a local indicator counts as, and who said so.</summary>
/// <param name="Indicator">The code of the catalogue indicator.</param>
/// <param name="By">The post that mapped it.</param>
/// <param name="At">The instant.</param>
public sealed record IndicatorMapping(string Indicator, string By, DateTimeOffset At);

/// <summary>What the codes of one office mean in a year: the catalogue's first, then its own.</summary>
public static class Resolution
{
    /// <summary>The indicator a code stands for; none when neither knows it.</summary>
    public static Indicator? Find(
        string code, IReadOnlyDictionary<string, Indicator> catalogue, IReadOnlyDictionary<string, LocalIndicator> local) =>
        catalogue.GetValueOrDefault(code) ?? local.GetValueOrDefault(code)?.AsMeasured();

    /// <summary>What a code counts as in roll-ups: itself, or what it is mapped to; none for an unmapped one.</summary>
    public static string? CountsAs(
        string code, IReadOnlyDictionary<string, Indicator> catalogue, IReadOnlyDictionary<string, LocalIndicator> local) =>
        catalogue.ContainsKey(code) ? code : local.GetValueOrDefault(code)?.Mapping?.Indicator;

    /// <summary>The fault of a code that means nothing.</summary>
    public static Fault Unknown(string pointer, string code, int year) => LocalIndicator.IsLocal(code)
        ? Fault.At(pointer, "unknown-local-indicator", ("indicator", code), ("year", $"{year}"))
        : Fault.At(pointer, "unknown-indicator", ("indicator", code), ("year", $"{year}"));
}
