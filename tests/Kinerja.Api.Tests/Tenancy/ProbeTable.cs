using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>A request as it is sent, whoever sends it.</summary>
internal sealed record Ask(string Method, string Path, object? Body = null, int Version = 1);

/// <summary>What a prober is to be answered.</summary>
internal enum Expected
{
    /// <summary>200.</summary>
    Answers,

    /// <summary>200, and something in the list.</summary>
    AnswersFull,

    /// <summary>200, and nothing in the list.</summary>
    AnswersEmpty,

    /// <summary>Let in: the rules of the thing itself speak, nobody is told that he may not.</summary>
    Reaches,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>403 or 404: it may be seen, and not touched.</summary>
    Refused,

    /// <summary>404, exactly as if it were not there.</summary>
    Hidden,
}

/// <summary>One way to use a route, and who may.</summary>
/// <param name="Route">The route as the service lists it.</param>
/// <param name="Name">Which use of it; empty where there is but one.</param>
/// <param name="Ask">The request, made so that whoever may is refused by the thing itself: nothing changes.</param>
/// <param name="Who">Who may.</param>
internal sealed record Operation(string Route, string Name, Func<Target, Ask?> Ask, Func<Prober, Target, Expected> Who)
{
    public bool IsPublic { get; init; }

    /// <summary>Whether it does an act in a batch, which answers 200 and tells inside what became of the act.</summary>
    public bool IsBatch { get; init; }

    /// <summary>Whether a document is asked for, not only an office.</summary>
    public bool IsOfDocument =>
        IsBatch || new[] { "{id}", "{report}", "{hash}", "{satker}/indicators/{code}", "{position:long}" }.Any(part => Route.Contains(part, StringComparison.Ordinal));

    /// <summary>The status that answers what was asked.</summary>
    public int Status(Answer answer) => IsBatch && answer.Status == 200 ? (int)answer.Json["results"]![0]!["status"]! : answer.Status;
}

/// <summary>Who may do what, by hand: a route without a row fails, and no row asks the code under test.</summary>
internal static class ProbeTable
{
    private static readonly string NoHash = $"sha256:{new string('0', 64)}";

    public static readonly IReadOnlyList<Operation> Rows =
    [
        Public("GET /health/live", _ => "/health/live"),
        Public("GET /health/ready", _ => "/health/ready"),
        Public("GET /openapi/kinerja.v1.json", _ => "/openapi/kinerja.v1.json"),
        Public("GET /version", _ => "/version"),
        Public("GET /problems/{code}", _ => "/problems/stale"),
        Public("GET /.well-known/api-catalog", _ => "/.well-known/api-catalog"),
        Public("GET /.well-known/webhook-keys", _ => "/.well-known/webhook-keys"),
        Public("GET /v1/satker/", t => $"/v1/satker?parent={t.Satker}"),
        Public("GET /v1/satker/{satker}", t => $"/v1/satker/{t.Satker}"),
        Public("GET /v1/satker/{satker}/children", t => $"/v1/satker/{t.Satker}/children"),
        Public("GET /v1/satker/{satker}/units", t => $"/v1/satker/{t.Satker}/units"),
        Public("GET /v1/indicators/", t => $"/v1/indicators?year={t.Year}"),
        Public("GET /v1/indicators/{code}", t => $"/v1/indicators/SP.01?year={t.Year}"),
        Public("GET /v1/indicators/{code}/history", _ => "/v1/indicators/SP.01/history"),
        Public("GET /v1/years/{year:int}/policy/", t => $"/v1/years/{t.Year}/policy"),
        Public("GET /v1/years/{year:int}/periods/", t => $"/v1/years/{t.Year}/periods"),
        Public("GET /v1/years/{year:int}/periods/{period}", t => Window(t)),
        Public("GET /v1/published/", t => $"/v1/published?satker={t.Satker}"),
        Public("GET /v1/verify/{contentHash}", t => $"/v1/verify/{Indicators.HashOf(Indicators.Of(t.Year).First())}"),
        Tokens("GET /v1/me/", _ => new Ask("GET", "/v1/me")),
        Tokens("GET /v1/indicators/unmapped", t => new Ask("GET", $"/v1/indicators/unmapped?year={t.Year}")),

        List("GET /v1/satker/{satker}/posts/", t => $"/v1/satker/{t.Satker}/posts", SeesToday),
        List("GET /v1/satker/{satker}/agreements/", t => $"/v1/satker/{t.Satker}/agreements?year={t.Year}", Sees),
        List("GET /v1/satker/{satker}/realizations/", t => $"/v1/satker/{t.Satker}/realizations?year={t.Year}", Sees),

        Read("GET /v1/satker/{satker}/posts/{id}", t => $"/v1/satker/{t.Satker}/posts/{t.Posting}", SeesToday),
        Read("GET /v1/satker/{satker}/agreements/cascade", t => $"/v1/satker/{t.Satker}/agreements/cascade?year={t.Year}", Sees),
        Read("GET /v1/satker/{satker}/agreements/{id}", t => t.Documents["in force"].Path, Sees),
        Read("GET /v1/satker/{satker}/agreements/{id}/sign-offs", t => t.Documents["in force"].SignOffs, Sees),
        Read("GET /v1/satker/{satker}/realizations/{id}", t => t.Documents["to submit"].Path, Sees),
        Read("GET /v1/satker/{satker}/realizations/{id}", t => $"{t.Documents["to accept"].Path}?recordedAt=2100-01-01T00:00:00Z", Sees)
            with { Name = "recorded" },
        Read("GET /v1/satker/{satker}/realizations/returns", t => $"/v1/satker/{t.Satker}/realizations/returns?year={t.Year}", Sees),
        Read("GET /v1/satker/{satker}/realizations/{id}/sign-offs", t => t.Documents["to approve"].SignOffs, Sees),
        Read("GET /v1/satker/{satker}/capaian/", t => $"/v1/satker/{t.Satker}/capaian?year={t.Year}", Sees),
        Read("GET /v1/satker/{satker}/capaian/children", t => $"/v1/satker/{t.Satker}/capaian/children?year={t.Year}", Sees),
        Read("GET /v1/satker/{satker}/capaian/years",
            t => $"/v1/satker/{t.Satker}/capaian/years?indicator=SP.01&from={t.Year}&to={t.Year}", Sees),
        Read("GET /v1/satker/{satker}/capaian/below", t => $"/v1/satker/{t.Satker}/capaian/below?year={t.Year}", Sees),
        Read("GET /v1/satker/{satker}/capaian/below/offices", t => $"/v1/satker/{t.Satker}/capaian/below/offices?year={t.Year}", Sees),
        Read("GET /v1/satker/{satker}/capaian/{report}/{line}/explain",
            t => $"/v1/satker/{t.Satker}/capaian/{t.Documents["to accept"].Id}/1/explain", Sees),
        Read("GET /v1/satker/{satker}/rollup/", t => $"/v1/satker/{t.Satker}/rollup?year={t.Year}", Sees),
        Read("GET /v1/satker/{satker}/rollup/{indicator}/years",
            t => $"/v1/satker/{t.Satker}/rollup/AK.01/years?from={t.Year}&to={t.Year}", Sees),
        new("GET /v1/satker/{satker}/rollup/{indicator}/explain", "",
            t => t.Satker.Length == 2 || t == t.Missing // Below a kabupaten there is nothing to explain.
                ? new Ask("GET", $"/v1/satker/{t.Satker}/rollup/AK.01/explain?year={t.Year}") : null,
            (prober, t) => Sees(prober, t) ? Expected.Answers : Expected.Hidden),

        // The trail: entries and chains of the offices one sees; who read what is for few; the feed tells everybody what is public.
        new("GET /v1/audit/", "", t => new Ask("GET", $"/v1/audit?satker={t.Satker}&id={t.Documents["in force"].Id}&refused=no"),
            (prober, t) => Sees(prober, t) ? Expected.AnswersFull : Expected.AnswersEmpty),
        Read("GET /v1/audit/{position:long}", t => $"/v1/audit/{t.Entry}", Sees),
        Read("GET /v1/audit/head", t => $"/v1/audit/head?satker={t.Satker}", SeesToday),
        new("GET /v1/audit/sights", "", t => new Ask("GET", $"/v1/audit/sights?satker={t.Satker}"), (prober, t) =>
            !SeesToday(prober, t) ? Expected.Hidden
            : prober.Role == "inspektur" || prober.Post == "00.admin-periode" || prober.Post == $"{t.Satker}.ketua"
                || prober.Post == $"{t.Satker}.{t.Sekretaris}" ? Expected.Answers
            : Expected.Forbidden),
        Tokens("GET /v1/changes/", t => new Ask("GET", $"/v1/changes?satker={t.Satker}")),
        Read("GET /v1/satker/{satker}/due/", t => $"/v1/satker/{t.Satker}/due?year={t.Year}", Sees),
        Read("GET /v1/satker/{satker}/due/children", t => $"/v1/satker/{t.Satker}/due/children?year={t.Year}", Sees),

        // Webhooks: whoever sees the office sees them; its Sekretaris, RI's administrator and its systems keep them. This one has ended.
        List("GET /v1/satker/{satker}/webhooks/", t => $"/v1/satker/{t.Satker}/webhooks", SeesToday),
        Read("GET /v1/satker/{satker}/webhooks/{id}", t => $"/v1/satker/{t.Satker}/webhooks/{t.Webhook}", SeesToday),
        Read("GET /v1/satker/{satker}/webhooks/{id}/attempts", t => $"/v1/satker/{t.Satker}/webhooks/{t.Webhook}/attempts", SeesToday),
        Keeps("POST /v1/satker/{satker}/webhooks/", t => new Ask("POST", $"/v1/satker/{t.Satker}/webhooks", new WebhookWish("http://192.0.2.1", []))),
        Keeps("PUT /v1/satker/{satker}/webhooks/{id}", t => new Ask(
            "PUT", $"/v1/satker/{t.Satker}/webhooks/{t.Webhook}", CreateWebhook.Shown, Version: 999)),
        Keeps("POST /v1/satker/{satker}/webhooks/{id}/replay", t => new Ask(
            "POST", $"/v1/satker/{t.Satker}/webhooks/{t.Webhook}/replay", """{"after":"x"}""", Version: 999)),
        Keeps("POST /v1/satker/{satker}/webhooks/{id}/secret", t => new Ask(
            "POST", $"/v1/satker/{t.Satker}/webhooks/{t.Webhook}/secret", Version: 999)),
        Keeps("POST /v1/satker/{satker}/webhooks/{id}/test", t => new Ask("POST", $"/v1/satker/{t.Satker}/webhooks/{t.Webhook}/test")),

        // Money: a state taken over by the operator, an agreement's grant, and what was spent.
        List("GET /v1/satker/{satker}/budgets/{year:int}/revisions", t => $"{t.Budget}/revisions", Sees),
        List("GET /v1/satker/{satker}/grants/", t => $"/v1/satker/{t.Satker}/grants", SeesToday),
        Read("GET /v1/satker/{satker}/budgets/", t => $"/v1/satker/{t.Satker}/budgets?from={t.Year}&to={t.Year}", Sees),
        Read("GET /v1/satker/{satker}/budgets/{year:int}", t => t.Budget, Sees),
        Read("GET /v1/satker/{satker}/budgets/{year:int}/revisions/{number:int}", t => $"{t.Budget}/revisions/0", Sees),
        Read("GET /v1/satker/{satker}/budgets/{year:int}/revisions/{number:int}/sign-offs", t => t.Documents["next"].SignOffs, Sees),
        Read("GET /v1/satker/{satker}/budgets/{year:int}/compare", t => $"{t.Budget}/compare?from=0&to=1", Sees),
        Read("GET /v1/satker/{satker}/budgets/{year:int}/realizations", t => $"{t.Budget}/realizations", Sees),
        Read("GET /v1/satker/{satker}/budgets/{year:int}/realizations/{id}", t => $"{t.Budget}/realizations/{t.Documents["spent"].Id}", Sees),
        Read("GET /v1/satker/{satker}/budgets/{year:int}/rollup", t => $"{t.Budget}/rollup", Sees),
        Read("GET /v1/satker/{satker}/budgets/{year:int}/cascade", t => $"{t.Budget}/cascade", Sees),
        Read("GET /v1/satker/{satker}/budgets/{year:int}/absorption", t => $"{t.Budget}/absorption", Sees),
        Read("GET /v1/satker/{satker}/budgets/{year:int}/absorption/rollup", t => $"{t.Budget}/absorption/rollup", Sees),
        Write("POST /v1/satker/{satker}/budgets/{year:int}/revisions", "", t => new Ask(
            "POST", $"{t.Budget}/revisions", Money.State(0, Money.Line()) with { Year = t.Year }), BudgetPreparers, Or(SeesToday)),
        Write("PUT /v1/satker/{satker}/budgets/{year:int}/revisions/{number:int}", "", t => new Ask(
            "PUT", $"{t.Budget}/revisions/1", Money.State(1, Money.Line()), Version: 999), BudgetPreparers, Or(Sees)),
        Write("POST /v1/satker/{satker}/budgets/{year:int}/realizations", "", t => new Ask(
            "POST", $"{t.Budget}/realizations", Money.Spent("2020-B01", (Money.Line(), 1))), BudgetPreparers, Or(SeesToday)),
        Read("GET /v1/satker/{satker}/grants/{id}", t => t.Documents["grant"].Path, SeesToday),
        Write("PUT /v1/satker/{satker}/grants/{id}", "", t => new Ask(
            "PUT", t.Documents["grant"].Path, Money.Grant("probe"), Version: 999), BudgetPreparers, Or(SeesToday)),
        Write("POST /v1/satker/{satker}/grants/", "", t => new Ask(
            "POST", $"/v1/satker/{t.Satker}/grants", Money.Grant("probe")), BudgetPreparers, Or(SeesToday)),
        new("POST /v1/satker/{satker}/budgets/{year:int}/revisions/{number:int}/sign-offs", "submit",
            t => new Ask("POST", t.Documents["next"].SignOffs, Wanted("submit", $"{t.Satker}.{t.Finance}")),
            (prober, t) => prober.Post == $"{t.Satker}.{t.Finance}" ? Expected.Reaches : Or(Sees)(prober, t)),

        // Appointing: the tree is public, so nobody is told that an office were not there.
        Write("POST /v1/satker/{satker}/posts/", "head of a unit", t => Appoints(t, t.Unit),
            t => [$"{t.Satker}.{t.Sekretaris}", "00.admin-periode"], (_, _) => Expected.Forbidden),
        Write("POST /v1/satker/{satker}/posts/", "head of the office", t => Appoints(t, "ketua"),
            t => [t.Parent is null ? "" : $"{t.Parent}.{(t.Parent == "00" ? "sekjen" : "sekretaris")}", "00.admin-periode"],
            (_, _) => Expected.Forbidden),
        Write("PUT /v1/satker/{satker}/posts/{id}", "", t => new Ask("PUT", $"/v1/satker/{t.Satker}/posts/{t.Posting}", Holding(t.Unit)),
            t => [$"{t.Satker}.{t.Sekretaris}", "00.admin-periode"], Or(SeesToday)),
        Write("POST /v1/satker/{satker}/moves", "", t => new Ask(
                "POST", $"/v1/satker/{t.Satker}/moves", """{"parent":"51","from":"2025-07-01","decree":"UU"}""", Version: 999),
            _ => ["00.admin-periode"], (_, _) => Expected.Forbidden),
        Write("POST /v1/indicators/", "", _ => new Ask("POST", "/v1/indicators", Indicators.Of(2099).First()),
            _ => ["00.admin-katalog"], (_, _) => Expected.Forbidden),
        Write("PUT /v1/indicators/{code}", "", t => new Ask(
                "PUT", $"/v1/indicators/SP.01?year={t.Year}", Indicators.Of(t.Year).First(), Version: 999),
            _ => ["00.admin-katalog"], (_, _) => Expected.Forbidden),
        Write("PUT /v1/years/{year:int}/policy/", "", t => new Ask("PUT", $"/v1/years/{t.Year}/policy", Indicators.NextPolicy(t.Year), Version: 999),
            _ => ["00.admin-katalog"], (_, _) => Expected.Forbidden),
        Write("POST /v1/years/{year:int}/policy/preview", "", t => new Ask(
                "POST", $"/v1/years/{t.Year}/policy/preview", Indicators.NextPolicy(t.Year) with { Version = $"{t.Year}.9999" }),
            _ => ["00.admin-katalog"], (_, _) => Expected.Forbidden),
        Write("POST /v1/years/{year:int}/indicators:copy", "", _ => new Ask("POST", "/v1/years/2098/indicators:copy"),
            _ => ["00.admin-katalog"], (_, _) => Expected.Forbidden),

        List("GET /v1/satker/{satker}/indicators/", t => $"/v1/satker/{t.Satker}/indicators?year={t.Year}", Sees),
        Read("GET /v1/satker/{satker}/indicators/{code}",
            t => $"/v1/satker/{t.Satker}/indicators/{t.LocalIndicator}?year={t.Year}", Sees),
        Write("POST /v1/satker/{satker}/indicators/", "", t => new Ask("POST", $"/v1/satker/{t.Satker}/indicators",
            DefineLocalIndicator.Shown with { Code = ProbeWorld.LocalIndicator, Year = t.Year }), Planners, Or(SeesToday)),
        Write("PUT /v1/satker/{satker}/indicators/{code}", "", t => new Ask(
                "PUT", $"/v1/satker/{t.Satker}/indicators/{t.LocalIndicator}?year={t.Year}",
                DefineLocalIndicator.Shown with { Code = ProbeWorld.LocalIndicator, Year = t.Year }, Version: 999), Planners, Or(SeesToday)),
        Write("PUT /v1/satker/{satker}/indicators/{code}/mapping", "", t => new Ask(
                "PUT", $"/v1/satker/{t.Satker}/indicators/{t.LocalIndicator}/mapping?year={t.Year}", """{"indicator":"SP.02"}""", Version: 999),
            _ => ["00.admin-katalog"], (_, _) => Expected.Forbidden),

        Read("GET /v1/satker/{satker}/evidence/{hash}", t => $"/v1/satker/{t.Satker}/evidence/{t.Evidence}", SeesToday),
        Write("PUT /v1/satker/{satker}/evidence/{hash}", "", t => new Ask(
            "PUT", $"/v1/satker/{t.Satker}/evidence/{new string('0', 64)}", "bukti"),
            t => [$"{t.Satker}.operator", $"{t.Satker}.ketua", $"{t.Satker}.{t.Sekretaris}", $"{t.Satker}.{t.UnitAbove}", $"{t.Satker}.{t.Unit}"],
            Or(SeesToday)),

        // Windows: RI's alone; everybody knows them.
        Write("POST /v1/years/{year:int}/periods/", "", t => new Ask("POST", $"/v1/years/{t.Year}/periods", ProbeWorld.Window(t.Year)),
            _ => ["00.admin-periode"], (_, _) => Expected.Forbidden),
        Write("PUT /v1/years/{year:int}/periods/{period}", "", t => new Ask("PUT", Window(t), ProbeWorld.Window(t.Year), Version: 999),
            _ => ["00.admin-periode"], (_, _) => Expected.Forbidden),
        Write("POST /v1/years/{year:int}/periods/{period}/closings", "", t => new Ask("POST", $"{Window(t)}/closings", Version: 999),
            _ => ["00.admin-periode"], (_, _) => Expected.Forbidden),
        Write("POST /v1/years/{year:int}/periods/{period}/reopenings", "", t => new Ask("POST", $"{Window(t)}/reopenings",
                new Reopening([t.Satker], "Uji.", new DateOnly(2190, 1, 1)), Version: 999),
            _ => ["00.admin-periode"], (_, _) => Expected.Forbidden),

        // Drafts: the unit's own head and the operator prepare; a line without an indicator stops them.
        Write("POST /v1/satker/{satker}/agreements/", "", t => new Ask("POST", $"/v1/satker/{t.Satker}/agreements",
            Given.Agreement(t.Unit, t.Year, Given.Line("1", "XX.99"))), Preparers, Or(SeesToday)),
        Write("PUT /v1/satker/{satker}/agreements/{id}", "", t => new Ask("PUT", t.Documents["in force"].Path,
            Given.Agreement(t.Unit, t.Year), Version: 999), Preparers, Or(Sees)),
        Write("POST /v1/satker/{satker}/realizations/", "", t => new Ask("POST", $"/v1/satker/{t.Satker}/realizations",
            Given.Report(t.Unit, $"{t.Year}-B07", Given.Entry("1", "XX.99"))), Preparers, Or(SeesToday)),
        Write("PUT /v1/satker/{satker}/realizations/{id}", "", t => new Ask("PUT", t.Documents["to submit"].Path,
            Given.Report(t.Unit, $"{t.Year}-T1"), Version: 999), Preparers, Or(Sees)),

        // Acts: the post whose turn it is, upon a content it did not see.
        Act("agreement", "sign", "to sign", t => $"{t.Satker}.ketua"),
        Act("agreement", "countersign", "to countersign", t => $"{t.Satker}.ketua"),
        Act("realization", "submit", "to submit", t => $"{t.Satker}.{t.Unit}"),
        Act("realization", "verify", "to verify", t => $"{t.Satker}.{t.UnitAbove}"),
        Act("realization", "approve", "to approve", t => $"{t.Satker}.ketua"),
        Act("realization", "accept", "to accept", t => t.Parent is null ? null : $"{t.Parent}.verifikator"),
        Act("realization", "return", "to approve", t => $"{t.Satker}.ketua"),

        // Acts beside the way: who drafts amends, who countersigned revokes, the parent takes note.
        Act("agreement", "amend", "in force", t => $"{t.Satker}.{t.Unit}"),
        Act("agreement", "amend", "in force", t => $"{t.Satker}.operator") with { Name = "amend by the operator" },
        Act("agreement", "revoke", "in force", t => $"{t.Satker}.{t.UnitAbove}"),
        Act("agreement", "revoke", "to sign", t => $"{t.Satker}.operator") with { Name = "take back by the operator" },
        Act("realization", "revoke", "to submit", t => $"{t.Satker}.{t.Unit}"),
        Act("agreement", "note", "in force", t => t.Parent is null ? null : $"{t.Parent}.verifikator"),

        // The same acts in a batch: everybody is answered, each act for itself.
        Batch("realization", "approve", "to approve", t => $"{t.Satker}.ketua"),
        Batch("agreement", "revoke", "in force", t => $"{t.Satker}.{t.UnitAbove}"),
    ];

    private static Operation Public(string route, Func<Target, string> path) =>
        new(route, "", t => new Ask("GET", path(t)), (_, _) => Expected.Answers) { IsPublic = true };

    private static Operation Read(string route, Func<Target, string> path, Func<Prober, Target, bool> sees) =>
        new(route, "", t => new Ask("GET", path(t)), (prober, t) => sees(prober, t) ? Expected.Answers : Expected.Hidden);

    private static Operation List(string route, Func<Target, string> path, Func<Prober, Target, bool> sees) =>
        new(route, "", t => new Ask("GET", path(t)), (prober, t) => sees(prober, t) ? Expected.AnswersFull : Expected.Hidden);

    private static Operation Write(
        string route, string name, Func<Target, Ask?> ask, Func<Target, string[]> posts, Func<Prober, Target, Expected> others) =>
        new(route, name, ask, (prober, t) => posts(t).Contains(prober.Post) ? Expected.Reaches : others(prober, t));

    private static Operation Keeps(string route, Func<Target, Ask> ask) => new(route, "", ask, (prober, t) =>
        prober.Post == $"{t.Satker}.{t.Sekretaris}" || prober.Post == "00.admin-periode"
            || (Actor.IsSystemSubject(prober.Subject) && prober.Satker == t.Satker) ? Expected.Reaches : Or(SeesToday)(prober, t));

    private static Operation Tokens(string route, Func<Target, Ask> ask) => new(route, "", ask, (_, _) => Expected.Answers);

    private static Operation Act(string kind, string act, string document, Func<Target, string?> post) => new(
        $"POST /v1/satker/{{satker}}/{kind}s/{{id}}/sign-offs", act,
        t => post(t) is { } acting
            ? new Ask("POST", t.Documents[document].SignOffs, Wanted(act, acting), t.Documents[document].Version) : null,
        (prober, t) => prober.Post == post(t) && !Actor.IsSystemSubject(prober.Subject) ? Expected.Reaches : Or(Sees)(prober, t));

    private static Operation Batch(string kind, string act, string document, Func<Target, string> post) =>
        Act(kind, act, document, post) with
        {
            Route = "POST /v1/sign-offs:batch",
            IsBatch = true,
            Ask = t =>
            {
                var item = Wanted(act, post(t));
                (item["kind"], item["satker"], item["id"], item["version"]) =
                    (kind, t.Satker, t.Documents[document].Id, t.Documents[document].Version);
                return new Ask("POST", "/v1/sign-offs:batch", new JsonObject { ["items"] = new JsonArray(item) });
            },
        };

    private static JsonObject Wanted(string act, string post) => new()
    {
        ["act"] = act,
        ["post"] = post,
        ["contentHash"] = NoHash,
        ["reasons"] = act is "return" or "amend" or "revoke"
            ? new JsonArray(new JsonObject { ["code"] = "angka", ["words"] = "Belum benar." }) : null,
    };

    private static string Window(Target t) => $"/v1/years/{t.Year}/periods/{ProbeWorld.Window(t.Year).Period}";

    /// <summary>Who sees it is refused, who does not learns nothing.</summary>
    private static Func<Prober, Target, Expected> Or(Func<Prober, Target, bool> sees) =>
        (prober, t) => sees(prober, t) ? Expected.Refused : Expected.Hidden;

    private static string[] Planners(Target t) => [$"{t.Satker}.operator"];

    private static string[] BudgetPreparers(Target t) => [$"{t.Satker}.{t.Finance}", $"{t.Satker}.{t.Planning}", $"{t.Satker}.operator"];

    private static string[] Preparers(Target t) => [$"{t.Satker}.{t.Unit}", $"{t.Satker}.operator"];

    private static Ask Appoints(Target t, string post) => new("POST", $"/v1/satker/{t.Satker}/posts", Holding(post));

    private static Posting Holding(string post) => new(post, "probe", Capacity.Definitive, "SK uji", new DateOnly(2024, 1, 1));

    /// <summary>Own office and what stands below it today; formerly below, the years in which it did.</summary>
    private static bool Sees(Prober prober, Target t) => SeesToday(prober, t)
        || (Relation(prober, t) == "former parent" && t.Year <= ProbeWorld.LastYearUnderFormerParent);

    private static bool SeesToday(Prober prober, Target t) => Relation(prober, t) is "own" or "parent" or "grandparent";

    private static string? Relation(Prober prober, Target t) =>
        ProbeWorld.Relations[t.Satker == "9999" ? "5305" : t.Satker].GetValueOrDefault(prober.Satker);
}
