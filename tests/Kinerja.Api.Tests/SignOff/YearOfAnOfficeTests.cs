using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>
/// A year of KPU Kabupaten Alor, every act by the account it is for, and before it the same act by accounts it is not for: who
/// holds another post, the parent's where the own is required (and the other way round), a system client, and who holds none.
/// With <c>KINERJA_TEST_ALL=1</c> every account of the office and above it tries every act, for the post required and for its own.
/// </summary>
public sealed class YearOfAnOfficeTests(Api api) : IClassFixture<Api>
{
    private const string Satker = "5305";
    private const string Administrator = "00.admin-periode";
    private const string Nobody = "nobody";
    private static readonly bool All = Environment.GetEnvironmentVariable("KINERJA_TEST_ALL") == "1";

    private int refused;

    private Given Given => api.Given;

    [Fact]
    public async Task Every_act_of_the_year_is_done_by_its_post_and_refused_to_every_other()
    {
        await Given.Appointed("53.sistem", Issuer.SystemClient);
        await ActingAndEnded("53.operator");
        var window = Doc.Of(await Post([Administrator], "/v1/years/2024/periods",
            new JsonObject { ["period"] = "2024", ["opens"] = "2020-01-01", ["due"] = "2190-12-31" }, 201));

        var agreements = new Dictionary<string, Doc>();
        foreach (var unit in new[] { "ketua", "sekretaris", "kul", "hsdm" })
        {
            agreements[unit] = await Through(await Drafted("agreements", unit, Given.Agreement(unit)), Given.WayOfAgreement(Satker, unit));
        }

        // One is amended.
        var amended = await Do([$"{Satker}.kul", $"{Satker}.operator"], (account, post) => Act(agreements["kul"], "amend", account, post), 200, true);
        var amendment = Doc.Of((await api.As($"{Satker}.kul").Get(amended.Header("Location")!)).Is(200));
        amendment = await Given.Redrafted(amendment, new DateOnly(2024, 3, 1));
        Assert.Equal("in-force", (await Through(amendment, Given.WayOfAgreement(Satker, "kul"))).State);
        Assert.Equal("superseded", (await Given.Now(agreements["kul"], $"{Satker}.kul")).State);

        // The first half of each way; the subbagian's report goes a second round.
        var reports = new Dictionary<string, Doc>();
        foreach (var unit in new[] { "ketua", "sekretaris", "kul" })
        {
            var draft = await Drafted("realizations", unit, Given.Report(unit));
            var way = Given.WayOfReport(Satker, unit);
            if (unit == "kul")
            {
                var returned = await Through(await Through(draft, way[0]), new Hand("return", $"{Satker}.sekretaris"));
                draft = Doc.Of(await Do([$"{Satker}.kul", $"{Satker}.operator"], (account, _) => api.As(account).Put(
                    returned.Path, Given.Report(unit, "2024", Given.Entry(result: new Value.Percent(75))), Requests.IfMatch(returned.Version)), 200));
                Assert.Equal(2, draft.Round);
            }

            reports[unit] = await Through(draft, way[..3]);
        }

        // Closed before the parent has accepted, and reopened for this office.
        var path = "/v1/years/2024/periods/2024";
        window = Doc.Of(await Post([Administrator], $"{path}/closings", new JsonObject(), 200, window.Version));
        (await Given.Act(reports["kul"], Given.WayOfReport(Satker, "kul")[3])).Refuses(409, "period-locked");
        await Post([Administrator], $"{path}/reopenings",
            new Reopening([Satker], "Bukti dukung menyusul.", new DateOnly(2190, 12, 31)), 200, window.Version);
        foreach (var (unit, report) in reports)
        {
            var accepted = await Through(report, Given.WayOfReport(Satker, unit)[3]);
            Assert.Equal(("accepted", unit == "kul" ? 2 : 1), (accepted.State, accepted.Round));
        }

        // An agreement is noted, one is taken back.
        Assert.Equal("in-force", (await Through(agreements["sekretaris"], new Hand("note", "53.verifikator"))).State);
        Assert.Equal("revoked", (await Through(agreements["hsdm"], new Hand("revoke", $"{Satker}.sekretaris"))).State);

        Assert.InRange(refused, All ? 1000 : 150, int.MaxValue);
        TestContext.Current.TestOutputHelper?.WriteLine($"{refused} refused");
    }

    /// <summary>The parent appoints a Plh. for the Ketua and ends it; the Sekretaris does the same for a subbagian.</summary>
    private async Task ActingAndEnded(string account)
    {
        foreach (var (post, appointers) in new (string, string[])[]
        {
            ("ketua", ["53.sekretaris", Administrator]), ("tpph", [$"{Satker}.sekretaris", Administrator]),
        })
        {
            var holding = new Posting(post, account, Capacity.Plh, "SK uji", new DateOnly(2020, 1, 1));
            var appointed = await Post(appointers, $"/v1/satker/{Satker}/posts", holding, 201);
            await Do(appointers, (by, _) => api.As(by).Put(
                $"{appointed.Headers.Location}", holding with { Until = holding.From }, Requests.IfMatch(1)), 200);
        }
    }

    private async Task<Doc> Drafted(string kind, string unit, object content) => Doc.Of(
        await Post([.. Preparers(kind, unit).Distinct()], $"/v1/satker/{Satker}/{kind}", content, 201));

    /// <summary>Its head and the operator; the planning head for what he submits.</summary>
    private static string[] Preparers(string kind, string unit) =>
        [$"{Satker}.{unit}", $"{Satker}.operator", .. kind == "realizations" ? [Given.WayOfReport(Satker, unit)[0].Post] : Array.Empty<string>()];

    /// <summary>The document after each hand has acted, each after those whose act it is not.</summary>
    private async Task<Doc> Through(Doc document, params Hand[] hands)
    {
        foreach (var hand in hands)
        {
            var now = document;
            document = Doc.Of(await Do([hand.Post], (account, post) => Act(now, hand.Act, account, post), 200, namesPost: true));
        }

        return document;
    }

    private Task<Answer> Act(Doc document, string act, string account, string post) => Given.Act(document, new Hand(act, post), account);

    private Task<Answer> Post(string[] may, string path, object body, int status, int? version = null) => Do(may, (account, _) =>
        api.As(account).Post(path, body, version is { } seen ? [Requests.IfMatch(seen)] : []), status);

    /// <summary>One act of the year: first by those it is not for, then by the first of the posts that may.</summary>
    /// <param name="may">The posts that may; accounts are named after theirs.</param>
    /// <param name="ask">Asks as an account, for a post.</param>
    /// <param name="status">What the right one is answered.</param>
    /// <param name="namesPost">Whether the request says for which post: then a wrong one comes for its own post, too.</param>
    private async Task<Answer> Do(string[] may, Func<string, string, Task<Answer>> ask, int status, bool namesPost = false)
    {
        foreach (var account in Wrong(may))
        {
            var answer = await ask(account, may[0]);
            refused++;
            if (account == Nobody && answer.Status == 404)
            {
                answer.Refuses(404, "not-found"); // Who may not see the office is not told which posts it has.
                continue;
            }

            Explains(answer, may[0], account);
            Assert.True(!namesPost || answer.Refuses(403, "post-not-held").Status == 403);
            if (namesPost && (All || account[..2] != "00"))
            {
                refused++;
                Explains((await ask(account, Held(account))).Refuses(403, "wrong-post"), may[0], account);
            }
        }

        return (await ask(may[0], may[0])).Is(status);
    }

    /// <summary>Refused with a code that stays, and in Indonesian with the post required and the post held.</summary>
    private static void Explains(Answer answer, string required, string account)
    {
        answer.Is(403);
        Assert.Contains((string)answer.Json["code"]!, new[] { "post-not-held", "wrong-post", "may-not-appoint", "unit-not-yours" });
        var (before, after) = answer.Detail.Split("jabatan yang Anda pegang sekarang: ") is [var text, var held]
            ? (text, held) : throw new InvalidOperationException($"The posts held are not told: {answer.Detail}");
        Assert.Contains(required, before, StringComparison.Ordinal);
        Assert.Contains(Held(account), after, StringComparison.Ordinal);
    }

    /// <summary>Accounts it is not for: a colleague, one of another level, a system client, and nobody; or everybody.</summary>
    private static IEnumerable<string> Wrong(string[] may) => (All ? Posts.OfAlor
            : [may.Contains($"{Satker}.ketua") ? $"{Satker}.hsdm" : $"{Satker}.ketua",
               may[0].StartsWith(Satker, StringComparison.Ordinal) ? "53.verifikator" : $"{Satker}.operator",
               may.Contains("00.verifikator") ? "00.ketua" : "00.verifikator"])
        .Except(may).Append(Issuer.SystemClient).Append(Nobody);

    private static string Held(string account) => account switch
    {
        Issuer.SystemClient => "53.sistem",
        Nobody => "–",
        _ => account,
    };
}
