namespace Kinerja.Domain.Tests;

public sealed class BudgetDifferenceTests
{
    [Fact]
    public void Every_difference_of_a_chain_applied_gives_the_next_state_and_sums_to_the_rupiah()
    {
        var random = new Random(Seeds.Loop);
        for (var chain = 0; chain < 200; chain++)
        {
            var states = BudgetChains.Random(random, random.Next(2, 41)).ToList();
            foreach (var (from, to) in states.Zip(states.Skip(1)).Append((states[0], states[^1])).Append((states[^1], states[0])))
            {
                var difference = BudgetDifference.Between(from.Lines, to.Lines);

                Assert.True(
                    to.Lines.OrderBy(line => $"{line.Key()}", StringComparer.Ordinal).SequenceEqual(BudgetDifference.Apply(from.Lines, difference)),
                    $"KINERJA_SEED={Seeds.Loop}, chain {chain}, {from.Number} to {to.Number}");
                Assert.Equal(to.Sum - from.Sum, difference.Sum(change => change.Amount));
            }
        }
    }

    [Fact]
    public void Lines_are_added_removed_and_changed_with_their_amounts()
    {
        var (kept, gone, more) = (BudgetChains.Line(), BudgetChains.Line(akun: "522111"), BudgetChains.Line(akun: "524111"));

        var difference = BudgetDifference.Between([kept, gone], [more, kept with { Pagu = 400 }]);

        Assert.Equal(
            [(LineChange.Changed, -600L), (LineChange.Removed, -1_000L), (LineChange.Added, 1_000L)],
            difference.Select(change => (change.Change, change.Amount)));
    }

    [Fact]
    public void A_difference_is_not_applied_to_another_state()
    {
        var difference = BudgetDifference.Between([BudgetChains.Line()], [BudgetChains.Line(pagu: 5)]);

        Assert.Throws<ArgumentException>(() => BudgetDifference.Apply([BudgetChains.Line(pagu: 7)], difference));
    }

    [Fact]
    public void Between_equal_states_there_is_nothing() =>
        Assert.Empty(BudgetDifference.Between([BudgetChains.Line()], [BudgetChains.Line()]));
}
