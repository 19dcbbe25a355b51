namespace Kinerja.Api;

/// <summary>How deliveries are made; see the table of settings.</summary>
internal sealed class WebhookSettings(IConfiguration configuration)
{
    private readonly string[] hosts = configuration.GetSection("Webhooks:AllowedHosts").Get<string[]>() ?? [];

    /// <summary>A try takes no longer.</summary>
    public TimeSpan Timeout { get; } = TimeSpan.FromSeconds(configuration.GetValue("Webhooks:TimeoutSeconds", 15));

    /// <summary>So long a delivery is its sender's; then another takes it.</summary>
    public TimeSpan Lease => 2 * Timeout;

    /// <summary>How many deliveries an instance has under way at most.</summary>
    public int Parallel { get; } = configuration.GetValue("Webhooks:Parallel", 32);

    /// <summary>How many deliveries of one subscription are under way in all instances at most.</summary>
    public int PerTarget { get; } = configuration.GetValue("Webhooks:PerTarget", 4);

    /// <summary>How many deliveries of one office are under way in all instances at most: a quarter of what one instance sends.</summary>
    public int PerOffice => Math.Max(1, Parallel / 4);

    /// <summary>The waits between the tries.</summary>
    public IReadOnlyList<TimeSpan> Waits { get; } =
        configuration.GetSection("Webhooks:RetrySeconds").Get<int[]>() is { Length: > 0 } seconds
            ? [.. seconds.Select(wait => TimeSpan.FromSeconds(wait))] : Delivering.Waits;

    /// <summary>A subscription to which nothing arrived for so long is paused.</summary>
    public TimeSpan Patience { get; } = TimeSpan.FromDays(configuration.GetValue("Webhooks:PauseDays", 5));

    /// <summary>So long the secret before signs too.</summary>
    public TimeSpan Rotation { get; } = TimeSpan.FromHours(configuration.GetValue("Webhooks:RotationHours", 24));

    /// <summary>Deliveries that are over, and attempts, are kept for so long.</summary>
    public TimeSpan Kept { get; } = TimeSpan.FromDays(configuration.GetValue("Webhooks:KeptDays", 30));

    /// <summary>The feed goes back so far.</summary>
    public TimeSpan FeedKept { get; } = TimeSpan.FromDays(configuration.GetValue("Trail:KeptDays", 400));

    /// <summary>Whether a host may be private, and without TLS.</summary>
    public bool Allows(string host) => hosts.Contains(host.Trim('[', ']'), StringComparer.OrdinalIgnoreCase);
}
