namespace Kinerja.Domain.Tests;

/// <summary>The counted acts of a round are done by different persons, whatever their posts; each denial beside the same
/// act by another person, which is taken.</summary>
public sealed class FourEyesTests
{
    private const string Hash = "sha256:0";
    private static readonly DateTimeOffset At = new(2024, 12, 31, 9, 0, 0, TimeSpan.Zero);

    private static readonly Units Kabupaten = Tree("ketua", "ketua>sekretaris", "sekretaris>kul", "sekretaris>rendatin!");

    private static readonly Units Provinsi = Tree(
        "ketua", "ketua>sekretaris", "sekretaris>rendatin!", "rendatin>ren", "sekretaris>kul", "kul>keu");

    // A report of a kabupaten's unit: submit kul, verify sekretaris, approve ketua, accept parent.verifikator.
    private static readonly SignOff Report = SignOffTable.Realization(Kabupaten, Kabupaten.Find("kul")!, hasParentOffice: true);

    // A report of a province's subbagian: submit keu, verify kul, verify sekretaris, approve ketua.
    private static readonly SignOff ReportOfProvince = SignOffTable.Realization(Provinsi, Provinsi.Find("keu")!, hasParentOffice: true);

    private static readonly SignOff Agreement = SignOffTable.Agreement(Kabupaten, Kabupaten.Find("kul")!, hasParentOffice: true);

    [Theory]
    [InlineData(Capacity.Definitive)]
    [InlineData(Capacity.Plt)]
    [InlineData(Capacity.Plh)]
    public void Who_submitted_does_not_verify_while_somebody_else_can(Capacity capacity)
    {
        var register = Register(("kul", "ani"), ("sekretaris", "ani", capacity), ("sekretaris", "budi"), ("ketua", "citra"));
        var submitted = Done(Report, register, "submit kul ani");

        Refused("same-person", submitted, register, "verify sekretaris ani", "sekretaris");
        Assert.Equal(State.Verified, Done(submitted, register, "verify sekretaris budi").State);
    }

    [Theory]
    [InlineData(Capacity.Definitive)]
    [InlineData(Capacity.Plt)]
    [InlineData(Capacity.Plh)]
    public void A_verifying_step_whose_only_holder_has_acted_falls_to_the_next_higher_post_whose_approval_covers_it(Capacity capacity)
    {
        var register = Register(("kul", "ani"), ("sekretaris", "ani", capacity), ("ketua", "citra"));
        var submitted = Done(Report, register, "submit kul ani");

        Refused("step-fell", submitted, register, "verify sekretaris ani", "ketua");
        var approved = Done(submitted, register, "approve ketua citra");

        Assert.Equal((State.Submitted, State.Approved), (approved.Acts[^1].From, approved.State));
        Assert.Equal(["own.sekretaris"], approved.Acts[^1].Covers);
        Assert.Equal((3, Act.Accept), (approved.StepsDone, approved.Next?.Act));
        Assert.Null(Done(Done(Report, Other, "submit kul dewi"), Other, "verify sekretaris budi").Acts[^1].Covers);
    }

    [Fact]
    public void An_acting_official_acts_with_the_decree()
    {
        Holder[] register = [new(new Post("own", "kul"), "ani", Capacity.Plh, "SK 7/2024"), .. Register(("sekretaris", "budi"))];

        var verified = Done(Report, register, "submit kul ani", "verify sekretaris budi");

        Assert.Equal([(Capacity.Plh, "SK 7/2024"), (Capacity.Definitive, null)], verified.Acts.Select(act => (act.Capacity, act.Decree)));
    }

    [Fact]
    public void A_step_that_has_not_fallen_is_not_skipped()
    {
        var submitted = Done(Report, Other, "submit kul dewi");

        Refused("no-such-act", submitted, Other, "approve ketua citra");
        Assert.Equal(State.Verified, Done(submitted, Other, "verify sekretaris budi").State);
    }

    [Fact]
    public void A_vacant_post_does_not_fall()
    {
        var register = Register(("kul", "ani"), ("ketua", "citra"));
        var submitted = Done(Report, register, "submit kul ani");

        Refused("no-such-act", submitted, register, "approve ketua citra");
        Refused("post-not-held", submitted, register, "verify sekretaris ani", "sekretaris");
    }

    [Fact]
    public void In_a_province_the_Kabags_step_falls_to_the_Sekretaris_who_verifies_for_both()
    {
        var register = Register(("keu", "ani"), ("kul", "ani", Capacity.Plt), ("sekretaris", "budi"), ("ketua", "citra"));
        var submitted = Done(ReportOfProvince, register, "submit keu ani");

        Refused("step-fell", submitted, register, "verify kul ani", "sekretaris");
        var verified = Done(submitted, register, "verify sekretaris budi");

        Assert.Equal(State.Verified, verified.State);
        Assert.Equal(["own.kul"], verified.Acts[^1].Covers);
        Assert.Equal(State.Approved, Done(verified, register, "approve ketua citra").State);
    }

    [Fact]
    public void Two_steps_fall_to_the_Ketua_when_both_holders_are_one_person_who_acted()
    {
        var register = Register(("keu", "ani"), ("kul", "ani", Capacity.Plt), ("sekretaris", "ani", Capacity.Plh), ("ketua", "citra"));
        var submitted = Done(ReportOfProvince, register, "submit keu ani");

        var approved = Done(submitted, register, "approve ketua citra");

        Assert.Equal(["own.kul", "own.sekretaris"], approved.Acts[^1].Covers);
        Assert.Equal(4, approved.StepsDone);
    }

    [Fact]
    public void When_no_other_person_is_left_the_refusal_names_the_post_that_needs_a_Plh()
    {
        var register = Register(("kul", "ani"), ("sekretaris", "ani", Capacity.Plt), ("ketua", "ani", Capacity.Plt));
        var submitted = Done(Report, register, "submit kul ani");

        Refused("no-other-person", submitted, register, "approve ketua ani", "ketua");
        Holder[] appointed = [.. register, new Holder(new Post("own", "ketua"), "eko", Capacity.Plh)];
        Refused("same-person", submitted, appointed, "approve ketua ani", "ketua");
        Assert.Equal(["own.sekretaris"], Done(submitted, appointed, "approve ketua eko").Acts[^1].Covers);
    }

    [Fact]
    public void A_dead_end_of_an_approval_and_of_an_acceptance_is_told_and_ends_with_a_Plh()
    {
        var register = Register(("kul", "dewi"), ("sekretaris", "budi"), ("ketua", "budi", Capacity.Plt), ("parent.verifikator", "dewi"));
        var verified = Done(Report, register, "submit kul dewi", "verify sekretaris budi");

        Refused("no-other-person", verified, register, "approve ketua budi", "ketua");
        Holder[] appointed = [.. register, new Holder(new Post("own", "ketua"), "eko", Capacity.Plh)];
        var approved = Done(verified, appointed, "approve ketua eko");
        Refused("no-other-person", approved, appointed, "accept parent.verifikator dewi", "parent.verifikator");
        appointed = [.. appointed, new Holder(new Post("parent", "verifikator"), "fitri", Capacity.Definitive)];
        Assert.Equal(State.Accepted, Done(approved, appointed, "accept parent.verifikator fitri").State);
    }

    [Fact]
    public void Whoever_signs_an_agreement_does_not_countersign_it()
    {
        var register = Register(("kul", "ani"), ("sekretaris", "ani", Capacity.Plt));
        var signed = Done(Agreement, register, "sign kul ani");

        Refused("no-other-person", signed, register, "countersign sekretaris ani", "sekretaris");
        Holder[] appointed = [.. register, new Holder(new Post("own", "sekretaris"), "budi", Capacity.Plh)];
        Assert.Equal(State.InForce, Done(signed, appointed, "countersign sekretaris budi").State);
    }

    [Fact]
    public void Returning_is_not_counted_and_a_new_round_starts_clean()
    {
        var register = Register(("kul", "ani"), ("sekretaris", "ani", Capacity.Plt), ("sekretaris", "budi"), ("ketua", "citra"));
        var submitted = Done(Report, register, "submit kul ani");

        var returned = Done(submitted, register, "return sekretaris ani");
        var again = Done(returned, register, "submit kul ani", "verify sekretaris budi");

        Assert.Equal((2, State.Verified), (again.Round, again.State));
    }

    [Fact]
    public void The_reviewer_a_step_fell_to_returns_in_its_place()
    {
        var register = Register(("kul", "ani"), ("sekretaris", "ani", Capacity.Plt), ("ketua", "citra"));
        var submitted = Done(Report, register, "submit kul ani");

        Assert.Equal(State.Draft, Done(submitted, register, "return ketua citra").State);
        Refused("wrong-post", Done(Report, Other, "submit kul dewi"), Other, "return ketua citra");
    }

    [Fact]
    public void Publishing_is_done_by_the_one_who_signed()
    {
        var register = Register(("rendatin", "ani"), ("sekretaris", "budi"), ("ketua", "citra"));
        var report = SignOffTable.Begin(SignedDocument.PerformanceReportOfOffice, Kabupaten, Kabupaten.Root, hasParentOffice: true);

        var published = Done(report, register, "submit rendatin ani", "verify sekretaris budi", "sign ketua citra", "publish ketua citra");

        Assert.Equal(State.Published, published.State);
        Refused("no-such-act", published, register, "return ketua citra");
    }

    [Fact]
    public void Recording_an_approval_from_outside_counts_as_approving()
    {
        var register = Register(("rendatin", "ani"), ("sekretaris", "ani", Capacity.Plt));
        var budget = SignOffTable.Begin(SignedDocument.BudgetByAuthority, Kabupaten, Kabupaten.Secretariat, hasParentOffice: true);
        var submitted = Done(budget, register, "submit rendatin ani");

        Refused("no-other-person", submitted, register, "record sekretaris ani", "sekretaris");
        Holder[] appointed = [.. register, new Holder(new Post("own", "sekretaris"), "budi", Capacity.Plh)];
        Assert.Equal(State.InForce, Done(submitted, appointed, "record sekretaris budi").State);
    }

    [Fact]
    public void The_options_tell_what_has_fallen_and_why()
    {
        var register = Register(("kul", "ani"), ("sekretaris", "ani", Capacity.Plt), ("ketua", "citra"));
        var submitted = Done(Report, register, "submit kul ani");

        var subject = Subject(submitted, register);
        var mine = SignOffDecider.Options(subject).Select(wanted => Flat(wanted, "ani"));
        var hers = SignOffDecider.Options(subject).Select(wanted => Flat(wanted, "citra"));

        Assert.Equal([(Act.Verify, "own.sekretaris", "step-fell"), (Act.Approve, "own.ketua", "post-not-held"),
            (Act.Return, "own.sekretaris", null), (Act.Return, "own.ketua", "post-not-held")], mine);
        Assert.Equal([(Act.Verify, "own.sekretaris", "post-not-held"), (Act.Approve, "own.ketua", null),
            (Act.Return, "own.sekretaris", "post-not-held"), (Act.Return, "own.ketua", null)], hers);

        (Act, string, string?) Flat(WantedAct wanted, string person) => (wanted.Act, $"{wanted.Post}",
            SignOffDecider.Decide(subject, wanted, new Actor(person, []), At).Accepts(out _, out var refusal) ? null : refusal.Code);
    }

    [Theory]
    [InlineData("ani", "own.rendatin")]
    [InlineData("dewi", "own.kul")]
    [InlineData("budi", null)]
    public void Where_finance_or_planning_may_submit_the_document_waits_for_both(string person, string? post)
    {
        var units = new Units([.. Kabupaten.All.Select(unit => unit.Code == "rendatin" ? unit with { Functions = [Unit.Planning] }
            : unit.Code == "kul" ? unit with { Functions = [Unit.Finance] } : unit)]);
        var register = Register(("rendatin", "ani"), ("kul", "dewi"), ("sekretaris", "budi"));
        var budget = SignOffTable.Begin(SignedDocument.BudgetByKpa, units, units.Secretariat, hasParentOffice: true);

        Assert.Equal(post, SignOffDecider.Awaits(Subject(budget, register), new Actor(person, []))?.ToString());
        Assert.Null(SignOffDecider.Awaits(Subject(Done(budget, register, "submit kul dewi"), register), new Actor("ani", [])));
    }

    [Fact]
    public void What_fell_waits_for_who_holds_the_higher_post_and_for_nobody_when_nobody_is_left()
    {
        var register = Register(("kul", "ani"), ("sekretaris", "ani", Capacity.Plt), ("ketua", "citra"));
        var submitted = Done(Report, register, "submit kul ani");
        var (fell, dead) = (Subject(submitted, register), Subject(submitted, [.. register[..2], new(Seat("ketua"), "ani", Capacity.Plt)]));

        Assert.Equal((null, "own.ketua"), (Awaits(fell, "ani"), Awaits(fell, "citra")));
        Assert.Equal((null, null), (Awaits(dead, "ani"), Awaits(dead, "citra")));

        static string? Awaits(SignOffSubject subject, string person) => SignOffDecider.Awaits(subject, new Actor(person, []))?.ToString();
    }

    private static readonly Holder[] Other = Register(("kul", "dewi"), ("sekretaris", "budi"), ("ketua", "citra"));

    private static Holder[] Register(params object[] holders) => [.. holders.Select(holder => holder switch
    {
        ValueTuple<string, string>(var post, var subject) => new Holder(Seat(post), subject, Capacity.Definitive),
        ValueTuple<string, string, Capacity>(var post, var subject, var capacity) => new Holder(Seat(post), subject, capacity),
        _ => throw new ArgumentException($"{holder}", nameof(holders)),
    })];

    /// <summary>The way after each act, written "act post person".</summary>
    private static SignOff Done(SignOff way, Holder[] register, params string[] acts)
    {
        foreach (var act in acts)
        {
            Assert.True(Decide(way, register, act).Accepts(out var next, out var refusal), $"{act}: {refusal?.Code}");
            way = next;
        }

        return way;
    }

    private static void Refused(string code, SignOff way, Holder[] register, string act, string? required = null)
    {
        Assert.False(Decide(way, register, act).Accepts(out _, out var refusal), act);
        Assert.Equal(code, refusal.Code);
        if (required is not null)
        {
            Assert.Equal($"{Seat(required)}", refusal.Parameters["required"]);
        }
    }

    private static Decision<SignOff> Decide(SignOff way, Holder[] register, string act)
    {
        var words = act.Split(' ');
        return SignOffDecider.Decide(Subject(way, register),
            new WantedAct(Words.Read<Act>(words[0]), Seat(words[1]), Hash, [new Reason("x", "x")]), new Actor(words[2], []), At);
    }

    private static SignOffSubject Subject(SignOff way, Holder[] register) => new("own", "parent", Hash, way, register);

    private static Post Seat(string post) => post.Split('.') is [var satker, var code] ? new Post(satker, code) : new Post("own", post);

    private static Units Tree(params string[] units) => new([.. units.Select(unit => unit.TrimEnd('!').Split('>') is [var parent, var code]
        ? new Unit(code, parent, AgreementLevel.Subbagian, code, unit.EndsWith('!') ? [Unit.Planning, Unit.Finance] : [])
        : new Unit(unit, null, AgreementLevel.Ketua, unit, []))]);
}
