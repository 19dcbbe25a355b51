namespace Kinerja.Domain;

/// <summary>The documents that are signed, each with a way of its own.</summary>
public enum SignedDocument
{
    /// <summary>PK of the Ketua: a declaration with one signature.</summary>
    AgreementOfKetua,

    /// <summary>Every other PK.</summary>
    AgreementOfUnit,

    /// <summary>Realization report of a unit.</summary>
    RealizationOfUnit,

    /// <summary>Realization report of the Sekretaris' and of the Ketua's agreement.</summary>
    RealizationOfSekretarisOrKetua,

    /// <summary>DIPA awal, and revisions by DJA, Dit. PA and Kanwil.</summary>
    BudgetByAuthority,

    /// <summary>DIPA revision within the KPA's own authority.</summary>
    BudgetByKpa,

    /// <summary>Renstra.</summary>
    StrategicPlan,

    /// <summary>RKT of the office.</summary>
    AnnualPlanOfOffice,

    /// <summary>RKT of the secretariat.</summary>
    AnnualPlanOfSecretariat,

    /// <summary>RKT of a bagian or subbagian.</summary>
    AnnualPlanOfUnit,

    /// <summary>Rencana Aksi of the office.</summary>
    ActionPlanOfOffice,

    /// <summary>Rencana Aksi of the secretariat.</summary>
    ActionPlanOfSecretariat,

    /// <summary>LKj of the office.</summary>
    PerformanceReportOfOffice,

    /// <summary>LKj of the secretariat.</summary>
    PerformanceReportOfSecretariat,

    /// <summary>Evaluasi AKIP of an office by RI or by the province above.</summary>
    Evaluation,
}

/// <summary>
/// The table of lawful ways: which document goes through which hands. Everything about who signs what is here, as
/// data; a way that is not listed does not exist. An agreement is one of the head of a unit with the head of the unit above, and
/// the root's a declaration with one signature; a report goes up through the heads to the Ketua and then to the parent office; a
/// change of the budget within the authority of the KPA needs no other, every other one an approval from outside (PMK 62/2023).
/// </summary>
public static class SignOffTable
{
    /// <summary>The hands an act can be in, before an office's own units are known.</summary>
    private enum Hand
    {
        /// <summary>The head of the unit the document belongs to.</summary>
        Head,

        /// <summary>The head of the unit right above.</summary>
        HeadAbove,

        /// <summary>Each head above, nearest first, up to and with the Sekretaris.</summary>
        EachHeadAbove,

        /// <summary>Each head above, nearest first, below the Sekretaris; there may be none.</summary>
        EachHeadBelowSekretaris,

        /// <summary>The head of the unit that prepares the office's reports.</summary>
        PlanningHead,

        /// <summary>The head of the finance unit or of the planning unit.</summary>
        FinanceOrPlanningHead,

        /// <summary>Who prepares drafts.</summary>
        Operator,

        /// <summary>The head of the secretariat, who is the KPA too.</summary>
        Sekretaris,
        Ketua,

        /// <summary>The verifikator of the office above; RI has none, and the act falls away.</summary>
        ParentVerifikator,

        /// <summary>The inspector of the evaluating office.</summary>
        Evaluator,

        /// <summary>The head of the evaluating office.</summary>
        HeadOfEvaluator,
    }

    private static readonly Dictionary<SignedDocument, Row[]> Rows = new()
    {
        [SignedDocument.AgreementOfKetua] =
        [
            Step(Act.Sign, Hand.Ketua, State.InForce),
            Beside(Act.Amend, Hand.Operator),
            Beside(Act.Amend, Hand.Ketua),
            Beside(Act.Revoke, Hand.Ketua, State.Revoked),
            Beside(Act.Note, Hand.ParentVerifikator),
            TakenBack(Hand.Operator),
            TakenBack(Hand.Ketua),
        ],
        [SignedDocument.AgreementOfUnit] =
        [
            Step(Act.Sign, Hand.Head, State.Signed),
            Step(Act.Countersign, Hand.HeadAbove, State.InForce),
            Beside(Act.Amend, Hand.Operator),
            Beside(Act.Amend, Hand.Head),
            Beside(Act.Revoke, Hand.HeadAbove, State.Revoked),
            Beside(Act.Note, Hand.ParentVerifikator),
            TakenBack(Hand.Operator),
            TakenBack(Hand.Head),
        ],
        [SignedDocument.RealizationOfUnit] =
        [
            Step(Act.Submit, Hand.Head, State.Submitted),
            Step(Act.Verify, Hand.EachHeadAbove, State.Verified),
            Step(Act.Approve, Hand.Ketua, State.Approved),
            Step(Act.Accept, Hand.ParentVerifikator, State.Accepted),
            TakenBack(Hand.Operator),
            TakenBack(Hand.Head),
        ],
        [SignedDocument.RealizationOfSekretarisOrKetua] =
        [
            Step(Act.Submit, Hand.PlanningHead, State.Submitted),
            Step(Act.Verify, Hand.Sekretaris, State.Verified),
            Step(Act.Approve, Hand.Ketua, State.Approved),
            Step(Act.Accept, Hand.ParentVerifikator, State.Accepted),
            TakenBack(Hand.Operator),
            TakenBack(Hand.PlanningHead),
            TakenBack(Hand.Head),
        ],
        [SignedDocument.BudgetByAuthority] =
        [
            Step(Act.Submit, Hand.FinanceOrPlanningHead, State.Submitted),
            Step(Act.Record, Hand.Sekretaris, State.InForce),
            Beside(Act.Note, Hand.ParentVerifikator),
            TakenBack(Hand.Operator),
            TakenBack(Hand.FinanceOrPlanningHead),
        ],
        [SignedDocument.BudgetByKpa] =
        [
            Step(Act.Submit, Hand.FinanceOrPlanningHead, State.Submitted),
            Step(Act.Approve, Hand.Sekretaris, State.InForce),
            Beside(Act.Note, Hand.ParentVerifikator),
            TakenBack(Hand.Operator),
            TakenBack(Hand.FinanceOrPlanningHead),
        ],
        [SignedDocument.StrategicPlan] = PlanOfOffice,
        [SignedDocument.AnnualPlanOfOffice] = PlanOfOffice,
        [SignedDocument.AnnualPlanOfSecretariat] = PlanOfSecretariat,
        [SignedDocument.AnnualPlanOfUnit] =
        [
            Step(Act.Submit, Hand.Head, State.Submitted),
            Step(Act.Verify, Hand.EachHeadBelowSekretaris, State.Verified),
            Step(Act.Approve, Hand.Sekretaris, State.Approved),
            Beside(Act.Amend, Hand.Head),
            TakenBack(Hand.Operator),
            TakenBack(Hand.Head),
        ],
        [SignedDocument.ActionPlanOfOffice] =
        [
            Step(Act.Submit, Hand.PlanningHead, State.Submitted),
            Step(Act.Approve, Hand.Ketua, State.Approved),
            Beside(Act.Amend, Hand.PlanningHead),
            TakenBack(Hand.Operator),
            TakenBack(Hand.PlanningHead),
        ],
        [SignedDocument.ActionPlanOfSecretariat] = PlanOfSecretariat,
        [SignedDocument.PerformanceReportOfOffice] =
        [
            Step(Act.Submit, Hand.PlanningHead, State.Submitted),
            Step(Act.Verify, Hand.Sekretaris, State.Verified),
            Step(Act.Sign, Hand.Ketua, State.Signed),
            Step(Act.Publish, Hand.Ketua, State.Published),
            Beside(Act.Note, Hand.ParentVerifikator),
            TakenBack(Hand.Operator),
            TakenBack(Hand.PlanningHead),
        ],
        [SignedDocument.PerformanceReportOfSecretariat] =
        [
            Step(Act.Submit, Hand.PlanningHead, State.Submitted),
            Step(Act.Sign, Hand.Sekretaris, State.Signed),
            Step(Act.Publish, Hand.Sekretaris, State.Published),
            Beside(Act.Note, Hand.ParentVerifikator),
            TakenBack(Hand.Operator),
            TakenBack(Hand.PlanningHead),
        ],
        [SignedDocument.Evaluation] =
        [
            Step(Act.Submit, Hand.Evaluator, State.Submitted),
            Step(Act.Approve, Hand.HeadOfEvaluator, State.Final),
            Beside(Act.Comment, Hand.Sekretaris, null, State.Submitted, State.Final),
            Beside(Act.Comment, Hand.Ketua, null, State.Submitted, State.Final),
            TakenBack(Hand.Evaluator),
        ],
    };

    private static Row[] PlanOfOffice =>
    [
        Step(Act.Submit, Hand.PlanningHead, State.Submitted),
        Step(Act.Verify, Hand.Sekretaris, State.Verified),
        Step(Act.Approve, Hand.Ketua, State.Approved),
        Step(Act.Accept, Hand.ParentVerifikator, State.Accepted),
        Beside(Act.Amend, Hand.PlanningHead),
        TakenBack(Hand.Operator),
        TakenBack(Hand.PlanningHead),
    ];

    private static Row[] PlanOfSecretariat =>
    [
        Step(Act.Submit, Hand.PlanningHead, State.Submitted),
        Step(Act.Approve, Hand.Sekretaris, State.Approved),
        Beside(Act.Amend, Hand.PlanningHead),
        TakenBack(Hand.Operator),
        TakenBack(Hand.PlanningHead),
    ];

    /// <summary>The beginning of an agreement: the head of a unit to the head of the unit above; the root's is a
    /// declaration with one signature.</summary>
    public static SignOff Agreement(Units units, Unit unit, bool hasParentOffice) => Begin(
        unit.Parent is null ? SignedDocument.AgreementOfKetua : SignedDocument.AgreementOfUnit, units, unit, hasParentOffice);

    /// <summary>The beginning of a realization report.</summary>
    /// <param name="units">The units of the office.</param>
    /// <param name="unit">The unit that reports.</param>
    /// <param name="hasParentOffice">False for RI, whose own approval counts as accepted.</param>
    public static SignOff Realization(Units units, Unit unit, bool hasParentOffice) => Begin(
        units.IsHead(unit)
            ? SignedDocument.RealizationOfSekretarisOrKetua : SignedDocument.RealizationOfUnit,
        units, unit, hasParentOffice);

    /// <summary>The beginning of a state of the DIPA: what lies within the KPA's own authority is his alone to approve.</summary>
    public static SignOff Budget(Units units, Authority? authority, bool hasParentOffice) => Begin(
        IsOfKpa(authority) ? SignedDocument.BudgetByKpa : SignedDocument.BudgetByAuthority, units, units.Finance, hasParentOffice);

    /// <summary>A draft of the DIPA whose authority has become another one: on the way of that authority, if it is another way.</summary>
    public static SignOff Budget(SignOff way, Authority? before, Authority? now, Units units, bool hasParentOffice) =>
        IsOfKpa(before) == IsOfKpa(now) ? way : way.Along(Budget(units, now, hasParentOffice));

    /// <summary>A document of an office at the beginning of its way.</summary>
    /// <param name="document">What it is.</param>
    /// <param name="units">The units of the office it belongs to.</param>
    /// <param name="unit">The unit it belongs to.</param>
    /// <param name="hasParentOffice">False for RI, which has nobody above.</param>
    /// <param name="evaluator">The office that evaluates, with its units; for an evaluation alone.</param>
    public static SignOff Begin(
        SignedDocument document, Units units, Unit unit, bool hasParentOffice, (string Satker, Units Units)? evaluator = null)
    {
        var place = new Place(units, unit, hasParentOffice, evaluator);
        var steps = new List<Step>();
        foreach (var row in Rows[document].Where(row => !row.IsAside))
        {
            var seats = Seats(row.Hand, place);

            // A document is verified only when the last of several has verified it.
            steps.AddRange(seats.Select((seat, i) => new Step(
                row.Act, seat.Post, i == seats.Count - 1 ? row.Reaches!.Value : State.Submitted, seat.AtParent, seat.Or, seat.Satker)));
        }

        return SignOff.Begin(steps,
        [
            .. from row in Rows[document]
               where row.IsAside
               from seat in Seats(row.Hand, place)
               from post in seat.Or is null ? (IEnumerable<string>)[seat.Post] : [seat.Post, seat.Or]
               select new Aside(
                   row.Act, post, row.From.Count > 0 ? row.From : [steps[^1].Reaches], row.Reaches, seat.AtParent, seat.Satker),
        ]);
    }

    private static bool IsOfKpa(Authority? authority) => authority == Authority.Kpa;

    private static List<Seat> Seats(Hand hand, Place place) => hand switch
    {
        Hand.Head => [new Seat(place.Unit.Code)],
        Hand.HeadAbove => [new Seat(place.Units.Above(place.Unit).First().Code)],
        Hand.EachHeadAbove => [.. Above(place).Select(above => new Seat(above.Code))],
        Hand.EachHeadBelowSekretaris =>
            [.. Above(place).Where(above => above != place.Units.Secretariat).Select(above => new Seat(above.Code))],
        Hand.PlanningHead => [new Seat(place.Units.Planning.Code)],
        Hand.FinanceOrPlanningHead => [new Seat(place.Units.Finance.Code, Or: place.Units.Planning.Code)],
        Hand.Operator => [new Seat(Post.Operator)],
        Hand.Sekretaris => [new Seat(place.Units.Secretariat.Code)],
        Hand.Ketua => [new Seat(place.Units.Root.Code)],
        Hand.ParentVerifikator => place.HasParentOffice ? [new Seat(Post.Verifikator, AtParent: true)] : [],
        Hand.Evaluator => [new Seat(Post.Inspector, Satker: place.Evaluator!.Value.Satker)],
        Hand.HeadOfEvaluator => [new Seat(place.Evaluator!.Value.Units.Root.Code, Satker: place.Evaluator.Value.Satker)],
    };

    private static IEnumerable<Unit> Above(Place place) => place.Units.Above(place.Unit).Where(above => above != place.Units.Root);

    private static Row Step(Act act, Hand hand, State reaches) => new(act, hand, IsAside: false, reaches, []);

    /// <summary>An act beside the way, where the way has ended unless states are named.</summary>
    private static Row Beside(Act act, Hand hand, State? reaches = null, params State[] from) =>
        new(act, hand, IsAside: true, reaches, from);

    /// <summary>A draft, never submitted or returned, is taken back by who prepares it.</summary>
    private static Row TakenBack(Hand hand) => Beside(Act.Revoke, hand, State.Revoked, State.Draft);

    private sealed record Row(Act Act, Hand Hand, bool IsAside, State? Reaches, IReadOnlyList<State> From);

    private sealed record Seat(string Post, bool AtParent = false, string? Or = null, string? Satker = null);

    private sealed record Place(Units Units, Unit Unit, bool HasParentOffice, (string Satker, Units Units)? Evaluator);
}
