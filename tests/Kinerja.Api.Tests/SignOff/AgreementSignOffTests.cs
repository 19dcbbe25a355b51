namespace Kinerja.Api.Tests;

public sealed class AgreementSignOffTests(Api api) : IClassFixture<Api>
{
    private Given Given => api.Given;

    [Fact]
    public async Task The_Ketua_declares_with_one_signature()
    {
        var signed = await Given.Through(await Given.Drafted("5305", Given.Agreement("ketua")), new Hand("sign", "5305.ketua"));

        Assert.Equal("in-force", signed.State);
    }

    [Theory]
    [InlineData("5305", "kul", "5305.kul", "5305.sekretaris")]
    [InlineData("5305", "sekretaris", "5305.sekretaris", "5305.ketua")]
    [InlineData("53", "keu", "53.keu", "53.kul")]
    [InlineData("53", "kul", "53.kul", "53.sekretaris")]
    [InlineData("00", "biro-ren", "00.biro-ren", "00.deputi-adm")]
    public async Task Every_other_head_signs_first_and_the_head_above_countersigns(
        string satker, string unit, string first, string second)
    {
        var draft = Doc.Of((await api.As(first).Post($"/v1/satker/{satker}/agreements", Given.Agreement(unit))).Is(201));

        var early = await Given.Act(draft, new Hand("countersign", second));
        var signed = await Given.Through(draft, new Hand("sign", first));
        var inForce = await Given.Through(signed, new Hand("countersign", second));

        early.Refuses(409, "no-such-act");
        Assert.Equal(("signed", "in-force"), (signed.State, inForce.State));
    }

    [Fact]
    public async Task Only_the_head_signs_and_only_the_head_above_countersigns()
    {
        var draft = await Given.Drafted("5305", Given.Agreement("hsdm"));

        await OthersAreRefused(draft, "sign", "5305.hsdm");
        var signed = await Given.Through(draft, new Hand("sign", "5305.hsdm"));
        await OthersAreRefused(signed, "countersign", "5305.sekretaris");
        await Given.Through(signed, new Hand("countersign", "5305.sekretaris"));
    }

    [Fact]
    public async Task An_agreement_in_force_is_never_returned_nor_edited()
    {
        var (satker, unit) = Given.FreshUnit();
        var signed = await Given.Through(
            await Given.Drafted(satker, Given.Agreement(unit)), Given.WayOfAgreement(satker, unit)[0]);
        var inForce = await Given.Through(signed, Given.WayOfAgreement(satker, unit)[1]);

        (await Given.Act(inForce, new Hand("return", $"{satker}.sekretaris"))).Refuses(409, "no-such-act");
        (await api.As($"{satker}.{unit}").Put(inForce.Path, Given.Agreement(unit), Requests.IfMatch(inForce.Version)))
            .Refuses(409, "not-a-draft");
    }

    [Fact]
    public async Task The_countersigner_may_return_a_signed_agreement()
    {
        var (satker, unit) = Given.FreshUnit();
        var signed = await Given.Through(
            await Given.Drafted(satker, Given.Agreement(unit)), Given.WayOfAgreement(satker, unit)[0]);

        var returned = await Given.Through(signed, new Hand("return", $"{satker}.sekretaris"));

        Assert.Equal(("draft", 2), (returned.State, returned.Round));
    }

    [Fact]
    public async Task A_blank_target_is_stored_and_cannot_be_signed()
    {
        var (satker, unit) = Given.FreshUnit();
        var blank = Given.Line(target: new Value.Absent(Absence.Missing));
        var draft = await Given.Drafted(satker, Given.Agreement(unit, 2024, blank));

        (await Given.Act(draft, Given.WayOfAgreement(satker, unit)[0]))
            .Refuses(422, "rules-broken", [("/content/lines/0/target", "target-missing")]);

        var mended = Doc.Of((await api.As($"{satker}.{unit}")
            .Put(draft.Path, Given.Agreement(unit), Requests.IfMatch(draft.Version))).Is(200));
        await Given.Through(mended, Given.WayOfAgreement(satker, unit)[0]);
    }

    private async Task OthersAreRefused(Doc document, string act, string required)
    {
        foreach (var other in Posts.OfAlor.Where(post => post != required))
        {
            var wrong = (await Given.Act(document, new Hand(act, other))).Refuses(403, "wrong-post");
            Assert.Contains(required, wrong.Detail, StringComparison.Ordinal);
            Assert.Contains(other, wrong.Detail, StringComparison.Ordinal);
            var borrowed = (await Given.Act(document, new Hand(act, required), other)).Refuses(403, "post-not-held");
            Assert.Equal($"Perbuatan ini memerlukan jabatan {required}; jabatan yang Anda pegang sekarang: {other}.", borrowed.Detail);
        }
    }
}

/// <summary>Everybody who can see the documents of KPU Kabupaten Alor, each with one post.</summary>
internal static class Posts
{
    public static readonly string[] OfAlor =
    [
        "5305.ketua", "5305.sekretaris", "5305.kul", "5305.rendatin", "5305.hsdm", "5305.tpph", "5305.operator",
        "53.ketua", "53.sekretaris", "53.verifikator", "53.operator", "00.ketua", "00.verifikator", "00.admin-periode", "00.inspektur",
    ];
}
