using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;

namespace Kinerja.Api;

/// <summary>
/// Verifies the trail of any copy of the database, without the service: makes every chain again from the journal and the refusals,
/// holds it to the exported heads, and every version of a document to the entry about it.
/// </summary>
internal static class TrailVerification
{
    private sealed record Wanted(string? Heads, string? Keys, string? Satker, bool EntriesOnly);

    /// <summary>The verb: 0 when everything fits, 1 when a link is broken, 2 when it was not asked rightly.</summary>
    public static async Task<int> Run(string owner, string[] words, IConfiguration configuration, TextWriter log, CancellationToken ct)
    {
        if (Read(words) is not { } wanted)
        {
            await log.WriteLineAsync("verify-trail [--heads FILE] [--keys FILE] [--satker CODE] [--entries-only]");
            return 2;
        }

        var watch = Stopwatch.StartNew();
        if (await Heads(wanted, configuration, log, ct) is not { } heads)
        {
            return 1;
        }

        await using var source = Database.ConnectOwner(owner);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var (broken, check, waiting) = await Check(connection, heads, wanted.EntriesOnly, ct);
        broken = [.. broken.Where(link => wanted.Satker is null || link.Satker == wanted.Satker)];
        foreach (var link in broken)
        {
            await log.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"BROKEN {(link.Satker.Length == 0 ? "order" : link.Satker)} number {link.Number} position {link.Position}: {link.What}"));
        }

        await log.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{check.Entries} entries of {check.Chains} offices, {heads.Count} exported heads, {waiting} entries not sealed yet: "
            + $"{(broken.Count == 0 ? "every link holds" : $"{broken.Count} chains are broken")} ({watch.Elapsed.TotalSeconds:0.0} s)"));
        return broken.Count == 0 ? 0 : 1;
    }

    /// <summary>Looks at everything a connection shows, in one snapshot or whatever transaction it is in.</summary>
    public static async Task<(IReadOnlyList<BrokenLink> Broken, ChainCheck Check, long Waiting)> Check(
        NpgsqlConnection connection, IReadOnlyList<ExportedHead> heads, bool entriesOnly, CancellationToken ct)
    {
        var check = new ChainCheck(heads);
        await StoredTrail.Links(connection, check.Take, ct);
        var waiting = await StoredTrail.Unsealed(connection, check.Contradict, ct);
        if (!entriesOnly)
        {
            await StoredTrail.Documents(connection, check.Contradict, ct);
        }

        return (check.Finish(), check, waiting);
    }

    /// <summary>The heads of an export.</summary>
    public static IEnumerable<ExportedHead> HeadsOf(JsonObject line) => line["heads"]!.AsArray().Select(head => new ExportedHead(
        (string)head!["satker"]!, (long)head["number"]!, (long)head["position"]!, Convert.FromHexString((string)head["hash"]!)));

    private static async Task<List<ExportedHead>?> Heads(Wanted wanted, IConfiguration configuration, TextWriter log, CancellationToken ct)
    {
        if (wanted.Heads is null)
        {
            await log.WriteLineAsync("without exported heads: a chain that was rewritten as a whole, or cut off, is not seen");
            return [];
        }

        if (await Keys(wanted, configuration, ct) is not { } keys)
        {
            await log.WriteLineAsync("--keys FILE is missing: the public keys, as /.well-known/webhook-keys shows them");
            return null;
        }

        await using var file = File.OpenRead(wanted.Heads);
        var (lines, _) = await HeadsExport.Read(file, ct);
        foreach (var (index, line) in lines.Index().Where(line => !keys.Verifies(line.Item)))
        {
            await log.WriteLineAsync($"BROKEN heads line {index + 1}: it is not signed by a known key");
            return null;
        }

        return [.. lines.SelectMany(HeadsOf)];
    }

    private static async Task<PublicKeys?> Keys(Wanted wanted, IConfiguration configuration, CancellationToken ct)
    {
        if (wanted.Keys is not null)
        {
            var keys = JsonNode.Parse(await File.ReadAllTextAsync(wanted.Keys, ct))!["keys"]!.AsArray();
            return new PublicKeys([.. keys.Select(key => PublicKey.Of(Base64Url.DecodeFromChars((string)key!["x"]!)))]);
        }

        if (string.IsNullOrEmpty(configuration["Signing:Key"]))
        {
            return null;
        }

        using var own = new SigningKeys(configuration, Microsoft.Extensions.Logging.Abstractions.NullLogger<SigningKeys>.Instance);
        return own.Public;
    }

    private static Wanted? Read(string[] words) => words switch
    {
        [] => new Wanted(null, null, null, EntriesOnly: false),
        ["--entries-only", .. var rest] => Read(rest) is { } wanted ? wanted with { EntriesOnly = true } : null,
        ["--heads", var file, .. var rest] => Read(rest) is { } wanted ? wanted with { Heads = file } : null,
        ["--keys", var file, .. var rest] => Read(rest) is { } wanted ? wanted with { Keys = file } : null,
        ["--satker", var satker, .. var rest] => Read(rest) is { } wanted ? wanted with { Satker = satker } : null,
        _ => null,
    };
}
