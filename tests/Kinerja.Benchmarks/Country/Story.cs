namespace Kinerja.Benchmarks;

/// <summary>A document and everything that is done to it, in order: to be told to a database, or to the API.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Satker">Its office.</param>
/// <param name="Id">Its id.</param>
/// <param name="Begun">When it is begun.</param>
/// <param name="Preparer">The post that begins it.</param>
/// <param name="Content">What it says first.</param>
/// <param name="Way">Its way, at the beginning.</param>
/// <param name="Deeds">What is done then.</param>
internal sealed record Story<T>(
    DocumentKind<T> Kind, string Satker, string Id, DateTimeOffset Begun, Post Preparer, T Content, SignOff Way,
    IReadOnlyList<Deed<T>> Deeds);

/// <summary>An act, or a new content of a draft.</summary>
/// <param name="At">When.</param>
/// <param name="Post">For which post; its holder does it.</param>
/// <param name="Act">The act; none when the content is replaced.</param>
/// <param name="Reasons">Why a document is given back.</param>
/// <param name="Content">The content that replaces the draft's.</param>
internal sealed record Deed<T>(DateTimeOffset At, Post Post, Act? Act, IReadOnlyList<Reason> Reasons, T? Content = default);
