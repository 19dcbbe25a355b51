using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinerja.Api;

/// <summary>
/// Writes the signed ends of the chains out of the database: what its owner can change afterwards no longer fits them. One line
/// of JSON for each time, with the ends of all chains that grew since the last line; and an entry in RI's chain, by which other
/// systems hear of it.
/// </summary>
internal sealed class HeadsExport(
    Database database, Sealer sealer, SigningKeys keys, TimeProvider clock, IConfiguration configuration, ILogger<HeadsExport> log)
    : BackgroundService
{
    /// <summary>The file's name in <c>Trail:HeadsFolder</c>.</summary>
    public const string FileName = "heads.jsonl";

    private const string Undone = "The heads were not exported";

    private readonly string? folder = configuration["Trail:HeadsFolder"];

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (folder is not null && !keys.IsKept)
        {
            throw new InvalidOperationException("Trail:HeadsFolder is set and Signing:Key is not: exported heads need a key that is kept.");
        }

        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Loop.Try(log, Undone, Export, cancellationToken);
    }

    /// <summary>Writes a line now, if anything was sealed since the last; whether it did.</summary>
    public async Task<bool> Export(CancellationToken ct)
    {
        if (folder is null)
        {
            return false;
        }

        Directory.CreateDirectory(folder);
        await using var file = new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var (last, end) = await Last(file, ct);
        await sealer.Seal(ct);
        var (position, heads) = await Ledger.HeadsSince(database, (long?)last?["position"] ?? 0, ct);
        if (heads.Count == 0)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        var line = keys.Sign(new JsonObject
        {
            ["at"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["position"] = position,
            ["heads"] = new JsonArray([.. heads.Select(GetAuditHead.Said)]),
        });
        file.SetLength(end);
        file.Seek(end, SeekOrigin.Begin);
        await file.WriteAsync(Encoding.UTF8.GetBytes(line.ToJsonString() + "\n"), ct);
        file.Flush(flushToDisk: true);
        await Ledger.NoteExport(database, ContentHash.Of(JsonSerializer.SerializeToElement(line)), now, ct);
        sealer.Committed();
        return true;
    }

    /// <summary>The lines of an export, and where they end: a last one that was torn is none.</summary>
    public static async Task<(List<JsonObject> Lines, long End)> Read(Stream file, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, ct);
        var whole = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        whole = whole[..(whole.Span.LastIndexOf((byte)'\n') + 1)];
        return ([.. Encoding.UTF8.GetString(whole.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!.AsObject())], whole.Length);
    }

    // From the end backwards, in growing pieces: the file grows for years.
    private static async Task<(JsonObject? Line, long End)> Last(Stream file, CancellationToken ct)
    {
        for (var size = 64L * 1024; ; size *= 4)
        {
            var tail = new byte[Math.Min(size, file.Length)];
            file.Position = file.Length - tail.Length;
            await file.ReadExactlyAsync(tail, ct);
            var end = tail.AsSpan().LastIndexOf((byte)'\n') + 1;
            var start = tail.AsSpan(0, Math.Max(0, end - 1)).LastIndexOf((byte)'\n') + 1;
            if (start > 0 || tail.Length == file.Length)
            {
                return (end == 0 ? null : JsonNode.Parse(tail.AsSpan(start, end - start))!.AsObject(), file.Length - tail.Length + end);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (folder is not null)
        {
            await Loop.Try(log, Undone, Export, stoppingToken);
            await Loop.Every(
                TimeSpan.FromMinutes(configuration.GetValue("Trail:HeadsMinutes", 60)), clock, log, Undone, Export, stoppingToken);
        }
    }
}
