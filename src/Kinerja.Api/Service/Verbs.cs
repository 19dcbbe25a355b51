namespace Kinerja.Api;

/// <summary>What the program does beside serving: it runs as the owner of the database, before anybody acts over HTTP.</summary>
internal static class Verbs
{
    private const string Usage = """
        Kinerja.Api                            serve
        Kinerja.Api migrate                    bring the database to the shape this build expects
        Kinerja.Api load [FOLDER]              load the tree of offices, the units and the policies
        Kinerja.Api appoint SUBJECT            appoint a period administrator of RI, when there is none
        Kinerja.Api verify-trail [--heads FILE] [--keys FILE] [--satker CODE] [--entries-only]
                                               verify the chains of the trail, in any copy of the database
        """;

    public static async Task<int> Run(string verb, string[] words, IConfiguration configuration, TextWriter log)
    {
        var owner = configuration.GetConnectionString("Owner");
        if (owner is null)
        {
            await log.WriteLineAsync("ConnectionStrings:Owner is not set.");
            return 2;
        }

        switch (verb, words)
        {
            case ("migrate", []):
                return await Migrate(owner, log);
            case ("load", { Length: <= 1 }):
                var folder = words.FirstOrDefault() ?? Path.Combine(AppContext.BaseDirectory, "Reference");
                await Loader.Load(owner, folder, log, TimeProvider.System, CancellationToken.None);
                return 0;
            case ("appoint", [var subject]):
                await Loader.Appoint(owner, subject, log, TimeProvider.System, CancellationToken.None);
                return 0;
            case ("verify-trail", _):
                return await TrailVerification.Run(owner, words, configuration, log, CancellationToken.None);
            default:
                await log.WriteLineAsync(Usage);
                return 2;
        }
    }

    private static async Task<int> Migrate(string owner, TextWriter log)
    {
        try
        {
            await Migrator.Run(owner, log, CancellationToken.None);
            return 0;
        }
        catch (OtherSchemaException other)
        {
            await log.WriteLineAsync(other.Message);
            return 1;
        }
    }
}
