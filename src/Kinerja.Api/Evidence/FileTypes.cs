using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Kinerja.Api;

/// <summary>What a file is by its bytes; names and stated types are not asked.</summary>
internal static class FileTypes
{
    /// <summary>The most entries of a zip, and the most bytes of its directory, that are looked through.</summary>
    private const int MostEntries = 10_000;
    private const int MostInDirectory = 1_000_000;

    /// <summary>The sort of a file; none when it is none of those that are taken.</summary>
    public static async Task<EvidenceType?> Of(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var bytes = new byte[8];
        var head = bytes.AsMemory(0, await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct));
        file.Position = 0;
        return head.Span.StartsWith("%PDF-"u8) ? EvidenceType.Pdf
            : head.Span.SequenceEqual((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? EvidenceType.Png
            : head.Span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? EvidenceType.Jpeg
            : head.Span.StartsWith("PK\u0003\u0004"u8) ? OfficeDocument(file)
            : await IsText(file, ct) ? EvidenceType.Text
            : null;
    }

    public static string MediaType(EvidenceType type) => type switch
    {
        EvidenceType.Pdf => "application/pdf",
        EvidenceType.Png => "image/png",
        EvidenceType.Jpeg => "image/jpeg",
        EvidenceType.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        EvidenceType.Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        EvidenceType.Text => "text/plain; charset=utf-8",
    };

    /// <summary>The name it is saved under: the label, ending as files of its sort do.</summary>
    public static string Name(Evidence evidence)
    {
        string[] endings = evidence.Type switch
        {
            EvidenceType.Jpeg => [".jpg", ".jpeg"],
            EvidenceType.Text => [".txt", ".csv"],
            var type => [$".{Words.Of(type)}"],
        };
        return endings.Any(ending => evidence.Label.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            ? evidence.Label
            : evidence.Label + endings[0];
    }

    // By the record at its end, before anything is made of the entries; what its comment holds counts as directory.
    private static bool HasSmallDirectory(FileStream file)
    {
        const int record = 22;
        var tail = new byte[Math.Min(file.Length, record + ushort.MaxValue)];
        file.Seek(-tail.Length, SeekOrigin.End);
        file.ReadExactly(tail);
        file.Position = 0;
        var at = tail.Length < record ? -1 : tail.AsSpan(..^(record - 4)).LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0)
        {
            return false;
        }

        var end = tail.AsSpan(at);
        var (entries, start) = (BinaryPrimitives.ReadUInt16LittleEndian(end[10..]), BinaryPrimitives.ReadUInt32LittleEndian(end[16..]));
        return BinaryPrimitives.ReadUInt16LittleEndian(end[4..]) == 0 && entries <= MostEntries && file.Length - start is > 0 and <= MostInDirectory;
    }

    private static EvidenceType? OfficeDocument(FileStream file)
    {
        if (!HasSmallDirectory(file))
        {
            return null;
        }

        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            return zip.GetEntry("[Content_Types].xml") is null ? null
                : zip.GetEntry("xl/workbook.xml") is not null ? EvidenceType.Xlsx
                : zip.GetEntry("word/document.xml") is not null ? EvidenceType.Docx
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // Valid UTF-8 to the end, without control characters other than those of lines and columns.
    private static async Task<bool> IsText(Stream file, CancellationToken ct)
    {
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var bytes = new byte[16_384];
        var chars = new char[bytes.Length + 1];
        try
        {
            int read;
            do
            {
                read = await file.ReadAsync(bytes, ct);
                var count = decoder.GetChars(bytes, 0, read, chars, 0, flush: read == 0);
                if (chars.AsSpan(0, count).ContainsAnyInRange('\0', '\b') || chars.AsSpan(0, count).ContainsAnyInRange('\u000E', '\u001F'))
                {
                    return false;
                }
            }
            while (read > 0);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
