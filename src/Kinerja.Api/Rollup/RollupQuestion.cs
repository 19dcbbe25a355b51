namespace Kinerja.Api;

/// <summary>What is asked of a roll-up, and what is known about it.</summary>
internal sealed record RollupQuestion(
    string Satker, Period Period, SignOffLevel Least, Times Times, Deadlines Deadlines, Catalogue Catalogue, Links Links)
{
    /// <summary>The question about the lines that are rolled up.</summary>
    public MeasuredQuery Query => new(Period, Least, null, Times);

    /// <summary>What a roll-up is measured against: the target of the line that carries it, of several agreements the
    /// highest unit's; else the national one.</summary>
    public static (Value? Target, CarriedLine? From) Target(Indicator rolled, IEnumerable<CarriedLine> carried)
    {
        var carrying = carried.MinBy(line => line.Level);
        return (carrying?.Target ?? rolled.NationalTarget, carrying);
    }

    /// <summary>The indicators that roll up, or the one that is asked for.</summary>
    public IReadOnlyList<Indicator> Rolled(string? indicator) =>
    [
        .. Catalogue.Indicators.Values.Where(one => one.Rollup is not null && (indicator is null || one.Code == indicator))
            .OrderBy(one => one.Code, StringComparer.Ordinal),
    ];

    /// <summary>Office by office, for any day's tree and any instant: what the kept sums are not there for.</summary>
    public async Task<RollupLeaves> Leaves(Database database, Caller caller, IReadOnlyList<Indicator> rolled, CancellationToken ct)
    {
        var read = Measured.Reader(Query, Catalogue);
        var offices = rolled.ToDictionary(one => one.Code, _ => new ChildLines([], []), StringComparer.Ordinal);
        var carried = await database.Ask(
            caller,
            [
                .. rolled.Select(one => Measured.OfRule(Satker, one.Rollup!, Period, Least, Times)),
                Times.RecordedAt is { } then ? Measured.Carried(Satker, Period, then) : KeptRollups.Carried(Satker, Period),
            ],
            async answers =>
            {
                foreach (var one in rolled)
                {
                    await answers.Next(row => offices[one.Code].Add(row, read));
                }

                return await answers.Next(KeptRollups.Carried);
            }, ct);
        var lines = (await AccumulatedThen.Complete(
            database, caller, Query, Catalogue, [.. offices.Values.SelectMany(one => one.Lines)], ct)).GetEnumerator();
        return new RollupLeaves(
            offices.ToDictionary(one => one.Key, one => one.Value with { Lines = one.Value.Lines.ConvertAll(_ => Next()) }, StringComparer.Ordinal),
            carried.ToLookup(line => line.Indicator));

        MeasuredLine Next() => lines.MoveNext() ? lines.Current : throw new InvalidOperationException("A line is lost.");
    }
}

/// <summary>The offices of each roll-up with their lines, and the office's own lines that carry a target.</summary>
internal sealed record RollupLeaves(IReadOnlyDictionary<string, ChildLines> Offices, ILookup<string, CarriedLine> Carried);
