namespace Kinerja.Domain;

/// <summary>What a caller wants to do, for which post, having seen which content.</summary>
/// <param name="Act">The act.</param>
/// <param name="Post">The post it is done for.</param>
/// <param name="ContentHash">The content that was seen.</param>
/// <param name="Reasons">Why, where the act needs it.</param>
/// <param name="Late">The period's window has ended: marked when it is submitted.</param>
public sealed record WantedAct(
    Act Act, Post Post, string ContentHash, IReadOnlyList<Reason> Reasons, bool Late = false);

/// <summary>Who holds a post at the moment of an act; an acting holder by which decree.</summary>
public sealed record Holder(Post Post, string Subject, Capacity Capacity, string? Decree = null);

/// <summary>The document an act is done upon, as far as the decision needs it.</summary>
/// <param name="Satker">The office it belongs to.</param>
/// <param name="Parent">The office above it today; none for RI.</param>
/// <param name="ContentHash">The hash of its present content.</param>
/// <param name="SignOff">Its way so far.</param>
/// <param name="Holders">Who holds the posts of its way now.</param>
public sealed record SignOffSubject(
    string Satker, string? Parent, string ContentHash, SignOff SignOff, IReadOnlyList<Holder> Holders)
{
    /// <summary>The posts a step is in the hands of; none when it is the parent's and there is no parent.</summary>
    public IEnumerable<Post> Seats(Step step) =>
        Seat(step.Post, step.AtParent, step.Satker).Concat(step.Or is null ? [] : Seat(step.Or, step.AtParent, step.Satker));

    /// <summary>The post an act beside the way is for.</summary>
    public IEnumerable<Post> Seats(Aside aside) => Seat(aside.Post, aside.AtParent, aside.Satker);

    /// <summary>What this person did in this round that four eyes counts.</summary>
    public Acted? DoneBy(string subject) => SignOff.ThisRound.FirstOrDefault(done => done.IsCounted && done.By == subject);

    /// <summary>Whether the post is held, and everybody who holds it has acted in this round.</summary>
    public bool IsSpent(IEnumerable<Post> posts)
    {
        var holders = Holders.Where(holder => posts.Contains(holder.Post)).ToList();
        return holders.Count > 0 && holders.All(holder => DoneBy(holder.Subject) is not null);
    }

    private IEnumerable<Post> Seat(string post, bool atParent, string? satker) =>
        (atParent ? Parent : satker ?? Satker) is { } office ? [new Post(office, post)] : [];
}

/// <summary>Decides every act upon every document that is signed.</summary>
public static class SignOffDecider
{
    /// <summary>The way with the act done, or why not. The checks in order: the act is lawful where the document
    /// stands; the post is the one required; it is held now, by a person; four eyes; the content is the one that was
    /// seen; the reasons are given.</summary>
    public static Decision<SignOff> Decide(SignOffSubject subject, WantedAct wanted, Actor actor, DateTimeOffset now)
    {
        var way = subject.SignOff;
        var lawful = Lawful(subject).Where(move => move.Act == wanted.Act).ToList();
        if (lawful.Count == 0)
        {
            return Refusal.Conflict("no-such-act", ("act", Words.Of(wanted.Act)), ("state", Words.Of(way.State)));
        }

        if (lawful.FirstOrDefault(move => move.Post == wanted.Post) is not { } move)
        {
            return Refusal.Forbidden("wrong-post", ("act", Words.Of(wanted.Act)),
                ("required", string.Join(", ", lawful.Select(other => other.Post))),
                ("given", $"{wanted.Post}"), ("held", actor.HeldInWords));
        }

        if (!InHand(subject, move, actor).Accepts(out var held, out var notHis))
        {
            return notHis;
        }

        if (wanted.ContentHash != subject.ContentHash)
        {
            return Refusal.Conflict("content-changed", ("seen", wanted.ContentHash), ("now", subject.ContentHash));
        }

        if (NeedsReasons(wanted.Act) && wanted.Reasons.Count == 0)
        {
            return Refusal.Broken([Fault.At("/reasons", "reasons-required")]);
        }

        var done = new Acted(wanted.Act, way.Round, $"{move.Post}", held.Capacity, actor.Subject, now, way.State, move.To,
            subject.ContentHash, wanted.Reasons.Count == 0 ? null : wanted.Reasons, move.Covers.Count == 0 ? null : move.Covers,
            wanted is { Act: Act.Submit, Late: true } ? true : null, held.Decree);
        return way with
        {
            State = move.To,
            Round = wanted.Act == Act.Return ? way.Round + 1 : way.Round,
            Acts = [.. way.Acts, done],
        };
    }

    /// <summary>The post for which this person may do the awaited step now, also when it fell to that post; none when the
    /// document waits for somebody else.</summary>
    public static Post? Awaits(SignOffSubject subject, Actor actor) =>
        Steps(subject).FirstOrDefault(move => InHand(subject, move, actor).Accepts(out _, out _))?.Post;

    /// <summary>Every act that is lawful where the document stands, each as whoever may would want it: for the post it is done for,
    /// upon the present content, and where it needs reasons with one that any act takes.</summary>
    public static IReadOnlyList<WantedAct> Options(SignOffSubject subject) =>
        [.. Lawful(subject).Select(move => new WantedAct(move.Act, move.Post, subject.ContentHash, [AnyReason]))];

    private static readonly Reason AnyReason = new(Words.Of(AmendmentGround.ChangeOfOfficial), "?");

    /// <summary>Giving back, taking back, amending and commenting say why.</summary>
    private static bool NeedsReasons(Act act) => act is Act.Return or Act.Revoke or Act.Amend or Act.Comment;

    /// <summary>Every act that is lawful where the document stands, whoever does it.</summary>
    private static IEnumerable<Move> Lawful(SignOffSubject subject) =>
        [.. Steps(subject), .. Returns(subject), .. Asides(subject)];

    /// <summary>
    /// The awaited step. A verifying step whose holders have all acted in this round already falls to the next higher
    /// post, and the act of that post covers it.
    /// </summary>
    private static IEnumerable<Move> Steps(SignOffSubject subject)
    {
        if (subject.SignOff.Next is null)
        {
            return [];
        }

        var (fallen, open) = Awaited(subject);
        var moves = subject.Seats(open).Select(post => new Move(
            open.Act, post, open.Reaches, [.. fallen.SelectMany(subject.Seats).Select(covered => $"{covered}")])).ToList();
        return fallen.SelectMany(step => subject.Seats(step).Select(post =>
            new Move(step.Act, post, step.Reaches, [], FellTo: moves[0].Post))).Concat(moves);
    }

    /// <summary>The steps that have fallen, and the one they fell to.</summary>
    private static (List<Step> Fallen, Step Open) Awaited(SignOffSubject subject)
    {
        var left = subject.SignOff.Steps.Skip(subject.SignOff.StepsDone).ToList();
        var fallen = left.TakeWhile(step => step.Act == Act.Verify && subject.IsSpent(subject.Seats(step))).ToList();
        return (fallen, left[fallen.Count]);
    }

    /// <summary>Any reviewer may return at his step or later; what binds, is published or final is never returned.</summary>
    private static IEnumerable<Move> Returns(SignOffSubject subject)
    {
        var way = subject.SignOff;
        if (way.StepsDone == 0
            || way.State is State.InForce or State.Superseded or State.Revoked or State.Published or State.Final)
        {
            return [];
        }

        var reached = way.StepsDone + (way.Next is null ? 0 : Awaited(subject).Fallen.Count + 1);
        return way.Steps.Take(reached).Skip(1).SelectMany(subject.Seats).Distinct()
            .Select(post => new Move(Act.Return, post, State.Draft, []));
    }

    private static IEnumerable<Move> Asides(SignOffSubject subject) =>
        from aside in subject.SignOff.Asides ?? []
        where aside.From.Contains(subject.SignOff.State)
        from post in subject.Seats(aside)
        select new Move(aside.Act, post, aside.Reaches ?? subject.SignOff.State, []);

    /// <summary>How the person holds the post of an act, or why the act is not his: the post is held now, by a person; four
    /// eyes.</summary>
    private static Decision<Holder> InHand(SignOffSubject subject, Move move, Actor actor) =>
        HeldBy(subject, move.Post, actor) is not { } held
            ? Refusal.Forbidden("post-not-held", ("required", $"{move.Post}"), ("held", actor.HeldInWords))
        : actor.IsSystem ? Refusal.Forbidden("system-never-signs", ("act", Words.Of(move.Act)))
        : WhyNotAgain(subject, move, actor) is { } again ? again
        : held;

    /// <summary>Four eyes: the counted acts of a round are done by different persons, whatever their posts. When nobody
    /// else holds the post, somebody must be appointed to act for its holder.</summary>
    private static Refusal? WhyNotAgain(SignOffSubject subject, Move move, Actor actor) =>
        !Acted.Counts(move.Act) || subject.DoneBy(actor.Subject) is not { } earlier ? null
        : move.FellTo is { } higher
            ? Refusal.Forbidden("step-fell", ("act", Words.Of(earlier.Act)), ("post", $"{move.Post}"), ("required", $"{higher}"))
        : subject.IsSpent([move.Post])
            ? Refusal.Forbidden("no-other-person", ("act", Words.Of(earlier.Act)), ("post", earlier.Post), ("required", $"{move.Post}"))
        : Refusal.Forbidden("same-person", ("act", Words.Of(earlier.Act)), ("post", earlier.Post), ("required", $"{move.Post}"));

    /// <summary>How the person holds the post now, the definitive holding first.</summary>
    private static Holder? HeldBy(SignOffSubject subject, Post post, Actor actor) => subject.Holders
        .Where(holder => holder.Post == post && holder.Subject == actor.Subject).OrderBy(holder => holder.Capacity).FirstOrDefault();

    /// <summary>A lawful act: for which post, where the document then stands, which posts' verifying it covers, and to
    /// which post it fell if it did.</summary>
    private sealed record Move(Act Act, Post Post, State To, IReadOnlyList<string> Covers, Post? FellTo = null);
}
