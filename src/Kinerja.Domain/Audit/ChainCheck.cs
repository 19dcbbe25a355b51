namespace Kinerja.Domain;

/// <summary>A place of the ledger as it is found: its hash, and the entry made anew from the row it stands for; none when that row
/// is gone.</summary>
/// <param name="Position">Its place among all entries.</param>
/// <param name="Satker">The office in whose chain it stands.</param>
/// <param name="Number">Its place in that chain.</param>
/// <param name="Hash">Its hash as it is found.</param>
/// <param name="Entry">What it stands for, read from the journal or the refusals.</param>
/// <param name="IsTold">The ledger tells it as they do.</param>
public sealed record FoundLink(long Position, string Satker, long Number, byte[] Hash, TrailEntry? Entry, bool IsTold);

/// <summary>The end of a chain as it was exported.</summary>
/// <param name="Satker">The office.</param>
/// <param name="Number">How many entries the chain had.</param>
/// <param name="Position">The place of the last among all.</param>
/// <param name="Hash">The hash of the last link.</param>
public sealed record ExportedHead(string Satker, long Number, long Position, byte[] Hash);

/// <summary>The first place of a chain that is not as it was.</summary>
/// <param name="Satker">The office; empty for the order of all.</param>
/// <param name="Number">The place in its chain.</param>
/// <param name="Position">The place among all, where it is known.</param>
/// <param name="What">What is wrong.</param>
public sealed record BrokenLink(string Satker, long Number, long Position, string What);

/// <summary>
/// Follows all chains at once, in the order of the ledger, and keeps the first break of each. It knows nothing of the database but
/// what it is shown, and trusts nothing but the exported heads.
/// </summary>
public sealed class ChainCheck
{
    private readonly Dictionary<string, Chain> chains = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, BrokenLink> broken = new(StringComparer.Ordinal);
    private long last;

    /// <summary>Begins, with what was exported, oldest first.</summary>
    public ChainCheck(IEnumerable<ExportedHead> heads)
    {
        foreach (var head in heads)
        {
            Of(head.Satker).Heads.Add(head);
        }
    }

    /// <summary>How many entries were looked at.</summary>
    public long Entries { get; private set; }

    /// <summary>How many chains were.</summary>
    public int Chains => chains.Count;

    /// <summary>The next place of the ledger.</summary>
    public void Take(FoundLink link)
    {
        Entries++;
        if (link.Position != last + 1)
        {
            Break("", 0, last + 1, $"the positions from {last + 1} to before {link.Position} are not there");
        }

        last = link.Position;
        var chain = Of(link.Satker);
        if (chain.IsBroken)
        {
            return;
        }

        var expected = chain.Number + 1;
        if (WhyNot(link, chain, expected) is { } what)
        {
            chain.IsBroken = true;
            Break(link.Satker, expected, link.Position, what);
            return;
        }

        (chain.Number, chain.Hash) = (link.Number, link.Hash);
        while (chain.Due is { } head && head.Number <= chain.Number)
        {
            chain.Passed++;
            if (head.Number < chain.Number || head.Position != link.Position || !head.Hash.AsSpan().SequenceEqual(link.Hash))
            {
                chain.IsBroken = true;
                Break(link.Satker, chain.Proven + 1, link.Position,
                    $"rewritten: the chain fits itself and not the head exported at number {head.Number}; it was changed from number "
                    + $"{chain.Proven + 1} to {head.Number}");
                return;
            }

            chain.Proven = head.Number;
        }
    }

    /// <summary>A document that is not as an entry says.</summary>
    public void Contradict(string satker, long number, long position, string what) => Break(satker, number, position, what);

    /// <summary>The first break of each chain, when everything was shown.</summary>
    public IReadOnlyList<BrokenLink> Finish()
    {
        foreach (var (satker, chain) in chains)
        {
            if (!chain.IsBroken && chain.Due is { } head)
            {
                Break(satker, chain.Number + 1, 0, $"cut off: the chain ends at number {chain.Number}, and number {head.Number} was exported");
            }
        }

        return [.. broken.Values];
    }

    private static string? WhyNot(FoundLink link, Chain chain, long expected) =>
        link.Number > expected ? $"number {expected} is not there: {link.Number} follows {chain.Number}"
        : link.Number < expected ? $"number {link.Number} comes after {chain.Number}"
        : link.Entry is null ? "the row it stands for is not there"
        : !link.IsTold ? "the ledger tells it otherwise than the row it stands for"
        : !link.Entry.LinkTo(chain.Hash).AsSpan().SequenceEqual(link.Hash) ? "the hash does not fit what it stands for, and the one before"
        : null;

    private void Break(string satker, long number, long position, string what)
    {
        // What has no number in the chain comes after what has one.
        if (!broken.TryGetValue(satker, out var earlier) || (number > 0 && (number < earlier.Number || earlier.Number == 0)))
        {
            broken[satker] = new BrokenLink(satker, number, position, what);
        }
    }

    private Chain Of(string satker)
    {
        if (!chains.TryGetValue(satker, out var chain))
        {
            chains.Add(satker, chain = new Chain());
        }

        return chain;
    }

    private sealed class Chain
    {
        public List<ExportedHead> Heads { get; } = [];

        public int Passed { get; set; }

        public ExportedHead? Due => Passed < Heads.Count ? Heads[Passed] : null;

        /// <summary>Up to here an exported head was met.</summary>
        public long Proven { get; set; }

        public long Number { get; set; }

        public byte[] Hash { get; set; } = [.. TrailEntry.Beginning];

        public bool IsBroken { get; set; }
    }
}
