namespace Kinerja.Domain.Tests;

public sealed class MoneyCascadeTests
{
    private static readonly BudgetRevision First = BudgetChains.TakenOver(
        0, new BudgetLine("076.01.WA.3355", 700), new BudgetLine("076.01.CQ.6709", 1_300));

    [Fact]
    public void The_agreements_below_are_held_against_the_one_above_in_whole_and_per_program()
    {
        var above = Agreement(("076.01.WA", 700), ("076.01.CQ", 1_300));

        var sums = MoneyCascade.Compare(above, [Agreement(("3355", 700)), Agreement(("6709", 1_000)), Agreement(("6709", 299))], MoneyCascade.ProgramOf(First.Parts()));

        Assert.Equal(
            [new CascadeSum(null, 2_000, 1_999), new CascadeSum("076.01.CQ", 1_300, 1_299), new CascadeSum("076.01.WA", 700, 700)], sums);
        Assert.Equal([-1L, -1L, 0L], sums.Select(sum => sum.Difference));
    }

    [Fact]
    public void Moved_money_of_a_named_kegiatan_is_told_to_the_rupiah()
    {
        var now = BudgetChains.TakenOver(16, new BudgetLine("076.01.WA.3355", 700), new BudgetLine("076.01.CQ.6709", 1_299), new BudgetLine("076.01.CQ.6639", 1));

        var money = MoneyCascade.Named(Agreement(("3355", 700), ("6709", 1), ("076.01.CQ", 5)).Content.Budgets, First.Parts(), now.Parts());

        Assert.Equal([0L, -1L, 0L], money.Select(named => named.Moved!.Value));
        Assert.True(MoneyCascade.NeedsAmendment(money));
        Assert.False(MoneyCascade.NeedsAmendment([money[0], money[2]]));
    }

    [Fact]
    public void A_state_that_does_not_state_its_kegiatan_cannot_tell()
    {
        var now = BudgetChains.TakenOver(16, new BudgetLine("076.01.CQ", 2_000));
        var named = Assert.Single(MoneyCascade.Named(Agreement(("6709", 1)).Content.Budgets, First.Parts(), now.Parts()));

        Assert.Equal((1_300, (long?)null, (long?)null), (named.From, named.To, named.Moved));
        Assert.Null(MoneyCascade.NeedsAmendment([named]));
        Assert.True(MoneyCascade.NeedsAmendment([named, new NamedMoney("3355", 1, 2)]));
        Assert.Null(Assert.Single(MoneyCascade.Named(Agreement(("6709", 1)).Content.Budgets, [], now.Parts())).From);
    }

    [Fact]
    public void The_rincian_of_a_budget_are_summed_where_they_are_stated()
    {
        var budget = new AgreementBudget("076.01.CQ", "x", 100);

        Assert.Null(DetailedSum.Of(budget));
        Assert.Equal(new DetailedSum("076.01.CQ", 100, 2, 99), DetailedSum.Of(budget with { Details = [new("a", 60), new("b", 39)] }));
        Assert.Equal(-1, new DetailedSum("076.01.CQ", 100, 2, 99).Difference);
    }

    private static FundedAgreement Agreement(params (string Code, long Pagu)[] budgets) => new("a", new Agreement(
        2024, "kul", new DateOnly(2024, 1, 29), [], [.. budgets.Select(budget => new AgreementBudget(budget.Code, "x", budget.Pagu))]));
}
