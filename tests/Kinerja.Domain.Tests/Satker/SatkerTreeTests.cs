namespace Kinerja.Domain.Tests;

public sealed class SatkerTreeTests
{
    private static readonly DateOnly Start = new(2008, 4, 10);
    private static readonly DateOnly Split = new(2022, 11, 11);
    private static readonly DateOnly Today = new(2024, 12, 31);

    // Sorong moves from Papua Barat (92) to the new Papua Barat Daya (96).
    private static readonly SatkerTree Before = new(
        [
            new("00", "KPU RI", OfficeLevel.Ri), new("53", "KPU Provinsi Nusa Tenggara Timur", OfficeLevel.Provinsi),
            new("5305", "KPU Kabupaten Alor", OfficeLevel.KabupatenKota),
            new("92", "KPU Provinsi Papua Barat", OfficeLevel.Provinsi),
            new("96", "KPU Provinsi Papua Barat Daya", OfficeLevel.Provinsi),
            new("9201", "KPU Kabupaten Sorong", OfficeLevel.KabupatenKota),
        ],
        [
            new("00", null, Start), new("53", "00", Start), new("5305", "53", Start), new("92", "00", Start),
            new("96", "00", Split), new("9201", "92", Start),
        ]);

    private static readonly SatkerTree After = Moved(Before, "9201", "96", Split);

    [Fact]
    public void A_move_closes_the_old_fact_and_opens_the_new_one()
    {
        Assert.True(Before.Move("9201", "96", Split).Accepts(out var facts, out _));

        Assert.Equal([new ParentFact("9201", "92", Start, Split), new ParentFact("9201", "96", Split)], facts);
    }

    [Fact]
    public void The_tree_answers_for_the_day_it_is_asked()
    {
        Assert.Equal("92", After.ParentOf("9201", Split.AddDays(-1)));
        Assert.Equal("96", After.ParentOf("9201", Split));
        Assert.Equal(["9201"], After.ChildrenOf("92", Split.AddDays(-1)));
        Assert.Empty(After.ChildrenOf("92", Split));
        Assert.Equal(["96", "00"], After.AncestorsOf("9201", Today));
        Assert.Equal(["53", "5305", "92", "96", "9201"], After.DescendantsOf("00", Today));
        Assert.Equal(["53", "5305", "92", "9201"], After.DescendantsOf("00", Start));
        Assert.True(After.IsBelow("9201", "00", Today));
        Assert.False(After.IsBelow("9201", "92", Today));
        Assert.False(After.IsBelow("9201", "9201", Today));
        Assert.False(After.Exists("96", Split.AddDays(-1)));
        Assert.Null(After.ParentOf("00", Today));
    }

    [Theory]
    [InlineData("9999", "96", "2022-11-11", "unknown-satker")]
    [InlineData("9201", "9999", "2022-11-11", "unknown-satker")]
    [InlineData("9201", "96", "2022-11-10", "unknown-satker")] // 96 is not there yet
    [InlineData("00", "53", "2022-11-11", "root-cannot-move")]
    [InlineData("9201", "92", "2022-11-11", "already-child-of")]
    [InlineData("53", "5305", "2022-11-11", "move-makes-circle")]
    [InlineData("53", "53", "2022-11-11", "move-makes-circle")]
    [InlineData("9201", "00", "2022-11-11", "level-does-not-fit")]
    [InlineData("9201", "5305", "2022-11-11", "level-does-not-fit")]
    [InlineData("53", "92", "2022-11-11", "level-does-not-fit")]
    [InlineData("9201", "53", "2008-04-10", "move-before-current-parent")]
    public void An_impossible_move_is_refused(string code, string parent, string from, string refused)
    {
        Assert.False(Before.Move(code, parent, DateOnly.Parse(from, null)).Accepts(out _, out var refusal));
        Assert.Equal((RefusalKind.Broken, refused), (refusal.Kind, refusal.Code));
    }

    [Fact]
    public void An_office_may_move_back_later() =>
        Assert.Equal("92", Moved(After, "9201", "92", new DateOnly(2024, 7, 1)).ParentOf("9201", Today));

    [Theory]
    [InlineData("9201", true, false)] // its own
    [InlineData("96", true, true)] // today's parent
    [InlineData("00", true, false)] // above today's parent
    [InlineData("92", false, false)] // a former parent
    [InlineData("53", false, false)]
    [InlineData("5305", false, false)]
    public void All_years_are_for_the_office_and_those_above_it_today_and_only_the_parent_acts(
        string viewer, bool all, bool acts)
    {
        var reading = After.ReadableYears(viewer, "9201", Today);

        Assert.Equal((all, acts), (reading.AllYears, reading.MayAct));
    }

    [Fact]
    public void A_former_parent_reads_the_years_in_which_it_was_parent_and_no_other()
    {
        var reading = After.ReadableYears("92", "9201", Today);

        Assert.Equal([new YearSpan(2008, 2022)], reading.Years);
        Assert.Equal((false, true, true, false), (
            reading.Includes(2007), reading.Includes(2008), reading.Includes(2022), reading.Includes(2023)));
        Assert.Empty(After.ReadableYears("53", "9201", Today).Years);
    }

    [Fact]
    public void A_move_on_new_years_day_leaves_the_new_year_to_the_new_parent() => Assert.Equal(
        [new YearSpan(2008, 2022)],
        Moved(Before, "9201", "96", new DateOnly(2023, 1, 1)).ReadableYears("92", "9201", Today).Years);

    [Fact]
    public void A_parent_to_come_reads_nothing_yet() =>
        Assert.Empty(Moved(Before, "9201", "53", Today.AddDays(1)).ReadableYears("53", "9201", Today).Years);

    [Fact]
    public void What_stood_above_the_former_parent_keeps_the_same_years()
    {
        var tree = new SatkerTree(
            [
                new("00", "root", OfficeLevel.Ri), new("01", "old root", OfficeLevel.Ri),
                new("92", "province", OfficeLevel.Provinsi), new("9201", "regency", OfficeLevel.KabupatenKota),
            ],
            [
                new("00", null, Start), new("01", null, Start), new("92", "01", Start, new(2015, 6, 1)),
                new("92", "00", new(2015, 6, 1)), new("9201", "92", Start),
            ]);

        Assert.Equal([new YearSpan(2008, 2015)], tree.ReadableYears("01", "9201", Today).Years);
    }

    [Fact]
    public void Facts_that_overlap_close_a_circle_or_name_a_stranger_make_no_tree()
    {
        Satker[] offices = [new("a", "a", OfficeLevel.Provinsi), new("b", "b", OfficeLevel.Provinsi)];

        Assert.Throws<ArgumentException>(() => new SatkerTree(offices, [new("a", "b", Start), new("b", "a", Start)]));
        Assert.Throws<ArgumentException>(() => new SatkerTree(offices, [new("a", "c", Start)]));
        Assert.Throws<ArgumentException>(() => new SatkerTree(offices, [new("a", null, Start), new("a", "b", Split)]));
        Assert.Throws<ArgumentException>(() => new SatkerTree(offices, [new("a", null, Start, Start)]));
    }

    private static SatkerTree Moved(SatkerTree tree, string code, string parent, DateOnly from) =>
        tree.Move(code, parent, from).Accepts(out var facts, out var refusal)
            ? tree.With(facts)
            : throw new InvalidOperationException(refusal.Code);
}
