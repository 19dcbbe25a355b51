namespace Kinerja.Domain.Tests;

public sealed class DecisionTests
{
    [Fact]
    public void A_decision_gives_the_value_or_the_refusal_and_never_both()
    {
        Decision<string> yes = "fact";
        Decision<string> no = Refusal.Conflict("no-such-act", ("act", "verify"));

        Assert.True(yes.Accepts(out var value, out var none));
        Assert.Equal("fact", value);
        Assert.Null(none);
        Assert.False(no.Accepts(out var nothing, out var refusal));
        Assert.Null(nothing);
        Assert.Equal((RefusalKind.Conflict, "no-such-act"), (refusal.Kind, refusal.Code));
        Assert.Equal("verify", refusal.Parameters["act"]);
    }

    [Fact]
    public void A_refusal_for_faults_names_them_all_and_needs_one()
    {
        var refusal = Refusal.Broken([Fault.At("/a", "value-missing"), Fault.At("/b", "range-empty")]);

        Assert.Equal((RefusalKind.Broken, "rules-broken", 2), (refusal.Kind, refusal.Code, refusal.Faults.Count));
        Assert.Throws<ArgumentException>(() => Refusal.Broken(Array.Empty<Fault>()));
    }
}
