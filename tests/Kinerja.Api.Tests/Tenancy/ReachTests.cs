using System.Globalization;
using Npgsql;

namespace Kinerja.Api.Tests;

/// <summary>The rule of who reads which years stands twice: in the domain, plain, and in the database, fast. They are one.</summary>
public sealed class ReachTests(Api api) : IClassFixture<Api>
{
    private static readonly DateOnly Today = new(2026, 1, 1);
    [Fact]
    public async Task The_database_shows_exactly_what_the_rule_of_the_domain_says_after_any_moves()
    {
        var random = new Random(Seeds.Run);
        string[] provinces = ["51", "52", "53"];
        var tree = await Tree();
        var movers = tree.Offices.Where(office => provinces.Any(province => office.Code.StartsWith(province, StringComparison.Ordinal)
            && office.Code.Length == 4)).Select(office => office.Code).ToList();
        for (var i = 0; i < 60; i++)
        {
            var (office, parent) = (movers[random.Next(movers.Count)], provinces[random.Next(provinces.Length)]);
            if (tree.Move(office, parent, new DateOnly(2018 + (i / 6), 1 + random.Next(12), 1 + random.Next(28))).Accepts(out var facts, out _))
            {
                tree = tree.With(facts);
                await Store(facts);
            }
        }

        await api.Owner.Rows("select rebuild_reach()");
        foreach (var viewer in provinces.Append("00").Append(movers[0]))
        {
            var shown = await Shown(viewer);
            var ruled = from office in tree.Offices
                        from year in Enumerable.Range(2016, 13)
                        where tree.ReadableYears(viewer, office.Code, Today).Includes(year)
                        select string.Create(CultureInfo.InvariantCulture, $"{office.Code}|{year}");
            shown.SymmetricExceptWith(ruled);
            Assert.True(shown.Count == 0, $"KINERJA_SEED={Seeds.Run}, viewer {viewer}: {string.Join(' ', shown.Take(10))}");
        }
    }

    /// <summary>Every office and year the database shows a viewer.</summary>
    private async Task<HashSet<string>> Shown(string viewer)
    {
        await using var connection = await api.Owner.OpenConnectionAsync();
        await using var asViewer = new NpgsqlCommand($$"""
            select set_config('app.scope', '{{{viewer}}}', false), set_config('app.today', '{{Today:yyyy-MM-dd}}', false)
            """, connection);
        await asViewer.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(
            "select satker || '|' || year from office, generate_series(2016, 2028) year where sees(satker, year)", connection);
        await using var rows = await command.ExecuteReaderAsync();
        var shown = new HashSet<string>();
        while (await rows.ReadAsync())
        {
            shown.Add(rows.GetString(0));
        }

        return shown;
    }

    private async Task<SatkerTree> Tree() => new(
        (await api.Owner.Rows("select satker, level from office")).Select(row => row.Split('|'))
            .Select(row => new Satker(row[0], row[0], Words.Read<OfficeLevel>(row[1]))),
        (await api.Owner.Rows("select satker, coalesce(parent, ''), valid_from::text from office_parent")).Select(row => row.Split('|'))
            .Select(row => new ParentFact(row[0], row[1].Length == 0 ? null : row[1], Days.Read(row[2])!.Value)));

    private async Task Store(IReadOnlyList<ParentFact> facts)
    {
        foreach (var fact in facts)
        {
            await api.Owner.Execute($"""
                insert into office_parent values ('{fact.Satker}', '{fact.Parent}', '{fact.From:yyyy-MM-dd}',
                    '{(fact.Until is { } until ? until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "infinity")}')
                on conflict (satker, valid_from) do update set valid_until = excluded.valid_until
                """);
        }
    }
}
