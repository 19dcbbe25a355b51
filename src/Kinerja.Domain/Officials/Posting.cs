using System.ComponentModel.DataAnnotations;

namespace Kinerja.Domain;

/// <summary>Who holds which post of an office, from when until when, by which decree.</summary>
/// <param name="Post">The code of the post in its office: a unit's code for its head, or a post beside the units.</param>
/// <param name="Subject">The account at the issuer; <c>client:</c> and a client's id for a system.</param>
/// <param name="Capacity">How the post is held.</param>
/// <param name="Decree">The number of the decree.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The first day it is no longer held; open when absent.</param>
public sealed record Posting(
    [property: StringLength(40, MinimumLength = 1)] string Post,
    [property: StringLength(200, MinimumLength = 1)] string Subject,
    Capacity Capacity,
    [property: StringLength(200, MinimumLength = 1)] string Decree,
    DateOnly From,
    DateOnly? Until = null);

/// <summary>Who may appoint whom, and end it.</summary>
public static class Appointments
{
    /// <summary>
    /// A unit has at most one definitive head at a time; an acting one may stand beside him, and posts beside the units
    /// may have several holders.
    /// </summary>
    public static Refusal? WhyNotBeside(Posting wanted, string satker, Units units, IEnumerable<Posting> others) =>
        wanted.Capacity == Capacity.Definitive && units.Find(wanted.Post) is not null && others.Any(other =>
            other.Post == wanted.Post && other.Capacity == Capacity.Definitive
            && (other.Until is null || wanted.From < other.Until) && (wanted.Until is null || other.From < wanted.Until))
            ? Refusal.Conflict("post-already-held", ("post", $"{satker}.{wanted.Post}"))
            : null;

    /// <summary>
    /// RI's period administrator appoints everywhere; the parent's Sekretaris the two heads of an office; an office's
    /// own Sekretaris the heads of the units below and the posts beside the units.
    /// </summary>
    /// <returns>The post for which the actor appoints.</returns>
    /// <param name="wanted">Who is to hold which post.</param>
    /// <param name="satker">The office of the post.</param>
    /// <param name="units">Its units.</param>
    /// <param name="parent">The office above; none for RI.</param>
    /// <param name="parentUnits">The units of the office above.</param>
    /// <param name="ri">The national office.</param>
    /// <param name="actor">The person who appoints.</param>
    public static Decision<Post> Decide(
        Posting wanted, string satker, Units units, string? parent, Units? parentUnits, string ri, Actor actor)
    {
        var unit = units.Find(wanted.Post);
        if (unit is null && !Post.BesideUnits.Contains(wanted.Post))
        {
            return Refusal.Broken([Fault.At("/post", "unknown-post", ("post", wanted.Post))]);
        }

        if (wanted.Subject.StartsWith(Actor.SystemPrefix, StringComparison.Ordinal)
            ? wanted.Post is not (Post.SystemClient or Post.Operator)
            : wanted.Post is Post.SystemClient)
        {
            return Refusal.Broken([Fault.At("/post", wanted.Post == Post.SystemClient ? "only-for-a-system" : "not-for-a-system",
                ("post", wanted.Post))]);
        }

        if (wanted.Until <= wanted.From)
        {
            return Refusal.Broken([Fault.At("/until", "period-empty")]);
        }

        var isHead = unit is not null && (unit == units.Root || unit == units.Secretariat);
        var isNational = wanted.Post is Post.PeriodAdministrator or Post.CatalogueAdministrator or Post.Inspector;
        List<Post> appointers = [new Post(ri, Post.PeriodAdministrator)];
        if (isHead && parent is not null && parentUnits is not null)
        {
            appointers.Add(new Post(parent, parentUnits.Secretariat.Code));
        }
        else if (!isHead && !isNational)
        {
            appointers.Add(new Post(satker, units.Secretariat.Code));
        }

        return appointers.FirstOrDefault(post => actor.Holds(post) is not null) is { } held
            ? held
            : Refusal.Forbidden("may-not-appoint", ("post", $"{satker}.{wanted.Post}"),
                ("required", string.Join(", ", appointers)), ("held", actor.HeldInWords));
    }
}
