using System.Diagnostics.CodeAnalysis;

namespace Kinerja.Domain;

/// <summary>
/// The outcome of a rule: the accepted value, or the refusal that says why not. Never both, never neither.
/// </summary>
/// <typeparam name="T">What is accepted, usually a fact to be recorded.</typeparam>
public sealed class Decision<T>
    where T : notnull
{
    private readonly T? value;
    private readonly Refusal? refusal;

    internal Decision(T accepted) => value = accepted;

    internal Decision(Refusal refused) => refusal = refused;

    /// <summary>True with the value when accepted; false with the refusal when refused.</summary>
    public bool Accepts([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = this.value;
        refusal = this.refusal;
        return refusal is null;
    }

    /// <summary>An accepted value is a decision. (C# allows no such conversion from an interface:
    /// there <see cref="Decision.Accept{T}"/> stands in.)</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "Decision.Accept is the named alternate.")]
    public static implicit operator Decision<T>(T accepted) => new(accepted);

    /// <summary>A refusal is a decision.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "A refusal is returned as it is.")]
    public static implicit operator Decision<T>(Refusal refused) => new(refused);
}

/// <summary>Names for the two conversions, where the compiler cannot apply them.</summary>
public static class Decision
{
    /// <summary>The decision that accepts a value.</summary>
    public static Decision<T> Accept<T>(T value)
        where T : notnull => new(value);
}

/// <summary>
/// An expected "no". The code is stable and part of the API; the texts people read are made outside the domain from
/// the code and its parameters.
/// </summary>
/// <param name="Kind">What sort of "no" it is.</param>
/// <param name="Code">A stable code in kebab-case, for example <c>wrong-post</c>.</param>
/// <param name="Faults">All violated rules at once; empty unless the kind is <see cref="RefusalKind.Broken"/>.</param>
/// <param name="Parameters">Named values for the text.</param>
public sealed record Refusal(
    RefusalKind Kind,
    string Code,
    IReadOnlyList<Fault> Faults,
    IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>Absent, or another tenant's: both look the same.</summary>
    public static Refusal NotFound() => Of(RefusalKind.NotFound, "not-found", []);

    /// <summary>The actor may not do this.</summary>
    public static Refusal Forbidden(string code, params (string Name, string Value)[] parameters) =>
        Of(RefusalKind.Forbidden, code, parameters);

    /// <summary>The state of the document does not allow this.</summary>
    public static Refusal Conflict(string code, params (string Name, string Value)[] parameters) =>
        Of(RefusalKind.Conflict, code, parameters);

    /// <summary>The document has moved on since the caller saw it.</summary>
    public static Refusal Stale(int version) =>
        Of(RefusalKind.Stale, "stale", [("version", version.ToString(System.Globalization.CultureInfo.InvariantCulture))]);

    /// <summary>A rule is broken by what is stated.</summary>
    public static Refusal Broken(string code, params (string Name, string Value)[] parameters) =>
        Of(RefusalKind.Broken, code, parameters);

    /// <summary>One or more rules are broken, each at its place in the document.</summary>
    /// <exception cref="ArgumentException">There is no fault: nothing is broken.</exception>
    public static Refusal Broken(IReadOnlyList<Fault> faults) => faults.Count == 0
        ? throw new ArgumentException("A refusal for faults needs at least one.", nameof(faults))
        : Of(RefusalKind.Broken, "rules-broken", []) with { Faults = faults };

    private static Refusal Of(RefusalKind kind, string code, (string Name, string Value)[] parameters) =>
        new(kind, code, [], Fault.Named(parameters));
}

/// <summary>The sorts of "no", each with its own HTTP status in the API.</summary>
public enum RefusalKind
{
    /// <summary>Absent or not the caller's: 404.</summary>
    NotFound,

    /// <summary>Not for this actor: 403.</summary>
    Forbidden,

    /// <summary>Not in this state: 409.</summary>
    Conflict,

    /// <summary>Not upon this version: 412.</summary>
    Stale,

    /// <summary>A rule is broken: 422.</summary>
    Broken,
}

/// <summary>One violated rule at one place of a document.</summary>
/// <param name="Pointer">RFC 6901 pointer to the place, for example <c>/entries/3/realization/numerator</c>.</param>
/// <param name="Code">The stable code of the rule, in kebab-case.</param>
/// <param name="Parameters">Named values for the text.</param>
public sealed record Fault(string Pointer, string Code, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>A fault with the named values of its text.</summary>
    public static Fault At(string pointer, string code, params (string Name, string Value)[] parameters) =>
        new(pointer, code, Named(parameters));

    /// <summary>A member's name as a step of a pointer (RFC 6901).</summary>
    public static string Step(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    internal static Dictionary<string, string> Named((string Name, string Value)[] parameters) =>
        parameters.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
}
