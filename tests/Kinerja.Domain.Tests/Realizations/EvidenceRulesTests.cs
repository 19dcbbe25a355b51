namespace Kinerja.Domain.Tests;

public sealed class EvidenceRulesTests
{
    private static readonly string Hash = new('a', 64);

    [Theory]
    [InlineData("Foto kegiatan.jpg", "Foto kegiatan.jpg")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\laporan\\Juli.xlsx", "Juli.xlsx")]
    [InlineData("..", "aaaaaaaaaaaa")]
    [InlineData(".bashrc", "bashrc")]
    [InlineData("a\u0000b\r\nc", "abc")]
    [InlineData("\u202Egnp.exe", "gnp.exe")]
    [InlineData("a<b>|c?.pdf", "abc.pdf")]
    [InlineData("", "aaaaaaaaaaaa")]
    [InlineData(null, "aaaaaaaaaaaa")]
    public void A_label_is_harmless_and_making_it_so_again_changes_nothing(string? name, string label)
    {
        Assert.Equal(label, EvidenceRules.Label(name, Hash));
        Assert.Equal(label, EvidenceRules.Label(label, Hash));
    }

    [Fact]
    public void A_long_label_is_cut_between_characters()
    {
        var label = EvidenceRules.Label(new string('a', 119) + "😀😀", Hash);

        Assert.Equal(new string('a', 119), label);
        Assert.Equal(label, EvidenceRules.Label(label, Hash));
    }
}
