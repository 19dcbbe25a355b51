
namespace Kinerja.Api;

/// <summary>A document as it is stored and as its readers get it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Satker">The office it belongs to.</param>
/// <param name="Id">Its name in that office.</param>
/// <param name="Version">Counts every change; also its ETag.</param>
/// <param name="RecordedAt">The instant of this version.</param>
/// <param name="ContentHash">SHA-256 over the canonical form (RFC 8785) of <c>content</c>: what signatures cover.</param>
/// <param name="SignOff">Its way through the hands that sign it, for documents that are signed.</param>
/// <param name="Content">What it says.</param>
public sealed record Document<T>(
    string Kind, string Satker, string Id, int Version, DateTimeOffset RecordedAt, string ContentHash, SignOff? SignOff, T Content);

/// <summary>A kind of document, and which of its facts stand in columns beside the body.</summary>
internal sealed record DocumentKind<T>(string Name, Func<Document<T>, Columns> Columns) : INamedKind
{
    public Type Type => typeof(Document<T>);
}

/// <summary>The name of a kind, and what a document of it is.</summary>
internal interface INamedKind
{
    string Name { get; }

    Type Type { get; }
}

/// <summary>The facts of a document that lists show and queries filter by.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Year">The year it is for.</param>
/// <param name="Unit">The unit it belongs to.</param>
/// <param name="Period">The period it is for.</param>
/// <param name="Slot">The one thing it is the document for; a second one is refused.</param>
/// <param name="Public">Readable by anyone.</param>
/// <param name="Returns">How often it was returned.</param>
/// <param name="Late">Its last submission came late.</param>
internal sealed record Columns(
    string State, int? Year = null, string? Unit = null, string? Period = null, string? Slot = null, bool Public = false,
    int Returns = 0, bool Late = false);

/// <summary>The kinds of documents there are.</summary>
internal static class DocumentKinds
{
    public static readonly DocumentKind<Office> Office =
        new("satker", _ => new Columns("current", Public: true));

    public static readonly DocumentKind<Posting> Posting =
        new("posting", _ => new Columns("current"));

    public static readonly DocumentKind<Indicator> Indicator =
        new("indicator", d => new Columns("current", d.Content.Year, Public: true));

    public static readonly DocumentKind<LocalIndicator> LocalIndicator =
        new("local-indicator", d => new Columns(d.Content.Mapping is null ? "unmapped" : "mapped", d.Content.Year));

    public static readonly DocumentKind<Evidence> Evidence = new("evidence", _ => new Columns("current"));

    public static readonly DocumentKind<Webhook> Webhook =
        new("webhook", d => new Columns(Words.Of(d.Content.State)));

    public static readonly DocumentKind<Policy> Policy =
        new("policy", d => new Columns("current", d.Content.Year, Public: true));

    public static readonly DocumentKind<Agreement> Agreement = new("agreement", d => new Columns(
        Words.Of(d.SignOff!.State), d.Content.Year, d.Content.Unit,
        Slot: d.SignOff.State is State.Superseded or State.Revoked ? null
            : d.Content.Amends is not null && d.SignOff.State != State.InForce ? AmendmentSlot(d.Content)
            : $"{d.Content.Year}/{d.Content.Unit}",
        Returns: d.SignOff.Round - 1));

    public static readonly DocumentKind<Realization> Realization = new("realization", d => new Columns(
        Words.Of(d.SignOff!.State), d.Content.Year, d.Content.Unit, d.Content.Period,
        Slot: d.SignOff.State == State.Revoked ? null : $"{d.Content.Period}/{d.Content.Unit}", Returns: d.SignOff.Round - 1, Late: d.SignOff.IsLate));

    /// <summary>A state taken over has no way: nobody signs it here.</summary>
    public static readonly DocumentKind<BudgetRevision> BudgetRevision = new("budget-revision", d => new Columns(
        d.SignOff is { } way ? Words.Of(way.State) : "taken-over", d.Content.Year, Returns: (d.SignOff?.Round ?? 1) - 1));

    public static readonly DocumentKind<Spending> Spending =
        new("spending", d => new Columns("current", d.Content.Year, Period: d.Content.Period));

    public static readonly DocumentKind<Grant> Grant = new("grant", d => new Columns("current", Slot: d.Content.Nphd));

    public static readonly DocumentKind<PeriodWindow> Period = new("period", d => new Columns(
        d.Content.ClosedBy is null ? "open" : "closed", Kinerja.Domain.Period.Parse(d.Content.Period)!.Year,
        Period: d.Content.Period, Public: true));

    /// <summary>There is one amendment of a unit's agreement at a time.</summary>
    public static string AmendmentSlot(Agreement amended) => $"{amended.Year}/{amended.Unit}/amendment";

    /// <summary>The name of each kind, by what a document of it is.</summary>
    public static readonly IReadOnlyDictionary<Type, string> ByType = typeof(DocumentKinds).GetFields()
        .Select(field => field.GetValue(null)).OfType<INamedKind>().ToDictionary(kind => kind.Type, kind => kind.Name);
}
