using System.Net;

namespace Kinerja.Api;

/// <summary>What webhooks do beside answering.</summary>
internal static class WebhookServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<WebhookSettings>().AddSingleton<WebhookTargets>();
        services.AddSingleton<Resolver>(Dns.GetHostAddressesAsync);
        services.AddHostedService<Dispatcher>().AddHostedService<DeliverySweep>();
    }
}
