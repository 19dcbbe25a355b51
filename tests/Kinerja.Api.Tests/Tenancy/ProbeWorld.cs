using System.Security.Cryptography;
using System.Text;

namespace Kinerja.Api.Tests;

/// <summary>Who asks: an account, its office, and how it is called in the table.</summary>
internal sealed record Prober(string Subject, string Satker, string Role)
{
    public const string None = "no post";

    /// <summary>The post of the role in the office of the prober.</summary>
    public string Post => $"{Satker}.{Role}";
}

/// <summary>An office that is probed, in one year, with a document in each state that the table acts upon.</summary>
internal sealed record Target(
    string Satker, int Year, string? Parent, string Unit, string UnitAbove, string Sekretaris, IReadOnlyDictionary<string, Doc> Documents,
    string Posting)
{
    public const string Absent = "01890000-0000-7000-8000-000000000000";

    /// <summary>The hash of a file of its evidence.</summary>
    public required string Evidence { get; init; }

    /// <summary>A webhook that has ended.</summary>
    public required string Webhook { get; init; }

    /// <summary>The place in the ledger of what was done to the agreement in force.</summary>
    public long Entry { get; init; }

    /// <summary>An indicator of the office's own.</summary>
    public string LocalIndicator { get; init; } = ProbeWorld.LocalIndicator;

    /// <summary>The head of the planning unit, who may submit budgets.</summary>
    public string Planning => Satker == "00" ? "biro-ren" : "rendatin";

    /// <summary>The head of the finance unit.</summary>
    public string Finance => Satker == "00" ? "biro-keu" : "kul";

    public string Budget => $"/v1/satker/{Satker}/budgets/{Year}";

    /// <summary>The same office, whose documents are not there.</summary>
    public Target WithoutDocuments => this with
    {
        Posting = Absent,
        Webhook = Absent,
        Entry = 1_000_000_000,
        LocalIndicator = "L-TIADA",
        Evidence = new string('0', 64),
        Documents = Documents.ToDictionary(pair => pair.Key, pair => pair.Value with { Id = Absent }),
    };

    /// <summary>An office that is not there.</summary>
    public Target Missing => this with { Satker = "9999" };
}

/// <summary>Five offices around KPU Provinsi NTT, one of them moved away, and the posts from which they are probed.</summary>
internal sealed class ProbeWorld(Func<string, HttpClient> client)
{
    private const string Administrator = "00.admin-periode";

    /// <summary>Where the prober's office stands, seen from the target: by hand, not from the code under test.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Relations =
        new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["5305"] = Named("own 5305, parent 53, grandparent 00, sibling 5371, cousin 5201, other province 52"),
            ["5320"] = Named("own 5320, former parent 53, parent 52, grandparent 00, former sibling 5305, sibling 5201"),
            ["53"] = Named("own 53, parent 00, child 5305, former child 5320, sibling 52, nephew 5201"),
            ["00"] = Named("own 00, child 53, grandchild 5305"),
        };

    /// <summary>The last year of which the former parent of 5320 reads.</summary>
    public const int LastYearUnderFormerParent = 2024;

    /// <summary>The window of a period of which nobody reports.</summary>
    public static DefinePeriod.WindowBody Window(int year) => new($"{year}-B12", new DateOnly(2020, 1, 1), new DateOnly(2190, 12, 31));

    /// <summary>Every office has one of this code.</summary>
    public const string LocalIndicator = "L-KTR.1";

    public static IEnumerable<Prober> Probers(string satker)
    {
        string[] kabupaten = ["operator", "kul", "sekretaris", "ketua"];
        string[] province = ["operator", "keu", "kul", "sekretaris", "ketua", "verifikator", "inspektur"];
        string[] ri =
            ["operator", "biro-keu", "deputi-adm", "sekjen", "ketua", "verifikator", "inspektur", "admin-periode", "admin-katalog"];
        return (satker == "00" ? ri : satker.Length == 2 ? province : kabupaten)
            .Select(post => new Prober($"{satker}.{post}", satker, post))
            .Append(new Prober($"client:reads-{satker}", satker, "sistem"))
            .Append(new Prober($"client:drafts-{satker}", satker, "operator"));
    }

    public static IEnumerable<Prober> AllProbers =>
        Relations.Values.SelectMany(relation => relation.Keys).Distinct().Order(StringComparer.Ordinal).SelectMany(Probers)
            .Append(new Prober("nobody", "", Prober.None));

    /// <summary>Appoints the probers, moves the office, and brings the documents where the table wants them.</summary>
    public async Task<IReadOnlyList<Target>> Build(IReadOnlyCollection<string> holders)
    {
        foreach (var prober in AllProbers.Where(prober => prober.Role != Prober.None && !holders.Contains(prober.Subject)))
        {
            await Appoint(prober.Subject, prober.Post);
            if (prober is { Role: "operator" } && Actor.IsSystemSubject(prober.Subject))
            {
                await Appoint(prober.Subject, $"{prober.Satker}.sistem");
            }
        }

        (await client(Administrator).Post(
            "/v1/satker/5320/moves", """{"parent":"52","from":"2024-07-01","decree":"UU uji"}""", Requests.IfMatch(1))).Is(200);
        foreach (var year in new[] { 2024, 2025 })
        {
            (await client(Administrator).Post($"/v1/years/{year}/periods", Window(year))).Is(201);
        }

        return
        [
            await Office("5305", 2024, "53", ["kul", "sekretaris"]),
            await Office("5320", 2024, "52", ["kul", "sekretaris"]),
            await Office("5320", 2025, "52", ["kul", "sekretaris"]),
            await Office("53", 2024, "00", ["keu", "kul", "sekretaris"]),
            await Office("00", 2024, null, ["biro-keu", "deputi-adm", "sekjen"]),
        ];
    }

    private async Task Appoint(string subject, string post) => (await client(Administrator).Post(
        $"/v1/satker/{post.Split('.')[0]}/posts",
        new Posting(post.Split('.')[1], subject, Capacity.Definitive, "SK uji", new DateOnly(2020, 1, 1)))).Is(201);

    /// <param name="satker">The office.</param>
    /// <param name="year">The year of its documents.</param>
    /// <param name="parent">The office above.</param>
    /// <param name="chain">The unit whose documents they are, and the units above it up to the secretariat.</param>
    private async Task<Target> Office(string satker, int year, string? parent, string[] chain)
    {
        var (unit, sekretaris) = (chain[0], chain[^1]);
        List<Hand> way =
        [
            new("submit", $"{satker}.{unit}"),
            .. chain[1..].Select(above => new Hand("verify", $"{satker}.{above}")),
            new("approve", $"{satker}.ketua"),
        ];
        (await client($"{satker}.operator").Post(
            $"/v1/satker/{satker}/indicators", DefineLocalIndicator.Shown with { Code = LocalIndicator, Year = year })).Is(201);
        var agreement = await Drafted(satker, "agreements", unit, Given.Agreement(unit, year));
        var documents = new Dictionary<string, Doc>
        {
            ["in force"] = await Through(
                agreement, [new Hand("sign", $"{satker}.{unit}"), new Hand("countersign", $"{satker}.{chain[1]}")]),
            ["to sign"] = await Drafted(satker, "agreements", "ketua", Given.Agreement("ketua", year)),
            ["to countersign"] = await Through(
                await Drafted(satker, "agreements", sekretaris, Given.Agreement(sekretaris, year)),
                [new Hand("sign", $"{satker}.{sekretaris}")]),
        };
        foreach (var (name, period, hands) in new[]
        {
            ("to submit", "T1", 0), ("to verify", "T2", 1), ("to approve", "T3", way.Count - 1), ("to accept", "T4", way.Count),
        })
        {
            documents[name] = await Through(
                await Drafted(satker, "realizations", unit, Given.Report(unit, $"{year}-{period}")), way[..hands]);
        }

        await Money(satker, year, documents);
        var postings = (await client(Administrator).Get($"/v1/satker/{satker}/posts?pageSize=500")).Is(200).Json["items"]!.AsArray();
        var posting = postings.First(row => (string)row!["post"]! == $"{satker}.{unit}")!;
        var file = Encoding.UTF8.GetBytes($"bukti {satker} {year}");
        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        (await client($"{satker}.operator").Put($"/v1/satker/{satker}/evidence/{hash}", file)).Is(201);
        return new Target(satker, year, parent, unit, chain[1], sekretaris, documents, (string)posting["id"]!)
        {
            Evidence = hash,
            Webhook = await EndedWebhook(satker),
        };
    }

    private async Task<string> EndedWebhook(string satker)
    {
        var wish = new WebhookWish("https://127.0.0.1", []);
        var id = (string)(await client(Administrator).Post($"/v1/satker/{satker}/webhooks", wish)).Is(201).Json["webhook"]!["id"]!;
        (await client(Administrator).Put(
            $"/v1/satker/{satker}/webhooks/{id}", wish with { State = WebhookState.Ended }, Requests.IfMatch(1))).Is(200);
        return id;
    }

    /// <summary>A grant, a state taken over, the draft of the next, and something spent.</summary>
    private async Task Money(string satker, int year, Dictionary<string, Doc> documents)
    {
        var keeper = client($"{satker}.operator");
        var granted = await keeper.Post($"/v1/satker/{satker}/grants", Tests.Money.Grant("probe"));
        Assert.True(granted.Status is 201 or 409, granted.Text); // Once an office; the second year finds it.
        var grant = (await keeper.Get($"/v1/satker/{satker}/grants")).Is(200).Json["items"]![0]!;
        documents["grant"] = Doc.Of((await keeper.Get($"/v1/satker/{satker}/grants/{grant["id"]}")).Is(200));
        var state = Tests.Money.State(0, Tests.Money.Line()) with
        {
            Year = year,
            Document = $"SP DIPA-076.01.2.658312/{year}",
            Date = new DateOnly(year, 1, 2),
        };
        (await keeper.Post($"/v1/satker/{satker}/budgets/{year}/revisions", Tests.Money.TakenOver(state, $"{satker}.operator"))).Is(201);
        documents["next"] = Doc.Of((await keeper.Post($"/v1/satker/{satker}/budgets/{year}/revisions", state with
        {
            Number = 1,
            Kind = RevisionKind.PaguTetap,
            Reason = "uji",
        })).Is(201));
        documents["spent"] = Doc.Of((await keeper.Post(
            $"/v1/satker/{satker}/budgets/{year}/realizations", Tests.Money.Spent($"{year}-B01", (Tests.Money.Line(), 1)))).Is(201));
    }

    private async Task<Doc> Drafted(string satker, string kind, string unit, object content) =>
        Doc.Of((await client($"{satker}.{unit}").Post($"/v1/satker/{satker}/{kind}", content)).Is(201));

    private async Task<Doc> Through(Doc document, IEnumerable<Hand> hands)
    {
        foreach (var hand in hands)
        {
            document = Doc.Of((await client(hand.Post).Post(
                document.SignOffs, Given.ActBody(document, hand), Requests.IfMatch(document.Version))).Is(200));
        }

        return document;
    }

    private static Dictionary<string, string> Named(string relations) => relations.Split(", ")
        .ToDictionary(one => one[(one.LastIndexOf(' ') + 1)..], one => one[..one.LastIndexOf(' ')]);
}
