namespace Kinerja.Domain.Tests;

public sealed class BudgetRulesTests
{
    private static readonly HashSet<string> Grants = ["NPHD-1"];

    private static readonly BudgetChain Empty = new([]);

    [Fact]
    public void A_complete_first_state_is_taken() => Assert.Empty(Entry(BudgetChains.State(0, BudgetChains.Line())));

    [Fact]
    public void Every_fault_is_named_at_its_row()
    {
        var state = BudgetChains.State(0,
            BudgetChains.Line(), BudgetChains.Line(pagu: 5), BudgetChains.Line("6709"), BudgetChains.Line(akun: "591111"),
            BudgetChains.Line("076.01.CQ.6710") with { Source = new FundSource(FundSourceKind.Hibah) },
            BudgetChains.Line("076.01.CQ.6711") with { Source = new FundSource(FundSourceKind.Hibah, "lain") },
            BudgetChains.Line("076.01.CQ.6712") with { Source = new FundSource(FundSourceKind.RupiahMurni, "NPHD-1") },
            BudgetChains.Line("076.01.CQ.6713.QGE.001") with { Volume = null, Unit = null },
            BudgetChains.Line("076.01.CQ.6714") with { Unit = null },
            new BudgetLine("076.01", 5));

        Assert.Equal(
            [
                ("/lines/1", "duplicate-budget"), ("/lines/2/code", "unknown-budget-code"), ("/lines/3/akun", "unknown-akun"),
                ("/lines/4/source", "grant-missing"), ("/lines/5/source", "grant-unknown"), ("/lines/6/source", "grant-without-use"),
                ("/lines/7/volume", "must-be-stated"), ("/lines/8/volume", "volume-without-unit"),
                ("/lines/9/akun", "must-be-stated"), ("/lines/9/code", "must-be-stated"), ("/lines/9/source", "must-be-stated"),
            ], Entry(state));
    }

    [Fact]
    public void A_state_taken_over_may_leave_out_what_its_source_does_not_state() =>
        Assert.Empty(Entry(BudgetChains.TakenOver(16, new BudgetLine("076.01", 5), new BudgetLine("076.01.CQ.6709", 5))));

    [Fact]
    public void Numbers_run_without_gaps_after_the_last_and_what_is_not_held_is_named()
    {
        var chain = new BudgetChain([Held(0, true), Held(16, true)]);

        Assert.Equal(Enumerable.Range(1, 15), chain.NotHeld);
        Assert.Equal(17, chain.Next);
        Assert.Equal([("/number", "revision-gap")], Entry(BudgetChains.State(18, BudgetChains.Line()), chain));
        Assert.Empty(Entry(BudgetChains.State(17, BudgetChains.Line()), chain));
        Assert.Equal([("/number", "revision-gap")], Entry(BudgetChains.State(1, BudgetChains.Line())));
        Assert.Empty(Entry(BudgetChains.TakenOver(8, BudgetChains.Line()), chain));
    }

    [Fact]
    public void The_state_of_a_day_is_the_last_one_dated_by_then()
    {
        var chain = new BudgetChain([Held(0, true), Held(16, true), Held(17, false)]);

        Assert.Null(chain.At(new DateOnly(2023, 11, 23)));
        Assert.Equal(0, chain.At(new DateOnly(2023, 11, 24))!.Number);
        Assert.Equal(0, chain.At(new DateOnly(2023, 12, 9))!.Number);
        Assert.Equal(16, chain.At(new DateOnly(2023, 12, 10))!.Number);
        Assert.Equal(17, chain.At(new DateOnly(2024, 12, 31))!.Number);
    }

    [Fact]
    public void A_state_taken_over_is_dated_between_its_neighbours()
    {
        var chain = new BudgetChain([Held(0, true), Held(16, true)]);
        var state = BudgetChains.TakenOver(8, BudgetChains.Line());

        Assert.Equal([("/date", "dated-before-revision")], Entry(state with { Date = new DateOnly(2023, 11, 1) }, chain));
        Assert.Equal([("/date", "dated-after-revision")], Entry(state with { Date = new DateOnly(2024, 11, 1) }, chain));
    }

    [Fact]
    public void A_total_that_is_not_the_sum_is_stored_and_a_finding()
    {
        var state = BudgetChains.State(0, BudgetChains.Line()) with { Total = 999 };

        Assert.Empty(Entry(state));
        var fault = Assert.Single(BudgetRules.Findings(state));
        Assert.Equal(("/total", "total-differs", "-1"), (fault.Pointer, fault.Code, fault.Parameters["difference"]));
    }

    [Fact]
    public void Lines_of_one_ro_state_one_volume() => Assert.Equal(["/lines/1/volume"], BudgetRules.Findings(BudgetChains.State(
        0, BudgetChains.Line(), BudgetChains.Line(akun: "522111", volume: 2))).Select(fault => fault.Pointer));

    [Fact]
    public void Submission_is_blocked_by_what_is_missing_contradictory_beyond_the_kpa_or_already_spent()
    {
        var before = BudgetChains.State(0, BudgetChains.Line());
        var after = BudgetChains.State(1, BudgetChains.Line(pagu: 900));
        var spent = new Dictionary<BudgetKey, long> { [BudgetChains.Line().Key()] = 950 };

        Assert.Equal(["approval-missing"], Blocks(after with { Approval = null }, before));
        Assert.Equal(["pagu-not-kept"], Blocks(after with { Kind = RevisionKind.PaguTetap }, before));
        Assert.Equal(Enumerable.Repeat("kpa-not-alone", 4), Blocks(after with { Authority = Authority.Kpa, Approval = null }, before));
        Assert.Equal(["spent-above-pagu"], Blocks(after, before, spent));
        Assert.Equal(["dated-before-revision"], Blocks(after with { Date = new DateOnly(2023, 1, 1) }, before));
        Assert.Empty(Blocks(after, before));
    }

    [Fact]
    public void A_kpa_decides_nothing_upon_a_state_that_does_not_state_enough()
    {
        var before = BudgetChains.TakenOver(0, new BudgetLine("076.01.CQ.6709", 1_000));
        var after = BudgetChains.State(1, BudgetChains.Line()) with { Authority = Authority.Kpa, Approval = null };

        Assert.Equal(["kpa-cannot-be-decided"], Blocks(after, before).Distinct());
    }

    private static HeldState Held(int number, bool isTakenOver) => new(number, new DateOnly(2023, 11, 24).AddDays(number), isTakenOver);

    private static IEnumerable<string> Blocks(
        BudgetRevision revision, BudgetRevision before, Dictionary<BudgetKey, long>? spent = null) =>
        BudgetRules.BeforeSubmission(revision, new BudgetChain([Held(0, false)]), before, spent ?? []).Select(fault => fault.Code);

    private static IEnumerable<(string, string)> Entry(BudgetRevision revision, BudgetChain? chain = null) =>
        BudgetRules.AtEntry(revision, chain ?? Empty, Grants).Select(fault => (fault.Pointer, fault.Code)).Order();
}
