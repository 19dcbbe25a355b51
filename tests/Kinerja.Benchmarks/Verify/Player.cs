using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Kinerja.Benchmarks;

/// <summary>Tells a country to the API over HTTP, every deed by the person whose it is.</summary>
internal sealed class Player(Country country, HttpClient http)
{
    private static readonly Post PeriodAdministrator = new(Offices.Ri, Post.PeriodAdministrator);
    private static readonly Post CatalogueAdministrator = new(Offices.Ri, Post.CatalogueAdministrator);

    public async Task Play()
    {
        foreach (var office in country.Offices)
        {
            foreach (var posting in country.Postings(office))
            {
                await Send(PeriodAdministrator, HttpMethod.Post, $"/v1/satker/{office.Code}/posts", posting);
            }

            foreach (var move in office.Parents.Skip(1))
            {
                await Send(PeriodAdministrator, HttpMethod.Post, $"/v1/satker/{office.Code}/moves",
                    new { parent = move.Parent, from = move.From, decree = move.Decree }, version: 1);
            }
        }

        foreach (var indicator in country.Catalogues.Values.SelectMany(catalogue => catalogue.Indicators.Values))
        {
            await Send(CatalogueAdministrator, HttpMethod.Post, "/v1/indicators", indicator);
        }

        foreach (var office in country.Offices)
        {
            await Work(office);
        }
    }

    private async Task Work(Office office)
    {
        var stories = new Stories(country, office);
        var ledger = new Ledger(country);
        var treasury = new Treasury(country, office);
        foreach (var year in country.Catalogues.Keys)
        {
            await Fund(treasury, $"/v1/satker/{office.Code}", year);
            foreach (var unit in stories.Promising)
            {
                var story = stories.Agreement(unit, year);
                if (await Tell($"/v1/satker/{office.Code}/agreements", null, story) == State.InForce)
                {
                    foreach (var report in ledger.Reports(stories, unit, story.Content))
                    {
                        await Tell($"/v1/satker/{office.Code}/realizations", null, report);
                    }
                }
            }
        }
    }

    private async Task Fund(Treasury treasury, string office, int year)
    {
        if (treasury.Grant(year) is { } grant)
        {
            await Send(grant.By, HttpMethod.Post, $"{office}/grants", grant.Content);
        }

        foreach (var state in treasury.States(year))
        {
            await Tell($"{office}/budgets/{year}/revisions", $"{state.Content.Number}", state);
        }

        foreach (var spending in treasury.Spendings(year))
        {
            await Send(spending.By, HttpMethod.Post, $"{office}/budgets/{year}/realizations", spending.Content);
        }
    }

    /// <param name="home">The list the documents stand in.</param>
    /// <param name="name">What the document is called there; its id when none is given.</param>
    /// <param name="story">The story.</param>
    private async Task<State> Tell<T>(string home, string? name, Story<T> story)
    {
        var document = await Send<T>(story.Preparer, HttpMethod.Post, home, story.Content!);
        var path = $"{home}/{name ?? document.Id}";
        foreach (var deed in story.Deeds)
        {
            document = deed.Act is { } act
                ? await Send<T>(deed.Post, HttpMethod.Post, $"{path}/sign-offs", new
                {
                    act,
                    post = $"{deed.Post}",
                    contentHash = document.ContentHash,
                    reasons = deed.Reasons.Count == 0 ? null : deed.Reasons,
                }, document.Version)
                : await Send<T>(deed.Post, HttpMethod.Put, path, deed.Content!, document.Version);
        }

        return document.SignOff!.State;
    }

    private async Task<Document<T>> Send<T>(Post by, HttpMethod method, string path, object body, int? version = null) =>
        JsonSerializer.Deserialize<Document<T>>(await Send(by, method, path, body, version), Json.Documents)!;

    private async Task<byte[]> Send(Post by, HttpMethod method, string path, object body, int? version = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, body.GetType(), options: Json.Documents) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", StubIssuer.TokenOf($"{by}"));
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        if (version is not null)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        }

        using var answer = await http.SendAsync(request);
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadAsByteArrayAsync()
            : throw new InvalidOperationException(
                $"{method} {path} as {by}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }
}
