namespace Kinerja.Domain;

/// <summary>A satker: an office that holds a budget and answers for results; each is a tenant.</summary>
/// <param name="Code">The region code: <c>00</c>, <c>53</c>, <c>5305</c>.</param>
/// <param name="Name">The official name.</param>
/// <param name="Level">Its place among the three levels.</param>
/// <param name="Zone">The IANA time zone its days are reckoned in.</param>
/// <param name="Parents">Under which office it stood, from when until when.</param>
/// <param name="Units">Its units, as a tree.</param>
/// <param name="DipaCode">Its six-digit budget code, where known.</param>
public sealed record Office(
    string Code,
    string Name,
    OfficeLevel Level,
    string Zone,
    IReadOnlyList<ParentFact> Parents,
    IReadOnlyList<Unit> Units,
    string? DipaCode = null);
