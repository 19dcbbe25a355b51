namespace Kinerja.Domain.Tests;

public sealed class BudgetCodeTests
{
    [Fact]
    public void A_code_is_read_to_the_level_it_states()
    {
        Assert.Equal(
            new BudgetCode("076.01.CQ.6709.QGE.001.051", "076.01.CQ", "6709", "QGE", "QGE.001", "051"), BudgetCode.Parse("076.01.CQ.6709.QGE.001.051"));
        Assert.Equal(new BudgetCode("076.01.CQ.6709.QGE", "076.01.CQ", "6709", "QGE", null, null), BudgetCode.Parse("076.01.CQ.6709.QGE"));
        Assert.Equal(new BudgetCode("076.01.WA.3355", "076.01.WA", "3355", null, null, null), BudgetCode.Parse("076.01.WA.3355"));
        Assert.Equal(new BudgetCode("076.01", null, null, null, null, null), BudgetCode.Parse("076.01"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("6709")]
    [InlineData("075.01.CQ")]
    [InlineData("076.02.CQ")]
    [InlineData("076.01.CQ.")]
    [InlineData("076.01.CQ.670")]
    [InlineData("076.01.CQ.6709.001")]
    [InlineData("076.01.CQ.6709.QGE.1")]
    [InlineData("076.01.cq.6709")]
    [InlineData("076.01.CQ.6709.QGE.001.051.521211")]
    [InlineData("076.01.CQ.6709\n")]
    public void What_is_no_code_of_this_budget_is_not_read(string text) => Assert.Null(BudgetCode.Parse(text));

    [Theory]
    [InlineData("076.01.CQ", "076.01.CQ", null)]
    [InlineData("6709", null, "6709")]
    [InlineData("6709.QGE.001", null, "6709")]
    [InlineData("076.01.CQ.6709", "076.01.CQ", "6709")]
    public void An_agreement_names_a_program_or_a_kegiatan(string code, string? program, string? kegiatan) =>
        Assert.Equal((program, kegiatan), (BudgetCode.Named(code)?.Program, BudgetCode.Named(code)?.Kegiatan));

    [Theory]
    [InlineData("076.01.CQ.6709.QGE.001.051", "6709.QGE.001", true)]
    [InlineData("076.01.CQ.6709.QGE.001", "076.01.CQ.6709.QGE.001", true)]
    [InlineData("076.01.CQ.6709.QGE.002", "6709.QGE.001", false)]
    [InlineData("076.01.CQ.6709.QGE", "6709.QGE.001", null)]
    [InlineData("076.01.CQ.6709", "6709.QGE.001", null)]
    [InlineData("076.01.CQ.6639", "6709.QGE.001", false)]
    [InlineData("076.01.CQ", "6709", null)]
    [InlineData("076.01.WA", "076.01.CQ.6709", false)]
    [InlineData("076.01", "076.01.CQ", null)]
    public void A_line_is_in_what_is_named_or_not_or_its_code_does_not_tell(string line, string named, bool? isIn) =>
        Assert.Equal(isIn, BudgetCode.Parse(line)!.IsIn(BudgetCode.Named(named)!));

    [Fact]
    public void Other_words_name_neither() => Assert.Null(BudgetCode.Named("Program Dukungan Manajemen"));

    [Fact]
    public void The_key_is_the_code_the_akun_and_the_source()
    {
        var line = BudgetChains.Line();

        Assert.Equal(line.Key(), (line with { Pagu = 5, Volume = 9, Name = "lain" }).Key());
        Assert.NotEqual(line.Key(), (line with { Akun = "521213" }).Key());
        Assert.NotEqual(line.Key(), (line with { Source = BudgetChains.Grant }).Key());
        Assert.NotEqual(line.Key(), (line with { Code = "076.01.CQ.6709.QGE.001" }).Key());
    }

    [Fact]
    public void What_a_document_left_out_is_named() =>
        Assert.Equal(["akun", "source", "volume", "unit"], new BudgetLine("076.01.CQ.6709", 5).NotStated());
}
