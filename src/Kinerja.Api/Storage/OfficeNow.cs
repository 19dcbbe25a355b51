namespace Kinerja.Api;

/// <summary>An office as a write sees it: the office above today, its units, and whether the caller may look.</summary>
internal sealed record OfficeNow(string Satker, string? Parent, Units Units, bool Visible)
{
    /// <summary>None when there is no such office.</summary>
    public static async Task<OfficeNow?> Load(DocumentSession session, CancellationToken ct)
    {
        if (await Offices.Units(session, session.Satker, ct) is not { } units)
        {
            return null;
        }

        var visible = await session.Query(new Sql("select sees($1, null)", session.Satker), row => row.GetBoolean(0), ct);
        return new OfficeNow(session.Satker, await Offices.Parent(session, ct), units, visible[0]);
    }

    /// <summary>The post for which the caller may prepare a document of a unit. An office that is not the caller's to
    /// see looks like none; one it only looks at is refused.</summary>
    public Decision<Post> Preparer(Actor actor, string unit, Func<Unit, IEnumerable<string>> preparers)
    {
        if (!Visible)
        {
            return Refusal.NotFound();
        }

        if (Units.Find(unit) is not { } found)
        {
            return Refusal.Broken([Fault.At("/unit", "unknown-unit", ("unit", unit), ("satker", Satker))]);
        }

        var codes = preparers(found).ToList();
        return actor.HoldsAny(Satker, codes) is { } held
            ? held.Post
            : Refusal.Forbidden("unit-not-yours", ("unit", $"{Satker}.{unit}"),
                ("required", string.Join(", ", codes.Select(code => $"{Satker}.{code}"))), ("held", actor.HeldInWords));
    }
}
