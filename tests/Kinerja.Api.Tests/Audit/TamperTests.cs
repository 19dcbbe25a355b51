using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Kinerja.Api.Tests;

/// <summary>
/// The database's owner, who may change everything but what was exported: each change is detected, and located. Random; a run
/// prints its seed. <c>KINERJA_TEST_ALL=1</c> makes ten thousand.
/// </summary>
public sealed class TamperTests(Api api) : IClassFixture<Api>, IDisposable
{
    private static readonly int Times = Environment.GetEnvironmentVariable("KINERJA_TEST_ALL") == "1" ? 10_000 : 240;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kinerja-heads-");
    private readonly string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string HeadsFile => Path.Combine(folder.FullName, HeadsExport.FileName);

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Every_tampering_older_than_the_exported_head_is_detected_and_located()
    {
        var heads = await Export();
        var links = await Links(heads);
        await using var connection = await api.Owner.OpenConnectionAsync(Ct);
        foreach (var table in new[] { "ledger", "journal", "refusal", "document_version" })
        {
            await api.Owner.Execute($"alter table {table} disable trigger user");
        }

        Assert.Empty((await TrailVerification.Check(connection, heads, entriesOnly: false, Ct)).Broken);
        var (dice, missed) = (new Random(Seeds.Run), new List<string>());
        for (var i = 0; i < Times; i++)
        {
            await using var transaction = await connection.BeginTransactionAsync(Ct);
            var tampering = Tamperings[i % Tamperings.Count](dice, links);
            Assert.True(await Run(connection, tampering.Sql) > 0, tampering.Sql);
            if (tampering.Rewrites is { } from)
            {
                await Rewrite(connection, from);
            }

            var (broken, _, _) = await TrailVerification.Check(connection, heads, entriesOnly: !tampering.OfDocuments, Ct);
            if (!broken.Any(link => link.Satker == tampering.Satker && tampering.First <= link.Number && link.Number <= tampering.Last))
            {
                missed.Add($"{tampering}: {string.Join("; ", broken)}");
            }

            await transaction.RollbackAsync(Ct);
        }

        Assert.True(missed.Count == 0, $"KINERJA_SEED={Seeds.Run}: {missed.Count} of {Times}:\n{string.Join('\n', missed.Take(10))}");
        Assert.Empty((await TrailVerification.Check(connection, heads, entriesOnly: false, Ct)).Broken);
    }

    [Fact]
    public async Task The_verb_says_which_link_is_broken_and_needs_no_service()
    {
        await Export();
        var (code, said) = await Verify("--heads", HeadsFile);
        Assert.True(code == 0, said);
        Assert.Contains("every link holds", said, StringComparison.Ordinal);

        var entry = (await api.Owner.Rows("""
            select l.satker, l.number, l.position, l.seq, j.subject from ledger l join journal j using (seq)
            where l.kind = 'agreement' and not l.refused order by l.position limit 1
            """))
            .Single().Split('|');
        await api.Owner.Execute("alter table journal disable trigger user");
        await api.Owner.Execute($"update journal set subject = 'lain' where seq = {entry[3]}");
        (code, said) = await Verify("--heads", HeadsFile);
        Assert.Equal(1, code);
        Assert.Contains($"BROKEN {entry[0]} number {entry[1]} position {entry[2]}: the ledger tells it otherwise", said, StringComparison.Ordinal);
        Assert.Equal(0, (await Verify("--heads", HeadsFile, "--satker", "52")).Code);
        Assert.Equal(1, (await Verify("--entries-only")).Code);
        Assert.Equal(2, (await Verify("--head", HeadsFile)).Code);
        await api.Owner.Execute($"update journal set subject = '{entry[4]}' where seq = {entry[3]}");
        Assert.Equal(0, (await Verify("--heads", HeadsFile)).Code);

        var forged = (await File.ReadAllTextAsync(HeadsFile, Ct)).Replace("\"number\":1,", "\"number\":2,", StringComparison.Ordinal);
        await File.WriteAllTextAsync(HeadsFile, forged, Ct);
        (code, said) = await Verify("--heads", HeadsFile);
        Assert.Equal(1, code);
        Assert.Contains("BROKEN heads line 1", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_is_a_line_for_what_grew_and_an_event()
    {
        await Export();
        using var exporter = Exporter();
        Assert.True(await exporter.Export(Ct));
        await using var before = File.OpenRead(HeadsFile);
        var (lines, _) = await HeadsExport.Read(before, Ct);
        var feed = await new Feed(api.As("00.inspektur")).FromNow();

        Assert.False(await exporter.Export(Ct)); // Nothing but exports came since.
        var draft = await api.Given.DraftedAgreement();
        Assert.True(await exporter.Export(Ct));

        await using var after = File.OpenRead(HeadsFile);
        var (more, _) = await HeadsExport.Read(after, Ct);
        Assert.Equal(lines.Count + 1, more.Count);
        Assert.Equal([draft.Satker], more[^1]["heads"]!.AsArray().Select(head => (string)head!["satker"]!).Where(satker => satker != "00"));
        await api.Seal();
        var told = (await feed.Rest()).Where(change => (string)change["type"]! == "id.kinerja.trail.export.v1").ToList();
        Assert.Equal(
            ContentHash.Of(System.Text.Json.JsonSerializer.SerializeToElement(more[^1])), (string)told[^1]["data"]!["contentHash"]!);
    }

    /// <summary>Some work, exported in three lines, and some that is not exported yet.</summary>
    private async Task<List<ExportedHead>> Export()
    {
        using var exporter = Exporter();
        for (var i = 0; i < 3; i++)
        {
            await api.Given.Reported(hands: 2);
            var draft = await api.Given.DraftedAgreement();
            await api.Given.Act(draft, new Hand("countersign", "5371.ketua"));
            Assert.True(await exporter.Export(Ct));
        }

        await api.Given.DraftedAgreement();
        await api.Seal();
        await using var file = File.OpenRead(HeadsFile);
        var (lines, _) = await HeadsExport.Read(file, Ct);
        return [.. lines.SelectMany(TrailVerification.HeadsOf)];
    }

    private HeadsExport Exporter()
    {
        var services = api.Services;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("Trail:HeadsFolder", folder.FullName), new("Signing:Key", key)]).Build();
        return ActivatorUtilities.CreateInstance<HeadsExport>(services, configuration,
            ActivatorUtilities.CreateInstance<SigningKeys>(services, configuration));
    }

    private async Task<(int Code, string Said)> Verify(params string[] words)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("ConnectionStrings:Owner", api.OwnerConnection), new("Signing:Key", key)]).Build();
        await using var log = new StringWriter();
        return (await Verbs.Run("verify-trail", words, configuration, log), log.ToString());
    }

    /// <summary>A place of the ledger before the last exported head of its chain.</summary>
    private sealed record Link(
        long Position, string Satker, long Number, bool Refused, long Seq, string Kind, bool IsOfDocument, long Head, string Id, string Version);

    private async Task<List<Link>> Links(List<ExportedHead> heads)
    {
        var last = heads.GroupBy(head => head.Satker).ToDictionary(chain => chain.Key, chain => chain.Max(head => head.Number));
        return [.. (await api.Owner.Rows("""
            select position, satker, number, refused, seq, kind, not refused and kind <> 'trail', id, coalesce(version, 0)
            from ledger order by position
            """)).Select(row => row.Split('|')).Select(row => new Link(
                long.Parse(row[0], null), row[1], long.Parse(row[2], null), row[3] == "True", long.Parse(row[4], null), row[5],
                row[6] == "True", last.GetValueOrDefault(row[1]), row[7], row[8])).Where(link => link.Number <= link.Head)];
    }

    /// <summary>What the owner does, and where it is to be found.</summary>
    private sealed record Tampering(string Sql, string Satker, long First, long Last)
    {
        public bool OfDocuments { get; init; }

        /// <summary>The entry from which on he makes the chain anew.</summary>
        public Link? Rewrites { get; init; }
    }

    private static readonly IReadOnlyList<Func<Random, List<Link>, Tampering>> Tamperings =
    [
        EditsTheRow, EditsTheLedger, DeletesTheRow, DeletesThePlace, DeletesBoth, Swaps, Inserts, CutsOff, Rewrites, EditsTheVersion,
        EditsTheDocument, SmugglesIn,
    ];

    private static Tampering At(Link link, string sql) => new(sql, link.Satker, link.Number, link.Number);

    private static Tampering EditsTheRow(Random dice, List<Link> links)
    {
        var link = One(dice, links);
        string[] columns = link.Refused ? ["kind", "id", "act", "subject", "post", "content_hash", "code", "request_id", "at", "satker"]
            : ["kind", "id", "act", "subject", "post", "before_hash", "after_hash", "request_id", "at", "satker", "version", "year"];
        return At(link, $"update {Table(link)} set {Changed(One(dice, columns))} where seq = {link.Seq}");
    }

    private static Tampering EditsTheLedger(Random dice, List<Link> links)
    {
        var link = One(dice, links);
        return At(link, $"update ledger set {Changed(One(dice, "kind", "id", "act", "subject", "post", "content_hash", "at", "hash", "year"))} where position = {link.Position}");
    }

    private static Tampering DeletesTheRow(Random dice, List<Link> links)
    {
        var link = One(dice, links);
        return At(link, $"delete from {Table(link)} where seq = {link.Seq}");
    }

    private static Tampering DeletesThePlace(Random dice, List<Link> links)
    {
        var link = One(dice, links);
        return At(link, $"delete from ledger where position = {link.Position}");
    }

    private static Tampering DeletesBoth(Random dice, List<Link> links)
    {
        var link = One(dice, links);
        return At(link, $"delete from {Table(link)} where seq = {link.Seq}; delete from ledger where position = {link.Position}");
    }

    /// <summary>Two entries of a chain change what they stand for, or their places.</summary>
    private static Tampering Swaps(Random dice, List<Link> links)
    {
        var chains = links.Where(link => !link.Refused).GroupBy(link => link.Satker).Where(chain => chain.Count() > 1).ToList();
        var two = chains[dice.Next(chains.Count)].OrderBy(_ => dice.Next()).Take(2).OrderBy(link => link.Number).ToList();
        var (one, other) = (two[0], two[1]);
        var column = One(dice, "seq", "number");
        var (first, second) = column == "seq" ? (one.Seq, other.Seq) : (one.Number, other.Number);
        return At(one, $"""
            update ledger set {column} = -1 where position = {one.Position};
            update ledger set {column} = {first} where position = {other.Position};
            update ledger set {column} = {second} where position = {one.Position}
            """);
    }

    private static Tampering Inserts(Random dice, List<Link> links)
    {
        var link = One(dice, links);
        return At(link, $"""
            update ledger set number = -number - 1 where satker = '{link.Satker}' and number >= {link.Number};
            update ledger set number = -number where satker = '{link.Satker}' and number < 0;
            insert into journal (satker, kind, id, version, act, subject, after_hash, at, request_id)
                values ('{link.Satker}', 'agreement', 'sisipan', 1, 'draft', 'x', 'sha256:00', now(), 'x');
            insert into ledger (position, satker, number, refused, seq, kind, id, version, public, act, subject, content_hash, at, below, hash)
            select (select max(position) + 1 from ledger), satker, {link.Number}, false, seq, kind, id, version, false, act, subject, after_hash, at,
                   '3', sha256('x') from journal where id = 'sisipan'
            """);
    }

    /// <summary>Everything from some place on, which an exported head of its chain lies beyond.</summary>
    private static Tampering CutsOff(Random dice, List<Link> links)
    {
        var link = One(dice, links);
        return At(link, $"""
            delete from journal j using ledger l where l.seq = j.seq and not l.refused and l.position >= {link.Position};
            delete from refusal r using ledger l where l.seq = r.seq and l.refused and l.position >= {link.Position};
            delete from ledger where position >= {link.Position}
            """);
    }

    /// <summary>An entry is changed everywhere, and the whole chain made to fit.</summary>
    private static Tampering Rewrites(Random dice, List<Link> links)
    {
        var link = One(dice, links);
        return new Tampering($"""
            update {Table(link)} set act = 'lain' where seq = {link.Seq};
            update ledger set act = 'lain' where position = {link.Position}
            """, link.Satker, 1, link.Number) { Rewrites = link };
    }

    private static Tampering EditsTheVersion(Random dice, List<Link> links)
    {
        var link = One(dice, [.. links.Where(link => link.IsOfDocument)]);
        return At(link, $$"""
            update document_version set body = jsonb_set(body, '{content,sisipan}', '1')
            where satker = '{{link.Satker}}' and kind = '{{link.Kind}}' and id = '{{link.Id}}' and version = {{link.Version}}
            """) with { OfDocuments = true };
    }

    private static Tampering EditsTheDocument(Random dice, List<Link> links)
    {
        var link = One(dice, [.. links.Where(link => link.IsOfDocument)
            .GroupBy(link => (link.Satker, link.Kind, link.Id)).Select(document => document.Last())]);
        return new Tampering($$"""
            update document set body = jsonb_set(body, '{content,sisipan}', '1')
            where satker = '{{link.Satker}}' and kind = '{{link.Kind}}' and id = '{{link.Id}}'
            """, link.Satker, link.Number, long.MaxValue) { OfDocuments = true };
    }

    /// <summary>An entry that claims to be from long ago, and was never sealed.</summary>
    private static Tampering SmugglesIn(Random dice, List<Link> links)
    {
        var link = One(dice, links);
        return new Tampering($"""
            insert into journal (satker, kind, id, version, act, subject, after_hash, at, request_id, xid)
            values ('{link.Satker}', 'agreement', 'sisipan', 1, 'draft', 'x', 'sha256:00', now(), 'x', '3')
            """, link.Satker, 0, 0);
    }

    private static string Changed(string column) => column switch
    {
        "at" => "at = at + interval '1 microsecond'",
        "hash" => "hash = sha256(hash)",
        "version" => "version = version + 1000",
        "year" => "year = coalesce(year, 2000) + 1",
        _ => $"{column} = coalesce({column}, '') || 'x'",
    };

    private static string Table(Link link) => link.Refused ? "refusal" : "journal";

    private static T One<T>(Random dice, params IReadOnlyList<T> among) => among[dice.Next(among.Count)];

    private static async Task<int> Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>Makes the hashes of a chain anew from an entry on, as the sealer would have.</summary>
    private static Task<int> Rewrite(NpgsqlConnection connection, Link from) => Run(connection, string.Create(CultureInfo.InvariantCulture, $"""
        update ledger set hash = made.hash from (
            select l.position, chained(coalesce((select hash from ledger where satker = '{from.Satker}' and number = {from.Number - 1}),
                                                decode(repeat('00', 32), 'hex')),
                entry_text(l.position, l.satker, l.number, l.refused, l.kind, l.id, l.version, l.year, l.act, l.subject, l.post, j.before_hash,
                           l.content_hash, l.code, l.at, coalesce(j.request_id, r.request_id))) over (order by l.number) as hash
            from ledger l left join journal j on not l.refused and j.seq = l.seq left join refusal r on l.refused and r.seq = l.seq
            where l.satker = '{from.Satker}' and l.number >= {from.Number}
        ) made where ledger.position = made.position
        """));
}
