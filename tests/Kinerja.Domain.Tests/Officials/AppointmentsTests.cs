namespace Kinerja.Domain.Tests;

public sealed class AppointmentsTests
{
    private static readonly Units Units = new(
    [
        Unit("ketua", null), Unit("sekretaris", "ketua"), Unit("rendatin", "sekretaris"), Unit("ren", "rendatin"),
    ]);

    private static readonly AppointingOffice Province =
        new("53", OfficeLevel.Provinsi, Units, new Post("00", "sekjen"));

    [Theory]
    [InlineData("ketua", "00.sekjen")]
    [InlineData("sekretaris", "00.sekjen")]
    [InlineData("rendatin", "53.sekretaris")]
    [InlineData("ren", "53.sekretaris")]
    [InlineData("operator", "53.sekretaris")]
    [InlineData("verifikator", "53.sekretaris")]
    [InlineData("inspektur", "53.sekretaris")]
    public void Each_post_has_its_appointer_beside_RIs_period_administrator(string post, string appointer)
    {
        string[] everybody = ["00.sekjen", "53.sekretaris", "53.ketua", "00.admin-katalog", "00.admin-periode", "52.sekretaris"];

        Assert.Equal([appointer, "00.admin-periode"], everybody.Where(one => Appoints(one, Posting(post))).Order(StringComparer.Ordinal)
            .OrderBy(one => one == "00.admin-periode"));
    }

    [Fact]
    public void Every_post_beside_the_units_has_a_row_somewhere_and_none_of_them_twice_at_a_level() => Assert.All(
        Post.BesideUnits.Append(AppointmentTable.Heads).Append(AppointmentTable.Units), post =>
        {
            var levels = AppointmentTable.Rows.Where(row => row.Post == post).SelectMany(row => row.Levels).ToList();
            Assert.NotEmpty(levels);
            Assert.Distinct(levels);
        });

    [Theory]
    [InlineData("definitive", "2020-01-01", "", "definitive", "2022-01-01", "", "post-already-held")]
    [InlineData("definitive", "2020-01-01", "2022-01-01", "definitive", "2022-01-01", "", null)]
    [InlineData("definitive", "2020-01-01", "2022-01-02", "definitive", "2022-01-01", "", "post-already-held")]
    [InlineData("definitive", "2022-01-01", "", "definitive", "2020-01-01", "2022-01-01", null)]
    [InlineData("definitive", "2020-01-01", "", "plt", "2022-01-01", "", "post-not-vacant")]
    [InlineData("definitive", "2020-01-01", "2022-01-01", "plt", "2022-01-01", "", null)]
    [InlineData("plt", "2020-01-01", "", "definitive", "2022-01-01", "", "post-has-acting-holder")]
    [InlineData("plt", "2020-01-01", "", "plt", "2022-01-01", "", "post-has-acting-holder")]
    [InlineData("plt", "2020-01-01", "", "plh", "2022-01-01", "2022-02-01", null)]
    [InlineData("definitive", "2020-01-01", "", "plh", "2022-01-01", "", null)]
    [InlineData("definitive", "2020-01-01", "2022-01-15", "plh", "2022-01-01", "2022-02-01", "nobody-to-stand-in-for")]
    [InlineData("definitive", "2022-01-02", "", "plh", "2022-01-01", "2022-02-01", "nobody-to-stand-in-for")]
    [InlineData("plh", "2020-01-01", "", "plh", "2022-01-01", "", "nobody-to-stand-in-for")]
    [InlineData("plh", "2020-01-01", "", "definitive", "2022-01-01", "", null)]
    [InlineData("definitive", "2022-01-01", "2022-01-01", "definitive", "2020-01-01", "", null)]
    [InlineData("definitive", "2022-01-01", "2022-01-01", "plh", "2022-01-01", "", "nobody-to-stand-in-for")]
    public void Whether_one_holds_a_post_beside_another(
        string there, string from, string until, string wanted, string wantedFrom, string wantedUntil, string? code) =>
        Assert.Equal(code, WhyNot(Posting("ketua", wanted, wantedFrom, wantedUntil), Posting("ketua", there, from, until)));

    [Fact]
    public void A_Plh_stands_in_for_one_holder_after_the_other_when_no_day_lies_between()
    {
        var plh = Posting("ketua", "plh", "2021-12-01", "2022-02-01");
        var first = Posting("ketua", "definitive", "2020-01-01", "2022-01-01");

        Assert.Null(WhyNot(plh, Posting("ketua", "plt", "2022-01-01", ""), first));
        Assert.Equal("nobody-to-stand-in-for", WhyNot(plh, Posting("ketua", "plt", "2022-01-02", ""), first));
    }

    [Fact]
    public void Posts_beside_the_units_may_have_several_holders() => Assert.Null(
        WhyNot(Posting("operator", "plt", "2022-01-01", ""), Posting("operator", "definitive", "2020-01-01", "")));

    private static string? WhyNot(Posting wanted, params Posting[] others) =>
        Appointments.WhyNotBeside(wanted, "53", Units, others)?.Code;

    private static bool Appoints(string by, Posting wanted) => Appointments.Decide(wanted, Province, "00",
        new Actor(by, [new HeldPost(new Post(by.Split('.')[0], by.Split('.')[1]), Capacity.Definitive)])).Accepts(out _, out _);

    private static Posting Posting(string post, string capacity = "definitive", string from = "2020-01-01", string until = "") =>
        new(post, "somebody", Words.Read<Capacity>(capacity), "SK", Days.Read(from)!.Value, Days.Read(until));

    private static Unit Unit(string code, string? parent) => new(code, parent, AgreementLevel.Subbagian, code, []);
}
