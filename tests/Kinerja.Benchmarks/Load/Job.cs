namespace Kinerja.Benchmarks;

/// <summary>A load to be put on a server.</summary>
/// <param name="Url">The server.</param>
/// <param name="Requests">Requests as they go over the wire.</param>
/// <param name="Connections">How many connections ask at once, each waiting for its answer.</param>
/// <param name="Seconds">How long; the requests are asked again and again. None: each is asked once.</param>
/// <param name="Over">The seconds over which the requests fall due, evenly, each asked once: what comes late counts from
/// when it was due, not from when it could be sent.</param>
internal sealed record Job(
    string Url, IReadOnlyList<string> Requests, int Connections, double? Seconds = null, double? Over = null);

/// <summary>What came of it.</summary>
/// <param name="Done">Requests answered with 2xx.</param>
/// <param name="Failed">All others.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="P50">Median of the answers' times, in milliseconds.</param>
/// <param name="P99">99th percentile, in milliseconds.</param>
/// <param name="FirstFailure">The first status that was not 2xx, or what broke.</param>
internal sealed record Outcome(int Done, int Failed, double Seconds, double P50, double P99, string? FirstFailure);
