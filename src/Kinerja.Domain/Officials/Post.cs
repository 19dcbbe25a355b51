namespace Kinerja.Domain;

/// <summary>A post of one office: <c>5305.sekretaris</c>. Powers belong to posts; persons hold them for a time.</summary>
/// <param name="Satker">The office's code.</param>
/// <param name="Code">The code of the unit it heads, or the name of a post beside the units.</param>
public sealed record Post(string Satker, string Code)
{
    /// <summary>Prepares drafts of the office, and signs nothing.</summary>
    public const string Operator = "operator";

    /// <summary>By decree, at any parent: accepts or returns what a child office submitted.</summary>
    public const string Verifikator = "verifikator";

    /// <summary>RI: opens and closes periods, moves offices, appoints everywhere.</summary>
    public const string PeriodAdministrator = "admin-periode";

    /// <summary>RI: owns the national catalogue and its policies.</summary>
    public const string CatalogueAdministrator = "admin-katalog";

    /// <summary>Reads all, evaluates, changes no result.</summary>
    public const string Inspector = "inspektur";

    /// <summary>A system bound to one office: reads its subtree, never submits or signs.</summary>
    public const string SystemClient = "sistem";

    /// <summary>The posts that stand beside the units.</summary>
    public static readonly IReadOnlyList<string> BesideUnits =
        [Operator, Verifikator, PeriodAdministrator, CatalogueAdministrator, Inspector, SystemClient];

    /// <inheritdoc/>
    public override string ToString() => $"{Satker}.{Code}";
}

/// <summary>How a post is held.</summary>
public enum Capacity
{
    /// <summary>Pejabat definitif.</summary>
    Definitive,

    /// <summary>Pelaksana tugas: the post has no definitive holder.</summary>
    Plt,

    /// <summary>Pelaksana harian: the definitive holder is away.</summary>
    Plh,
}

/// <summary>A post that a person holds at this moment.</summary>
public sealed record HeldPost(Post Post, Capacity Capacity);

/// <summary>A person at the moment of an act, with the posts held at that moment and no others.</summary>
public sealed record Actor(string Subject, IReadOnlyList<HeldPost> Posts)
{
    /// <summary>How a system's subject begins: a client at the issuer, never a person.</summary>
    public const string SystemPrefix = "client:";

    /// <summary>A system reads, and may prepare drafts where it is appointed to; it never submits or signs.</summary>
    public bool IsSystem => IsSystemSubject(Subject);

    /// <summary>Whether a subject is a client's.</summary>
    public static bool IsSystemSubject(string subject) => subject.StartsWith(SystemPrefix, StringComparison.Ordinal);

    /// <summary>The post, if it is held now.</summary>
    public HeldPost? Holds(Post post) => Posts.FirstOrDefault(held => held.Post == post);

    /// <summary>The first of these posts that is held now; the refusal names what is required and what is held.</summary>
    public Decision<Post> MustHold(IEnumerable<Post> posts, string otherwise = "post-not-held", params (string Name, string Value)[] words)
    {
        var required = posts.ToList();
        return required.Find(post => Holds(post) is not null) is { } held
            ? held
            : Refusal.Forbidden(otherwise, [.. words, ("required", string.Join(", ", required)), ("held", HeldInWords)]);
    }

    /// <inheritdoc cref="MustHold(IEnumerable{Post}, string, ValueTuple{string, string}[])"/>
    /// <param name="satker">The office of the posts.</param>
    /// <param name="codes">Their codes in it.</param>
    public Decision<Post> MustHold(
        string satker, IEnumerable<string> codes, string otherwise = "post-not-held", params (string Name, string Value)[] words) =>
        MustHold(codes.Select(code => new Post(satker, code)), otherwise, words);

    /// <summary>The posts held now, for a person to read; a dash for none.</summary>
    public string HeldInWords => Posts.Count == 0 ? "–" : string.Join(", ", Posts.Select(held => held.Post));
}
