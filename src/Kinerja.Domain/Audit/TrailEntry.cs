using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kinerja.Domain;

/// <summary>A place in the ledger: a change of a document, or an act that was refused.</summary>
/// <param name="Position">Its place among all entries; without gaps from 1.</param>
/// <param name="Satker">The office in whose chain it stands.</param>
/// <param name="Number">Its place in that chain; without gaps from 1.</param>
/// <param name="Refused">An act that was refused, and changed nothing.</param>
/// <param name="Kind">The kind of the document.</param>
/// <param name="Id">The document's name in its office.</param>
/// <param name="Version">The version the change made.</param>
/// <param name="Year">The year of the document.</param>
/// <param name="Act">What was done.</param>
/// <param name="Subject">The account that did it.</param>
/// <param name="Post">The post it acted for.</param>
/// <param name="BeforeHash">The content before.</param>
/// <param name="ContentHash">The content after; of a refused act the content it was for; of another refused request none.</param>
/// <param name="Code">Why it was refused.</param>
/// <param name="At">When.</param>
/// <param name="RequestId">The request that did it.</param>
public sealed record TrailEntry(
    long Position, string Satker, long Number, bool Refused, string Kind, string Id, int? Version, int? Year, string Act, string Subject,
    string? Post, string? BeforeHash, string? ContentHash, string? Code, DateTimeOffset At, string RequestId)
{
    /// <summary>The hash before the first entry of a chain.</summary>
    public static readonly IReadOnlyList<byte> Beginning = new byte[SHA256.HashSizeInBytes];

    /// <summary>
    /// What the hash of an entry covers: its members in this order, each as its length in UTF-8 bytes, a colon, the value and a
    /// semicolon; <c>-;</c> for one that is absent. The instant is written in UTC with six decimals.
    /// </summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder(512);
            Span<string?> members =
            [
                Refused ? "refusal" : "change", Position.ToString(CultureInfo.InvariantCulture), Satker,
                Number.ToString(CultureInfo.InvariantCulture), Kind, Id, Version?.ToString(CultureInfo.InvariantCulture),
                Year?.ToString(CultureInfo.InvariantCulture), Act, Subject, Post, BeforeHash, ContentHash, Code,
                At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture), RequestId,
            ];
            foreach (var member in members)
            {
                _ = member is null ? text.Append("-;")
                    : text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(member)}:").Append(member).Append(';');
            }

            return text.ToString();
        }
    }

    /// <summary>The entry's link: SHA-256 over the hash before it and its own text.</summary>
    public byte[] LinkTo(ReadOnlySpan<byte> previous)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(previous);
        sha.AppendData(Encoding.UTF8.GetBytes(Text));
        return sha.GetHashAndReset();
    }
}
