namespace Kinerja.Api;

/// <summary>What is to be done, and what has become due.</summary>
internal static class DueRoutes
{
    /// <summary>The pass that tells what has become due or late.</summary>
    public static void Add(IServiceCollection services) => services.AddSingleton<DueTeller>().AddHostedService(all => all.GetRequiredService<DueTeller>());

    public static void Map(RouteGroupBuilder v1)
    {
        var due = v1.MapGroup("/satker/{satker}/due").WithTags("Due");
        GetDue.Map(due);
        GetDueChildren.Map(due);
    }
}
