using Microsoft.Extensions.Configuration;

namespace Kinerja.Api.Tests;

/// <summary>The program's verb <c>appoint</c>, which brings a period administrator where there is none.</summary>
public sealed class AppointVerbTests(Api api) : IClassFixture<Api>
{
    private const string Posts = "/v1/satker/00/posts";
    private static readonly Posting Operator = new("operator", "somebody", Capacity.Definitive, "SK uji", new DateOnly(2020, 1, 1));

    [Fact]
    public async Task When_the_last_period_administrator_was_ended_the_program_makes_a_new_one_and_no_second()
    {
        var first = api.As("00.admin-periode");
        var rows = (await first.Get($"{Posts}?pageSize=500")).Is(200).Json["items"]!.AsArray();
        var row = rows.Single(row => (string)row!["post"]! == "00.admin-periode")!;
        Assert.Equal("a period administrator is appointed already", await Appoint("nobody"));
        (await api.As("nobody").Post("/v1/satker/5305/posts", Operator)).Refuses(403, "may-not-appoint");

        var held = (await first.Get($"{Posts}/{row["id"]}")).Is(200).Json["content"]!;
        held["until"] = "2021-01-01";
        (await first.Put($"{Posts}/{row["id"]}", held, Requests.IfMatch(1))).Is(200);
        (await first.Post("/v1/satker/5305/posts", Operator)).Refuses(403, "may-not-appoint");

        Assert.Equal("00.admin-periode: nobody", await Appoint("nobody"));
        (await api.As("nobody").Post("/v1/satker/5305/posts", Operator)).Is(201);
        (await first.Post("/v1/satker/5304/posts", Operator)).Refuses(403, "may-not-appoint");
        Assert.Equal("a period administrator is appointed already", await Appoint("somebody"));

        // Between the two nobody was: the register of a day in the gap is empty of the post.
        var gap = (await api.As("nobody").Get($"{Posts}?asOf=2022-01-01&pageSize=500")).Is(200).Json["items"]!.AsArray();
        Assert.DoesNotContain("00.admin-periode", gap.Select(held => (string)held!["post"]!));
    }

    private async Task<string> Appoint(string subject)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("ConnectionStrings:Owner", api.OwnerConnection)]).Build();
        await using var log = new StringWriter();
        Assert.Equal(0, await Verbs.Run("appoint", [subject], configuration, log));
        return log.ToString().Trim();
    }
}
