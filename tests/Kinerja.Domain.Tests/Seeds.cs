using FsCheck;

namespace Kinerja.Domain.Tests;

/// <summary>
/// Random tests repeat: each prints its seed when it fails. <c>KINERJA_SEED</c> replays a loop of random cases, and
/// <c>KINERJA_REPLAY=seed,gamma</c> a law (the two numbers FsCheck prints).
/// </summary>
internal static class Seeds
{
    public static int Loop { get; } =
        Environment.GetEnvironmentVariable("KINERJA_SEED") is { Length: > 0 } seed ? int.Parse(seed, null) : 20241231;

    public static void Holds(Property law)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(500);
        if (Environment.GetEnvironmentVariable("KINERJA_REPLAY")?.Trim('(', ')').Split(',') is [var seed, var gamma])
        {
            config = config.WithReplay(ulong.Parse(seed, null), ulong.Parse(gamma, null));
        }

        law.Check(config);
    }
}
