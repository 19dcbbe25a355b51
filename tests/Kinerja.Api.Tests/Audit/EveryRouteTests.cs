using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;

namespace Kinerja.Api.Tests;

/// <summary>
/// Every route that changes something leaves exactly one journal entry, one place in the ledger and one event for each version it
/// makes, and nothing else does; a route without a row here fails.
/// </summary>
public sealed class EveryRouteTests(Api api) : IClassFixture<Api>
{
    private const string Satker = "5305";
    private static readonly byte[] File = Encoding.ASCII.GetBytes("%PDF-1.7\nbukti setiap rute\n%%EOF");

    /// <summary>What a route is asked, and how many documents that changes.</summary>
    private sealed record Change(Func<Task<Answer>> Ask, int Documents = 1);

    private Given Given => api.Given;

    private HttpClient Administrator => api.As("00.admin-periode");

    private HttpClient Catalogue => api.As("00.admin-katalog");

    [Fact]
    public async Task A_change_has_one_entry_one_place_and_one_event()
    {
        var changes = await Changes();
        Assert.Equal(
            from endpoint in api.Endpoints()
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
            let route = $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}"
            where method != "GET"
            orderby route
            select route,
            changes.Keys.Order());

        await api.Seal();
        var feed = await new Feed(api.As("00.verifikator")).FromNow();
        foreach (var (route, change) in changes)
        {
            var (versions, entries) = (await Versions(), await Entries());
            var answer = await change.Ask();
            Assert.True(answer.Status is 200 or 201, $"{route}: {answer.Text}");
            await api.Seal();

            var made = (await Versions()).Except(versions).ToList();
            Assert.True(made.Count == change.Documents, $"{route} made {made.Count} versions: {string.Join(", ", made)}");
            Assert.Equal(made, (await Entries())[entries.Count..].Order(StringComparer.Ordinal)); // None twice: not a set.
            Assert.Equal(made, (await feed.Rest()).Select(Name).Order(StringComparer.Ordinal));
        }

        Assert.Equal(0, await api.Owner.Count("journal j where not exists (select from ledger l where l.seq = j.seq and not l.refused)"));
    }

    private static string Name(JsonNode change)
    {
        var data = change["data"]!;
        Assert.Equal($"id.kinerja.{data["kind"]}.{data["act"]}.v1", (string)change["type"]!);
        return $"{data["satker"]}|{data["kind"]}|{data["id"]}|{data["version"]}";
    }

    private Task<List<string>> Versions() =>
        api.Owner.Rows("select satker, kind, id, version from document_version order by concat_ws('|', satker, kind, id, version) collate \"C\"");

    private Task<List<string>> Entries() => api.Owner.Rows("select satker, kind, id, version from journal order by seq");

    private async Task<Dictionary<string, Change>> Changes()
    {
        var rendatin = api.As($"{Satker}.rendatin");
        var office = $"/v1/satker/{Satker}";
        var window = ProbeWorld.Window(2024);
        var (indicator, local) = (Indicators.Of(2024).First() with { Code = "RUTE.01" }, DefineLocalIndicator.Shown with { Code = "L-RUTE" });
        local = local with { Year = 2024, Kind = indicator.Kind, Unit = indicator.Unit, Polarity = indicator.Polarity, Accumulation = indicator.Accumulation };
        var posting = new Posting("operator", "nobody", Capacity.Definitive, "SK uji", new DateOnly(2024, 1, 1));
        var (agreement, report) = (await Given.DraftedAgreement(), await Given.DraftedReport());
        var (signed, batched) = (await Given.DraftedAgreement(), await Given.DraftedReport());
        var submitted = await Given.DraftedReport();
        var (fresh, unit) = Given.FreshUnit();
        var (promised, promisedUnit) = Given.FreshUnit();
        await Given.InForce(promised, Given.Agreement(promisedUnit));
        var drafted = await api.Drafted("5302", Money.State(0, Money.Line()));
        var sent = await api.Drafted("5303", Money.State(0, Money.Line()));
        await api.Held("5304", Money.State(0, Money.Line()));
        Hand Submits(Doc document) => Given.WayOfReport(document.Satker, Given.Unit(document))[0];
        var (holding, grant, webhook) = ("", "", "");
        var wish = new WebhookWish("https://127.0.0.1:9", []);
        return new Dictionary<string, Change>
        {
            ["POST /v1/indicators/"] = new(() => Catalogue.Post("/v1/indicators", indicator)),
            ["PUT /v1/indicators/{code}"] = new(() => Catalogue.Put(
                $"/v1/indicators/{indicator.Code}?year=2024", indicator with { Name = "Nama lain" }, Requests.IfMatch(1))),
            ["POST /v1/satker/{satker}/indicators/"] = new(() => rendatin.Post($"{office}/indicators", local)),
            ["PUT /v1/satker/{satker}/indicators/{code}"] = new(() => rendatin.Put(
                $"{office}/indicators/{local.Code}?year=2024", local with { Name = "Nama lain" }, Requests.IfMatch(1))),
            ["PUT /v1/satker/{satker}/indicators/{code}/mapping"] = new(() => Catalogue.Put(
                $"{office}/indicators/{local.Code}/mapping?year=2024", $$"""{"indicator":"{{indicator.Code}}"}""", Requests.IfMatch(2))),
            ["PUT /v1/years/{year:int}/policy/"] = new(() => Catalogue.Put("/v1/years/2023/policy", Indicators.NextPolicy(2023), Requests.IfMatch(1))),
            ["POST /v1/years/{year:int}/policy/preview"] = new(() => Catalogue.Post(
                "/v1/years/2024/policy/preview", Indicators.NextPolicy(2024)), Documents: 0),
            ["POST /v1/years/{year:int}/indicators:copy"] = new(
                () => Catalogue.Post("/v1/years/2025/indicators:copy", ""), Documents: 1 + Indicators.Of(2025).Count()),
            ["POST /v1/years/{year:int}/periods/"] = new(() => Administrator.Post("/v1/years/2024/periods", window)),
            ["PUT /v1/years/{year:int}/periods/{period}"] = new(() => Administrator.Put(
                $"/v1/years/2024/periods/{window.Period}", window with { Due = window.Due.AddDays(-1) }, Requests.IfMatch(1))),
            ["POST /v1/years/{year:int}/periods/{period}/closings"] = new(() => Administrator.Post(
                $"/v1/years/2024/periods/{window.Period}/closings", "", Requests.IfMatch(2))),
            ["POST /v1/years/{year:int}/periods/{period}/reopenings"] = new(() => Administrator.Post(
                $"/v1/years/2024/periods/{window.Period}/reopenings", new Reopening([Satker], "Uji.", new DateOnly(2190, 1, 1)), Requests.IfMatch(3))),
            ["POST /v1/satker/{satker}/posts/"] = new(async () =>
            {
                var answer = await Administrator.Post($"{office}/posts", posting);
                holding = (string)answer.Json["id"]!;
                return answer;
            }),
            ["PUT /v1/satker/{satker}/posts/{id}"] = new(() => Administrator.Put(
                $"{office}/posts/{holding}", posting with { Until = new DateOnly(2190, 1, 1) }, Requests.IfMatch(1))),
            ["PUT /v1/satker/{satker}/evidence/{hash}"] = new(() => rendatin.Put(
                $"{office}/evidence/{Convert.ToHexStringLower(SHA256.HashData(File))}", File)),
            ["POST /v1/satker/{satker}/agreements/"] = new(() => api.As($"{fresh}.{unit}").Post(
                $"/v1/satker/{fresh}/agreements", Given.Agreement(unit))),
            ["PUT /v1/satker/{satker}/agreements/{id}"] = new(() => api.As($"{agreement.Satker}.{Given.Unit(agreement)}").Put(
                agreement.Path, Given.Agreement(Given.Unit(agreement), 2024, Given.Line(target: new Value.Percent(90))), Requests.IfMatch(1))),
            ["POST /v1/satker/{satker}/agreements/{id}/sign-offs"] = new(() => Given.Act(
                signed, Given.WayOfAgreement(signed.Satker, Given.Unit(signed))[0])),
            ["POST /v1/satker/{satker}/realizations/"] = new(() => api.As($"{promised}.{promisedUnit}").Post(
                $"/v1/satker/{promised}/realizations", Given.Report(promisedUnit))),
            ["PUT /v1/satker/{satker}/realizations/{id}"] = new(() => api.As($"{report.Satker}.{Given.Unit(report)}").Put(
                report.Path, Given.Report(Given.Unit(report), "2024", Given.Entry(result: new Value.Percent(50))), Requests.IfMatch(1))),
            ["POST /v1/satker/{satker}/realizations/{id}/sign-offs"] = new(() => Given.Act(submitted, Submits(submitted))),
            ["POST /v1/sign-offs:batch"] = new(() => api.As(Submits(batched).Post).Post("/v1/sign-offs:batch", new JsonObject
            {
                ["items"] = new JsonArray(Item(batched, Submits(batched)), Item(agreement, new Hand("countersign", "5301.ketua"))),
            })),
            ["POST /v1/satker/{satker}/budgets/{year:int}/revisions"] = new(() => rendatin.Post(
                $"{office}/budgets/2024/revisions", Money.TakenOver(Money.State(0, Money.Line()), $"{Satker}.rendatin"))),
            ["PUT /v1/satker/{satker}/budgets/{year:int}/revisions/{number:int}"] = new(() => api.As("5302.rendatin").Put(
                drafted.Path, Money.State(0, Money.Line(pagu: 1_100)), Requests.IfMatch(1))),
            ["POST /v1/satker/{satker}/budgets/{year:int}/revisions/{number:int}/sign-offs"] = new(() => Given.Act(
                sent, new Hand("submit", "5303.rendatin"))),
            ["POST /v1/satker/{satker}/budgets/{year:int}/realizations"] = new(() => api.Spends("5304", Money.Spent("2024-B01", (Money.Line(), 10)))),
            ["POST /v1/satker/{satker}/grants/"] = new(async () =>
            {
                var answer = await rendatin.Post($"{office}/grants", Money.Grant("rute"));
                grant = (string)answer.Json["id"]!;
                return answer;
            }),
            ["PUT /v1/satker/{satker}/grants/{id}"] = new(() => rendatin.Put(
                $"{office}/grants/{grant}", Money.Grant("rute", 5) with { Correction = "Salah ketik." }, Requests.IfMatch(1))),
            ["POST /v1/satker/{satker}/webhooks/"] = new(async () =>
            {
                var answer = await Administrator.Post($"{office}/webhooks", wish);
                webhook = (string)answer.Json["webhook"]!["id"]!;
                return answer;
            }),
            ["PUT /v1/satker/{satker}/webhooks/{id}"] = new(() => Administrator.Put(
                $"{office}/webhooks/{webhook}", wish with { State = WebhookState.Paused }, Requests.IfMatch(1))),
            ["POST /v1/satker/{satker}/webhooks/{id}/replay"] = new(() => Administrator.Post(
                $"{office}/webhooks/{webhook}/replay", new JsonObject { ["after"] = new Position(0).Text }, Requests.IfMatch(2))),
            ["POST /v1/satker/{satker}/webhooks/{id}/secret"] = new(() => Administrator.Post(
                $"{office}/webhooks/{webhook}/secret", "", Requests.IfMatch(3))),
            ["POST /v1/satker/{satker}/webhooks/{id}/test"] = new(() => Administrator.Post(
                $"{office}/webhooks/{webhook}/test", ""), Documents: 0),
            ["POST /v1/satker/{satker}/moves"] = new(() => Administrator.Post(
                "/v1/satker/5321/moves", """{"parent":"52","from":"2024-07-01","decree":"UU uji"}""", Requests.IfMatch(1))),
        };
    }

    private static JsonObject Item(Doc document, Hand hand)
    {
        var item = Given.ActBody(document, hand);
        (item["kind"], item["satker"], item["id"], item["version"]) = (document.Kind, document.Satker, document.Id, document.Version);
        return item;
    }
}
