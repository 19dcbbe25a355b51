namespace Kinerja.Api;

/// <summary>What anyone may read, and checking a printed document by the hash of its content.</summary>
internal static class PublishedRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        ListPublished.Map(v1.MapGroup("/published").WithTags("Published"));
        VerifyHash.Map(v1.MapGroup("/verify").WithTags("Published"));
    }
}
