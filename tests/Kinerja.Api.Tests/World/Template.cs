using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;

namespace Kinerja.Api.Tests;

/// <summary>The database every test class gets a copy of: migrated, with the tree of offices, the policies and
/// indicators of three years, and every account in the post it is named after.</summary>
internal static class Template
{
    public static string Name { get; private set; } = "";

    public static async Task Build(World world)
    {
        var cluster = world.Cluster;
        var name = await cluster.Create("template");
        await Migrator.Run(cluster.Owner(name), TextWriter.Null, CancellationToken.None);
        await Load(cluster.Owner(name));
        await Loader.Appoint(cluster.Owner(name), "00.admin-periode", TextWriter.Null, TimeProvider.System, CancellationToken.None);
        await world.Issuer.Ready;
        await using (var host = Api.Serve(world, name, []))
        {
            using var client = new HttpClient { BaseAddress = host.ClientOptions.BaseAddress };
            await Appoint(world, client);
            await Define(world, client);
        }

        // A template must have no sessions.
        NpgsqlConnection.ClearAllPools();
        Name = name;
    }

    private static async Task Load(string owner)
    {
        var folder = Directory.CreateTempSubdirectory("kinerja-reference-");
        var reference = Path.Combine(AppContext.BaseDirectory, "Reference");
        File.Copy(Path.Combine(reference, "satker.csv"), Path.Combine(folder.FullName, "satker.csv"));
        File.Copy(Path.Combine(reference, "units.json"), Path.Combine(folder.FullName, "units.json"));
        foreach (var year in World.Years)
        {
            var policy = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(reference, "policy-2024.json")))!;
            policy["year"] = year;
            policy["version"] = $"{year}.1";
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"policy-{year}.json"), policy.ToJsonString());
        }

        await Loader.Load(owner, folder.FullName, TextWriter.Null, TimeProvider.System, CancellationToken.None);
        folder.Delete(recursive: true);
    }

    private static async Task Appoint(World world, HttpClient client)
    {
        var administrator = await world.Issuer.Token("00.admin-periode");
        foreach (var account in world.Issuer.Holders.Where(account => account != "00.admin-periode"))
        {
            var (satker, post) = (account.Split('.')[0], account.Split('.')[1]);
            (await client.Post($"/v1/satker/{satker}/posts",
                new Posting(post, account, Capacity.Definitive, "SK uji", new DateOnly(2020, 1, 1)),
                ("Authorization", $"Bearer {administrator}"))).Is(201);
        }
    }

    private static async Task Define(World world, HttpClient client)
    {
        var administrator = await world.Issuer.Token("00.admin-katalog");
        foreach (var indicator in World.Years.SelectMany(Indicators.Of))
        {
            (await client.Post("/v1/indicators", indicator, ("Authorization", $"Bearer {administrator}"))).Is(201);
        }
    }
}

/// <summary>The indicators of the tests: the eight of a Sekretaris' agreement, and what a province makes of one.</summary>
internal static class Indicators
{
    public const string Grade = "SP.03";
    public const string Share = "AK.01";

    /// <summary>The policy that follows the first one of a year, with a cap.</summary>
    public static Policy NextPolicy(int year) => ChangePolicy.Shown with { Version = $"{year}.2", Year = year };

    public static IEnumerable<Indicator> Of(int year) =>
    [
        One(year, "SP.01", ValueKind.Percent),
        One(year, "SP.02", ValueKind.Percent),
        One(year, Grade, ValueKind.AkipGrade),
        One(year, "SP.04", ValueKind.Index),
        One(year, "SP.05", ValueKind.Percent),
        One(year, "SP.06", ValueKind.Percent),
        One(year, "SP.07", ValueKind.Percent),
        One(year, "SP.08", ValueKind.Percent),
        One(year, "HT.01", ValueKind.Count) with { Unit = "Lap" },
        One(year, Share, ValueKind.Percent) with
        {
            NationalTarget = new Value.Percent(60),
            Rollup = new RollupRule(Grade, AgreementLevel.Sekretaris, RollupMethod.ShareMeeting,
                new Population(Self: true, Reach.Descendants, OnlyCarrying: false, [OfficeLevel.Provinsi, OfficeLevel.KabupatenKota]),
                new Value.AkipGrade("B")),
        },
    ];

    /// <summary>The hash of the content of its document.</summary>
    public static string HashOf(Indicator indicator) => ContentHash.Of(JsonSerializer.SerializeToElement(indicator, Json.Documents));

    private static Indicator One(int year, string code, ValueKind kind) => new(
        code, year, $"Indikator {code}", "Definisi", "Rumus", kind, Polarity.Maximize, Accumulation.Cumulative, new IndicatorTraits());
}
