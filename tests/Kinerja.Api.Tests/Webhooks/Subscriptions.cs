using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>Subscriptions as RI's administrator keeps them.</summary>
internal static class Subscriptions
{
    /// <summary>Only what a test sends to itself.</summary>
    public static readonly string[] Nothing = ["id.kinerja.webhook.test.v1"];

    /// <summary>A subscription of an office, and its secret.</summary>
    public static async Task<(Doc Webhook, string Secret)> Subscribed(
        this Api api, string satker, string url, string[]? types = null, string? below = null)
    {
        var answer = (await api.As("00.admin-periode").Post(
            $"/v1/satker/{satker}/webhooks", new WebhookWish(url, types ?? [], below))).Is(201);
        return (Doc.Of(answer.Json["webhook"]!), (string)answer.Json["secret"]!);
    }

    /// <summary>A test event is on its way.</summary>
    public static async Task Tested(this Api api, Doc webhook) => (await api.As("00.admin-periode").Post($"{webhook.Path}/test", "")).Is(200);

    /// <summary>The tries of a subscription, the latest first.</summary>
    public static async Task<List<JsonNode>> Attempts(this Api api, Doc webhook) =>
        [.. (await api.As("00.admin-periode").Get($"{webhook.Path}/attempts?pageSize=500")).Is(200).Json["items"]!.AsArray().Select(item => item!)];

    /// <summary>How the tries ended, the latest first: what was answered, or why nothing was, and where the delivery stood then.</summary>
    public static async Task<IEnumerable<string>> Ends(this Api api, Doc webhook) =>
        (await api.Attempts(webhook)).Select(attempt => $"{attempt["status"] ?? attempt["error"]} {attempt["state"]}");

    /// <summary>The subscription as it is now.</summary>
    public static async Task<Doc> Now(this Api api, Doc webhook) => Doc.Of((await api.As("00.admin-periode").Get(webhook.Path)).Is(200));
}
