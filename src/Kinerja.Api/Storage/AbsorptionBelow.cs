namespace Kinerja.Api;

/// <summary>What is known of everything below an office to tell absorption beside capaian: its money, the agreements of one level
/// with their budgets, and the figures of their lines.</summary>
internal sealed record AbsorptionBelow(
    List<MoneyRow> Money, List<AbsorptionBelow.Funded> Agreements, ILookup<string, AbsorptionBelow.Figured> Lines)
{
    /// <summary>An agreement that binds on the period's last day.</summary>
    internal sealed record Funded(string Satker, string Name, string Agreement, IReadOnlyList<AgreementBudget> Budgets);

    /// <summary>A line of an agreement, with its figure where a report speaks of it.</summary>
    internal sealed record Figured(string Agreement, string Line, Capaian? Capaian, int? CarriedFrom);

    public static IReadOnlyList<Sql> Ask(string satker, bool self, MeasuredQuery query) =>
    [
        Budgets.RollUp(satker, self, query.Period, at: null),
        new Sql("select satker, name, agreement, budgets from funded_below($1, $2, $3, $4, $5)",
            satker, self, query.Period.Year, query.Period.LastDay, Words.Of(query.Level!.Value)),
        new Sql("select agreement, line, figure, carried_from from figures_below($1, $2, $3, $4, $5, $6, $7)",
            satker, self, query.Period.Year, query.Period.Text, query.Period.LastDay, (int)query.Least, Words.Of(query.Level!.Value)),
    ];

    /// <summary>The answers to <see cref="Ask"/>.</summary>
    public static async Task<AbsorptionBelow> Read(Answers answers) => new(
        await answers.Next(Budgets.Money),
        await answers.Next(row => new Funded(row.GetString(0), row.GetString(1), row.GetString(2), Budgets.BudgetsOf(row, 3))),
        (await answers.Next(row => new Figured(row.GetString(0), row.GetString(1),
            row.JsonOrNull<Capaian>(2),
            row.ValueOrNull<int>(3)))).ToLookup(line => line.Agreement));
}
