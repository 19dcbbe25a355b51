namespace Kinerja.Domain;

/// <summary>What a caller wants to do, for which post, having seen which content.</summary>
public sealed record WantedAct(Act Act, Post Post, string ContentHash, IReadOnlyList<Reason> Reasons);

/// <summary>The document an act is done upon, as far as the decision needs it.</summary>
/// <param name="Satker">The office it belongs to.</param>
/// <param name="Parent">The office above it today; none for RI.</param>
/// <param name="ContentHash">The hash of its present content.</param>
/// <param name="SignOff">Its way so far.</param>
public sealed record SignOffSubject(string Satker, string? Parent, string ContentHash, SignOff SignOff);

/// <summary>Decides every act upon every document that is signed.</summary>
public static class SignOffDecider
{
    /// <summary>The way with the act done, or why not. The checks in order: the act is lawful where the document
    /// stands; the post is the one required; it is held now, by a person; four eyes; the content is the one that was
    /// seen.</summary>
    public static Decision<SignOff> Decide(SignOffSubject subject, WantedAct wanted, Actor actor, DateTimeOffset now)
    {
        var way = subject.SignOff;
        var lawful = wanted.Act == Act.Return ? ReturnableBy(subject) : [.. Awaited(subject)];
        if (lawful.Count == 0 || (wanted.Act != Act.Return && way.Next!.Act != wanted.Act))
        {
            return Refusal.Conflict("no-such-act", ("act", Words.Of(wanted.Act)), ("state", Words.Of(way.State)));
        }

        if (!lawful.Contains(wanted.Post))
        {
            return Refusal.Forbidden("wrong-post", ("act", Words.Of(wanted.Act)), ("required", string.Join(", ", lawful)),
                ("given", $"{wanted.Post}"), ("held", actor.HeldInWords));
        }

        if (actor.Holds(wanted.Post) is not { } held)
        {
            return Refusal.Forbidden("post-not-held", ("required", $"{wanted.Post}"), ("held", actor.HeldInWords));
        }

        if (actor.IsSystem)
        {
            return Refusal.Forbidden("system-never-signs", ("act", Words.Of(wanted.Act)));
        }

        if (wanted.Act != Act.Return && way.ThisRound.FirstOrDefault(done => done.By == actor.Subject) is { } earlier)
        {
            return Refusal.Forbidden("same-person", ("act", Words.Of(earlier.Act)), ("post", earlier.Post),
                ("required", $"{wanted.Post}"));
        }

        if (wanted.ContentHash != subject.ContentHash)
        {
            return Refusal.Conflict("content-changed", ("seen", wanted.ContentHash), ("now", subject.ContentHash));
        }

        if (wanted.Act == Act.Return && wanted.Reasons.Count == 0)
        {
            return Refusal.Broken([Fault.At("/reasons", "reasons-required")]);
        }

        var to = wanted.Act == Act.Return ? State.Draft : way.Next!.Reaches;
        var done = new Acted(wanted.Act, way.Round, $"{wanted.Post}", held.Capacity, actor.Subject, now, way.State, to,
            subject.ContentHash, wanted.Reasons.Count == 0 ? null : wanted.Reasons);
        return way with
        {
            State = to,
            Round = wanted.Act == Act.Return ? way.Round + 1 : way.Round,
            Acts = [.. way.Acts, done],
        };
    }

    /// <summary>What this person may do now, and why not otherwise: the awaited step and the return, each decided for
    /// the post it would be done for.</summary>
    public static IReadOnlyList<(Act Act, Post Post, Refusal? WhyNot)> Options(
        SignOffSubject subject, Actor actor, DateTimeOffset now)
    {
        var awaited = Awaited(subject).Select(post => (subject.SignOff.Next!.Act, Post: post));
        var returns = ReturnableBy(subject).Select(post => (Act: Act.Return, Post: post));
        return [.. awaited.Concat(returns).Select(option =>
        {
            var reasons = option.Act == Act.Return ? new[] { new Reason("?", "?") } : [];
            var wanted = new WantedAct(option.Act, option.Post, subject.ContentHash, reasons);
            var accepted = Decide(subject, wanted, actor, now).Accepts(out _, out var refusal);
            return (option.Act, option.Post, accepted ? null : refusal);
        })];
    }

    /// <summary>The post whose act is awaited; none at the end of the way.</summary>
    public static IEnumerable<Post> Awaited(SignOffSubject subject) =>
        subject.SignOff.Next is { } next && Seat(subject, next) is { } post ? [post] : [];

    /// <summary>Any reviewer may return at his step or later; what is in force is never returned.</summary>
    private static List<Post> ReturnableBy(SignOffSubject subject)
    {
        var way = subject.SignOff;
        var done = way.ThisRound.Count();
        return done == 0 || way.State is State.InForce or State.Superseded or State.Revoked
            ? []
            : [.. way.Steps.Take(done + 1).Skip(1).Select(step => Seat(subject, step)).OfType<Post>().Distinct()];
    }

    /// <summary>The post a step is in the hands of; none when it is the parent's and there is no parent.</summary>
    public static Post? Seat(SignOffSubject subject, Step step) =>
        !step.AtParent ? new Post(subject.Satker, step.Post)
        : subject.Parent is null ? null
        : new Post(subject.Parent, step.Post);
}
