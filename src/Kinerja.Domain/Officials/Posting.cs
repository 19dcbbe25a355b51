using System.ComponentModel.DataAnnotations;

namespace Kinerja.Domain;

/// <summary>Who holds which post of an office, from when until when, by which decree.</summary>
/// <param name="Post">The code of the post in its office: a unit's code for its head, or a post beside the units.</param>
/// <param name="Subject">The account at the issuer; <c>client:</c> and a client's id for a system.</param>
/// <param name="Capacity">How the post is held.</param>
/// <param name="Decree">The number of the decree.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The first day it is no longer held; open when absent. The first day itself: it is held on none,
/// which is how an appointment ends at once on its very day.</param>
public sealed record Posting(
    [property: StringLength(40, MinimumLength = 1)] string Post,
    [property: StringLength(200, MinimumLength = 1)] string Subject,
    Capacity Capacity,
    [property: StringLength(200, MinimumLength = 1)] string Decree,
    DateOnly From,
    DateOnly? Until = null)
{
    /// <summary>Whether it ends later than the other.</summary>
    public bool Outlasts(Posting other) => other.Until is { } end && (Until is null || Until > end);

    /// <summary>Whether both hold on some day.</summary>
    public bool Overlaps(Posting other) => From != Until && other.From != other.Until
        && (other.Until is null || From < other.Until) && (Until is null || other.From < Until);
}

/// <summary>An office as an appointment sees it.</summary>
/// <param name="Satker">Its code.</param>
/// <param name="Level">Its level: not every post exists at each.</param>
/// <param name="Units">Its units.</param>
/// <param name="ParentsSekretaris">The Sekretaris of the office above today; none for RI.</param>
public sealed record AppointingOffice(string Satker, OfficeLevel Level, Units Units, Post? ParentsSekretaris);

/// <summary>Who may appoint whom, and end it.</summary>
public static class Appointments
{
    /// <summary>The post for which the actor appoints, by the <see cref="AppointmentTable"/>.</summary>
    /// <param name="wanted">Who is to hold which post.</param>
    /// <param name="office">The office of the post.</param>
    /// <param name="ri">The national office, whose period administrator appoints to all.</param>
    /// <param name="actor">The person who appoints.</param>
    public static Decision<Post> Decide(Posting wanted, AppointingOffice office, string ri, Actor actor)
    {
        if (AppointmentTable.Find(wanted.Post, office.Level, office.Units) is not { } row)
        {
            return Refusal.Broken([Fault.At("/post", "unknown-post", ("post", wanted.Post))]);
        }

        if (Actor.IsSystemSubject(wanted.Subject)
            ? wanted.Post is not (Post.SystemClient or Post.Operator)
            : wanted.Post is Post.SystemClient)
        {
            return Refusal.Broken([Fault.At("/post", wanted.Post == Post.SystemClient ? "only-for-a-system" : "not-for-a-system",
                ("post", wanted.Post))]);
        }

        if (wanted.Until < wanted.From)
        {
            return Refusal.Broken([Fault.At("/until", "until-before-from")]);
        }

        var administrator = new Post(ri, Post.PeriodAdministrator);
        var appointer = row.By switch
        {
            Appointer.OwnSekretaris => new Post(office.Satker, office.Units.Secretariat.Code),
            Appointer.ParentsSekretaris => office.ParentsSekretaris,
            Appointer.NobodyElse => null,
        };
        return actor.MustHold(appointer is null ? [administrator] : [administrator, appointer],
            "may-not-appoint", ("post", $"{office.Satker}.{wanted.Post}"));
    }

    /// <summary>
    /// Why nobody can hold the post beside those who do. A unit has one head at a time: a definitive one, or while there
    /// is none a Plt.; a Plh. stands in for one of them, and only where there is one all the time. Posts beside the units
    /// may have several holders, each however he holds it.
    /// </summary>
    public static Refusal? WhyNotBeside(Posting wanted, string satker, Units units, IEnumerable<Posting> others)
    {
        if (units.Find(wanted.Post) is null)
        {
            return null;
        }

        var post = $"{satker}.{wanted.Post}";
        var heads = others.Where(other => other.Post == wanted.Post && other.Capacity != Capacity.Plh).ToList();
        if (wanted.Capacity == Capacity.Plh)
        {
            return IsCovered(wanted, heads) ? null : Refusal.Conflict("nobody-to-stand-in-for", ("post", post));
        }

        return heads.FirstOrDefault(wanted.Overlaps)?.Capacity switch
        {
            null => null,
            Capacity.Definitive when wanted.Capacity == Capacity.Plt => Refusal.Conflict("post-not-vacant", ("post", post)),
            Capacity.Definitive => Refusal.Conflict("post-already-held", ("post", post)),
            _ => Refusal.Conflict("post-has-acting-holder", ("post", post)),
        };
    }

    /// <summary>Whether some head holds the post on each day of the posting.</summary>
    private static bool IsCovered(Posting posting, IEnumerable<Posting> heads)
    {
        DateOnly? until = posting.From;
        foreach (var head in heads.OrderBy(head => head.From))
        {
            if (until is { } gap && head.From <= gap && (head.Until is null || gap < head.Until))
            {
                until = head.Until;
            }
        }

        return until is null || until >= posting.Until;
    }
}
