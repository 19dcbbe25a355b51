namespace Kinerja.Api;

internal static class ChangePolicy
{
    /// <summary>A policy, for the contract.</summary>
    public static readonly Policy Shown = new("2024.2", 2024, Floor: 0,
        [
            new CategoryBand("sangat-berhasil", 100), new CategoryBand("berhasil", 90), new CategoryBand("cukup-berhasil", 70),
            new CategoryBand("kurang-berhasil", 50), new CategoryBand("tidak-berhasil"),
        ],
        new Dictionary<string, decimal> { ["AA"] = 4, ["A"] = 3, ["BB"] = 2, ["B"] = 1, ["CC"] = 0.5m, ["C"] = 0.25m, ["D"] = 0 },
        new Dictionary<string, decimal> { ["WTP"] = 1, ["WTP-DPP"] = 0.75m, ["WDP"] = 0.5m, ["TW"] = 0, ["TMP"] = 0 },
        Cap: 120);

    public static void Map(RouteGroupBuilder policy) => policy.MapPut("/", Handle)
        .Describe("ChangePolicy", "Makes the next version of a year's policy. Nothing is computed anew: what was submitted keeps the "
            + "policy it names, what is submitted from now on has this one. For RI's catalogue administrator.")
        .Returns<Document<Policy>>().Writes().Shows(Shown);

    private static Task<IResult> Handle(int year, IfMatch seen, Body<Policy> body, Write write, CancellationToken ct) =>
        write.Run(Offices.Ri, body.Hash, async session =>
        {
            if (IndicatorRoutes.WhyNotAdministrator(session) is { } forbidden)
            {
                return forbidden;
            }

            if (await Catalogue.LoadToChange(session, year, ct) is null
                || await session.Load(DocumentKinds.Policy, $"{year}", ct) is not { } stored)
            {
                return Refusal.NotFound();
            }

            if (IfMatch.WhyNot(seen.Version, stored.Version) is { } stale)
            {
                return stale;
            }

            return WhyNot(body.Value, stored.Content)
                ?? (Decision<Reply>)Reply.Ok(session.Revise(
                    DocumentKinds.Policy, stored, stored with { Content = body.Value }, "change", IndicatorRoutes.Administrator));
        }, ct);

    /// <summary>Why a policy cannot follow the one that is there.</summary>
    public static Refusal? WhyNot(Policy policy, Policy before)
    {
        if (policy.Year != before.Year)
        {
            return Refusal.Broken("another-document");
        }

        var faults = PolicyRules.Check(policy, before).ToList();
        return faults.Count == 0 ? null : Refusal.Broken(faults);
    }
}
