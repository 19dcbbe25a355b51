using System.ComponentModel.DataAnnotations;

namespace Kinerja.Domain;

/// <summary>An act of a person upon a document. The set is closed.</summary>
public enum Act
{
    Submit,
    Verify,
    Approve,
    Accept,
    Note,
    Return,
    Sign,
    Countersign,
    Publish,
    Amend,
    Revoke,
    Record,
    Comment,
}

/// <summary>Where a document stands.</summary>
public enum State
{
    /// <summary>Being prepared; may be changed.</summary>
    Draft,

    /// <summary>Submitted by its head; verifying steps are open.</summary>
    Submitted,

    /// <summary>All verifying steps are done.</summary>
    Verified,

    /// <summary>Approved by the office itself.</summary>
    Approved,

    /// <summary>Accepted by the parent; for RI its own approval.</summary>
    Accepted,

    /// <summary>An agreement its pihak pertama signed and its pihak kedua has not.</summary>
    Signed,

    /// <summary>An agreement that binds. Never edited again, only superseded or revoked.</summary>
    InForce,

    /// <summary>An agreement whose amendment is in force.</summary>
    Superseded,

    /// <summary>An agreement taken back, with its reason.</summary>
    Revoked,
}

/// <summary>One step of a document's way: which act, of which post, and where the document then stands.</summary>
/// <param name="Act">The act.</param>
/// <param name="Post">The code of the post.</param>
/// <param name="AtParent">The post is one of the parent office, as the tree is at the moment of the act.</param>
/// <param name="Reaches">Where the document then stands.</param>
public sealed record Step(Act Act, string Post, State Reaches, bool AtParent = false);

/// <summary>Why a document was given back, or an act needs words.</summary>
/// <param name="Code">A short code of the office's own.</param>
/// <param name="Words">The reason in words.</param>
/// <param name="Pointer">A JSON Pointer to the part of the document that is meant.</param>
/// <param name="Deadline">Until when it is to be mended.</param>
public sealed record Reason(
    [property: StringLength(40, MinimumLength = 1)] string Code,
    [property: StringLength(2000, MinimumLength = 1)] string Words,
    [property: StringLength(200)] string? Pointer = null,
    DateOnly? Deadline = null);

/// <summary>An act that was done: who, for which post, upon which content, when.</summary>
public sealed record Acted(
    Act Act,
    int Round,
    string Post,
    Capacity Capacity,
    string By,
    DateTimeOffset At,
    State From,
    State To,
    string ContentHash,
    IReadOnlyList<Reason>? Reasons = null);

/// <summary>The way of a document: its steps, laid down when the round began, and the acts done so far.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Round">Counts the returns: a new round starts clean.</param>
/// <param name="Steps">The lawful way, first to last.</param>
/// <param name="Acts">Everything that was done, in order, earlier rounds included.</param>
public sealed record SignOff(State State, int Round, IReadOnlyList<Step> Steps, IReadOnlyList<Acted> Acts)
{
    /// <summary>A document at the beginning of its way.</summary>
    public static SignOff Begin(IReadOnlyList<Step> steps) => new(State.Draft, 1, steps, []);

    /// <summary>The acts of this round that were steps.</summary>
    public IEnumerable<Acted> ThisRound => Acts.Where(done => done.Round == Round && done.Act != Act.Return);

    /// <summary>The step that is awaited; none at the end of the way.</summary>
    public Step? Next => State is State.Superseded or State.Revoked ? null : Steps.ElementAtOrDefault(ThisRound.Count());
}
