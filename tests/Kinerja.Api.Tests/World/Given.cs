using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>A document as a test holds it: what it must send to act upon it.</summary>
internal sealed record Doc(string Kind, string Satker, string Id, int Version, string ContentHash, JsonNode Json)
{
    public string Path => Kind == "budget-revision"
        ? $"/v1/satker/{Satker}/budgets/{Id.Replace("-", "/revisions/", StringComparison.Ordinal)}"
        : $"/v1/satker/{Satker}/{Kind}s/{Id}";

    public string SignOffs => $"{Path}/sign-offs";

    public string State => (string)Json["signOff"]!["state"]!;

    public int Round => (int)Json["signOff"]!["round"]!;

    public static Doc Of(Answer answer) => Of(answer.Json);

    public static Doc Of(JsonNode json) => new((string)json["kind"]!, (string)json["satker"]!, (string)json["id"]!,
        (int)json["version"]!, (string)json["contentHash"]!, json);
}

/// <summary>An act and the post that does it. Accounts are named after the posts they hold.</summary>
internal sealed record Hand(string Act, string Post);

/// <summary>States of documents, reached through the public API. A database serves a class, so whoever needs a unit's
/// documents for itself takes a fresh unit.</summary>
internal sealed class Given(Api api)
{
    // Offices of NTT whose Ketua, Sekretaris and planning head have accounts; 5305 is left to those who name it.
    private readonly ConcurrentQueue<(string Satker, string Unit)> fresh = new(
        from unit in new[] { "rendatin", "sekretaris", "ketua" }
        from number in Enumerable.Range(5301, 21).Append(5371).Where(number => number != 5305)
        select ($"{number}", unit));

    /// <summary>A unit of an office of NTT that no other test of the class has.</summary>
    public (string Satker, string Unit) FreshUnit() =>
        fresh.TryDequeue(out var unit) ? unit : throw new InvalidOperationException("Every unit is used.");

    public static AgreementLine Line(string no = "1", string indicator = "SP.01", Value? target = null) =>
        new(no, "Sasaran", $"Indikator {indicator}", indicator, target ?? new Value.Percent(100));

    public static Agreement Agreement(string unit, int year = 2024, params AgreementLine[] lines) =>
        new(year, unit, new DateOnly(year, 1, 29), lines.Length == 0 ? [Line()] : lines);

    public static RealizationEntry Entry(string line = "1", string indicator = "SP.01", Value? result = null) =>
        new(line, indicator, result ?? new Value.Percent(null, 124, 176));

    public static Realization Report(string unit, string period = "2024", params RealizationEntry[] entries) =>
        new(int.Parse(period[..4], null), period, unit, entries.Length == 0 ? [Entry()] : entries);

    /// <summary>The way of an agreement.</summary>
    public static Hand[] WayOfAgreement(string satker, string unit) => unit switch
    {
        "ketua" => [new("sign", $"{satker}.ketua")],
        "sekretaris" => [new("sign", $"{satker}.sekretaris"), new("countersign", $"{satker}.ketua")],
        _ => [new("sign", $"{satker}.{unit}"), new("countersign", $"{satker}.sekretaris")],
    };

    /// <summary>The way of a report of a kabupaten's unit, and of a province's Sekretaris.</summary>
    public static Hand[] WayOfReport(string satker, string unit) =>
    [
        new("submit", $"{satker}.{(unit is "ketua" or "sekretaris" ? "rendatin" : unit)}"),
        new("verify", $"{satker}.sekretaris"),
        new("approve", $"{satker}.ketua"),
        new("accept", satker.Length == 2 ? "00.verifikator" : $"{satker[..2]}.verifikator"),
    ];

    /// <summary>Who prepares a unit's documents.</summary>
    public static string Preparer(string satker, string unit) => $"{satker}.{unit}";

    public async Task<Doc> Drafted(string satker, Agreement agreement) => Doc.Of((await api.As(Preparer(satker, agreement.Unit))
        .Post($"/v1/satker/{satker}/agreements", agreement)).Is(201));

    /// <summary>The amendment that its preparer begins of an agreement in force, dated as the test needs it.</summary>
    public async Task<Doc> Amended(Doc agreement, DateOnly? date = null, string ground = "change-of-strategy")
    {
        var amend = new Hand("amend", Preparer(agreement.Satker, Unit(agreement)));
        var body = ActBody(agreement, amend);
        body["reasons"] = Reasons(ground);
        var done = (await api.As(amend.Post).Post(agreement.SignOffs, body, Requests.IfMatch(agreement.Version))).Is(200);
        var draft = Doc.Of((await api.As(amend.Post).Get(done.Header("Location")!)).Is(200));
        return date is { } day ? await Redrafted(draft, day) : draft;
    }

    /// <summary>A draft agreement with another date, and another target of its first line.</summary>
    public async Task<Doc> Redrafted(Doc draft, DateOnly date, decimal? target = null)
    {
        var content = draft.Json["content"]!.DeepClone();
        content["date"] = $"{date:yyyy-MM-dd}";
        if (target is { } value)
        {
            content["lines"]![0]!["target"]!["value"] = value;
        }

        return Doc.Of((await api.As(Preparer(draft.Satker, Unit(draft))).Put(draft.Path, content, Requests.IfMatch(draft.Version))).Is(200));
    }

    public async Task<Doc> Drafted(string satker, Realization report) => Doc.Of((await api.As(Preparer(satker, report.Unit))
        .Post($"/v1/satker/{satker}/realizations", report)).Is(201));

    public async Task<Doc> DraftedAgreement()
    {
        var (satker, unit) = FreshUnit();
        return await Drafted(satker, Agreement(unit));
    }

    public async Task<Doc> InForce(string satker, Agreement agreement) =>
        await Through(await Drafted(satker, agreement), WayOfAgreement(satker, agreement.Unit));

    /// <summary>A draft report of a fresh unit whose agreement is in force.</summary>
    public async Task<Doc> DraftedReport()
    {
        var (satker, unit) = FreshUnit();
        await InForce(satker, Agreement(unit));
        return await Drafted(satker, Report(unit));
    }

    /// <summary>A report of a fresh unit after so many hands.</summary>
    public async Task<Doc> Reported(int hands)
    {
        var draft = await DraftedReport();
        return await Through(draft, WayOfReport(draft.Satker, Unit(draft))[..hands]);
    }

    public static string Unit(Doc document) => (string)document.Json["content"]!["unit"]!;

    /// <summary>The document after each hand has acted.</summary>
    public async Task<Doc> Through(Doc document, params IEnumerable<Hand> hands)
    {
        foreach (var hand in hands)
        {
            document = Doc.Of((await Act(document, hand)).Is(200));
        }

        return document;
    }

    /// <summary>One act upon the version and content the test holds, by the post's own account unless another is named.</summary>
    public Task<Answer> Act(Doc document, Hand hand, string? account = null, params (string Name, string Value)[] headers) =>
        api.As(account ?? hand.Post).Post(document.SignOffs, ActBody(document, hand), [Requests.IfMatch(document.Version), .. headers]);

    public static JsonObject ActBody(Doc document, Hand hand)
    {
        var body = new JsonObject { ["act"] = hand.Act, ["post"] = hand.Post, ["contentHash"] = document.ContentHash };
        if (hand.Act is "return" or "revoke" or "amend")
        {
            body["reasons"] = Reasons(hand.Act == "amend" ? "change-of-strategy" : "angka");
        }

        return body;
    }

    public static JsonArray Reasons(string code) => [new JsonObject
    {
        ["code"] = code,
        ["words"] = "Angka belum benar.",
        ["pointer"] = "/entries/0",
        ["deadline"] = "2025-01-31",
    }];

    /// <summary>Appoints an account to a post, besides those it holds: a Plh. beside who is there.</summary>
    public async Task Appointed(string post, string account, Capacity capacity = Capacity.Plh, string from = "2020-01-01") =>
        (await api.As("00.admin-periode").Post($"/v1/satker/{post.Split('.')[0]}/posts", new Posting(
            post.Split('.')[1], account, capacity, $"SK {capacity} uji", DateOnly.Parse(from, null)))).Is(201);

    /// <summary>Ends the posting of an account in the post it is named after, long ago: the post is vacant.</summary>
    public async Task Vacant(string post)
    {
        var (satker, code) = (post.Split('.')[0], post.Split('.')[1]);
        var rows = (await api.As("00.admin-periode").Get($"/v1/satker/{satker}/posts?pageSize=500")).Is(200).Json["items"]!.AsArray();
        var id = (string)rows.Single(row => (string)row!["post"]! == post && (string)row["subject"]! == post)!["id"]!;
        (await api.As("00.admin-periode").Put($"/v1/satker/{satker}/posts/{id}",
            new Posting(code, post, Capacity.Definitive, "SK uji", new DateOnly(2020, 1, 1), new DateOnly(2021, 1, 1)),
            Requests.IfMatch(1))).Is(200);
    }

    /// <summary>What awaits the account's act, as <c>/v1/me</c> tells it: the documents, each with the post it is asked for.</summary>
    public async Task<Dictionary<string, string>> Awaiting(string account) =>
        (await api.As(account).Get("/v1/me")).Is(200).Json["awaiting"]!.AsArray()
            .ToDictionary(row => (string)row!["id"]!, row => (string)row!["post"]!);

    public async Task<Doc> Now(Doc document, string reader) => Doc.Of((await api.As(reader).Get(document.Path)).Is(200));
}
