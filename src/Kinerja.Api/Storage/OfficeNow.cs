namespace Kinerja.Api;

/// <summary>An office as a write sees it: the office above today, and its units.</summary>
internal sealed record OfficeNow(string Satker, string? Parent, Units Units)
{
    /// <summary>The office; null alike when there is none and when it is not the caller's to see.</summary>
    public static async Task<OfficeNow?> Load(DocumentSession session, CancellationToken ct)
    {
        var visible = await session.Query(new Sql("select sees($1, null)", session.Satker), row => row.GetBoolean(0), ct);
        return visible[0] && await Offices.Units(session, session.Satker, ct) is { } units
            ? new OfficeNow(session.Satker, await Offices.Parent(session, ct), units)
            : null;
    }

    /// <summary>Who asks and the units of an office, before a transaction is worth it; null as for <see cref="Load"/>.</summary>
    public static async Task<(Actor Actor, Units Units)?> Peek(Database database, Caller caller, string satker, CancellationToken ct)
    {
        var (visible, units) = await database.Ask(
            caller, [new Sql("select sees($1, null)", satker), Offices.Units(satker)],
            async answers => ((await answers.Next(row => row.GetBoolean(0)))[0], await answers.Next(Offices.Unit)), ct);
        return visible && units.Count > 0 ? (await database.Actor(caller, ct), new Units(units)) : null;
    }

    /// <summary>The post for which the caller may prepare a document of a unit.</summary>
    public Decision<Post> Preparer(Actor actor, string unit, Func<Unit, IEnumerable<string>> preparers)
    {
        if (Units.Find(unit) is not { } found)
        {
            return Refusal.Broken([Fault.At("/unit", "unknown-unit", ("unit", unit), ("satker", Satker))]);
        }

        return actor.MustHold(Satker, preparers(found), "unit-not-yours", ("unit", $"{Satker}.{unit}"));
    }
}
