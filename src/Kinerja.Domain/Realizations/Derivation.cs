namespace Kinerja.Domain;

/// <summary>A report that a derived or accumulated figure is made of.</summary>
/// <param name="Id">The report.</param>
/// <param name="Version">The version that was approved.</param>
/// <param name="ContentHash">What was signed.</param>
public sealed record CitedReport(string Id, int Version, string ContentHash);

/// <summary>A line of another agreement of the office, judged by its approved result.</summary>
/// <param name="Unit">The unit that promised.</param>
/// <param name="Agreement">Its agreement.</param>
/// <param name="AgreementHash">What was signed there.</param>
/// <param name="Reached">Whether the target is reached; none without an approved result that can be judged.</param>
/// <param name="Reports">The approved reports.</param>
public sealed record JudgedLine(string Unit, string Agreement, string AgreementHash, bool? Reached, IReadOnlyList<CitedReport> Reports);

/// <summary>
/// A derived result, "percent of targets reached": of the lines of named agreements of the same office and year, those whose
/// approved result reaches its target, out of those that can be judged. It stands in the signed content with the hashes of
/// its inputs, so that a later drift shows.
/// </summary>
/// <param name="Reached">The lines that reach their target.</param>
/// <param name="Judged">The lines with an approved result that can be judged.</param>
/// <param name="Units">The units whose agreements are named.</param>
/// <param name="Inputs">Agreement by agreement.</param>
public sealed record Derivation(int Reached, int Judged, IReadOnlyList<string> Units, IReadOnlyList<DerivedInput> Inputs)
{
    /// <summary>The result; missing as long as nothing is judged.</summary>
    public Value Result() => Judged == 0
        ? new Value.Absent(Absence.Missing)
        : new Value.Percent(Rounding.Two(Reached * 100m / Judged), Reached, Judged);

    /// <summary>All lines of the named agreements.</summary>
    public int Lines() => Inputs.Sum(input => input.Lines);

    /// <summary>Some lines have no approved result that can be judged: the share is of the others.</summary>
    public bool IsIncomplete() => Judged < Lines();

    /// <summary>The derivation from the lines of an office.</summary>
    /// <param name="units">The units whose agreements are named.</param>
    /// <param name="lines">Every line that the office promised for the period.</param>
    public static Derivation Of(IReadOnlyList<string> units, IReadOnlyCollection<JudgedLine> lines)
    {
        var inputs = lines.Where(line => units.Contains(line.Unit)).GroupBy(line => (line.Unit, line.Agreement, line.AgreementHash))
            .OrderBy(agreement => agreement.Key.Unit, StringComparer.Ordinal)
            .Select(agreement => new DerivedInput(
                agreement.Key.Unit, agreement.Key.Agreement, agreement.Key.AgreementHash,
                [.. agreement.SelectMany(line => line.Reports).Distinct().OrderBy(report => report.Id, StringComparer.Ordinal)],
                agreement.Count(line => line.Reached == true), agreement.Count(line => line.Reached is not null), agreement.Count()))
            .ToList();
        return new Derivation(inputs.Sum(input => input.Reached), inputs.Sum(input => input.Judged), units, inputs);
    }

    /// <summary>Made of the very same documents, with the same counts.</summary>
    public bool IsSame(Derivation other) => (Reached, Judged) == (other.Reached, other.Judged)
        && Inputs.Count == other.Inputs.Count && Inputs.Zip(other.Inputs).All(pair => pair.First.IsSame(pair.Second));
}

/// <summary>What an agreement brings to a derived result.</summary>
/// <param name="Unit">The unit that promised.</param>
/// <param name="Agreement">Its agreement.</param>
/// <param name="AgreementHash">What was signed there.</param>
/// <param name="Reports">The approved reports on it.</param>
/// <param name="Reached">Its lines that reach their target.</param>
/// <param name="Judged">Its lines that can be judged.</param>
/// <param name="Lines">All its lines.</param>
public sealed record DerivedInput(
    string Unit, string Agreement, string AgreementHash, IReadOnlyList<CitedReport> Reports, int Reached, int Judged, int Lines)
{
    internal bool IsSame(DerivedInput other) => this with { Reports = other.Reports } == other && Reports.SequenceEqual(other.Reports);
}

/// <summary>
/// An accepted roll-up that stands in a report as its result: the office's own, frozen there; or, where nobody of the
/// population stands below the office, that of the office above, of which it sees the figure and the coverage, and none of
/// the rows.
/// </summary>
/// <param name="Satker">The office the roll-up is made for: the office itself, or the one above on the last day of the period.</param>
/// <param name="Indicator">What is rolled up.</param>
/// <param name="Period">The period.</param>
/// <param name="MinSignOff">The least level of the results in it.</param>
/// <param name="Value">The figure.</param>
/// <param name="Expected">Offices that should be in it.</param>
/// <param name="Reported">Those with a report.</param>
/// <param name="Counted">Those whose figure went in.</param>
/// <param name="Hash">SHA-256 over the canonical form of all the others: a later roll-up with another figure shows.</param>
/// <param name="OwnLine">The line of the same report that is the office's own part of its roll-up, not yet signed; none when it
/// has no part, or has it in another report.</param>
public sealed record GivenFigure(
    string Satker, string Indicator, string Period, SignOffLevel MinSignOff, Value Value, int Expected, int Reported, int Counted,
    string Hash, string? OwnLine = null);
