namespace Kinerja.Api.Tests;

/// <summary>States of a DIPA, grants and spending as tests write them, and how they come to be held.</summary>
internal static class Money
{
    public static readonly FundSource Murni = new(FundSourceKind.RupiahMurni);

    public static BudgetLine Line(string code = "076.01.CQ.6709.QGE.001.051", long pagu = 1_000, string akun = "521211") =>
        new(code, pagu, akun, Murni, 1, "dokumen");

    /// <summary>A state of 2024, each dated a day after the one before.</summary>
    public static BudgetRevision State(int number, params IReadOnlyList<BudgetLine> lines) => new(
        2024, number, new DateOnly(2024, 1, 2).AddDays(number), lines.Sum(line => line.Pagu), lines,
        "SP DIPA-076.01.2.658312/2024", Authority.Dja, number == 0 ? null : RevisionKind.PaguBerubah, number == 0 ? null : "Perubahan prioritas",
        new ExternalApproval($"S-{number}/AG/2024", new DateOnly(2024, 1, 2)));

    public static BudgetRevision TakenOver(BudgetRevision state, string by) => state with
    {
        Authority = null,
        Kind = null,
        Reason = null,
        Approval = null,
        TakenOver = new TakenOver("LKj 2024", new DateOnly(2025, 3, 12), by),
    };

    /// <summary>A revision within the KPA's authority.</summary>
    public static BudgetRevision ByKpa(BudgetRevision state) =>
        state with { Authority = Authority.Kpa, Kind = RevisionKind.PaguTetap, Approval = null };

    public static Grant Grant(string nphd = "12/NPHD/2023", long amount = 27_000_000_000) =>
        new(nphd, new DateOnly(2023, 11, 9), amount, "Pemerintah Kabupaten Alor");

    public static Spending Spent(string period, params (BudgetLine Line, long Amount)[] entries) => new(int.Parse(period[..4], null), period,
        [.. entries.Select(entry => new SpendingEntry(entry.Line.Code, entry.Amount, entry.Line.Akun, entry.Line.Source))]);

    public static string Path(string satker, int year = 2024) => $"/v1/satker/{satker}/budgets/{year}";

    /// <summary>Who prepares in every office of NTT: the head of the planning unit.</summary>
    public static string Preparer(string satker) => $"{satker}.rendatin";

    public static async Task<Doc> Drafted(this Api api, string satker, BudgetRevision state) => Doc.Of(
        (await api.As(Preparer(satker)).Post($"{Path(satker, state.Year)}/revisions", state)).Is(201));

    public static Hand[] Way(string satker, BudgetRevision state) =>
        [new("submit", Preparer(satker)), new(state.Authority == Authority.Kpa ? "approve" : "record", $"{satker}.sekretaris")];

    /// <summary>The state in force.</summary>
    public static async Task<Doc> Held(this Api api, string satker, BudgetRevision state) =>
        await api.Given.Through(await api.Drafted(satker, state), Way(satker, state));

    /// <summary>The state taken over from a published document.</summary>
    public static Task<Doc> Taken(this Api api, string satker, BudgetRevision state) => api.Drafted(satker, TakenOver(state, Preparer(satker)));

    public static async Task<Answer> Spends(this Api api, string satker, Spending spending) =>
        await api.As(Preparer(satker)).Post($"{Path(satker, spending.Year)}/realizations", spending);
}
