namespace Kinerja.Domain;

/// <summary>Who learns who read an office's documents.</summary>
public static class SightRules
{
    /// <summary>
    /// The heads of the office itself, who answer for it; an inspector and RI's period administrator, who look after those who
    /// look. Nobody else: who read what is about persons. Whether the office is one of theirs to see is asked beside this.
    /// </summary>
    public static bool MaySee(Actor actor, string satker, Units units)
    {
        Post[] heads = [new(satker, units.Root.Code), new(satker, units.Secretariat.Code)];
        return actor.Posts.Any(held => heads.Contains(held.Post) || held.Post.Code is Post.Inspector or Post.PeriodAdministrator);
    }
}
