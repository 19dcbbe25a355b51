namespace Kinerja.Domain;

/// <summary>
/// The one rounding: a figure that is signed or printed has 2 decimals, half away from zero, rounded once from the
/// recorded figures below it. Nothing else is rounded.
/// </summary>
public static class Rounding
{
    /// <summary>A printed figure: 2 decimals, half away from zero, without trailing zeros.</summary>
    public static decimal Two(decimal figure) => Plain(Math.Round(figure, 2, MidpointRounding.AwayFromZero));

    /// <summary>Ten decimals, for showing how a figure was computed; never computed with.</summary>
    public static decimal Ten(decimal figure) => Plain(Math.Round(figure, 10, MidpointRounding.AwayFromZero));

    /// <summary>
    /// Part of whole in percent, unrounded; none when it is beyond any number that can be written. The part is
    /// multiplied first: dividing first would lose the exact tie (1/3 of 3).
    /// </summary>
    /// <param name="part">The part.</param>
    /// <param name="whole">The whole, not zero.</param>
    public static decimal? Percent(decimal part, decimal whole)
    {
        try
        {
            return part * 100 / whole;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    // Dividing by one with a full scale drops trailing zeros: 12.50 and 12.5 print the same.
    private static decimal Plain(decimal figure) => figure / 1.0000000000000000000000000000m;
}
