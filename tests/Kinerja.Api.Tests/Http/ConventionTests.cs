using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

public sealed class ConventionTests(Api api) : IClassFixture<Api>
{
    private Given Given => api.Given;

    [Fact]
    public async Task A_reader_who_has_the_version_is_told_so()
    {
        var draft = await Given.DraftedAgreement();
        var client = api.As($"{draft.Satker}.ketua");
        var read = (await client.Get(draft.Path)).Is(200);

        Assert.Equal("\"1\"", read.ETag);
        var same = (await client.Get(draft.Path, ("If-None-Match", "\"7\", \"1\""))).Is(304);
        Assert.Empty(same.Body);
        Assert.Equal("\"1\"", same.ETag);
        (await client.Get(draft.Path, ("If-None-Match", "\"2\""))).Is(200);
    }

    [Theory]
    [InlineData("/v1/satker?level=provinsi")]
    [InlineData("/v1/satker/5305")]
    [InlineData("/v1/indicators?year=2024")]
    [InlineData("/v1/years/2024/policy")]
    [InlineData("/v1/satker/53/capaian?year=2024")]
    [InlineData("/v1/satker/53/rollup?year=2024")]
    public async Task The_tag_is_the_same_for_every_caller_and_gives_304(string path)
    {
        var first = (await api.As("53.sekretaris").Get(path)).Is(200);
        var second = (await api.As("00.inspektur").Get(path)).Is(200);

        Assert.NotNull(first.ETag);
        Assert.Equal((first.ETag, first.Text), (second.ETag, second.Text));
        (await api.As("00.inspektur").Get(path, ("If-None-Match", first.ETag!))).Is(304);
    }

    [Theory]
    [InlineData("/v1/satker/5305")]
    [InlineData("/v1/satker?level=provinsi")]
    [InlineData("/v1/satker/53/capaian?year=2024")]
    [InlineData("/v1/satker/9999")]
    [InlineData("/v1/satker?asOf=yesterday")]
    [InlineData("/health/ready")]
    public async Task HEAD_answers_as_GET_without_the_body(string path)
    {
        var client = api.As("53.sekretaris");
        var get = await client.Get(path);
        var head = await client.Send(HttpMethod.Head, path, null);

        Assert.Equal((get.Status, get.ContentType, get.ETag), (head.Status, head.ContentType, head.ETag));
        Assert.Empty(head.Body);
        Assert.NotEmpty(get.Body);
    }

    [Fact]
    public async Task Fields_keep_the_named_members_and_have_a_tag_of_their_own()
    {
        var draft = await Given.DraftedAgreement();
        var client = api.As($"{draft.Satker}.ketua");

        var sparse = (await client.Get($"{draft.Path}?fields=version,content.lines.no")).Is(200);
        var swapped = (await client.Get($"{draft.Path}?fields=content.lines.no,version")).Is(200);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"version":1,"content":{"lines":[{"no":"1"}]}}"""), sparse.Json), sparse.Text);
        Assert.Equal(sparse.ETag, swapped.ETag);
        Assert.NotEqual("\"1\"", sparse.ETag);
        (await client.Get($"{draft.Path}?fields=id,content.lines.warna")).Refuses(400, "malformed-request", [("", "unknown-field")]);
    }

    [Fact]
    public async Task Fields_keep_the_named_members_of_each_row_of_a_list()
    {
        var draft = await Given.DraftedAgreement();
        var path = $"/v1/satker/{draft.Satker}/agreements?unit={Given.Unit(draft)}";
        var client = api.As($"{draft.Satker}.ketua");

        var sparse = (await client.Get($"{path}&fields=id,amendment.needed")).Is(200);

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse($$"""{"items":[{"id":"{{draft.Id}}","amendment":null}],"nextPageToken":null}"""), sparse.Json), sparse.Text);
        Assert.NotEqual((await client.Get(path)).ETag, sparse.ETag);
        Assert.Equal(["id"], (await client.Get($"/v1/satker/{draft.Satker}/due?year=2024&fields=id")).Is(200).Json["items"]!.AsArray()
            .SelectMany(row => row!.AsObject().Select(member => member.Key)).Distinct());
        (await client.Get($"{path}&fields=id,content")).Refuses(400, "malformed-request", [("", "unknown-field")]);
    }

    [Theory]
    [InlineData("agreements")]
    [InlineData("realizations")]
    [InlineData("posts?asOf=1990-01-01")]
    [InlineData("indicators")]
    [InlineData("grants")]
    [InlineData("webhooks")]
    [InlineData("budgets/2031/revisions")]
    [InlineData("due?year=2031")]
    [InlineData("due/children?year=2031")]
    public async Task A_list_is_empty_of_an_office_that_has_nothing_and_is_not_there_of_one_that_is_hidden(string list)
    {
        var path = list.Contains('?', StringComparison.Ordinal) ? $"{list}&pageSize=7" : $"{list}?pageSize=7";

        Assert.Empty((await api.As("5201.ketua").Get($"/v1/satker/5201/{path}")).Is(200).Json["items"]!.AsArray());

        (await api.As("5201.ketua").Get($"/v1/satker/5305/{path}")).Refuses(404, "not-found");
        (await api.As("5201.ketua").Get($"/v1/satker/9999/{path}")).Refuses(404, "not-found");
    }

    [Fact]
    public async Task A_tag_of_sparse_fields_names_its_version_in_If_Match()
    {
        var draft = await Given.DraftedAgreement();
        var unit = Given.Unit(draft);
        var sparse = (await api.As($"{draft.Satker}.{unit}").Get($"{draft.Path}?fields=id")).Is(200);

        (await api.As($"{draft.Satker}.{unit}").Put(draft.Path, Given.Agreement(unit), ("If-Match", sparse.ETag!))).Is(200);
    }

    [Fact]
    public async Task Pages_neither_skip_nor_double_while_documents_are_added()
    {
        var (satker, unit) = Given.FreshUnit();
        var path = $"/v1/satker/{satker}/realizations?pageSize=3";
        var client = api.As($"{satker}.{unit}");
        var first = new List<string>();
        for (var month = 1; month <= 8; month++)
        {
            first.Add((await Given.Drafted(satker, Given.Report(unit, $"2024-B{month:00}"))).Id);
        }

        var seen = new List<string>();
        var added = new List<string>();
        string? next = path;
        while (next is not null)
        {
            var page = (await client.Get(next)).Is(200);
            seen.AddRange(page.Json["items"]!.AsArray().Select(row => (string)row!["id"]!));
            next = page.Header("Link") is { } link ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
            Assert.Equal(next is null, page.Json["nextPageToken"] is null);
            if (next is not null && added.Count < 4)
            {
                added.Add((await Given.Drafted(satker, Given.Report(unit, $"2024-B{9 + added.Count:00}"))).Id);
            }
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.NotEmpty(added);
        Assert.Equal(first.Concat(added).Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task All_553_offices_come_by_pages_of_at_most_500()
    {
        var first = (await api.Nobody().Get("/v1/satker?pageSize=9999")).Is(200);
        var second = (await api.Nobody().Get($"/v1/satker?pageSize=9999&pageToken={first.Json["nextPageToken"]}")).Is(200);

        Assert.Equal((500, 53), (first.Json["items"]!.AsArray().Count, second.Json["items"]!.AsArray().Count));
        Assert.Equal(50, (await api.Nobody().Get("/v1/satker")).Is(200).Json["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task RecordedAt_gives_what_the_service_held_then()
    {
        var draft = await Given.DraftedAgreement();
        var client = api.As($"{draft.Satker}.ketua");
        var before = (await client.Get(draft.Path)).Is(200);
        await Given.Through(draft, Given.WayOfAgreement(draft.Satker, Given.Unit(draft))[0]);

        var then = (await client.Get($"{draft.Path}?recordedAt={(string)draft.Json["recordedAt"]!}")).Is(200);

        Assert.Equal((before.Text, before.ETag), (then.Text, then.ETag));
        Assert.Equal("\"2\"", (await client.Get(draft.Path)).ETag);
        (await client.Get($"{draft.Path}?recordedAt=2024-01-01T00:00:00Z")).Refuses(404, "not-found");
    }

    [Fact]
    public async Task Every_answer_has_a_request_id_of_its_own()
    {
        var ids = new List<string?>();
        foreach (var path in new[] { "/v1/satker/5305", "/v1/satker/9999", "/nowhere", "/health/live", "/v1/me", "/docs/index.html" })
        {
            ids.Add((await api.Nobody().Get(path)).Header("Kinerja-Request-Id"));
        }

        Assert.DoesNotContain(null, ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public async Task The_journal_names_the_request_and_the_traces_caller_finds_it_in_problems()
    {
        var (satker, unit) = Given.FreshUnit();
        var trace = ActivityTraceId.CreateRandom().ToHexString();

        var drafted = (await api.As($"{satker}.{unit}").Post($"/v1/satker/{satker}/agreements", Given.Agreement(unit))).Is(201);
        var problem = (await api.Nobody().Get("/v1/satker/9999", ("traceparent", $"00-{trace}-00f067aa0ba902b7-01"))).Refuses(404, "not-found");

        Assert.Equal([drafted.Header("Kinerja-Request-Id")!],
            await api.Owner.Rows($"select request_id from journal where id = '{drafted.Json["id"]}'"));
        Assert.Equal(trace, (string)problem.Json["traceId"]!);
    }

    [Fact]
    public async Task Browsers_of_a_configured_origin_may_ask_and_others_may_not()
    {
        foreach (var (origin, may) in new[] { (Api.Dashboard, true), ("https://elsewhere.example", false), (Api.Dashboard + ".evil", false) })
        {
            var preflight = await api.Nobody().Send(HttpMethod.Options, "/v1/satker/5305/agreements", null, ("Origin", origin),
                ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,idempotency-key,if-match"));
            var read = (await api.Nobody().Get("/v1/satker/5305", ("Origin", origin))).Is(200);

            Assert.Equal(may ? origin : null, preflight.Header("Access-Control-Allow-Origin"));
            Assert.Equal(may ? origin : null, read.Header("Access-Control-Allow-Origin"));
            Assert.Equal(may, read.Header("Access-Control-Expose-Headers")?.Contains("ETag", StringComparison.Ordinal) == true);
            Assert.Null(read.Header("Access-Control-Allow-Credentials"));
        }
    }

    [Fact]
    public async Task Behind_a_path_the_service_names_it_in_what_it_links_to()
    {
        var address = api.With(("PathBase", "/kinerja"));
        using var client = api.At(address, "53.sekretaris");

        var page = (await client.Get("/kinerja/v1/satker?pageSize=1")).Is(200);
        var problem = (await client.Get("/kinerja/v1/satker/9999")).Refuses(404, "not-found");

        Assert.StartsWith("</kinerja/v1/satker?", page.Header("Link"), StringComparison.Ordinal);
        Assert.Equal(("/kinerja/problems/not-found", "/kinerja/v1/satker/9999"),
            ((string)problem.Json["type"]!, (string)problem.Json["instance"]!));
        (await client.Get((string)problem.Json["type"]!)).Is(200);
    }

    [Fact]
    public async Task A_created_document_is_where_its_location_says()
    {
        var (satker, unit) = Given.FreshUnit();
        var drafted = (await api.As($"{satker}.{unit}").Post($"/v1/satker/{satker}/agreements", Given.Agreement(unit))).Is(201);
        var defined = (await api.As("00.admin-katalog").Post("/v1/indicators",
            Indicators.Of(2024).First() with { Code = "ZZ.01" })).Is(201);

        foreach (var created in new[] { drafted, defined })
        {
            var read = (await api.As($"{satker}.{unit}").Get(created.Header("Location")!)).Is(200);
            Assert.True(JsonNode.DeepEquals(created.Json, read.Json), read.Text);
            Assert.Equal(created.ETag, read.ETag);
        }
    }
}
