namespace Kinerja.Domain;

/// <summary>An agreement in force, by its name.</summary>
public sealed record PromisedAgreement(string Id, Agreement Content);

/// <summary>A line, and who below is named to carry it.</summary>
/// <param name="Agreement">The agreement of the line.</param>
/// <param name="Line">The line.</param>
/// <param name="Executors">Who is named, with what carries it there.</param>
public sealed record CascadeLine(PromisedAgreement Agreement, AgreementLine Line, IReadOnlyList<CascadeExecutor> Executors);

/// <summary>A named executor.</summary>
/// <param name="Executor">Who is named.</param>
/// <param name="State">Whether the line is carried there.</param>
/// <param name="Agreement">The unit's agreement in force; none without one, and for a divisi.</param>
/// <param name="Lines">Its lines that stand for the same indicator.</param>
public sealed record CascadeExecutor(
    Executor Executor, CascadeState State, PromisedAgreement? Agreement, IReadOnlyList<AgreementLine> Lines);

/// <summary>Whether a named executor carries a line.</summary>
public enum CascadeState
{
    /// <summary>The unit's agreement has a line for the same indicator.</summary>
    Carried,

    /// <summary>The unit's agreement has no such line, or the unit has no agreement in force.</summary>
    NotCarried,

    /// <summary>A commissioners' divisi: it makes no agreement.</summary>
    BesideTheTree,
}

/// <summary>
/// The cascade of indicators in one office: an indicator of a superior's agreement is carried by the units below that it
/// names. What is named and not carried is a warning: real years have it, and nobody is stopped by it.
/// </summary>
public static class Cascade
{
    /// <summary>Every line of the agreements in force, the highest unit's first.</summary>
    public static IReadOnlyList<CascadeLine> Of(Units units, IReadOnlyCollection<PromisedAgreement> inForce) =>
    [
        .. from unit in units.All
           from agreement in inForce
           where agreement.Content.Unit == unit.Code
           from line in agreement.Content.Lines
           select new CascadeLine(agreement, line, [.. (line.Executors ?? []).Select(executor => Carrying(executor, line, inForce))]),
    ];

    private static CascadeExecutor Carrying(Executor executor, AgreementLine line, IEnumerable<PromisedAgreement> inForce)
    {
        if (executor.Unit is null)
        {
            return new CascadeExecutor(executor, CascadeState.BesideTheTree, null, []);
        }

        var agreement = inForce.FirstOrDefault(one => one.Content.Unit == executor.Unit);
        List<AgreementLine> lines = [.. agreement?.Content.Lines.Where(below => below.Indicator == line.Indicator) ?? []];
        return new CascadeExecutor(executor, lines.Count > 0 ? CascadeState.Carried : CascadeState.NotCarried, agreement, lines);
    }
}
