namespace Kinerja.Domain;

/// <summary>An agreement in force, as far as its money goes.</summary>
/// <param name="Id">Its name in its office.</param>
/// <param name="Content">What it says.</param>
public sealed record FundedAgreement(string Id, Agreement Content)
{
    /// <summary>The sum of its budgets.</summary>
    public long Sum => (Content.Budgets ?? []).Sum(budget => budget.Pagu);
}

/// <summary>The money of a code in a state of the DIPA.</summary>
/// <param name="Code">The code, as deep as it is known.</param>
/// <param name="Pagu">The sum of its lines.</param>
public sealed record BudgetPart(BudgetCode Code, long Pagu);

/// <summary>A sum of an agreement, and what the agreements one level down make of it.</summary>
/// <param name="Program">The program; none for the whole.</param>
/// <param name="Above">The agreement's own sum.</param>
/// <param name="Below">The sum of those one level down.</param>
public sealed record CascadeSum(string? Program, long Above, long Below)
{
    /// <summary>What the agreements below have too much, or too little of.</summary>
    public long Difference => Below - Above;
}

/// <summary>The money of a program, a kegiatan or an RO that an agreement names, when it was dated and now.</summary>
/// <param name="Code">The code the agreement names.</param>
/// <param name="From">Its pagu in the state that was in force on the agreement's date; none when that is not stated.</param>
/// <param name="To">Its pagu in the state in force now; none when that is not stated.</param>
public sealed record NamedMoney(string Code, long? From, long? To)
{
    /// <summary>By how much the money was moved; none when it cannot be said.</summary>
    public long? Moved => To - From;
}

/// <summary>A budget of an agreement, and what its rincian add up to.</summary>
/// <param name="Code">The code of the budget.</param>
/// <param name="Pagu">The budget as it is stated.</param>
/// <param name="Details">How many rincian are stated.</param>
/// <param name="Sum">Their sum.</param>
public sealed record DetailedSum(string Code, long Pagu, int Details, long Sum)
{
    /// <summary>What the rincian have too much, or too little of.</summary>
    public long Difference => Sum - Pagu;

    /// <summary>Of a budget; none where no rincian are stated.</summary>
    public static DetailedSum? Of(AgreementBudget budget) => budget.Details is { Count: > 0 } details
        ? new DetailedSum(budget.Code, budget.Pagu, details.Count, details.Sum(detail => detail.Pagu))
        : null;
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

    /// <summary>The money of every code that budgets of an agreement name: when it was dated, and now.</summary>
    /// <param name="budgets">The budgets.</param>
    /// <param name="then">The state of the DIPA that was in force on the agreement's date; empty when none is held.</param>
    /// <param name="now">The state in force now; empty when none is held.</param>
    public static IReadOnlyList<NamedMoney> Named(
        IReadOnlyList<AgreementBudget>? budgets, IReadOnlyList<BudgetPart> then, IReadOnlyList<BudgetPart> now) =>
    [
        .. from budget in budgets ?? []
           let named = BudgetCode.Named(budget.Code)
           where named is not null
           select new NamedMoney(budget.Code, Pagu(then, named), Pagu(now, named)),
    ];

    /// <summary>An agreement of which the money of a code was moved needs an amendment; none when no money is known to be moved
    /// and that of a code cannot be told.</summary>
    public static bool? NeedsAmendment(IReadOnlyList<NamedMoney> money) =>
        money.Any(one => one.Moved is not (null or 0)) ? true : money.Any(one => one.Moved is null) ? null : false;

    /// <summary>The program of a kegiatan in a state of the DIPA, or in many: a kegiatan belongs to one program everywhere.</summary>
    public static Func<string, string?> ProgramOf(IEnumerable<BudgetPart> parts)
    {
        var programs = parts.Select(part => part.Code).Where(code => code.Kegiatan is not null)
            .GroupBy(code => code.Kegiatan!).ToDictionary(kegiatan => kegiatan.Key, kegiatan => kegiatan.First().Program, StringComparer.Ordinal);
        return kegiatan => programs.GetValueOrDefault(kegiatan);
    }

    // A state with a line that does not state what is asked for cannot tell the sum.
    private static long? Pagu(IReadOnlyList<BudgetPart> state, BudgetCode named) =>
        state.Count == 0 || state.Any(part => part.Code.IsIn(named) is null)
            ? null
            : state.Where(part => part.Code.IsIn(named) == true).Sum(part => part.Pagu);

    /// <summary>The programs whose money an agreement names.</summary>
    public static IReadOnlyList<string> Programs(IReadOnlyList<AgreementBudget>? budgets, Func<string, string?> programOf) =>
        [.. Budgets(budgets, programOf).Select(budget => budget.Program).Distinct().Order(StringComparer.Ordinal)];

    private static ILookup<string, long> Programs(IEnumerable<FundedAgreement> agreements, Func<string, string?> programOf) =>
        agreements.SelectMany(agreement => Budgets(agreement.Content.Budgets, programOf))
            .ToLookup(budget => budget.Program, budget => budget.Pagu, StringComparer.Ordinal);

    private static IEnumerable<(string Program, long Pagu)> Budgets(
        IReadOnlyList<AgreementBudget>? budgets, Func<string, string?> programOf) =>
        from budget in budgets ?? []
        let named = BudgetCode.Named(budget.Code)
        let program = named?.Program ?? (named?.Kegiatan is { } kegiatan ? programOf(kegiatan) : null)
        where program is not null
        select (program, budget.Pagu);
}
