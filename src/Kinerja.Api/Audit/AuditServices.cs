namespace Kinerja.Api;

/// <summary>What the trail does beside answering.</summary>
internal static class AuditServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Sealer>().AddHostedService(provider => provider.GetRequiredService<Sealer>());
    }
}
