using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Kinerja.Api;

/// <summary>What a target of a subscription is sent: an event of the feed, by Standard Webhooks 1.0.</summary>
internal sealed class ToldEvents : IDocumentFilter
{
    public void Apply(OpenApiDocument document, DocumentFilterContext context) =>
        (document.Webhooks ??= new Dictionary<string, IOpenApiPathItem>(StringComparer.Ordinal))["change"] = new OpenApiPathItem
        {
            Operations = new() { [HttpMethod.Post] = Delivery(context.SchemaGenerator.GenerateSchema(typeof(CloudEvent), context.SchemaRepository)) },
        };

    private static OpenApiOperation Delivery(IOpenApiSchema change) => new()
    {
        OperationId = "TakeChange",
        Summary = "A change of a document that the subscribed office reads, byte for byte as /v1/changes shows it.",
        Description = "Sent at least once, those of one document one after the other. An answer of 2xx takes it; 410 ends the subscription; "
            + "everything else, a redirection too, is tried again.",
        Tags = new HashSet<OpenApiTagReference> { new("Webhooks") },
        Parameters =
        [
            Header("webhook-id", "The name of the delivery, the same whenever it is sent again: what was done for it is not done twice."),
            Header("webhook-timestamp", "When it was sent, in seconds since 1970."),
            Header("webhook-signature", "v1 (HMAC-SHA256 by the secret of the subscription) and v1a (Ed25519 by a key of "
                + "/.well-known/webhook-keys) over id.timestamp.body."),
        ],
        RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, IOpenApiMediaType> { ["application/cloudevents+json"] = new OpenApiMediaType { Schema = change } },
        },
        Responses = new OpenApiResponses
        {
            ["2XX"] = new OpenApiResponse { Description = "Taken." },
            ["410"] = new OpenApiResponse { Description = "Nobody listens here any more: the subscription ends." },
        },
    };

    private static OpenApiParameter Header(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = true,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
