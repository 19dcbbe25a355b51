using System.Text.Json.Serialization;

namespace Kinerja.Domain;

/// <summary>
/// A target or a realization as an office states it: it travels with its kind and unit, and an absent value has a
/// name instead of a zero. Numbers are exact decimals of at most 15 significant digits.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Percent), "percent")]
[JsonDerivedType(typeof(Count), "count")]
[JsonDerivedType(typeof(Index), "index")]
[JsonDerivedType(typeof(Band), "range")]
[JsonDerivedType(typeof(AkipGrade), "akip-grade")]
[JsonDerivedType(typeof(BpkOpinion), "bpk-opinion")]
[JsonDerivedType(typeof(Absent), "absent")]
public abstract record Value
{
    private Value()
    {
    }

    /// <summary>A percentage (70.45 for 70,45 %), usually a ratio whose two numbers are kept: 124 of 176.</summary>
    /// <param name="Stated">The percent as stated; absent when only the ratio is given.</param>
    /// <param name="Numerator">The upper number of the ratio.</param>
    /// <param name="Denominator">The lower number of the ratio.</param>
    public sealed record Percent(
        [property: JsonPropertyName("value")] decimal? Stated = null,
        decimal? Numerator = null,
        decimal? Denominator = null) : Value;

    /// <summary>A count with the unit it counts: 2 Lap, 8 Kali, 18 Kecamatan.</summary>
    public sealed record Count([property: JsonPropertyName("value")] decimal Amount, string Unit) : Value;

    /// <summary>An index or score on the scale of its indicator: 80, 74.95.</summary>
    public sealed record Index([property: JsonPropertyName("value")] decimal Amount) : Value;

    /// <summary>A target that is reached inside its two bounds, both included. Never a realization.</summary>
    public sealed record Band(decimal Low, decimal High) : Value;

    /// <summary>A predicate of the AKIP evaluation: AA, A, BB, B, CC, C or D.</summary>
    public sealed record AkipGrade([property: JsonPropertyName("value")] string Grade) : Value;

    /// <summary>An audit opinion of the BPK: WTP, WTP-DPP, WDP, TW or TMP.</summary>
    public sealed record BpkOpinion([property: JsonPropertyName("value")] string Opinion) : Value;

    /// <summary>No value, and why. Never a zero.</summary>
    public sealed record Absent(Absence State) : Value;
}

/// <summary>Why there is no value.</summary>
public enum Absence
{
    /// <summary>The period is not over, or the report is not yet due.</summary>
    NotYetDue,

    /// <summary>It is due, and nobody stated it.</summary>
    Missing,

    /// <summary>Belum dinilai: the assessor has not judged yet.</summary>
    NotAssessed,

    /// <summary>Tidak berlaku: there was nothing to do, and nothing is counted.</summary>
    NotApplicable,
}
