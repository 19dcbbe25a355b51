namespace Kinerja.Api.Tests;

/// <summary>Random tests repeat: a run prints its seed, and <c>KINERJA_SEED</c> gives it again.</summary>
internal static class Seeds
{
    /// <summary>What everything random in this run is drawn from.</summary>
    public static int Run { get; } = Choose();

    private static int Choose()
    {
        var seed = Environment.GetEnvironmentVariable("KINERJA_SEED") is { Length: > 0 } given ? int.Parse(given, null) : Random.Shared.Next();
        Console.Error.WriteLine($"KINERJA_SEED={seed}");
        return seed;
    }
}
