namespace Kinerja.Api;

/// <summary>A query parameter that an endpoint takes. What is not listed is refused.</summary>
internal sealed record TakesQuery(string Name, string Description, string Example, bool Required = false);

/// <summary>A header that an endpoint takes.</summary>
internal sealed record TakesHeader(string Name, string Description, string Example, bool Required);

/// <summary>An endpoint whose body is a file, byte for byte.</summary>
internal sealed record TakesFile;

/// <summary>An example of an endpoint's body.</summary>
internal sealed record Example(object Body);

/// <summary>How endpoints state their contract: the guard, the OpenAPI document and the tests read the same.</summary>
internal static class Contract
{
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string name, string summary) =>
        route.WithName(name).WithSummary(summary);

    public static RouteHandlerBuilder Takes(
        this RouteHandlerBuilder route, string query, string description, string example, bool required = false) =>
        route.WithMetadata(new TakesQuery(query, description, example, required));

    public static RouteHandlerBuilder Returns<T>(this RouteHandlerBuilder route, int status = 200) => route.Produces<T>(status);

    /// <summary>The problems an endpoint answers with, beside those that every endpoint may (500, 503).</summary>
    public static RouteHandlerBuilder Problems(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses.Append(500).Append(503))
        {
            route.Produces<Problem>(status, "application/problem+json");
        }

        return route;
    }

    /// <summary>A group of endpoints that state that what a client asks of them is counted; see <see cref="RateLimits"/>.</summary>
    public static RouteGroupBuilder Limited(this RouteGroupBuilder group) =>
        group.WithMetadata(new ProducesResponseTypeMetadata(429, typeof(Problem), ["application/problem+json"]));

    /// <summary>The answer carries a tag; whoever has it already gets 304.</summary>
    public static RouteHandlerBuilder Tagged(this RouteHandlerBuilder route) => route
        .WithMetadata(new TakesHeader("If-None-Match", "The ETag you have: 304 when it still holds.", "\"3\"", Required: false))
        .Produces(304);

    /// <summary>A reading endpoint for holders of a token.</summary>
    public static RouteHandlerBuilder Reads(this RouteHandlerBuilder route, params int[] more) =>
        route.Problems([400, 401, .. more]).RequireAuthorization();

    /// <summary>A body that the endpoint takes as it stands.</summary>
    public static RouteHandlerBuilder Shows(this RouteHandlerBuilder route, object body) => route.WithMetadata(new Example(body));

    /// <summary>A writing endpoint: a key is required, and every problem a write can meet is stated; the version's
    /// own (412, 428) by <see cref="IfMatch"/>.</summary>
    public static RouteHandlerBuilder Writes(this RouteHandlerBuilder route) =>
        route.Problems(400, 401, 403, 404, 409, 413, 415, 422).RequireAuthorization();
}
