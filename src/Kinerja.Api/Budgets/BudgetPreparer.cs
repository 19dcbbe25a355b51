namespace Kinerja.Api;

/// <summary>Who prepares the documents of an office's money.</summary>
internal static class BudgetPreparer
{
    /// <summary>The post for which the caller prepares: the one that takes over, where something is taken over.</summary>
    public static Decision<Post> Of(OfficeNow office, Actor actor, TakenOver? takenOver)
    {
        var codes = BudgetRules.Preparers(office.Units).ToList();
        var held = actor.MustHold(office.Satker, codes, "budget-not-yours");
        if (takenOver is null || !held.Accepts(out _, out _))
        {
            return held;
        }

        return codes.Select(code => new Post(office.Satker, code)).FirstOrDefault(post => $"{post}" == takenOver.By && actor.Holds(post) is not null) is { } by
            ? by
            : Refusal.Broken([Fault.At("/takenOver/by", "taken-over-by-another", ("by", takenOver.By), ("held", actor.HeldInWords))]);
    }
}
