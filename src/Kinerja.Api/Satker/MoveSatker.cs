using System.ComponentModel.DataAnnotations;

namespace Kinerja.Api;

internal static class MoveSatker
{
    /// <summary>An office's move under another one.</summary>
    /// <param name="Parent">The office it moves under.</param>
    /// <param name="From">The first day under it.</param>
    /// <param name="Decree">The law or decree.</param>
    internal sealed record Move(
        [property: StringLength(16, MinimumLength = 1)] string Parent, DateOnly From,
        [property: StringLength(200, MinimumLength = 1)] string Decree);

    public static void Map(RouteGroupBuilder offices) => offices.MapPost("/{satker}/moves", Handle)
        .Describe("MoveSatker", "Moves an office under another one from a day on. Earlier days keep their tree.")
        .Returns<Document<Office>>().Writes().Shows(new Move("91", new DateOnly(2022, 11, 17), "UU 14/2022"));

    private static Task<IResult> Handle(string satker, IfMatch seen, Body<Move> body, Write write, CancellationToken ct) =>
        write.Run(satker, body.Hash, async session =>
        {
            var administrator = new Post(Offices.Ri, Post.PeriodAdministrator);
            if (session.Actor.Holds(administrator) is null)
            {
                return Refusal.Forbidden("post-not-held", ("required", $"{administrator}"), ("held", session.Actor.HeldInWords));
            }

            if (await session.Load(DocumentKinds.Office, satker, ct) is not { } office)
            {
                return Refusal.NotFound();
            }

            if (IfMatch.WhyNot(seen.Version, office.Version) is { } stale)
            {
                return stale;
            }

            var tree = await Offices.Tree(session, ct);
            if (!tree.Move(satker, body.Value.Parent, body.Value.From).Accepts(out var parents, out var refusal))
            {
                return refusal;
            }

            var moved = session.Revise(DocumentKinds.Office, office, office with
            {
                Content = office.Content with { Parents = [.. office.Content.Parents.SkipLast(1), .. parents] },
            }, "move", administrator);
            Offices.WriteParents(session, moved.Content);
            Offices.RebuildReach(session);
            return Reply.Ok(moved);
        }, ct);
}
