namespace Kinerja.Domain;

/// <summary>
/// The table of lawful ways: which document goes through which hands. Everything about who signs what is here, as
/// data; a way that is not listed does not exist.
/// </summary>
public static class SignOffTable
{
    /// <summary>The hands a step can be in, before an office's own units are known.</summary>
    private enum Hand
    {
        /// <summary>The head of the unit the document belongs to.</summary>
        Head,

        /// <summary>The head of the unit right above.</summary>
        HeadAbove,

        /// <summary>Each head above, nearest first, up to and with the Sekretaris.</summary>
        EachHeadAbove,

        /// <summary>The head of the unit that prepares the office's reports.</summary>
        PlanningHead,
        Sekretaris,
        Ketua,

        /// <summary>The verifikator of the office above; RI has none, and the step falls away.</summary>
        ParentVerifikator,
    }

    private static readonly (Act Act, Hand Hand, State Reaches)[] AgreementOfKetua =
    [
        (Act.Sign, Hand.Ketua, State.InForce),
    ];

    private static readonly (Act Act, Hand Hand, State Reaches)[] AgreementOfUnit =
    [
        (Act.Sign, Hand.Head, State.Signed),
        (Act.Countersign, Hand.HeadAbove, State.InForce),
    ];

    private static readonly (Act Act, Hand Hand, State Reaches)[] RealizationOfUnit =
    [
        (Act.Submit, Hand.Head, State.Submitted),
        (Act.Verify, Hand.EachHeadAbove, State.Verified),
        (Act.Approve, Hand.Ketua, State.Approved),
        (Act.Accept, Hand.ParentVerifikator, State.Accepted),
    ];

    private static readonly (Act Act, Hand Hand, State Reaches)[] RealizationOfSekretarisOrKetua =
    [
        (Act.Submit, Hand.PlanningHead, State.Submitted),
        (Act.Verify, Hand.Sekretaris, State.Verified),
        (Act.Approve, Hand.Ketua, State.Approved),
        (Act.Accept, Hand.ParentVerifikator, State.Accepted),
    ];

    /// <summary>The way of an agreement: the head of a unit to the head of the unit above; the root's is a declaration
    /// with one signature.</summary>
    public static IReadOnlyList<Step> Agreement(Units units, Unit unit) =>
        Expand(unit.Parent is null ? AgreementOfKetua : AgreementOfUnit, units, unit, hasParentOffice: false);

    /// <summary>The way of a realization report.</summary>
    /// <param name="units">The units of the office.</param>
    /// <param name="unit">The unit that reports.</param>
    /// <param name="hasParentOffice">False for RI, whose own approval counts as accepted.</param>
    public static IReadOnlyList<Step> Realization(Units units, Unit unit, bool hasParentOffice) => Expand(
        unit == units.Root || unit == units.Secretariat ? RealizationOfSekretarisOrKetua : RealizationOfUnit,
        units, unit, hasParentOffice);

    private static List<Step> Expand(
        (Act Act, Hand Hand, State Reaches)[] rows, Units units, Unit unit, bool hasParentOffice)
    {
        var steps = new List<Step>();
        foreach (var (act, hand, reaches) in rows)
        {
            switch (hand)
            {
                case Hand.Head:
                    steps.Add(new Step(act, unit.Code, reaches));
                    break;
                case Hand.HeadAbove:
                    steps.Add(new Step(act, units.Above(unit).First().Code, reaches));
                    break;
                case Hand.EachHeadAbove:
                    // The report is verified only when the last of them has verified it.
                    var heads = units.Above(unit).Where(above => above != units.Root).ToList();
                    steps.AddRange(heads.Select(above =>
                        new Step(act, above.Code, above == heads[^1] ? reaches : State.Submitted)));
                    break;
                case Hand.PlanningHead:
                    steps.Add(new Step(act, units.Planning.Code, reaches));
                    break;
                case Hand.Sekretaris:
                    steps.Add(new Step(act, units.Secretariat.Code, reaches));
                    break;
                case Hand.Ketua:
                    steps.Add(new Step(act, units.Root.Code, reaches));
                    break;
                case Hand.ParentVerifikator when hasParentOffice:
                    steps.Add(new Step(act, Post.Verifikator, reaches, AtParent: true));
                    break;
                case Hand.ParentVerifikator:
                    break;
            }
        }

        return steps;
    }
}
