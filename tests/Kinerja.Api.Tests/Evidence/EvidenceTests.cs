using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Kinerja.Api.Tests;

public sealed class EvidenceTests(Api api) : IClassFixture<Api>
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\nfoto kegiatan\n%%EOF");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Folder => Api.EvidenceFolder(api.Database);

    [Fact]
    public async Task A_file_is_added_once_and_read_by_whoever_sees_the_office()
    {
        var added = (await Put("5301", Pdf, "?label=..%2F..%2Fetc%2Ffoto%0Akegiatan.pdf")).Is(201).Json;
        Assert.Equal(("pdf", Pdf.Length, "fotokegiatan.pdf"),
            ((string)added["content"]!["type"]!, (int)added["content"]!["size"]!, (string)added["content"]!["label"]!));

        var again = (await Put("5301", Pdf, "?label=lain.pdf")).Is(200);
        Assert.Equal($"{added}", $"{again.Json}");
        Assert.Equal(["add"], await api.Owner.Rows($"select act from journal where kind = 'evidence' and satker = '5301' and id = '{Hash(Pdf)}'"));

        var read = (await api.As("53.verifikator").Get(Path("5301", Pdf))).Is(200);
        Assert.Equal(Pdf, read.Body);
        Assert.Equal($"\"{Hash(Pdf)}\"", read.ETag);
        Assert.Equal("nosniff", read.Header("X-Content-Type-Options"));
        Assert.Equal("application/pdf", read.ContentType);
        (await api.As("5301.ketua").Get(Path("5301", Pdf), ("If-None-Match", read.ETag!))).Is(304);
        Assert.Equal(Pdf[2..5], (await api.As("5301.ketua").Get(Path("5301", Pdf), ("Range", "bytes=2-4"))).Is(206).Body);

        (await api.As("5371.ketua").Get(Path("5301", Pdf))).Refuses(404, "not-found");
        (await api.As("5301.ketua").Get(Path("5302", Pdf))).Refuses(404, "not-found");
    }

    [Fact]
    public async Task The_answer_is_a_file_to_be_saved_under_a_harmless_name()
    {
        await Put("5302", Pdf, "?label=%E2%80%AEgnp.exe");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Path("5302", Pdf), UriKind.Relative));
        using var response = await api.As("5302.ketua").SendAsync(request, Ct);

        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("gnp.exe.pdf", response.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Contains("sandbox", string.Join(' ', response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Types_are_told_by_the_bytes_and_everything_else_is_refused()
    {
        (byte[] Bytes, string? Type)[] files =
        [
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1], "png"),
            ([0xFF, 0xD8, 0xFF, 0xE0, 1], "jpeg"),
            (Zip("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
            (Zip("[Content_Types].xml", "word/document.xml"), "docx"),
            (Encoding.UTF8.GetBytes("\uFEFFsatker;capaian\r\n5305;87,5 – baik\r\n"), "text"),
            (Zip("xl/workbook.xml"), null),
            ([0x50, 0x4B, 3, 4, 1, 2, 3], null),
            ([0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0], null),
            ([(byte)'a', 0xC3, 0x28], null),
            ([], null),
        ];
        foreach (var (bytes, type) in files)
        {
            var answer = await Put("5303", bytes);
            if (type is null)
            {
                answer.Refuses(422, "evidence-of-another-type");
            }
            else
            {
                Assert.Equal(type, (string)answer.Is(201).Json["content"]!["type"]!);
            }
        }

        Assert.Empty(Directory.EnumerateFiles(System.IO.Path.Combine(Folder, "incoming")));
        Assert.All(files.Where(file => file.Type is null), file => Assert.False(File.Exists(Place(file.Bytes))));
    }

    [Theory]
    [InlineData(1_000, 8, true)]
    [InlineData(10_000, 8, false)] // too many entries
    [InlineData(9_000, 100, false)] // too long a directory
    public async Task A_document_with_a_boundless_directory_is_none(int entries, int length, bool isTaken)
    {
        var answer = await Put("5307", Zip(["[Content_Types].xml", "xl/workbook.xml",
            .. Enumerable.Range(0, entries).Select(i => i.ToString(CultureInfo.InvariantCulture).PadLeft(length, 'x'))]));

        Assert.Equal(isTaken ? 201 : 422, answer.Status);
        Assert.Equal(isTaken ? null : "evidence-of-another-type", (string?)answer.Json["code"]);
    }

    [Fact]
    public async Task Bytes_that_were_lost_are_put_back_by_who_has_them()
    {
        var bytes = Encoding.ASCII.GetBytes("bukti yang hilang");
        (await Put("5308", bytes)).Is(201);
        File.Delete(Place(bytes));

        (await Put("5308", bytes)).Is(200);

        Assert.Equal(bytes, (await api.As("5308.ketua").Get(Path("5308", bytes))).Is(200).Body);
    }

    [Fact]
    public async Task What_is_not_what_it_says_too_large_half_or_not_ones_own_leaves_nothing()
    {
        var bytes = Encoding.ASCII.GetBytes("bukti yang lain");
        (await api.As("5304.sekretaris").Put($"/v1/satker/5304/evidence/{new string('0', 64)}", bytes)).Refuses(422, "hash-differs");
        (await api.As("53.verifikator").Put(Path("5304", bytes), bytes)).Refuses(403, "post-not-held");
        (await api.As("5371.ketua").Put(Path("5304", bytes), bytes)).Refuses(404, "not-found");

        var small = api.With(("Evidence:MostBytes", "10"));
        (await api.At(small, "5304.sekretaris").Put(Path("5304", bytes), bytes)).Refuses(413, "evidence-too-large");
        using (var half = new ByteArrayContent(bytes))
        {
            half.Headers.ContentLength = 1_000_000;
            await Assert.ThrowsAnyAsync<HttpRequestException>(() =>
                api.As("5304.sekretaris").Send(HttpMethod.Put, Path("5304", bytes), half));
        }

        Assert.False(File.Exists(Place(bytes)));
        Assert.Empty(await api.Owner.Rows("select id from document where kind = 'evidence' and satker = '5304'"));
        (await Put("5304", bytes)).Is(201);
        Assert.True(File.Exists(Place(bytes)));
    }

    [Fact]
    public async Task An_entry_names_files_that_the_office_has_by_harmless_labels()
    {
        var bytes = Encoding.ASCII.GetBytes("bukti laporan");
        await api.Given.InForce("5306", Given.Agreement("sekretaris"));
        (await Put("5307", bytes)).Is(201);
        Realization Report(string? label) => Given.Report("sekretaris", "2024",
            Given.Entry() with { Evidence = [new EvidenceReference(Hash(bytes), label)] });

        (await Draft(Report("Foto"))).Refuses(422, "rules-broken", ("/entries/0/evidence/0/hash", "unknown-evidence"));
        (await Put("5306", bytes)).Is(201);
        (await Draft(Report("../foto"))).Refuses(422, "rules-broken", ("/entries/0/evidence/0/label", "unsafe-label"));
        var draft = Doc.Of((await Draft(Report("Foto"))).Is(201));

        await api.Given.Through(draft, Given.WayOfReport("5306", "sekretaris"));
        Assert.Equal(Hash(bytes), (string)draft.Json["content"]!["entries"]![0]!["evidence"]![0]!["hash"]!);
    }

    private Task<Answer> Draft(Realization report) => api.As("5306.rendatin").Post("/v1/satker/5306/realizations", report);

    private Task<Answer> Put(string satker, byte[] bytes, string query = "") =>
        api.As($"{satker}.sekretaris").Put(Path(satker, bytes) + query, bytes);

    private string Place(byte[] bytes) => System.IO.Path.Combine(Folder, Hash(bytes)[..2], Hash(bytes));

    private static string Path(string satker, byte[] bytes) => $"/v1/satker/{satker}/evidence/{Hash(bytes)}";

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Zip(params string[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                using var written = zip.CreateEntry(entry).Open();
                written.Write("<x/>"u8);
            }
        }

        return stream.ToArray();
    }
}
