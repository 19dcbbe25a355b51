namespace Kinerja.Api;

/// <summary>DIPA, its revisions, and what was spent of it.</summary>
internal static class BudgetRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        var budgets = v1.MapGroup("/satker/{satker}/budgets").WithTags("Budgets");
        GetBudgetYears.Map(budgets);
        GetBudget.Map(budgets);
        ListRevisions.Map(budgets);
        DraftRevision.Map(budgets);
        GetRevision.Map(budgets);
        RedraftRevision.Map(budgets);
        BudgetSignOff.Map(budgets);
        CompareRevisions.Map(budgets);
        GetSpending.Map(budgets);
        RecordSpending.Map(budgets);
        GetSpendingDocument.Map(budgets);
        GetBudgetRollup.Map(budgets);
        GetBudgetCascade.Map(budgets);
        GetAbsorption.Map(budgets);
        GetAbsorptionRollup.Map(budgets);
        var grants = v1.MapGroup("/satker/{satker}/grants").WithTags("Budgets");
        ListGrants.Map(grants);
        GetGrant.Map(grants);
        RegisterGrant.Map(grants);
        CorrectGrant.Map(grants);
    }

    /// <summary>The address of a state by its document's name.</summary>
    public static string Revision(string satker, string id) =>
        $"/v1/satker/{satker}/budgets/{id.Replace("-", "/revisions/", StringComparison.Ordinal)}";
}
