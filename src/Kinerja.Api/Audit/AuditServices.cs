namespace Kinerja.Api;

/// <summary>What the trail does beside answering.</summary>
internal static class AuditServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddHostedService<SightKeeper>().AddSingleton<Waiting>();
        services.AddSingleton<HeadsExport>().AddHostedService(provider => provider.GetRequiredService<HeadsExport>());
        services.AddSingleton<Sealer>().AddHostedService(provider => provider.GetRequiredService<Sealer>());
    }
}
