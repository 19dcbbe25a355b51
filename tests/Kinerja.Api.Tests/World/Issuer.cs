using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>
/// The identity server of a run, with the demo's accounts and those of a few other offices. Every account logs in once,
/// through the real login page, while the template database is being built.
/// </summary>
public sealed class Issuer : IAsyncDisposable
{
    public const string ClientSecret = "secret-of-the-api";
    public const string SystemClient = "client:dashboard-53";
    private const string DashboardSecret = "secret-of-the-dashboard";
    private const string Password = "sandi-untuk-uji";

    // Posts outside NTT, and a person who holds none.
    private static readonly string[] Others =
    [
        "52.ketua", "52.sekretaris", "52.rendatin", "52.verifikator",
        "5201.ketua", "5201.sekretaris", "5201.rendatin", "nobody",
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kinerja-issuer-");
    private readonly Dictionary<string, string> environment = [];
    private Process? server;
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<Dictionary<string, string>>? tokens;

    public string Url { get; private set; } = "";

    /// <summary>It answers, and the logins have begun.</summary>
    public Task Ready => ready.Task;

    /// <summary>The accounts that hold the post they are named after.</summary>
    public IReadOnlyList<string> Holders { get; } = [.. DemoAccounts().Concat(Others[..^1])];

    public async Task Start(Cluster cluster)
    {
        try
        {
            await Begin(cluster);
            tokens = LogIn([.. Holders, "nobody", SystemClient]);
            ready.SetResult();
        }
        catch (Exception failure)
        {
            ready.SetException(failure);
            throw;
        }
    }

    private async Task Begin(Cluster cluster)
    {
        var identity = Path.Combine(Repository.Root, "deploy", "identity");
        if (!Directory.Exists(Path.Combine(identity, "node_modules")))
        {
            await Shell.Run("bash", ["-c", "set -euo pipefail; source deploy/lib/common.sh; npm_packages deploy/identity"]);
        }

        var clients = await Shell.Run("node", ["deploy/identity/clients.mjs"], new Dictionary<string, string>
        {
            ["API_URL"] = "http://127.0.0.1:5999",
            ["API_CLIENT_SECRET"] = ClientSecret,
            ["DASHBOARD_CLIENT_SECRET"] = DashboardSecret,
        });
        var accounts = Holders.Append("nobody").Select(account => new { account, name = account });
        var port = Shell.FreePort();
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        environment["DATABASE_URL"] = cluster.Url(await cluster.Create("identity"));
        environment["CLIENTS_FILE"] = await Write("clients.json", clients);
        environment["DEMO_ACCOUNTS_FILE"] = await Write("accounts.json", JsonSerializer.Serialize(accounts));
        environment["DEMO_PASSWORD"] = Password;
        environment["ACCESS_TOKEN_TTL"] = "3600";
        environment["KINERJA_ENVIRONMENT"] = "test";
        await Serve();
    }

    /// <summary>The account's token, the same for the whole run.</summary>
    public async Task<string> Token(string account) => (await tokens!)[account];

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.Kill();
            await server.WaitForExitAsync();
            server.Dispose();
        }

        folder.Delete(recursive: true);
    }

    private static IEnumerable<string> DemoAccounts() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "deploy", "demo", "accounts.json")))!.AsArray()
            .Select(account => (string)account!["account"]!);

    private async Task Serve()
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new List<string>();
        void Hear(string? line)
        {
            lock (output)
            {
                output.Add(line ?? "");
            }

            if (line?.Contains("is ready", StringComparison.Ordinal) == true)
            {
                listening.TrySetResult();
            }
        }

        server = new Process { StartInfo = Shell.Prepare("node", ["deploy/identity/server.mjs"], environment), EnableRaisingEvents = true };
        server.OutputDataReceived += (_, line) => Hear(line.Data);
        server.ErrorDataReceived += (_, line) => Hear(line.Data);
        server.Exited += (_, _) => listening.TrySetException(new InvalidOperationException(
            $"the identity server ended: {string.Join('\n', output)}"));
        server.Start();
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        await listening.Task;
    }

    private async Task<Dictionary<string, string>> LogIn(IReadOnlyList<string> accounts) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(await Shell.Run(
            "node", ["deploy/identity/token.mjs", "--issuer", Url, "--password", Password, .. accounts],
            new Dictionary<string, string> { ["DASHBOARD_CLIENT_SECRET"] = DashboardSecret }))!;

    private async Task<string> Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }
}
