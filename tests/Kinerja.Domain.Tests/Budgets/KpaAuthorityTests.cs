namespace Kinerja.Domain.Tests;

public sealed class KpaAuthorityTests
{
    private static readonly BudgetLine[] Before =
    [
        BudgetChains.Line("076.01.CQ.6709.QGE.001.051", 1_000),
        BudgetChains.Line("076.01.CQ.6709.QGE.001.052", 2_000),
        BudgetChains.Line("076.01.CQ.6709.QGE.002.051", 3_000),
        BudgetChains.Line("076.01.CQ.6709.QDB.001.051", 4_000),
        BudgetChains.Line("076.01.CQ.6709.QGE.001.051", 5_000, akun: "531111"),
        BudgetChains.Line("076.01.CQ.6709.QGE.001.051", 6_000) with { Source = BudgetChains.Grant },
    ];

    [Fact]
    public void Money_moved_inside_one_kro_one_jenis_belanja_and_one_source_is_the_kpas_alone()
    {
        var after = With((0, line => line with { Pagu = 1_500 }), (1, line => line with { Pagu = 1_700 }), (2, line => line with { Pagu = 2_800 }));

        Assert.Equal((KpaAnswer.Alone, (Authority?)null), (KpaAuthority.Judge(Before, after).Answer, KpaAuthority.Judge(Before, after).Needs));
    }

    [Fact]
    public void Another_akun_of_the_same_jenis_belanja_is_the_kpas_alone() =>
        Assert.Equal(KpaAnswer.Alone, KpaAuthority.Judge(Before, With((0, line => line with { Akun = "522141" }))).Answer);

    [Fact]
    public void Each_rule_that_is_not_kept_names_its_authority_its_amounts_and_its_lines()
    {
        var verdict = KpaAuthority.Judge(Before, With((0, line => line with { Pagu = 900 }), (3, line => line with { Pagu = 4_100 })));

        Assert.Equal((KpaAnswer.NotAlone, (Authority?)Authority.KanwilDjpb), (verdict.Answer, verdict.Needs));
        Assert.Equal([("6709.QDB", "4000", "4100"), ("6709.QGE", "17000", "16900")], verdict.Breaches.Select(breach => (breach.Of, breach.From!, breach.To!)));
        Assert.All(verdict.Breaches, breach => Assert.Equal(KpaRule.Kro, breach.Rule));
        Assert.Equal([Before[0].Key()], verdict.Breaches[1].Lines);
    }

    [Fact]
    public void The_jenis_belanja_is_kept() =>
        Broken(Authority.KanwilDjpb, [KpaRule.JenisBelanja], With((0, line => line with { Pagu = 900 }), (4, line => line with { Pagu = 5_100 })));

    [Fact]
    public void The_fund_source_is_kept() =>
        Broken(Authority.Dja, [KpaRule.FundSource], With((0, line => line with { Pagu = 900 }), (5, line => line with { Pagu = 6_100 })));

    [Fact]
    public void The_total_is_kept() => Broken(
        Authority.Dja, [KpaRule.Total, KpaRule.FundSource, KpaRule.Kro, KpaRule.JenisBelanja], With((0, line => line with { Pagu = 1_001 })));

    [Fact]
    public void The_volume_of_an_ro_is_kept() => Broken(
        Authority.Dja, [KpaRule.RoVolume], [.. Before.Select(line => line.Place()!.Ro == "QDB.001" ? line with { Volume = 2 } : line)]);

    [Fact]
    public void An_ro_that_did_not_exist_is_another_volume() => Broken(
        Authority.Dja, [KpaRule.RoVolume], [.. With((0, line => line with { Pagu = 900 })), BudgetChains.Line("076.01.CQ.6709.QGE.003.051", 100)]);

    [Fact]
    public void A_fact_that_is_not_stated_leaves_it_undecided_and_is_named()
    {
        var verdict = KpaAuthority.Judge(
            [new BudgetLine("076.01.CQ.6709", 500), new BudgetLine("076.01.CQ.6870", 500)],
            [new BudgetLine("076.01.CQ.6709", 400), new BudgetLine("076.01.CQ.6870", 600)]);

        Assert.Equal((KpaAnswer.CannotBeDecided, (Authority?)null), (verdict.Answer, verdict.Needs));
        Assert.Equal(["source", "kro", "akun", "ro"], verdict.Unknowns.Select(unknown => unknown.Fact));
        Assert.All(verdict.Unknowns, unknown => Assert.Equal(["076.01.CQ.6709", "076.01.CQ.6870"], unknown.Lines.Select(key => key.Code)));
    }

    [Fact]
    public void A_line_that_does_not_move_need_not_state_anything() => Assert.Equal(KpaAnswer.Alone, KpaAuthority.Judge(
        [new BudgetLine("076.01.CQ.6870", 500), .. Before],
        [new BudgetLine("076.01.CQ.6870", 500), .. With((0, line => line with { Pagu = 1_500 }), (1, line => line with { Pagu = 1_500 }))]).Answer);

    [Fact]
    public void What_certainly_exceeds_is_said_although_other_facts_are_missing()
    {
        var verdict = KpaAuthority.Judge([new BudgetLine("076.01.CQ.6709", 500)], [new BudgetLine("076.01.CQ.6709", 600)]);

        Assert.Equal((KpaAnswer.NotAlone, (Authority?)Authority.Dja), (verdict.Answer, verdict.Needs));
        Assert.NotEmpty(verdict.Unknowns);
    }

    [Fact]
    public void States_of_very_many_groups_are_judged_in_one_pass_over_their_lines()
    {
        // Each line a KRO of its own: lines times groups would be billions of codes to read.
        BudgetLine[] before = [.. Enumerable.Range(0, 40_000).Select(i => BudgetChains.Line($"076.01.CQ.{1_000 + i / 10}.QG{(char)('A' + i % 10)}.001.051", 1_000))];

        var verdict = KpaAuthority.Judge(before, [.. before.Select(line => line with { Pagu = 2_000 })]);

        var kro = verdict.Breaches.Where(breach => breach.Rule == KpaRule.Kro).ToList();
        Assert.Equal(before.Length, kro.Count);
        Assert.All(kro, breach => Assert.Equal(("1000", "2000"), (breach.From, breach.To)));
    }

    private static void Broken(Authority needs, KpaRule[] rules, BudgetLine[] after)
    {
        var verdict = KpaAuthority.Judge(Before, after);

        Assert.Equal((KpaAnswer.NotAlone, (Authority?)needs), (verdict.Answer, verdict.Needs));
        Assert.Equal(rules, verdict.Breaches.Select(breach => breach.Rule).Distinct());
    }

    private static BudgetLine[] With(params (int At, Func<BudgetLine, BudgetLine> Change)[] changes)
    {
        var after = Before.ToArray();
        foreach (var (at, change) in changes)
        {
            after[at] = change(after[at]);
        }

        return after;
    }
}
