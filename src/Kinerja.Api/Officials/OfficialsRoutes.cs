namespace Kinerja.Api;

/// <summary>The posts register: who holds which post, when.</summary>
internal static class OfficialsRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        var posts = v1.MapGroup("/satker/{satker}/posts").WithTags("Posts");
        ListPostings.Map(posts);
        GetPosting.Map(posts);
        AppointHolder.Map(posts);
        EndHolding.Map(posts);
        GetMe.Map(v1.MapGroup("/me").WithTags("Me"));
    }
}
