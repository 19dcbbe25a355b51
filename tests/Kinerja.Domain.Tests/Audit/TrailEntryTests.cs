using System.Text.Json;

namespace Kinerja.Domain.Tests.Audit;

public sealed class TrailEntryTests
{
    private static readonly TrailEntry Entry = new(
        7, "5305", 3, Refused: false, "agreement", "a", 2, null, "sign", "subjék", "5305.ketua", null, "sha256:00", null,
        new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero), "r");

    [Fact]
    public void The_text_gives_every_member_with_its_length_in_bytes() => Assert.Equal(
        "6:change;1:7;4:5305;1:3;9:agreement;1:a;1:2;-;4:sign;7:subjék;10:5305.ketua;-;9:sha256:00;-;27:2024-01-02T03:04:05.000000Z;1:r;",
        Entry.Text);

    [Fact]
    public void A_link_depends_on_the_one_before_and_on_every_member()
    {
        byte[] none = [.. TrailEntry.Beginning];
        TrailEntry[] others =
        [
            Entry with { Position = 8 }, Entry with { Satker = "53" }, Entry with { Number = 4 }, Entry with { Refused = true },
            Entry with { Kind = "x" }, Entry with { Id = "b" }, Entry with { Version = null }, Entry with { Year = 2 }, Entry with { Act = "x" },
            Entry with { Subject = "x" }, Entry with { Post = null }, Entry with { BeforeHash = "x" }, Entry with { ContentHash = "x" },
            Entry with { Code = "x" }, Entry with { At = Entry.At.AddMicroseconds(1) }, Entry with { RequestId = "x" },
        ];
        var links = others.Append(Entry).Select(entry => Convert.ToHexString(entry.LinkTo(none)))
            .Append(Convert.ToHexString(Entry.LinkTo(Entry.LinkTo(none)))).ToList();

        Assert.Equal(typeof(TrailEntry).GetConstructors()[0].GetParameters().Length, others.Length);
        Assert.Equal(links.Count, links.Distinct().Count());
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""", "")]
    [InlineData("""{"a":1.0}""", """{"a":1}""", "")]
    [InlineData("""{"a":1}""", """{"a":2}""", "/a 1 2")]
    [InlineData("""{"a":{"b":[1,2]}}""", """{"a":{"b":[1,3,4]},"c":null}""", "/a/b/1 2 3,/a/b/2 - 4,/c - null")]
    [InlineData("""{"a/b":1,"~":1}""", """{"a/b":[],"~":2}""", "/a~1b 1 [],/~0 1 2")]
    public void What_differs_is_named_by_its_pointer(string before, string after, string expected)
    {
        using var one = JsonDocument.Parse(before);
        using var other = JsonDocument.Parse(after);
        Assert.Equal(expected, string.Join(',', Difference.Between(one.RootElement, other.RootElement)
            .Select(change => $"{change.Pointer} {Said(change.Before)} {Said(change.After)}")));
    }

    private static string Said(JsonElement? value) => value?.GetRawText() ?? "-";
}
