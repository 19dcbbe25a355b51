namespace Kinerja.Benchmarks;

/// <summary>
/// Whether the generator writes what the API writes: the same small country is played over HTTP into one database and
/// copied into another, and every table is compared row by row.
/// </summary>
internal static class Verification
{
    private const int Shown = 2;

    // RI, a province of three and a province of one: with every second lowest office moving, one moves.
    private const string Offices = """
        code,parent,level,name
        00,,RI,Komisi Pemilihan Umum Republik Indonesia
        52,00,Provinsi,KPU Provinsi Nusa Tenggara Barat
        53,00,Provinsi,KPU Provinsi Nusa Tenggara Timur
        5301,53,KabupatenKota,KPU Kabupaten Kupang
        5305,53,KabupatenKota,KPU Kabupaten Alor
        5201,52,KabupatenKota,KPU Kabupaten Lombok Barat

        """;

    public static async Task<int> Run(Cluster cluster, string reference, string api, TextWriter log)
    {
        var folder = Directory.CreateTempSubdirectory("kinerja-verify-");
        try
        {
            foreach (var file in Directory.EnumerateFiles(reference, "*.json"))
            {
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            }

            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "satker.csv"), Offices.TrimEnd() + "\n");
            var country = new Country(new Plan(Moves: 2, Drafts: 1), folder.FullName);

            var played = await cluster.Create("verify_played");
            await Play(played, country, folder.FullName, api);
            var copied = await cluster.Create("verify_copied");
            await Generator.Run(copied.Owner, country, TextWriter.Null);
            return Compare(await Dump.Of(played.Owner), await Dump.Of(copied.Owner), log);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task Play(CountryDatabase database, Country country, string folder, string api)
    {
        await Migrator.Run(database.Owner, TextWriter.Null, CancellationToken.None);
        await Loader.Load(database.Owner, folder, TextWriter.Null, TimeProvider.System, CancellationToken.None);
        await Loader.Appoint(database.Owner, $"{Kinerja.Api.Offices.Ri}.{Post.PeriodAdministrator}", TextWriter.Null,
            TimeProvider.System, CancellationToken.None);
        await using var issuer = await StubIssuer.Start();
        await using var server = await Server.Api(api, database, issuer.Url);
        using var http = new HttpClient { BaseAddress = new Uri(server.Url) };
        await new Player(country, http).Play();
    }

    private static int Compare(
        Dictionary<string, List<string>> played, Dictionary<string, List<string>> copied, TextWriter log)
    {
        var differences = 0;
        foreach (var table in Dump.Tables)
        {
            var onlyPlayed = Without(played[table], copied[table]);
            var onlyCopied = Without(copied[table], played[table]);
            var same = onlyPlayed.Count == 0 && onlyCopied.Count == 0 && played[table].Count > 0;
            differences += same ? 0 : Math.Max(1, onlyPlayed.Count + onlyCopied.Count);
            log.WriteLine($"{(same ? "same   " : "DIFFERS")} {table}: {played[table].Count} rows played, {copied[table].Count} copied");
            foreach (var row in onlyPlayed.Take(Shown).Select(row => $"  only played: {row}")
                .Concat(onlyCopied.Take(Shown).Select(row => $"  only copied: {row}")))
            {
                log.WriteLine(row);
            }
        }

        log.WriteLine(differences == 0 ? "the generator writes what the API writes" : $"{differences} rows differ");
        return differences == 0 ? 0 : 1;
    }

    /// <summary>The rows of one that the other lacks; a row that stands twice must stand twice in both.</summary>
    private static List<string> Without(List<string> one, List<string> other)
    {
        var counts = other.CountBy(row => row).ToDictionary(StringComparer.Ordinal);
        return [.. one.Where(row => !counts.TryGetValue(row, out var left) || (counts[row] = left - 1) < 0)];
    }
}
