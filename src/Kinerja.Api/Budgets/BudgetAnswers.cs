namespace Kinerja.Api;

/// <summary>Pagu and what was spent of it.</summary>
/// <param name="Pagu">The ceiling, in whole rupiah.</param>
/// <param name="Realization">What was spent by SP2D, in whole rupiah.</param>
/// <param name="Remaining">What is left; below zero when more was spent than the ceiling allows.</param>
/// <param name="Percent">Spent in percent of the ceiling, rounded once from rupiah; null without a ceiling.</param>
internal sealed record AbsorptionFigure(long Pagu, long Realization, long Remaining, decimal? Percent)
{
    public static AbsorptionFigure Of(Absorption both) => new(both.Pagu, both.Realization, both.Remaining, both.Percent);
}

/// <summary>What tells a line from every other.</summary>
/// <param name="Code">The code to the level that is known.</param>
/// <param name="Akun">The akun; null when it is not stated.</param>
/// <param name="Source">The fund source; null when it is not stated.</param>
internal sealed record BudgetKeyRow(string Code, string? Akun, FundSource? Source)
{
    public static BudgetKeyRow Of(BudgetKey key) => new(key.Code, key.Akun, key.Source);
}

/// <summary>One line of a state, taken apart.</summary>
/// <param name="Code">The code to the lowest level known.</param>
/// <param name="Program">The program; null when it is not stated.</param>
/// <param name="Kegiatan">The kegiatan; null when it is not stated.</param>
/// <param name="Kro">The KRO; null when it is not stated.</param>
/// <param name="Ro">The RO; null when it is not stated.</param>
/// <param name="Komponen">The komponen; null when it is not stated.</param>
/// <param name="Akun">The akun; null when it is not stated.</param>
/// <param name="JenisBelanja">The first two digits of the akun; null when it is not stated.</param>
/// <param name="Source">The fund source; null when it is not stated.</param>
/// <param name="Volume">The volume of the line's RO; null when it is not stated.</param>
/// <param name="Unit">What the volume counts; null when it is not stated.</param>
/// <param name="Name">The name of the line; null when it is not stated.</param>
/// <param name="Pagu">The ceiling, in whole rupiah.</param>
/// <param name="NotStated">The members that the document left out.</param>
internal sealed record BudgetLineRow(
    string Code, string? Program, string? Kegiatan, string? Kro, string? Ro, string? Komponen, string? Akun, string? JenisBelanja,
    FundSource? Source, decimal? Volume, string? Unit, string? Name, long Pagu, IReadOnlyList<string> NotStated)
{
    public static BudgetLineRow Of(BudgetLine line)
    {
        var place = line.Place()!;
        return new BudgetLineRow(line.Code, place.Program, place.Kegiatan, place.Kro, place.Ro, place.Komponen, line.Akun, line.Akun?[..2],
            line.Source, line.Volume, line.Unit, line.Name, line.Pagu, line.NotStated());
    }
}

/// <summary>Something that is wrong with what is stated: stored as it is, and blocking.</summary>
/// <param name="Pointer">The place in the document.</param>
/// <param name="Code">The rule.</param>
/// <param name="Detail">The rule in words, with both values.</param>
internal sealed record BudgetFinding(string Pointer, string Code, string Detail)
{
    public static IReadOnlyList<BudgetFinding> Of(IEnumerable<Fault> faults, HttpContext http) =>
        [.. faults.Select(fault => new BudgetFinding(fault.Pointer, fault.Code, Texts.Of(fault.Code, Language.Of(http), fault.Parameters)))];
}

/// <summary>Whether an agreement in force needs an amendment, because money of a program or kegiatan it names was moved since it
/// was dated.</summary>
/// <param name="Needed">Whether it does; null when the states held cannot tell.</param>
/// <param name="Money">Each program or kegiatan it names, and by how much.</param>
internal sealed record AmendmentNeed(bool? Needed, IReadOnlyList<NamedRow> Money)
{
    public static AmendmentNeed Of(IReadOnlyList<NamedMoney> money) => new(
        MoneyCascade.NeedsAmendment(money), [.. money.Select(one => new NamedRow(one.Code, one.From, one.To, one.Moved))]);
}

/// <summary>The money of a program or a kegiatan that an agreement names.</summary>
/// <param name="Code">The code.</param>
/// <param name="From">Its pagu in the DIPA when the agreement was dated; null when that is not stated.</param>
/// <param name="To">Its pagu in the DIPA in force; null when that is not stated.</param>
/// <param name="Moved">By how much it was moved; null when that cannot be told.</param>
internal sealed record NamedRow(string Code, long? From, long? To, long? Moved);

/// <summary>Of how many offices a roll-up of money speaks.</summary>
internal static class MoneyCoverage
{
    /// <summary>Whether an answer names who is missing: up to as many offices as roll-ups of results do.</summary>
    public static bool AreNamed(IEnumerable<MoneyRow> rows) => rows.Count(row => row.Satker is not null) <= KeptRollups.MostNamed;

    /// <summary>Who holds a state of the DIPA.</summary>
    public static Coverage OfBudgets(IEnumerable<MoneyRow> rows, bool named) =>
        Of(rows, office => office.State is not null, _ => Gap.Missing, named);

    /// <summary>Who stated what was spent: not yet due as long as the reports of the period are not.</summary>
    public static Coverage OfRealizations(IEnumerable<MoneyRow> rows, Period period, Deadlines deadlines, bool named) =>
        Of(rows, office => office.HasSpent, satker => deadlines.Gap(satker, period), named);

    private static Coverage Of(IEnumerable<MoneyRow> rows, Func<MoneyRow, bool> reported, Func<string, Gap> gap, bool named)
    {
        var offices = rows.Where(row => row.Satker is not null).ToList();
        var missing = offices.Where(office => !reported(office))
            .Select(office => new MissingOffice(office.Satker!, office.Name!, gap(office.Satker!))).ToList();
        return new Coverage(offices.Count, offices.Count - missing.Count, offices.Count - missing.Count, named ? missing : []);
    }
}
