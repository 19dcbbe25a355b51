namespace Kinerja.Domain;

/// <summary>An agreement in force, as far as its money goes.</summary>
/// <param name="Id">Its name in its office.</param>
/// <param name="Content">What it says.</param>
public sealed record FundedAgreement(string Id, Agreement Content)
{
    /// <summary>The sum of its budgets.</summary>
    public long Sum => (Content.Budgets ?? []).Sum(budget => budget.Pagu);
}

/// <summary>A sum of an agreement, and what the agreements one level down make of it.</summary>
/// <param name="Program">The program; none for the whole.</param>
/// <param name="Above">The agreement's own sum.</param>
/// <param name="Below">The sum of those one level down.</param>
public sealed record CascadeSum(string? Program, long Above, long Below)
{
    /// <summary>What the agreements below have too much, or too little of.</summary>
    public long Difference => Below - Above;
}

/// <summary>The money of a kegiatan or a program that an agreement names, when it was dated and now.</summary>
/// <param name="Code">The code the agreement names.</param>
/// <param name="From">Its pagu in the state that was in force on the agreement's date; none when that is not stated.</param>
/// <param name="To">Its pagu in the state in force now; none when that is not stated.</param>
public sealed record NamedMoney(string Code, long? From, long? To)
{
    /// <summary>By how much the money was moved; none when it cannot be said.</summary>
    public long? Moved => To - From;
}

/// <summary>Money through the levels of agreements, and against the DIPA.</summary>
public static class MoneyCascade
{
    /// <summary>The budgets of agreements one level down against the agreement above, in whole and per program, to the
    /// rupiah. The whole comes first.</summary>
    /// <param name="above">The agreement above.</param>
    /// <param name="below">Those of the units right below its unit.</param>
    /// <param name="programOf">The program of a kegiatan in the DIPA in force; none when it has none.</param>
    public static IReadOnlyList<CascadeSum> Compare(
        FundedAgreement above, IReadOnlyList<FundedAgreement> below, Func<string, string?> programOf)
    {
        var (mine, theirs) = (Programs([above], programOf), Programs(below, programOf));
        return
        [
            new CascadeSum(null, above.Sum, below.Sum(agreement => agreement.Sum)),
            .. mine.Select(program => program.Key).Union(theirs.Select(program => program.Key)).Order(StringComparer.Ordinal)
                .Select(program => new CascadeSum(program, mine[program].Sum(), theirs[program].Sum())),
        ];
    }

    /// <summary>The money of every code the agreement names: when it was dated, and now. An agreement of which a code's
    /// money was moved needs an amendment.</summary>
    public static IReadOnlyList<NamedMoney> Named(Agreement agreement, BudgetRevision? then, BudgetRevision? now) =>
    [
        .. from budget in agreement.Budgets ?? []
           let named = BudgetCode.Named(budget.Code)
           where named is not null
           select new NamedMoney(budget.Code, Pagu(then, named.Value), Pagu(now, named.Value)),
    ];

    /// <summary>The program of a kegiatan in a state of the DIPA.</summary>
    public static Func<string, string?> ProgramOf(BudgetRevision? state)
    {
        var programs = (state?.Lines ?? []).Select(line => line.Place()).OfType<BudgetCode>().Where(place => place.Kegiatan is not null)
            .GroupBy(place => place.Kegiatan!).ToDictionary(kegiatan => kegiatan.Key, kegiatan => kegiatan.First().Program, StringComparer.Ordinal);
        return kegiatan => programs.GetValueOrDefault(kegiatan);
    }

    // A state with a line that does not state what is asked for cannot tell the sum.
    private static long? Pagu(BudgetRevision? state, (string? Program, string? Kegiatan) named)
    {
        var places = (state?.Lines ?? []).Select(line => (Place: line.Place(), line.Pagu)).ToList();
        return state is null || places.Exists(line => named.Kegiatan is null ? line.Place?.Program is null : line.Place?.Kegiatan is null)
            ? null
            : places.Where(line => (named.Kegiatan is null || line.Place!.Kegiatan == named.Kegiatan)
                && (named.Program is null || line.Place!.Program == named.Program)).Sum(line => line.Pagu);
    }

    /// <summary>The programs whose money an agreement names.</summary>
    public static IReadOnlyList<string> Programs(Agreement agreement, Func<string, string?> programOf) =>
        [.. Budgets(agreement, programOf).Select(budget => budget.Program).Distinct().Order(StringComparer.Ordinal)];

    private static ILookup<string, long> Programs(IEnumerable<FundedAgreement> agreements, Func<string, string?> programOf) =>
        agreements.SelectMany(agreement => Budgets(agreement.Content, programOf))
            .ToLookup(budget => budget.Program, budget => budget.Pagu, StringComparer.Ordinal);

    private static IEnumerable<(string Program, long Pagu)> Budgets(Agreement agreement, Func<string, string?> programOf) =>
        from budget in agreement.Budgets ?? []
        let named = BudgetCode.Named(budget.Code)
        let program = named?.Program ?? (named?.Kegiatan is { } kegiatan ? programOf(kegiatan) : null)
        where program is not null
        select (program, budget.Pagu);
}
