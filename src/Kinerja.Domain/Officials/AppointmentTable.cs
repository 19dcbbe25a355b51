namespace Kinerja.Domain;

/// <summary>Whose word appoints to a post.</summary>
public enum Appointer
{
    /// <summary>The office's own Sekretaris, for the units below and for the posts beside them.</summary>
    OwnSekretaris,

    /// <summary>The Sekretaris of the parent, for an office's heads.</summary>
    ParentsSekretaris,

    /// <summary>Nobody beside RI's period administrator.</summary>
    NobodyElse,
}

/// <summary>One kind of post: at which levels there is one, and who appoints to it.</summary>
/// <param name="Post">The code of a post beside the units; <see cref="AppointmentTable.Heads"/> and
/// <see cref="AppointmentTable.Units"/> stand for the heads of units.</param>
/// <param name="Levels">The levels whose offices have the post.</param>
/// <param name="By">Who appoints, and ends it.</param>
public sealed record AppointmentRow(string Post, IReadOnlyList<OfficeLevel> Levels, Appointer By);

/// <summary>Who appoints to which post, as data: the office's Sekretaris for its units below, the parent for an office's
/// heads, RI's period administrator for RI and for all.</summary>
public static class AppointmentTable
{
    /// <summary>The two heads of an office: of its root unit (Ketua) and of its secretariat (Sekretaris).</summary>
    public const string Heads = "heads";

    /// <summary>The heads of all units below the secretariat.</summary>
    public const string Units = "units";

    private static readonly OfficeLevel[] Everywhere = [OfficeLevel.Ri, OfficeLevel.Provinsi, OfficeLevel.KabupatenKota];
    private static readonly OfficeLevel[] Parents = [OfficeLevel.Ri, OfficeLevel.Provinsi];

    /// <summary>Every row; RI's period administrator appoints to each of them too.</summary>
    public static readonly IReadOnlyList<AppointmentRow> Rows =
    [
        new(Heads, Everywhere, Appointer.ParentsSekretaris),
        new(Units, Everywhere, Appointer.OwnSekretaris),
        new(Post.Operator, Everywhere, Appointer.OwnSekretaris),
        new(Post.SystemClient, Everywhere, Appointer.OwnSekretaris),
        new(Post.Verifikator, Parents, Appointer.OwnSekretaris),
        new(Post.Inspector, [OfficeLevel.Ri], Appointer.NobodyElse),
        new(Post.Inspector, [OfficeLevel.Provinsi], Appointer.OwnSekretaris),
        new(Post.PeriodAdministrator, [OfficeLevel.Ri], Appointer.NobodyElse),
        new(Post.CatalogueAdministrator, [OfficeLevel.Ri], Appointer.NobodyElse),
    ];

    /// <summary>The row of a post in an office of this level; none where there is no such post.</summary>
    public static AppointmentRow? Find(string post, OfficeLevel level, Units units)
    {
        var unit = units.Find(post);
        var kind = unit is null ? post : units.IsHead(unit) ? Heads : Units;
        return Rows.FirstOrDefault(row => row.Post == kind && row.Levels.Contains(level));
    }
}
