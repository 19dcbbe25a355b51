using System.Text.Json;

namespace Kinerja.Api;

internal static class GetSignOffs
{
    /// <summary>The way of a document, and what this caller may do now.</summary>
    /// <param name="State">Where it stands.</param>
    /// <param name="Round">Counts the returns.</param>
    /// <param name="Version">The version to send in If-Match.</param>
    /// <param name="ContentHash">The hash of the present content, computed anew from what is stored.</param>
    /// <param name="Steps">The lawful way, first to last.</param>
    /// <param name="Acts">Everything that was done, in order.</param>
    /// <param name="Locked">Its period is closed: nothing may be done until RI reopens it for the office.</param>
    /// <param name="Late">It was submitted in this round after its period's due day.</param>
    /// <param name="Amendment">Whether it needs an amendment because its money was moved; null unless it is an agreement in force.</param>
    /// <param name="Now">What this caller may do now, and why not otherwise.</param>
    internal sealed record SignOffs(
        State State, int Round, int Version, string ContentHash, IReadOnlyList<StepRow> Steps, IReadOnlyList<ActRow> Acts,
        bool Locked, bool Late, AmendmentNeed? Amendment, IReadOnlyList<OptionRow> Now);

    /// <summary>A step of the way.</summary>
    /// <param name="Act">The act.</param>
    /// <param name="Post">The post it is for; of the parent office, as it is today, where the parent acts.</param>
    /// <param name="Reaches">Where the document then stands.</param>
    /// <param name="Or">Another post that may do it as well; null when there is none.</param>
    /// <param name="Done">Whether it is done in this round, by an act of its own or one that covers it.</param>
    internal sealed record StepRow(Act Act, string? Post, State Reaches, string? Or, bool Done);

    /// <summary>An act that was done.</summary>
    /// <param name="Act">What was done.</param>
    /// <param name="Round">In which round.</param>
    /// <param name="Post">For which post.</param>
    /// <param name="Capacity">How the post was held.</param>
    /// <param name="By">By whom.</param>
    /// <param name="At">When: the server's instant.</param>
    /// <param name="From">Where the document stood before.</param>
    /// <param name="To">Where it stood after.</param>
    /// <param name="ContentHash">The hash of the content it was done upon.</param>
    /// <param name="CoversContent">Whether that is still the content as it is stored.</param>
    /// <param name="Reasons">Why, where the act needs it.</param>
    /// <param name="Covers">The posts whose verifying it stands for, their holders having acted already.</param>
    /// <param name="Late">It was submitted after the period's due day.</param>
    /// <param name="Decree">The decree by which a Plt. or Plh. acted; null for the definitive holder.</param>
    internal sealed record ActRow(
        Act Act, int Round, string Post, Capacity Capacity, string By, DateTimeOffset At, State From, State To,
        string ContentHash, bool CoversContent, IReadOnlyList<Reason>? Reasons, IReadOnlyList<string> Covers, bool Late, string? Decree);

    /// <summary>Something this caller may do now, or why not.</summary>
    /// <param name="Act">The act.</param>
    /// <param name="Post">The post it would be done for.</param>
    /// <param name="Allowed">Whether it may be done.</param>
    /// <param name="Code">Why not: the code of the problem it would answer; null when allowed.</param>
    /// <param name="Detail">Why not, in words; null when allowed.</param>
    /// <param name="Errors">Every rule that is broken now, with pointers into the document.</param>
    internal sealed record OptionRow(
        Act Act, string Post, bool Allowed, string? Code, string? Detail, IReadOnlyList<ProblemError> Errors);

    public static void Map<T>(RouteGroupBuilder documents, SignedKind<T> kind) => Describe(kind, documents.MapGet("/{id}/sign-offs",
        (HttpContext http, string satker, string id, Database database, Caller caller, TimeProvider clock, CancellationToken ct) =>
            Handle(kind, http, satker, id, database, caller, clock, ct)));

    /// <summary>The contract of the way of a kind, wherever it is mapped.</summary>
    public static RouteHandlerBuilder Describe<T>(SignedKind<T> kind, RouteHandlerBuilder route) => route
        .Describe($"GetSignOffsOf{kind.Name}", "The way of the document, whether each signature covers its content, and what I may do now.")
        .Returns<SignOffs>().Reads(404);

    public static async Task<IResult> Handle<T>(
        SignedKind<T> kind, HttpContext http, string satker, string id, Database database, Caller caller, TimeProvider clock,
        CancellationToken ct)
    {
        var (answer, document, isPublic) = await database.Foresee(
            caller, satker, session => Answer(kind, session, id, Language.Of(http), ct), ct);
        if (answer is null)
        {
            return Problems.NotFound();
        }

        if (!isPublic)
        {
            database.Saw(caller, satker, kind.Kind.Name, id, answer.Version);
        }

        var amendment = kind.Amendment is null ? null : await kind.Amendment(database, caller, document!, Day.Today(clock).Date, ct);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ETag = ETag.Of(answer.Version);
        return Results.Json(answer with { Amendment = amendment }, Json.Answers);
    }

    /// <summary>What is told of a document; nothing where there is none, and where it was taken over, because nobody signs it here.</summary>
    private static async Task<(SignOffs? Answer, Document<T>? Document, bool IsPublic)> Answer<T>(
        SignedKind<T> kind, DocumentSession session, string id, string language, CancellationToken ct)
    {
        if (await Documents.Body(session, kind.Kind, id, ct) is not var (body, isPublic))
        {
            return default;
        }

        using var json = JsonDocument.Parse(body);
        var document = json.Deserialize<Document<T>>(Json.Documents)!;
        if (document.SignOff is not { } way)
        {
            return default;
        }

        var hash = ContentHash.Of(json.RootElement.GetProperty("content"));
        var (parent, holders, period) = await Hands.Load(session, kind.Period(document.Content), ct);
        var subject = new SignOffSubject(session.Satker, parent, hash, way, holders);
        var options = new List<OptionRow>();
        foreach (var wanted in SignOffDecider.Options(subject))
        {
            var decision = await PostAct.Decide(kind, session, document, subject, period, wanted, ct);
            options.Add(Row(wanted, decision.Accepts(out _, out var whyNot) ? null : whyNot, language));
        }

        return (new SignOffs(
            way.State, way.Round, document.Version, hash, [.. way.Steps.Select((step, i) => Row(subject, step, isDone: i < way.StepsDone))],
            [.. way.Acts.Select(done => Row(done, hash))], period.IsLocked, way.IsLate, Amendment: null, options), document, isPublic);
    }

    private static StepRow Row(SignOffSubject subject, Step step, bool isDone)
    {
        var seats = subject.Seats(step).Select(post => $"{post}").ToList();
        return new StepRow(step.Act, seats.ElementAtOrDefault(0), step.Reaches, seats.ElementAtOrDefault(1), isDone);
    }

    private static ActRow Row(Acted done, string hash) => new(
        done.Act, done.Round, done.Post, done.Capacity, done.By, done.At, done.From, done.To, done.ContentHash,
        done.ContentHash == hash, done.Reasons, done.Covers ?? [], done.Late == true, done.Decree);

    private static OptionRow Row(WantedAct wanted, Refusal? whyNot, string language) => whyNot?.InWords(language) is var (_, detail, errors)
        ? new OptionRow(wanted.Act, $"{wanted.Post}", Allowed: false, whyNot.Code, detail, errors)
        : new OptionRow(wanted.Act, $"{wanted.Post}", Allowed: true, Code: null, Detail: null, []);
}
