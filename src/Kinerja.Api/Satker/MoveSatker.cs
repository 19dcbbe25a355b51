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
            if (!session.Actor.MustHold([PeriodRoutes.Administrator]).Accepts(out var administrator, out var forbidden))
            {
                return forbidden;
            }

            if (!(await session.LoadSeen(DocumentKinds.Office, satker, seen.Version, ct)).Accepts(out var office, out var unseen))
            {
                return unseen;
            }

            var tree = await Offices.Tree(session, ct);
            if (!tree.Move(satker, body.Value.Parent, body.Value.From).Accepts(out var parents, out var refusal))
            {
                return refusal;
            }

            // The tree is made of days alone: the decrees stand in the documents.
            var (closed, opened) = (office.Content.Parents[^1] with { Until = parents[0].Until }, parents[1] with { Decree = body.Value.Decree });
            var moved = session.Revise(DocumentKinds.Office, office, office with
            {
                Content = office.Content with { Parents = [.. office.Content.Parents.SkipLast(1), closed, opened] },
            }, "move", administrator);
            Offices.WriteParents(session, moved.Content);
            Offices.RebuildReach(session);
            return Reply.Ok(moved);
        }, ct);
}
