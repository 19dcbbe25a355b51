using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace Kinerja.Api.Tests;

/// <summary>
/// Every operation, asked by every role from every place in the tree, and with tokens that do not count. A quick run asks a
/// cross-section, and everything once without a token and once for somebody without a post; <c>KINERJA_TEST_ALL=1</c> asks everything.
/// </summary>
public sealed partial class ProbeTests(Api api) : IClassFixture<Api>, IAsyncLifetime
{
    private const int QuickShare = 19;
    private static readonly bool All = Environment.GetEnvironmentVariable("KINERJA_TEST_ALL") == "1";
    private static readonly string[] BadTokens = ["expired", "revoked", "audience"];
    private StubIssuer issuer = null!;
    private Uri address = null!;

    public async ValueTask InitializeAsync()
    {
        issuer = await StubIssuer.Start();
        // More is asked than anybody may ask in a minute, and the minute stands still.
        address = api.With(issuer, new Clock(), ("RateLimits:Client", "0"), ("RateLimits:Satker", "0"));
        foreach (var prober in ProbeWorld.AllProbers)
        {
            var subject = prober.Subject;
            if (Actor.IsSystemSubject(subject))
            {
                issuer.Says(subject, answer => (answer["sub"], answer["client_id"]) = (null, subject[Actor.SystemPrefix.Length..]));
            }

            issuer.Says($"expired:{subject}", answer => (answer["sub"], answer["exp"]) = (subject, 1_700_000_000));
            issuer.Says($"revoked:{subject}", answer => (answer["sub"], answer["active"]) = (subject, false));
            issuer.Says($"audience:{subject}", answer => (answer["sub"], answer["aud"]) = (subject, "urn:another:api"));
        }
    }

    public ValueTask DisposeAsync() => issuer.DisposeAsync();

    [Fact]
    public void Every_route_of_the_running_service_has_a_row() => Assert.Equal(
        (from endpoint in api.Endpoints()
         from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
         select $"{method} {(endpoint.RoutePattern.RawText!.StartsWith('/') ? "" : "/")}{endpoint.RoutePattern.RawText}")
            .Order(StringComparer.Ordinal),
        ProbeTable.Rows.Select(row => row.Route).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task Everybody_is_answered_as_the_table_says_and_nobody_learns_of_what_is_not_his()
    {
        var targets = await new ProbeWorld(subject => api.Bearing(address, subject)).Build([.. api.Holders]);
        await api.Seal();
        var entries = (await api.Owner.Rows("select id, max(position) from ledger where not refused group by id"))
            .ToDictionary(row => row.Split('|')[0], row => long.Parse(row.Split('|')[1], null));
        targets = [.. targets.Select(target => target with { Entry = entries[target.Documents["in force"].Id] })];
        using var statements = new Statements();
        var wrong = new ConcurrentBag<string>();
        var asked = 0;
        var reached = new ConcurrentDictionary<(string, bool), int>();
        await Parallel.ForEachAsync(Probes(targets), new ParallelOptions { MaxDegreeOfParallelism = 12 }, async (probe, _) =>
        {
            Interlocked.Increment(ref asked);
            var (operation, prober, target, token) = probe;
            var answer = await Ask(operation.Ask(target)!, token);
            var expected = operation.Who(prober, target);
            var lets = token == prober.Subject && expected is (Expected.Answers or Expected.AnswersFull or Expected.Reaches);
            reached.AddOrUpdate(($"{operation.Route} {operation.Name}", lets), 1, (_, count) => count + 1);
            if ((token != prober.Subject ? WhyNotUnauthorized(operation, token, answer) : WhyNot(operation, expected, answer)) is { } why)
            {
                wrong.Add($"{operation.Route} {operation.Name}: {token} ({Relation(prober, target)}) upon {target.Satker} {target.Year}: {why}");
            }
            else if (token == prober.Subject && expected == Expected.Hidden && await Differs(operation, target, token, answer, statements) is { } trace)
            {
                wrong.Add($"{operation.Route} {operation.Name}: {token} upon {target.Satker} {target.Year}: {trace}");
            }
        });

        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {asked}:\n{string.Join('\n', wrong.Order(StringComparer.Ordinal).Take(30))}");
        Assert.All(ProbeTable.Rows, row => Assert.True(
            reached.ContainsKey(($"{row.Route} {row.Name}", true)), $"{row.Route} {row.Name}: nobody was let in, so no refusal proves anything"));
        Assert.InRange(asked, All ? 10_000 : 1_000, int.MaxValue);
        TestContext.Current.TestOutputHelper?.WriteLine($"{asked} probes");
    }

    /// <summary>Every operation × target × prober × token; a quick run takes those that let somebody in, nobody's, and a share of the
    /// others.</summary>
    private static IEnumerable<(Operation Operation, Prober Prober, Target Target, string Token)> Probes(IReadOnlyList<Target> targets)
    {
        var number = 0;
        var answered = new HashSet<(string, string)>();
        var nobodys = new HashSet<(string, string, string)>();
        return from operation in ProbeTable.Rows
               from target in targets
               where operation.Ask(target) is not null
               from prober in ProbeWorld.Relations[target.Satker].Keys.SelectMany(ProbeWorld.Probers)
                   .Append(new Prober("nobody", "", Prober.None))
               from token in BadTokens.Select(bad => $"{bad}:{prober.Subject}").Prepend(prober.Subject)
                   .Concat(prober.Role == Prober.None ? [""] : [])
               where All || (token == prober.Subject && operation.Who(prober, target) is Expected.Reaches or Expected.AnswersFull)
                   || (token == prober.Subject && operation.Who(prober, target) == Expected.Answers && answered.Add((operation.Route, operation.Name)))
                   || (prober.Role == Prober.None && nobodys.Add((operation.Route, operation.Name, token)))
                   || ++number % QuickShare == 0
               select (operation, prober, target, token);
    }

    private static string? WhyNot(Operation operation, Expected expected, Answer answer) => expected switch
    {
        Expected.Answers => answer.Status == 200 ? null : Seen("200", answer),
        Expected.AnswersFull => answer.Status == 200 && answer.Json["items"]!.AsArray().Count > 0 ? null : Seen("a list", answer),
        Expected.AnswersEmpty => answer.Status == 200 && answer.Json["items"]!.AsArray().Count == 0 ? null : Seen("an empty list", answer),
        Expected.Reaches => operation.Status(answer) is 409 or 412 or 422 ? null : Seen("the rule of the thing itself", answer),
        Expected.Forbidden => answer.Status == 403 ? null : Seen("403", answer),
        Expected.Refused => operation.Status(answer) is 403 or 404 ? null : Seen("403 or 404", answer),
        Expected.Hidden => operation.Status(answer) == 404 ? null : Seen("404", answer),
        _ => throw new UnreachableException(),
    };

    /// <summary>Without a token only what is public answers; with a bad one nothing does.</summary>
    private static string? WhyNotUnauthorized(Operation operation, string token, Answer answer) =>
        token.Length == 0 && operation.IsPublic ? WhyNot(operation, Expected.Answers, answer)
        : answer.Status == 401 && answer.Header("WWW-Authenticate") == (token.Length == 0
            ? "Bearer realm=\"kinerja\"" : "Bearer realm=\"kinerja\", error=\"invalid_token\"") ? null
        : Seen("401", answer);

    /// <summary>The same request for what is not there: the same bytes, made of the same statements.</summary>
    private async Task<string?> Differs(Operation operation, Target target, string token, Answer foreign, Statements statements)
    {
        var missing = await Ask(operation.Ask(operation.IsOfDocument ? target.WithoutDocuments : target.Missing)!, token);
        return Echo().Replace(foreign.Text, "") != Echo().Replace(missing.Text, "") ? $"foreign {foreign.Text} missing {missing.Text}"
            : operation.IsBatch ? null // Its answer carries no trace; the statements are those of the single act.
            : statements.Of(foreign) is var of && (of.Length == 0 || of != statements.Of(missing))
                ? $"foreign:\n{of}\nmissing:\n{statements.Of(missing)}"
            : null;
    }

    private async Task<Answer> Ask(Ask ask, string token)
    {
        using var content = ask.Body is null ? null : Requests.Content(ask.Body);
        List<(string Name, string Value)> headers = [("Authorization", token.Length == 0 ? "" : $"Bearer {token}")];
        if (ask.Method != "GET")
        {
            headers.AddRange([Requests.IfMatch(ask.Version), Requests.Key(Guid.NewGuid().ToString())]);
        }

        return await api.Nobody(address).Send(new HttpMethod(ask.Method), ask.Path, content, [.. headers]);
    }

    private static string Relation(Prober prober, Target target) =>
        ProbeWorld.Relations[target.Satker].GetValueOrDefault(prober.Satker, Prober.None);

    private static string Seen(string expected, Answer answer) => $"expected {expected}, got {answer.Status}: {answer.Text[..Math.Min(answer.Text.Length, 200)]}";

    /// <summary>What repeats the request; a batch names the document that was asked for.</summary>
    [GeneratedRegex("\"(instance|traceId|id)\":\"[^\"]*\"")]
    private static partial Regex Echo();
}
