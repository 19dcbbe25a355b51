namespace Kinerja.Benchmarks;

/// <summary>What country is to be made. The same plan and seed make the same rows.</summary>
/// <param name="Seed">Decides everything that is left to chance.</param>
/// <param name="Offices">How many offices; the 553 of the reference data as they are when absent.</param>
/// <param name="Depth">Levels of offices when they are made by rule: 3 to 5.</param>
/// <param name="FirstYear">The first year.</param>
/// <param name="Years">How many years.</param>
/// <param name="Periods">The periods of a year that are reported.</param>
/// <param name="Levels">Whose heads make agreements.</param>
/// <param name="Indicators">How many indicators the catalogue of a year has.</param>
/// <param name="Lines">How many lines an agreement has.</param>
/// <param name="Drafts">How many months of the last year have a draft that waits to be submitted, for write loads.</param>
/// <param name="Moves">Every so manieth office of the lowest level has moved; 0 for none.</param>
internal sealed record Plan(
    ulong Seed = 20240214, int? Offices = null, int Depth = 3, int FirstYear = 2024, int Years = 1,
    Rhythm Periods = Rhythm.Quarters, IReadOnlyList<AgreementLevel>? Levels = null, int Indicators = 60, int Lines = 5,
    int Drafts = 0, int Moves = 100)
{
    public static readonly IReadOnlyList<AgreementLevel> AllLevels =
        [AgreementLevel.Ketua, AgreementLevel.Sekretaris, AgreementLevel.Subbagian];

    public IReadOnlyList<AgreementLevel> AgreementLevels => Levels ?? AllLevels;

    public int LastYear => FirstYear + Years - 1;

    /// <summary>The day on which offices move: after the agreements, before the first report.</summary>
    public DateOnly MovingDay => new(FirstYear, 2, 15);

    public IEnumerable<Period> PeriodsOf(int year) => (Periods switch
    {
        Rhythm.Year => [],
        Rhythm.Quarters => Enumerable.Range(1, 4).Select(quarter => $"{year}-T{quarter}"),
        Rhythm.Months => Enumerable.Range(1, 12).Select(month => $"{year}-B{month:00}"),
    }).Append($"{year}").Select(text => Period.Parse(text)!);

    /// <summary>The periods of which spending is stated: every month, or the year where only the year is reported.</summary>
    public IEnumerable<Period> SpendingPeriodsOf(int year) => Periods == Rhythm.Year
        ? [Period.Parse($"{year}")!]
        : Enumerable.Range(1, 12).Select(month => Period.Parse($"{year}-B{month:00}")!);

    /// <summary>Periods of which everybody has a draft.</summary>
    public IEnumerable<Period> DraftPeriodsOf(int year) => year != LastYear || Periods == Rhythm.Months
        ? []
        : Enumerable.Range(1, Drafts).Select(month => Period.Parse($"{year}-B{month:00}")!);
}

/// <summary>How often a year is reported, beside the year itself.</summary>
internal enum Rhythm
{
    Year,
    Quarters,
    Months,
}
