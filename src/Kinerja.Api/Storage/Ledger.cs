namespace Kinerja.Api;

/// <summary>The journal and the refusals in one order, chained per office: see <c>0090_ledger.sql</c>.</summary>
internal static class Ledger
{
    /// <summary>Seals what was committed, and asks where the ledger ends: two statements, the second sees what the first did.</summary>
    public static IReadOnlyList<Sql> Seal(int most, bool wait) =>
        [new("select seal($1, $2)", most, wait), new("select ledger_head()")];
}
