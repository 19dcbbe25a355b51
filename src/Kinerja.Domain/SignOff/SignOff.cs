using System.ComponentModel.DataAnnotations;

namespace Kinerja.Domain;

/// <summary>An act of a person upon a document. The set is closed.</summary>
public enum Act
{
    /// <summary>Hands a draft on to who verifies or approves it.</summary>
    Submit,

    /// <summary>A head above has examined it.</summary>
    Verify,

    /// <summary>The office itself stands for it.</summary>
    Approve,

    /// <summary>The parent office takes what its child approved.</summary>
    Accept,

    /// <summary>The parent office has seen it; nothing follows.</summary>
    Note,

    /// <summary>Gives it back to be mended, with reasons: a new round begins.</summary>
    Return,

    /// <summary>The pihak pertama promises; the Ketua or the Sekretaris stands for a performance report.</summary>
    Sign,

    /// <summary>The pihak kedua, the superior, signs after the pihak pertama: the agreement is in force.</summary>
    Countersign,

    /// <summary>Lets anyone read it.</summary>
    Publish,

    /// <summary>Begins the draft that is to supersede what is in force or accepted, with the ground for it.</summary>
    Amend,

    /// <summary>Takes an agreement back, with a reason; by the post that put it in force.</summary>
    Revoke,

    /// <summary>The KPA writes down the number and date of an approval that was given outside (DJA, Dit. PA, Kanwil).</summary>
    Record,

    /// <summary>The evaluated office says something of its evaluation, and changes nothing in it.</summary>
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

    /// <summary>An agreement its pihak pertama signed and its pihak kedua has not; a performance report signed and not
    /// yet published.</summary>
    Signed,

    /// <summary>An agreement or a state of the budget that binds. Never edited again, only superseded or revoked.</summary>
    InForce,

    /// <summary>What a later one has taken the place of: an amendment in force, the next revision.</summary>
    Superseded,

    /// <summary>Taken back, with its reason: an agreement in force by who approved it, a draft by who prepares it.</summary>
    Revoked,

    /// <summary>A performance report that anyone may read.</summary>
    Published,

    /// <summary>An evaluation that the head of the evaluating office has approved.</summary>
    Final,
}

/// <summary>One step of a document's way: which act, of which post, and where the document then stands.</summary>
/// <param name="Act">The act.</param>
/// <param name="Post">The code of the post.</param>
/// <param name="AtParent">The post is one of the parent office, as the tree is at the moment of the act.</param>
/// <param name="Reaches">Where the document then stands.</param>
/// <param name="Or">Another post that may do it as well.</param>
/// <param name="Satker">The office of the post, where it is neither the document's own nor its parent.</param>
public sealed record Step(
    Act Act, string Post, State Reaches, bool AtParent = false, string? Or = null, string? Satker = null);

/// <summary>An act beside the way: it waits for nothing, and nothing waits for it.</summary>
/// <param name="Act">The act.</param>
/// <param name="Post">The code of the post.</param>
/// <param name="From">Where the document must stand.</param>
/// <param name="Reaches">Where it then stands; where it stood when absent.</param>
/// <param name="AtParent">The post is one of the parent office, as the tree is at the moment of the act.</param>
/// <param name="Satker">The office of the post, where it is neither the document's own nor its parent.</param>
public sealed record Aside(
    Act Act, string Post, IReadOnlyList<State> From, State? Reaches = null, bool AtParent = false, string? Satker = null);

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
/// <param name="Act">What was done.</param>
/// <param name="Round">In which round.</param>
/// <param name="Post">The post it was done for: office and code.</param>
/// <param name="Capacity">How that post was held at that moment.</param>
/// <param name="By">The account of the person.</param>
/// <param name="At">The server's instant.</param>
/// <param name="From">Where the document stood before.</param>
/// <param name="To">Where it stood after.</param>
/// <param name="ContentHash">The content it was done upon.</param>
/// <param name="Reasons">Why, where the act needs reasons.</param>
/// <param name="Covers">The posts whose verifying this act stands for, because their holders had acted already.</param>
/// <param name="Late">It was submitted after the last day of its period's window.</param>
/// <param name="Decree">The decree by which a Plt. or Plh. acted.</param>
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
    IReadOnlyList<Reason>? Reasons = null,
    IReadOnlyList<string>? Covers = null,
    bool? Late = null,
    string? Decree = null)
{
    /// <summary>Whether the act is one that four eyes counts: of a round, each by another person. Recording an approval
    /// from outside stands for approving; publishing is done by the one who signed.</summary>
    public bool IsCounted => Counts(Act);

    /// <summary>Whether four eyes counts such an act.</summary>
    public static bool Counts(Act act) =>
        act is Act.Submit or Act.Verify or Act.Approve or Act.Accept or Act.Sign or Act.Countersign or Act.Record;
}

/// <summary>The way of a document: its steps, laid down when it was begun, and the acts done so far.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Round">Counts the returns: a new round starts clean.</param>
/// <param name="Steps">The lawful way, first to last.</param>
/// <param name="Acts">Everything that was done, in order, earlier rounds included.</param>
/// <param name="Asides">The acts that may be done beside the way.</param>
public sealed record SignOff(
    State State, int Round, IReadOnlyList<Step> Steps, IReadOnlyList<Acted> Acts, IReadOnlyList<Aside>? Asides = null)
{
    /// <summary>A document at the beginning of its way.</summary>
    public static SignOff Begin(IReadOnlyList<Step> steps, IReadOnlyList<Aside> asides) =>
        new(State.Draft, 1, steps, [], asides.Count == 0 ? null : asides);

    /// <summary>The same draft at the beginning of another way: what was done and the round it is in stay.</summary>
    public SignOff Along(SignOff way) => way with { Round = Round, Acts = Acts };

    /// <summary>The acts of this round that were steps.</summary>
    public IEnumerable<Acted> ThisRound => Acts.Where(done => done.Round == Round && (done.IsCounted || done.Act == Act.Publish));

    /// <summary>How many steps of the way are done, those covered by a later act included.</summary>
    public int StepsDone => ThisRound.Sum(done => 1 + (done.Covers?.Count ?? 0));

    /// <summary>The step that is awaited; none at the end of the way.</summary>
    public Step? Next => State is State.Superseded or State.Revoked ? null : Steps.ElementAtOrDefault(StepsDone);

    /// <summary>Whether it was submitted late in this round.</summary>
    public bool IsLate => ThisRound.Any(done => done.Late == true);
}
