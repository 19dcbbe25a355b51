namespace Kinerja.Domain.Tests;

/// <summary>States of a DIPA as tests make them: any chain, seeded.</summary>
internal static class BudgetChains
{
    public static readonly FundSource Murni = new(FundSourceKind.RupiahMurni);

    public static readonly FundSource Grant = new(FundSourceKind.Hibah, "NPHD-1");

    public static BudgetLine Line(string code = "076.01.CQ.6709.QGE.001.051", long pagu = 1_000, string akun = "521211", decimal volume = 1) =>
        new(code, pagu, akun, Murni, volume, "dokumen");

    public static BudgetRevision State(int number, params IReadOnlyList<BudgetLine> lines) => new(
        2024, number, new DateOnly(2023, 11, 24).AddDays(number), lines.Sum(line => line.Pagu), lines,
        "SP DIPA-076.01.2.658312/2024", Authority.Dja, number == 0 ? null : RevisionKind.PaguBerubah, number == 0 ? null : "Perubahan prioritas",
        new ExternalApproval($"S-{number}", new DateOnly(2024, 1, 2)));

    public static BudgetRevision TakenOver(int number, params IReadOnlyList<BudgetLine> lines) => State(number, lines) with
    {
        Authority = null,
        Kind = null,
        Reason = null,
        Approval = null,
        TakenOver = new TakenOver("LKj 2024", new DateOnly(2025, 3, 12), "5305.operator"),
    };

    /// <summary>The states after one another, each with some lines added, removed and changed.</summary>
    public static IEnumerable<BudgetRevision> Random(Random random, int length)
    {
        var lines = new List<BudgetLine>();
        for (var number = 0; number < length; number++)
        {
            for (var changes = random.Next(1, 8); changes > 0; changes--)
            {
                var line = Any(random);
                lines.RemoveAll(other => other.Key() == line.Key());
                if (lines.Count == 0 || random.Next(3) > 0)
                {
                    lines.Add(line);
                }
            }

            yield return State(number, [.. lines]);
        }
    }

    private static BudgetLine Any(Random random)
    {
        var ro = $"QG{(char)('A' + random.Next(3))}.00{random.Next(1, 4)}";
        return new BudgetLine(
            $"076.01.{(random.Next(2) == 0 ? "CQ" : "WA")}.67{random.Next(10, 14)}.{ro}.05{random.Next(1, 4)}", random.NextInt64(RupiahAttribute.Most + 1) >> random.Next(40),
            $"{random.Next(51, 54)}1{random.Next(100, 103)}", random.Next(4) == 0 ? Grant : Murni, 1, "dokumen");
    }
}
