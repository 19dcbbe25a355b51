using System.Text.RegularExpressions;
using Npgsql;

namespace Kinerja.Api.Tests;

public sealed partial class TenancyTests(Api api) : IClassFixture<Api>
{
    private const string Absent = "01890000-0000-7000-8000-000000000000";

    /// <summary>Sibling, cousin, the other province, the other province's verifikator, a person without a post.</summary>
    private static readonly string[] Strangers =
        ["5371.ketua", "5371.sekretaris", "5201.sekretaris", "52.sekretaris", "52.verifikator", "nobody"];

    private Given Given => api.Given;

    [Fact]
    public async Task A_foreign_document_answers_exactly_as_a_missing_one()
    {
        var report = await Alor();
        foreach (var stranger in Strangers)
        {
            foreach (var (suffix, query) in new[] { ("", ""), ("", "?fields=id"), ("", "?recordedAt=2100-01-01T00:00:00Z"), ("/sign-offs", "") })
            {
                var foreign = await api.As(stranger).Get(report.Path + suffix + query);
                var missing = await api.As(stranger).Get($"/v1/satker/5305/realizations/{Absent}{suffix}{query}");

                foreign.Refuses(404, "not-found");
                Assert.Equal(WithoutEcho(missing), WithoutEcho(foreign));
            }

            var act = new Hand("submit", "5305.tpph");
            var acted = await Given.Act(report, act, stranger);
            var actedOnNone = await Given.Act(report with { Id = Absent }, act, stranger);
            acted.Refuses(404, "not-found");
            Assert.Equal(WithoutEcho(actedOnNone), WithoutEcho(acted));

            var edited = await api.As(stranger).Put(report.Path, Given.Report("tpph"), Requests.IfMatch(1));
            edited.Refuses(404, "not-found");
            (await api.As(stranger).Get("/v1/satker/5305/realizations")).Refuses(404, "not-found");
        }
    }

    [Fact]
    public async Task What_a_stranger_asks_of_an_office_answers_as_for_an_office_that_does_not_exist()
    {
        foreach (var stranger in Strangers)
        {
            foreach (var path in new[] { "capaian?year=2024", "capaian/children?year=2024", "rollup?year=2024" })
            {
                var foreign = await api.As(stranger).Get($"/v1/satker/5305/{path}");
                var missing = await api.As(stranger).Get($"/v1/satker/9999/{path}");
                foreign.Refuses(404, "not-found");
                Assert.Equal(WithoutEcho(missing), WithoutEcho(foreign));
            }

            foreach (var path in new[] { "agreements", "realizations", "posts" })
            {
                (await api.As(stranger).Post($"/v1/satker/9999/{path}", Body(path))).Refuses(404, "not-found");
            }

            foreach (var path in new[] { "agreements", "realizations" })
            {
                (await api.As(stranger).Post($"/v1/satker/5305/{path}", Body(path))).Refuses(404, "not-found");
            }
        }

        static object Body(string path) => path switch
        {
            "agreements" => Given.Agreement("hsdm"),
            "realizations" => Given.Report("hsdm"),
            _ => new Posting("operator", "nobody", Capacity.Definitive, "SK", new DateOnly(2024, 1, 1)),
        };
    }

    [Theory]
    [InlineData("5305.ketua")]
    [InlineData("53.sekretaris")]
    [InlineData("53.verifikator")]
    [InlineData("00.inspektur")]
    [InlineData("00.verifikator")]
    public async Task The_office_its_parent_and_RI_read_the_same_bytes(string reader)
    {
        var report = await Alor();

        var read = (await api.As(reader).Get(report.Path)).Is(200);
        var own = (await api.As("5305.tpph").Get(report.Path)).Is(200);

        Assert.Equal(own.Body, read.Body);
        Assert.Equal(own.ETag, read.ETag);
        Assert.NotEmpty((await api.As(reader).Get("/v1/satker/5305/realizations")).Is(200).Json["items"]!.AsArray());
    }

    [Theory]
    [InlineData("53.sekretaris")]
    [InlineData("53.operator")]
    [InlineData("53.verifikator")]
    [InlineData("00.admin-periode")]
    public async Task Who_stands_above_reads_and_never_edits(string above)
    {
        var report = await Alor();
        var body = report.Json["content"]!;

        (await api.As(above).Put(report.Path, body, Requests.IfMatch(report.Version))).Refuses(403, "unit-not-yours");
        (await api.As(above).Post("/v1/satker/5305/realizations", Given.Report("tpph", "2023"))).Refuses(403, "unit-not-yours");
        (await api.As("5305.operator").Put(report.Path, body, Requests.IfMatch(report.Version))).Is(200);
    }

    [Fact]
    public async Task A_system_client_without_a_posting_sees_nothing_and_with_one_only_its_subtree()
    {
        var report = await Alor();

        (await api.As(Issuer.SystemClient).Get(report.Path)).Refuses(404, "not-found");
        await Given.Appointed("5305.sistem", Issuer.SystemClient);

        (await api.As(Issuer.SystemClient).Get(report.Path)).Is(200);
        (await api.As(Issuer.SystemClient).Get("/v1/satker/53/capaian?year=2024")).Refuses(404, "not-found");
        (await Given.Act(report, new Hand("submit", "5305.tpph"), Issuer.SystemClient)).Refuses(403, "post-not-held");
        (await api.As(Issuer.SystemClient).Put(report.Path, Given.Report("tpph"), Requests.IfMatch(1))).Refuses(403, "unit-not-yours");
    }

    [Fact]
    public async Task A_posting_that_begins_later_or_has_ended_gives_nothing()
    {
        var report = await Alor();
        var (satker, _) = Given.FreshUnit();
        foreach (var (from, until) in new[] { ("2090-01-01", (DateOnly?)null), ("2020-01-01", new DateOnly(2021, 1, 1)) })
        {
            (await api.As("00.admin-periode").Post("/v1/satker/5305/posts",
                new Posting("operator", $"{satker}.ketua", Capacity.Plt, "SK", DateOnly.Parse(from, null), until))).Is(201);
        }

        (await api.As($"{satker}.ketua").Get(report.Path)).Refuses(404, "not-found");
        await Given.Appointed("5305.operator", $"{satker}.ketua");
        (await api.As($"{satker}.ketua").Get(report.Path)).Is(200);
    }

    [Fact]
    public async Task The_register_of_posts_is_seen_by_the_office_and_who_stands_above()
    {
        foreach (var reader in new[] { "5305.kul", "53.sekretaris" })
        {
            var rows = (await api.As(reader).Get("/v1/satker/5305/posts")).Is(200).Json["items"]!.AsArray();
            Assert.Contains("5305.ketua", rows.Select(row => (string)row!["post"]!));
        }

        foreach (var stranger in new[] { "5371.ketua", "5201.ketua" })
        {
            (await api.As(stranger).Get("/v1/satker/5305/posts")).Refuses(404, "not-found");
        }
    }

    [Theory]
    [InlineData("5305.sekretaris", "5305.operator", true)]
    [InlineData("5305.sekretaris", "5305.kul", true)]
    [InlineData("5305.sekretaris", "5305.ketua", false)]
    [InlineData("5305.sekretaris", "5305.sekretaris", false)]
    [InlineData("53.sekretaris", "5305.sekretaris", true)]
    [InlineData("53.sekretaris", "5305.kul", false)]
    [InlineData("52.sekretaris", "5305.sekretaris", false)]
    [InlineData("5305.ketua", "5305.operator", false)]
    [InlineData("53.sekretaris", "53.inspektur", true)]
    [InlineData("52.sekretaris", "53.inspektur", false)]
    [InlineData("00.sekjen", "00.inspektur", false)]
    [InlineData("00.sekjen", "00.biro-ren", true)]
    [InlineData("00.sekjen", "00.sekjen", false)]
    [InlineData("00.admin-periode", "00.sekjen", true)]
    [InlineData("00.sekjen", "53.sekretaris", true)]
    [InlineData("00.sekjen", "53.rendatin", false)]
    [InlineData("53.sekretaris", "53.verifikator", true)]
    [InlineData("00.admin-katalog", "5305.operator", false)]
    [InlineData("00.admin-periode", "5305.kul", true)]
    public async Task Appointing_is_for_the_post_that_the_rules_name(string by, string post, bool may)
    {
        var posting = new Posting(post.Split('.')[1], "someone", Capacity.Plh, "SK", new DateOnly(2090, 1, 1));

        var answer = await api.As(by).Post($"/v1/satker/{post.Split('.')[0]}/posts", posting);

        _ = may ? answer.Is(201) : answer.Refuses(403, "may-not-appoint");
    }

    [Theory]
    [InlineData("update journal set subject = 'me'")]
    [InlineData("delete from journal")]
    [InlineData("truncate journal")]
    [InlineData("update document_version set body = '{}'")]
    [InlineData("delete from document_version")]
    [InlineData("truncate document_version")]
    public async Task The_trail_is_changed_by_nobody_not_even_by_the_owner(string sql)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => api.Owner.Execute(sql));

        Assert.EndsWith("is append-only", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pooled_connection_carries_no_scope_on()
    {
        var report = await Alor();
        (await api.As("5305.ketua").Get(report.Path)).Is(200);
        (await api.As("5305.operator").Post("/v1/satker/5305/realizations", Given.Report("hsdm", "2024-B12"))).Is(201);
        (await api.As("5305.operator").Post("/v1/satker/5305/realizations", "{}")).Is(400);
        var source = (NpgsqlDataSource)api.Services.GetService(typeof(NpgsqlDataSource))!;

        var held = new List<NpgsqlConnection>();
        for (var i = 0; i < 5; i++)
        {
            held.Add(await source.OpenConnectionAsync(TestContext.Current.CancellationToken));
            foreach (var setting in new[] { "app.scope", "app.subject", "app.today" })
            {
                await using var command = new NpgsqlCommand($"select coalesce(current_setting('{setting}', true), '')", held[i]);
                Assert.Equal("", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
            }
        }

        foreach (var connection in held)
        {
            await connection.DisposeAsync();
        }
    }

    /// <summary>A draft of Alor beside a promise, a result and a level reached; another one for every test.</summary>
    private async Task<Doc> Alor()
    {
        var agreements = await api.As("5305.tpph").Get("/v1/satker/5305/agreements?unit=tpph");
        if (agreements.Is(200).Json["items"]!.AsArray().Count == 0)
        {
            await Given.InForce("5305", Given.Agreement("tpph"));
        }

        var taken = (await api.As("5305.tpph").Get("/v1/satker/5305/realizations?unit=tpph")).Is(200).Json["items"]!.AsArray()
            .Select(row => (string)row!["period"]!).ToHashSet();
        var period = new[] { "2024-T1", "2024-T2", "2024-T3", "2024-T4", "2024-S1", "2024-S2", "2024" }
            .Concat(Enumerable.Range(1, 12).Select(month => $"2024-B{month:00}")).First(period => !taken.Contains(period));
        return await Given.Drafted("5305", Given.Report("tpph", period));
    }

    private static string WithoutEcho(Answer answer) => Echo().Replace(answer.Text, "");

    [GeneratedRegex("\"(instance|traceId)\":\"[^\"]*\"")]
    private static partial Regex Echo();
}
