using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

public sealed class BudgetChainTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Every_difference_of_a_random_chain_applied_gives_the_next_and_no_sum_is_off_by_a_rupiah()
    {
        var random = new Random(Seeds.Run);
        foreach (var (satker, first, length) in new[] { ("5301", 0, 40), ("5302", 0, random.Next(2, 41)), ("5303", random.Next(1, 20), random.Next(2, 41)) })
        {
            // A chain that does not begin at 0 begins with a state taken over.
            var chain = Chain(random, first, length).ToList();
            await (first == 0 ? api.Held(satker, chain[0]) : api.Taken(satker, chain[0]));
            foreach (var state in chain[1..])
            {
                await api.Held(satker, state);
            }

            foreach (var state in chain)
            {
                var dipa = (await api.As($"{satker}.ketua").Get($"{Money.Path(satker)}?asOf={state.Date:yyyy-MM-dd}")).Is(200).Json;
                Assert.Equal((state.Number, state.Lines.Sum(line => line.Pagu)), ((int)dipa["number"]!, (long)dipa["sum"]!));
                Assert.Equal(Enumerable.Range(0, first), dipa["notHeld"]!.AsArray().Select(number => (int)number!));
            }

            foreach (var (from, to) in chain.Zip(chain.Skip(1)).Append((chain[0], chain[^1])).Append((chain[^1], chain[0])))
            {
                var answer = (await api.As($"{satker}.ketua").Get(
                    $"{Money.Path(satker)}/compare?from={from.Number}&to={to.Number}")).Is(200).Json;
                var lines = Apply(await Lines(satker, from.Number), answer["lines"]!.AsArray());

                Assert.True(lines.SequenceEqual(await Lines(satker, to.Number)), $"KINERJA_SEED={Seeds.Run}: {satker}, {from.Number} to {to.Number}");
                Assert.Equal(to.Lines.Sum(line => line.Pagu) - from.Lines.Sum(line => line.Pagu), (long)answer["difference"]!);
                Assert.Equal((long)answer["difference"]!, answer["lines"]!.AsArray().Sum(line => (long)line!["amount"]!));
            }

            var whole = (await api.As("53.verifikator").Get($"{Money.Path(satker)}/rollup?self=yes")).Is(200).Json["whole"]!;
            Assert.Equal(chain[^1].Lines.Sum(line => line.Pagu), (long)whole["pagu"]!);
        }
    }

    private static IEnumerable<BudgetRevision> Chain(Random random, int first, int length)
    {
        var lines = new List<BudgetLine>();
        for (var number = first; number < first + length; number++)
        {
            for (var changes = random.Next(1, 8); changes > 0; changes--)
            {
                var line = Money.Line(
                    $"076.01.{(random.Next(2) == 0 ? "CQ" : "WA")}.67{random.Next(10, 14)}.QG{(char)('A' + random.Next(3))}.00{random.Next(1, 4)}",
                    random.NextInt64(RupiahAttribute.Most + 1) >> random.Next(40), $"{random.Next(51, 54)}1{random.Next(100, 103)}");
                lines.RemoveAll(other => other.Key() == line.Key());
                if (lines.Count == 0 || random.Next(3) > 0)
                {
                    lines.Add(line);
                }
            }

            // Above 2^53 nothing is stored.
            while (lines.Sum(line => (decimal)line.Pagu) > RupiahAttribute.MostInSum)
            {
                lines.RemoveAt(random.Next(lines.Count));
            }

            yield return Money.State(number, [.. lines]);
        }
    }

    /// <summary>A difference as the API tells it, applied by hand: not by the code under test.</summary>
    private static List<string> Apply(List<string> lines, JsonArray difference)
    {
        foreach (var change in difference)
        {
            if (change!["from"] is { } from)
            {
                Assert.True(lines.Remove(Text(from)));
            }

            if (change["to"] is { } to)
            {
                lines.Add(Text(to));
            }
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private async Task<List<string>> Lines(string satker, int number) =>
        [.. (await api.As($"{satker}.ketua").Get($"{Money.Path(satker)}/revisions/{number}")).Is(200).Json["content"]!["lines"]!.AsArray()
            .Select(line => Text(line!)).Order(StringComparer.Ordinal)];

    private static string Text(JsonNode line) => JsonSerializer.Serialize(line.Deserialize<BudgetLine>(Json.Documents));
}
