using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Kinerja.Api.Tests;

/// <summary>The service with a resolver that answers when a test has it answer, and heeds no token, as the system's.</summary>
public sealed class HangingNamesApi(World world) : Api(world)
{
    /// <summary>The names that were asked for.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>What the resolver waits for.</summary>
    public TaskCompletionSource Answers { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override IReadOnlyList<(string Name, string Value)> Settings => [("Webhooks:TimeoutSeconds", "600")];

    protected override void Configure(IServiceCollection services) => services.AddSingleton<Resolver>(async (host, _) =>
    {
        Asked.Enqueue(host);
        await Answers.Task;
        return [IPAddress.Parse("93.184.215.14")];
    });
}

public sealed class HangingNameTests(HangingNamesApi api) : IClassFixture<HangingNamesApi>
{
    private const int Many = 60; // More than the pool has connections.

    [Fact]
    public async Task Names_that_hang_hold_no_connection_and_are_looked_up_for_keepers_only()
    {
        var stranger = await api.As("5305.kul").Post("/v1/satker/5305/webhooks", Wish("stranger"));
        Assert.Empty(api.Asked);
        stranger.Refuses(403, "post-not-held");

        var wishes = Enumerable.Range(0, Many)
            .Select(number => api.As("00.admin-periode").Post($"/v1/satker/{5301 + (number % 5)}/webhooks", Wish($"hangs{number}"))).ToList();
        await Eventually.Holds(() => Task.FromResult(api.Asked.Count == 4));
        for (var number = 0; number < Many; number++)
        {
            (await api.As("5305.kul").Get("/v1/me")).Is(200);
        }

        await api.Given.DraftedAgreement();
        Assert.Equal(4, api.Asked.Count);

        api.Answers.SetResult();
        Assert.All(await Task.WhenAll(wishes), answer => answer.Is(201));
        Assert.Equal(Many, api.Asked.Count);
    }

    private static WebhookWish Wish(string name) => new($"https://{name}.test/", Subscriptions.Nothing);
}
