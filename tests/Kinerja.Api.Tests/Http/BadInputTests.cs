using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;

namespace Kinerja.Api.Tests;

public sealed class BadInputTests(Api api) : IClassFixture<Api>
{
    private const string Reports = "/v1/satker/5305/realizations";

    /// <summary>A report that is taken, as text: what the bad ones are made from.</summary>
    private static readonly string Good = JsonSerializer.Serialize(Given.Report("kul", "2024-T1"), Json.Documents);

    /// <summary>What is replaced in the good body, by what, and which faults must then be named.</summary>
    public static TheoryData<string, string, int, string[]> Bodies => new()
    {
        { "\"numerator\":124", "\"numerator\":177", 422, ["/entries/0/result/numerator numerator-above-denominator"] },
        { "\"numerator\":124", "\"numerator\":12,4", 400, ["/entries/0/result/numerator malformed-json"] },
        { "\"numerator\":124", "\"numerator\":\"124\"", 400, ["/entries/0/result/numerator wrong-type"] },
        { "\"numerator\":124", "\"numerator\":1234567890123456", 422,
            ["/entries/0/result/numerator numerator-above-denominator", "/entries/0/result/numerator too-many-digits"] },
        { "\"numerator\":124", "\"numerator\":1e400", 400, ["/entries/0/result/numerator too-many-digits"] },
        { "\"numerator\":124", "\"numerator\":1e-28", 422, ["/entries/0/result/numerator too-many-digits"] },
        { "\"numerator\":124", "\"numerator\":-1", 422, ["/entries/0/result/numerator negative-value"] },
        { "\"numerator\":124,", "", 422, ["/entries/0/result incomplete-ratio"] },
        { "\"numerator\":124", "\"value\":70.47,\"numerator\":124", 422, ["/entries/0/result/value percent-contradicts-ratio"] },
        { "\"denominator\":176", "\"denominator\":0", 422, ["/entries/0/result/denominator zero-denominator"] },
        { "{\"kind\":\"percent\",\"numerator\":124,\"denominator\":176}", "{\"kind\":\"akip-grade\",\"value\":\"E\"}", 422,
            ["/entries/0/result/value unknown-grade"] },
        { "\"period\":\"2024-T1\"", "\"period\":\"2023-T1\"", 422, ["/period period-outside-year"] },
        { "\"period\":\"2024-T1\"", "\"period\":\"2024-T5\"", 422, ["/period bad-period"] },
        { "\"period\":\"2024-T1\"", "\"period\":\"T1\"", 400, ["/period bad-length"] },
        { "\"year\":2024", "\"year\":2019", 422, ["/year year-not-open"] },
        { "\"year\":2024", "\"year\":1999", 400, ["/year out-of-range"] },
        { "\"year\":2024", "\"year\":2024.5", 400, ["/year wrong-type"] },
        { "\"year\":2024", "\"year\":null", 400, ["/year null-member"] },
        { "\"year\":2024,", "", 400, ["/year missing-member"] },
        { "\"year\":2024", "\"year\":2024,\"tahun\":2024", 400, ["/tahun unknown-member"] },
        { "\"year\":2024", "\"year\":2024,\"a/b~c\":1", 400, ["/a~1b~0c unknown-member"] },
        { "\"year\":2024", "\"year\":2024,\"year\":2024", 400, ["/year duplicate-member"] },
        { "\"unit\":\"kul\"", "\"unit\":\"gudang\"", 422, ["/unit unknown-unit"] },
        { "\"unit\":\"kul\"", "\"unit\":7", 400, ["/unit wrong-type"] },
        { "\"unit\":\"kul\"", "\"unit\":\"k\\u0000l\"", 400, ["/unit bad-character"] },
        { "\"unit\":\"kul\"", "\"unit\":\"k\\ud800l\"", 400, ["/unit bad-character"] },
        { "\"unit\":\"kul\"", "\"unit\":\"kul\",\"\\ud800\":1", 400, [" bad-character"] },
        { "\"indicator\":\"SP.01\"", "\"indicator\":\"XX.99\"", 422, ["/entries/0/indicator unknown-indicator"] },
        { "\"kind\":\"percent\"", "\"kind\":\"persen\"", 400, ["/entries/0/result/kind unknown-word"] },
        { "\"kind\":\"percent\",", "", 400, ["/entries/0/result/kind missing-member"] },
        { "\"kind\":\"percent\",", "\"kind\":\"range\",", 400,
            ["/entries/0/result/denominator unknown-member", "/entries/0/result/high missing-member",
                "/entries/0/result/low missing-member", "/entries/0/result/numerator unknown-member"] },
        { "\"entries\":[", "\"entries\":[7,", 400, ["/entries/0 wrong-type"] },
        { "\"entries\":[", "\"entries\":[null,", 400, ["/entries/0 null-member"] },
        { "\"line\":\"1\"", "\"line\":\"1\",\"carriedFrom\":2024", 422, ["/entries/0/carriedFrom carried-from-later"] },
        { Good, "[]", 400, [" wrong-type"] },
        { Good, "null", 400, [" null-member"] },
        { Good, "", 400, [" malformed-json"] },
        { Good, "{", 400, [" malformed-json"] },
        { "\"year\":2024", "\"year\":\"2024\",\"x\":1,\"remark\":7", 400,
            ["/remark wrong-type", "/x unknown-member", "/year wrong-type"] },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_bad_body_is_refused_with_every_fault_and_nothing_is_stored(string good, string bad, int status, string[] faults)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        var before = await Stored();
        var body = ReplaceFirst(Good, good, bad);

        var answer = await api.As("5305.operator").Post(Reports, body);

        answer.Refuses(status, status == 400 ? "malformed-request" : "rules-broken",
            faults.Select(fault => (fault.Split(' ')[0], fault.Split(' ')[1])));
        Assert.All(answer.Json["errors"]!.AsArray(), error => Assert.NotEqual((string)error!["code"]!, (string)error["detail"]!));
        Assert.Equal(before, await Stored());
    }

    [Fact]
    public async Task The_body_from_which_the_bad_ones_are_made_is_taken() =>
        (await api.As("5305.operator").Post(Reports, Good)).Is(201);

    [Fact]
    public async Task Several_broken_rules_are_named_at_once()
    {
        var report = Given.Report("kul", "2024-T2", Given.Entry("1", "XX.99"), Given.Entry("1", "SP.01", new Value.Percent(null, 5, 4)));

        (await api.As("5305.operator").Post(Reports, report)).Refuses(422, "rules-broken",
        [
            ("/entries/0/indicator", "unknown-indicator"), ("/entries/1/line", "duplicate-line"),
            ("/entries/1/result/numerator", "numerator-above-denominator"),
        ]);
    }

    [Fact]
    public async Task An_office_that_does_not_exist_is_not_found() =>
        (await api.As("5305.operator").Post("/v1/satker/9999/realizations", Good)).Refuses(404, "not-found");

    [Fact]
    public async Task A_unit_that_is_not_the_callers_is_refused_and_names_who_prepares_it()
    {
        var refused = (await api.As("5305.hsdm").Post(Reports, Given.Report("kul", "2024-T3"))).Refuses(403, "unit-not-yours");

        Assert.Contains("disiapkan oleh 5305.operator, 5305.kul; jabatan yang Anda pegang sekarang: 5305.hsdm",
            refused.Detail, StringComparison.Ordinal);
        (await api.As("5305.kul").Post(Reports, Given.Report("kul", "2024-T3"))).Is(201);
    }

    [Fact]
    public async Task A_second_report_for_the_same_unit_and_period_is_a_conflict()
    {
        (await api.As("5305.kul").Post(Reports, Given.Report("kul", "2024-T4"))).Is(201);
        (await api.As("5305.operator").Post(Reports, Given.Report("kul", "2024-T4"))).Refuses(409, "already-exists");
    }

    [Fact]
    public async Task A_redraft_stays_the_document_for_the_same_thing()
    {
        var draft = Doc.Of((await api.As("5305.kul").Post(Reports, Given.Report("kul", "2024-S1"))).Is(201));

        (await api.As("5305.kul").Put(draft.Path, Given.Report("kul", "2024-S2"), Requests.IfMatch(1))).Refuses(422, "another-document");
        (await api.As("5305.kul").Put(draft.Path, Given.Report("kul", "2024-S1"))).Refuses(428, "if-match-required");
        (await api.As("5305.kul").Put(draft.Path, Given.Report("kul", "2024-S1"), ("If-Match", "\"x\""))).Refuses(412, "stale");
        (await api.As("5305.kul").Put(draft.Path, Given.Report("kul", "2024-S1"), Requests.IfMatch(1))).Is(200);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("")]
    public async Task A_body_that_is_not_JSON_is_not_supported(string contentType)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Good));
        if (contentType.Length > 0)
        {
            content.Headers.ContentType = new(contentType);
        }

        (await api.As("5305.kul").Send(HttpMethod.Post, Reports, content, Requests.Key("text"))).Refuses(415, "not-json");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_above_one_megabyte_is_too_large(bool chunked)
    {
        var large = Encoding.UTF8.GetBytes(Good[..^1] + new string(' ', 1_000_000) + "}");
        using HttpContent content = chunked ? new StreamContent(new Unsized(large)) : new ByteArrayContent(large);
        content.Headers.ContentType = new("application/json");

        (await api.As("5305.kul").Send(HttpMethod.Post, Reports, content, Requests.Key("large"))).Refuses(413, "body-too-large");
    }

    [Theory]
    [InlineData(31, false)]
    [InlineData(32, true)]
    [InlineData(5000, true)]
    public async Task A_body_deeper_than_32_levels_is_not_read(int inner, bool tooDeep)
    {
        var deep = $"{{\"x\":{new string('[', inner)}{new string(']', inner)}}}";

        var answer = (await api.As("5305.kul").Post(Reports, deep)).Refuses(400, "malformed-request");

        Assert.Equal(tooDeep, answer.Json["errors"]!.AsArray().Any(error => (string)error!["code"]! == "malformed-json"));
    }

    [Fact]
    public async Task A_body_that_is_not_UTF_8_is_malformed()
    {
        byte[] body = [.. Encoding.UTF8.GetBytes("{\"unit\":\""), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("\"}")];

        (await api.As("5305.kul").Post(Reports, body)).Refuses(400, "malformed-request");
    }

    [Theory]
    [InlineData("/v1/satker?warna=biru", "unknown-parameter")]
    [InlineData("/v1/satker?level=provinsi&level=ri", "doubled-parameter")]
    [InlineData("/v1/satker?level=desa", "bad-parameter")]
    [InlineData("/v1/satker?asOf=30-06-2022", "bad-parameter")]
    [InlineData("/v1/satker?asOf=2022-02-30", "bad-parameter")]
    [InlineData("/v1/satker?pageSize=0", "bad-page-size")]
    [InlineData("/v1/satker?pageSize=-1", "bad-page-size")]
    [InlineData("/v1/satker?pageSize=banyak", "bad-page-size")]
    [InlineData("/v1/satker?pageToken=xyz", "bad-page-token")]
    [InlineData("/v1/satker?pageToken=%F0%9F%98%80", "bad-page-token")]
    [InlineData("/v1/satker?pageToken=bnVsbA", "bad-page-token")]
    [InlineData("/v1/satker?pageToken=W10", "bad-page-token")]
    [InlineData("/v1/satker/5305?fields=warna", "unknown-field")]
    [InlineData("/v1/satker/5305?recordedAt=2024-12-31", "bad-parameter")]
    [InlineData("/v1/satker/5305?recordedAt=kemarin", "bad-parameter")]
    [InlineData("/v1/indicators?year=24", "bad-parameter")]
    [InlineData("/v1/indicators/SP.01", "missing-parameter")]
    [InlineData("/v1/satker/5305/capaian", "missing-parameter")]
    [InlineData("/v1/satker/5305/capaian?year=dua", "bad-parameter")]
    [InlineData("/v1/satker/5305/capaian?year=2024&period=2024-T5", "bad-parameter")]
    [InlineData("/v1/satker/5305/capaian?year=2024&period=2023-T1", "period-outside-year")]
    [InlineData("/v1/satker/5305/capaian?year=2024&level=kepala", "bad-parameter")]
    [InlineData("/v1/satker/53/rollup?year=2024&minSignOff=signed", "bad-parameter")]
    [InlineData("/v1/satker/53/rollup?year=2024&by=unit", "bad-parameter")]
    [InlineData("/v1/satker/5305/realizations?state=hilang", "bad-parameter")]
    [InlineData("/v1/satker/5305/realizations?unit=%00", "bad-parameter")]
    public async Task A_bad_query_is_refused(string path, string code) =>
        (await api.As("53.sekretaris").Get(path)).Refuses(400, "malformed-request", [("", code)]);

    [Fact]
    public async Task A_page_token_of_another_list_is_refused()
    {
        var token = (string)(await api.Nobody().Get("/v1/satker?pageSize=1&level=provinsi")).Is(200).Json["nextPageToken"]!;

        (await api.Nobody().Get($"/v1/satker?pageSize=1&level=kabupaten-kota&pageToken={token}"))
            .Refuses(400, "malformed-request", [("", "bad-page-token")]);
        (await api.Nobody().Get($"/v1/satker/53/children?pageToken={token}")).Refuses(400, "malformed-request", [("", "bad-page-token")]);
        (await api.Nobody().Get($"/v1/satker?pageSize=2&level=provinsi&pageToken={token}")).Is(200);
    }

    [Theory]
    [InlineData("/v1/audit", "x")]
    [InlineData("/v1/audit", "-1")]
    [InlineData("/v1/audit", "1.5")]
    [InlineData("/v1/audit", "9223372036854775808")]
    [InlineData("/v1/satker/5305/budgets/2024/revisions", "x")]
    [InlineData("/v1/satker/5305/budgets/2024/revisions", "1000")]
    [InlineData("/v1/satker/5305/budgets/2024/revisions", "2147483647")]
    [InlineData("/v1/satker/5305/webhooks/x/attempts", "x")]
    public async Task A_forged_page_token_is_refused(string list, string after) => (await api.As("5305.sekretaris")
        .Get($"{list}?pageToken={Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new[] { list, after }))}"))
        .Refuses(400, "malformed-request", [("", "bad-page-token")]);

    [Theory]
    [InlineData("[\"/v1/satker\",\"\\ud800\"]")]
    [InlineData("[\"/v1/satker\",null]")]
    [InlineData("[\"/v1/satker\",\"\\u0000\"]")]
    [InlineData("{\"a\":1}")]
    public async Task A_page_token_of_another_form_is_refused(string token) => (await api.Nobody()
        .Get($"/v1/satker?pageToken={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token))}"))
        .Refuses(400, "malformed-request", [("", "bad-page-token")]);

    /// <summary>No list of the service fails for a key that it never gave out.</summary>
    [Theory]
    [InlineData("~")]
    [InlineData("/////")]
    [InlineData("99999999999999999999")]
    [InlineData("\n\n\n")]
    public async Task No_list_fails_for_a_key_it_never_gave_out(string after)
    {
        var lists = api.Endpoints()
            .Where(endpoint => endpoint.Metadata.GetOrderedMetadata<TakesQuery>().Any(taken => taken.Name == "pageToken")
                && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] == "GET")
            .Select(endpoint => $"/{endpoint.RoutePattern.RawText!.Trim('/')}".Replace("{satker}", "53", StringComparison.Ordinal)
                .Replace("{year:int}", "2024", StringComparison.Ordinal).Replace("{id}", "x", StringComparison.Ordinal)).ToList();
        Assert.True(lists.Count > 15, string.Join('\n', lists));
        foreach (var list in lists)
        {
            var path = list.EndsWith("/due", StringComparison.Ordinal) || list.EndsWith("/children", StringComparison.Ordinal) ? $"{list}?year=2024" : list;
            var mine = path.Replace("?year=2024", "&[year, 2024]", StringComparison.Ordinal);
            var answer = await api.As("00.admin-periode").Get(path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?') + "pageToken="
                + Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new[] { mine, after })));
            Assert.True(answer.Status is 200 or 400 or 404, $"{path} {after}: {answer.Status}");
        }
    }

    [Theory]
    [InlineData("1999")]
    [InlineData("2101")]
    [InlineData("0")]
    [InlineData("-2024")]
    [InlineData("02024")]
    [InlineData("2147483647")]
    [InlineData("99999999999")]
    [InlineData("dua")]
    public async Task A_year_that_the_service_does_not_know_is_not_found_wherever_it_stands_in_a_path(string year)
    {
        var reads = api.Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] == "GET"
            && endpoint.RoutePattern.RawText!.Contains("{year:int}", StringComparison.Ordinal)).Select(endpoint => endpoint.RoutePattern.RawText!).ToList();
        Assert.True(reads.Count > 10);
        foreach (var read in reads)
        {
            var path = $"/{read.Trim('/')}".Replace("{satker}", "53", StringComparison.Ordinal).Replace("{year:int}", year, StringComparison.Ordinal)
                .Replace("{number:int}", "0", StringComparison.Ordinal).Replace("{id}", "x", StringComparison.Ordinal).Replace("{period}", year, StringComparison.Ordinal);
            (await api.As("53.sekretaris").Get(path)).Refuses(404, "not-found");
        }
    }

    [Theory]
    [InlineData("/v1/satker/53%2F05")]
    [InlineData("/v1/satker/5305/agreements/bukan-id")]
    [InlineData("/v1/indicators/XX.99?year=2024")]
    public async Task A_name_that_nothing_can_have_is_not_found(string path) =>
        (await api.As("5305.kul").Get(path)).Refuses(404, "not-found");

    [Theory]
    [InlineData("post", "5305-kul", "bad-format")]
    [InlineData("contentHash", "md5:1", "bad-format")]
    [InlineData("act", "tandatangan", "unknown-word")]
    [InlineData("act", "0", "unknown-word")]
    public async Task A_bad_act_names_its_member(string member, string value, string code)
    {
        var body = new JsonObject { ["act"] = "sign", ["post"] = "5305.kul", ["contentHash"] = "sha256:" + new string('0', 64) };
        body[member] = value;

        (await api.As("5305.kul").Post("/v1/satker/5305/agreements/x/sign-offs", body, Requests.IfMatch(1)))
            .Refuses(400, "malformed-request", [($"/{member}", code)]);
    }

    private static string ReplaceFirst(string text, string part, string by)
    {
        var at = text.IndexOf(part, StringComparison.Ordinal);
        return text[..at] + by + text[(at + part.Length)..];
    }

    private async Task<(long, long, long)> Stored() => (
        await api.Owner.Count("document_version where satker = '5305'"), await api.Owner.Count("journal where satker = '5305'"),
        await api.Owner.Count("idempotency where client = '5305.operator'"));

    /// <summary>A body whose length is not told beforehand.</summary>
    private sealed class Unsized(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
