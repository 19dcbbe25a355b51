namespace Kinerja.Domain;

/// <summary>How far a result has been signed for. A roll-up may ask for a least level.</summary>
public enum SignOffLevel
{
    /// <summary>Copied from a published document, without the signatures behind it: below every other level.</summary>
    TakenOver = -1,

    /// <summary>Stated, and signed for by nobody.</summary>
    Draft,

    /// <summary>The head of the unit has submitted it.</summary>
    Submitted,

    /// <summary>All verifying steps are done.</summary>
    Verified,

    /// <summary>The office itself has approved it.</summary>
    Approved,

    /// <summary>The parent has accepted it; of RI, which has none, what it approved.</summary>
    Accepted,
}

/// <summary>The levels a state of a report stands for.</summary>
public static class SignOffLevels
{
    /// <summary>The level a report in this state has reached. RI has nobody above: what it approves counts as accepted.</summary>
    public static SignOffLevel Of(State state, bool isLast) => state switch
    {
        State.Submitted => SignOffLevel.Submitted,
        State.Verified => SignOffLevel.Verified,
        State.Approved when isLast => SignOffLevel.Accepted,
        State.Approved => SignOffLevel.Approved,
        State.Accepted => SignOffLevel.Accepted,
        State.Draft or State.Signed or State.InForce or State.Superseded or State.Revoked or State.Published or State.Final => SignOffLevel.Draft,
    };
}
