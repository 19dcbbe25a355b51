using System.Text.RegularExpressions;
using Npgsql;

namespace Kinerja.Benchmarks;

/// <summary>
/// The rows of a database as texts in order, without what differs between any two runs: an id stands as the name of
/// what it is the id of, a request's id and an instant as a word.
/// </summary>
internal static partial class Dump
{
    public static readonly IReadOnlyList<string> Tables =
    [
        "office", "office_parent", "reach", "unit", "posting", "document", "document_version", "journal", "promise", "result", "reached", "accumulated",
        "rollup_rule", "standing", "carrying", "tally", "expectation", "census",
        "budget_state", "budget_part", "budget_spent",
    ];

    // Sums that came back to nothing, and zeros behind a decimal point, say nothing.
    private static readonly Dictionary<string, string> Meaning = new(StringComparer.Ordinal)
    {
        ["standing"] = """
            (select satker, period, indicator, at_least, gap, trim_scale(numerator) numerator, trim_scale(denominator) denominator,
                trim_scale(number) number, trim_scale(rank) rank, meeting, taken_over, value from standing)
            """,
        ["carrying"] = "(select * from carrying where months <> 0)",
        ["tally"] = """
            (select satker, period, indicator, at_least, level, reported, counted, not_applicable, trim_scale(numerators) numerators,
                trim_scale(denominators) denominators, trim_scale(numbers) numbers, meeting, taken_over from tally where reported <> 0)
            """,
        ["expectation"] = "(select * from expectation where offices <> 0)",
        ["census"] = "(select * from census where change <> 0)",
    };

    public static async Task<Dictionary<string, List<string>>> Of(string owner)
    {
        await using var source = NpgsqlDataSource.Create(owner);
        var names = await Names(source);
        var dump = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var table in Tables)
        {
            await using var query = source.CreateCommand(
                $"select (to_jsonb(t) - 'seq' - 'xid')::text from {Meaning.GetValueOrDefault(table, table)} t");
            await using var rows = await query.ExecuteReaderAsync();
            var texts = new List<string>();
            while (await rows.ReadAsync())
            {
                var row = Instant().Replace(rows.GetString(0), "(instant)");
                texts.Add(Id().Replace(row, id => names.GetValueOrDefault(id.Value, "(request)")));
            }

            texts.Sort(StringComparer.Ordinal);
            dump.Add(table, texts);
        }

        return dump;
    }

    private static async Task<Dictionary<string, string>> Names(NpgsqlDataSource source)
    {
        await using var query = source.CreateCommand("""
            select id, concat_ws(' ', kind, satker, coalesce(slot, period)) from document
            where kind in ('agreement', 'realization', 'spending', 'grant')
            union all select id, concat_ws(' ', 'posting', satker, post) from posting
            """);
        await using var rows = await query.ExecuteReaderAsync();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await rows.ReadAsync())
        {
            names.Add(rows.GetString(0), rows.GetString(1));
        }

        return names;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")]
    private static partial Regex Instant();
}
