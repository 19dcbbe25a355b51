namespace Kinerja.Api;

/// <summary>A kind of document that is signed: the engine is one, only what an act means beside the signature differs.</summary>
/// <param name="Kind">How it is stored.</param>
/// <param name="Name">Its name in operation ids.</param>
/// <param name="Period">The period whose window governs it; none where there is none.</param>
/// <param name="Before">Why the act may not be done although the person may: the document's own faults.</param>
/// <param name="After">Writes what follows from the act, in the same transaction; the address of a document that was begun.</param>
/// <param name="Amendment">Whether a document in force needs an amendment on a day; none for kinds that are not amended.</param>
internal sealed record SignedKind<T>(
    DocumentKind<T> Kind,
    string Name,
    Func<T, string?> Period,
    Func<DocumentSession, Document<T>, SignOff, WantedAct, CancellationToken, Task<Refusal?>> Before,
    Func<DocumentSession, Document<T>, WantedAct, CancellationToken, Task<string?>> After,
    Func<Database, Caller, Document<T>, DateOnly, CancellationToken, Task<AmendmentNeed?>>? Amendment = null);

/// <summary>Faults of the stored content, as the whole document shows them.</summary>
internal static class SignedContent
{
    public static Fault Below(Fault fault) => fault with { Pointer = "/content" + fault.Pointer };
}
