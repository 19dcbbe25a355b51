namespace Kinerja.Domain;

/// <summary>Which years of one office's documents another office may read, and whether it may act on them.</summary>
/// <param name="AllYears">Every year, past and to come.</param>
/// <param name="Years">Without all years: the spans of years, in order.</param>
/// <param name="MayAct">It is the parent of today: it may accept and return what was submitted.</param>
public sealed record Reading(bool AllYears, IReadOnlyList<YearSpan> Years, bool MayAct)
{
    /// <summary>Documents of that year may be read.</summary>
    public bool Includes(int year) => AllYears || Years.Any(span => span.First <= year && year <= span.Last);
}

/// <summary>Years from first to last, both included.</summary>
public readonly record struct YearSpan(int First, int Last);
