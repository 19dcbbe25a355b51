namespace Kinerja.Api;

/// <summary>The trail: who did what, who read what, the ends of the chains that prove it, and the same as a feed.</summary>
internal static class AuditRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        var audit = v1.MapGroup("/audit").WithTags("Audit");
        ListAudit.Map(audit);
        GetAuditEntry.Map(audit);
        GetAuditHead.Map(audit);
        ListSights.Map(audit);
        GetChanges.Map(v1.MapGroup("/changes").WithTags("Changes"));
    }
}
