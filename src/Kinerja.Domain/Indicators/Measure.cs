namespace Kinerja.Domain;

/// <summary>What the rules need to know of an indicator, national or local.</summary>
/// <param name="Kind">The kind of value the catalogue names.</param>
/// <param name="Polarity">Which direction is better.</param>
/// <param name="Traits">Exceptions the catalogue grants.</param>
/// <param name="Unit">What a count counts; absent for every other kind.</param>
public sealed record Measure(ValueKind Kind, Polarity Polarity, IndicatorTraits Traits, string? Unit = null)
{
    /// <summary>The measure of a catalogue indicator.</summary>
    public static Measure Of(Indicator indicator) =>
        new(indicator.Kind, indicator.Polarity, indicator.Traits, indicator.Unit);
}
