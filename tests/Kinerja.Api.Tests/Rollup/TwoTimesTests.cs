using System.Globalization;
using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>Validity and record: the tree of a day, and what the service held at an instant.</summary>
public sealed class TwoTimesTests(Api api) : IClassFixture<Api>
{
    private const string Capaian = "/v1/satker/5301/capaian?year=2024&level=sekretaris";
    private const string Children = "/v1/satker/53/capaian/children?year=2024&level=sekretaris";
    private const string Rollup = "/v1/satker/53/rollup?year=2024&indicator=AK.01&by=child";

    private static string Below(string offices) => $"/v1/satker/53/capaian/below{offices}?year=2024&level=sekretaris";

    private Given Given => api.Given;

    [Fact]
    public async Task What_was_held_before_a_correction_is_still_told()
    {
        var asked = new[]
        {
            Capaian, Capaian + "&minSignOff=accepted", Children, Rollup, Rollup + "&minSignOff=draft", Below("") + "&minSignOff=draft", Below(""),
            Below("/offices") + "&minSignOff=submitted", "/v1/satker/5301/capaian/years?indicator=SP.03&from=2023&to=2024&level=sekretaris",
            "/v1/satker/53/rollup/AK.01/years?from=2023&to=2024",
        };
        await Given.InForce("5301", SekretarisReports.Agreement());
        var way = Given.WayOfReport("5301", "sekretaris");
        var held = new List<(string At, string[] Said)>();
        async Task<Doc> Held(Doc document)
        {
            held.Add(((string)document.Json["recordedAt"]!, await Say(asked)));
            return document;
        }

        var report = await Held(await Given.Drafted("5301", SekretarisReports.Report()));
        report = await Held(Doc.Of((await api.As("5301.sekretaris").Put(
            report.Path, SekretarisReports.Report(grade: "CC"), Requests.IfMatch(report.Version))).Is(200)));
        foreach (var hand in way)
        {
            report = await Held(await Given.Through(report, hand));
        }

        report = await Held(await Given.Through(report, new Hand("return", "53.verifikator")));
        report = await Held(Doc.Of((await api.As("5301.sekretaris").Put(
            report.Path, SekretarisReports.Report(grade: "A"), Requests.IfMatch(report.Version))).Is(200)));
        report = await Held(await Given.Through(report, way[0]));
        await Held(await Given.Through(report, way[1..]));

        foreach (var (at, said) in held)
        {
            var now = await Say([.. asked.Select(path => $"{path}&recordedAt={at}")]);
            Assert.Equal(said, now);
        }

        Assert.NotEqual(held[^1].Said[3], held[5].Said[3]);
        (await api.As("53.sekretaris").Get($"{Rollup}&recordedAt=2001-01-01T00:00:00Z")).Refuses(404, "year-not-open");
        Assert.Empty((await api.As("5301.sekretaris").Get($"{Capaian}&recordedAt=2001-01-01T00:00:00Z")).Is(200).Json["office"]!["agreements"]!.AsArray());
    }

    [Fact]
    public async Task A_later_amendment_or_revocation_does_not_change_what_was_held()
    {
        const string path = "/v1/satker/5302/capaian?year=2024&level=sekretaris";
        var agreement = await Given.InForce("5302", SekretarisReports.Agreement());
        var (at, said) = ((string)agreement.Json["recordedAt"]!, await Say([path]));
        var revoked = await Given.Through(agreement, new Hand("revoke", "5302.ketua"));
        var (then, after) = ((string)revoked.Json["recordedAt"]!, await Say([path]));

        Assert.Equal(said, await Say([$"{path}&recordedAt={at}"]));
        await Given.InForce("5302", SekretarisReports.Agreement() with { Lines = [SekretarisReports.Agreement().Lines[0]], Date = new DateOnly(2024, 2, 1) });
        Assert.Equal([said[0], after[0]], await Say([$"{path}&recordedAt={at}", $"{path}&recordedAt={then}"]));
        Assert.NotEqual(after, await Say([path]));
    }

    [Fact]
    public async Task A_later_revocation_does_not_change_what_was_accepted()
    {
        const string path = "/v1/satker/5304/capaian?year=2024&level=sekretaris";
        var agreement = await Given.InForce("5304", SekretarisReports.Agreement());
        var report = await Given.Through(await Given.Drafted("5304", SekretarisReports.Report()), Given.WayOfReport("5304", "sekretaris"));
        var (at, said) = ((string)report.Json["recordedAt"]!, await Say([path]));
        await Given.Through(agreement, new Hand("revoke", "5304.ketua"));

        Assert.Equal([said[0], said[0]], await Say([path, $"{path}&recordedAt={at}"]));
    }

    [Fact]
    public async Task The_explanation_of_what_was_held_is_of_what_was_held()
    {
        await Given.InForce("5303", SekretarisReports.Agreement());
        var way = Given.WayOfReport("5303", "sekretaris");
        var report = await Given.Through(await Given.Drafted("5303", SekretarisReports.Report(grade: "D")), way);
        var at = (string)report.Json["recordedAt"]!;
        await Given.Through(report, new Hand("return", "53.verifikator"));
        var row = (await api.As("53.sekretaris").Get($"{Rollup}&recordedAt={at}")).Is(200).Json["items"]![0]!;
        var why = (await api.As("53.sekretaris").Get((string)row["explain"]!)).Is(200).Json;
        var line = (await api.As("53.sekretaris").Get($"/v1/satker/5303/capaian?year=2024&level=sekretaris&recordedAt={at}")).Is(200)
            .Json["office"]!["agreements"]![0]!["lines"]![2]!;
        var own = (await api.As("53.sekretaris").Get((string)line["explain"]!)).Is(200).Json;

        Assert.Equal(row["value"]!.ToJsonString(), why["value"]!.ToJsonString());
        Assert.Equal(at, (string)why["recordedAt"]!);
        Assert.Equal(line["capaian"]!.ToJsonString(), own["capaian"]!.ToJsonString());
    }

    [Fact]
    public async Task The_tree_is_that_of_the_day_asked_for_as_it_was_known_then()
    {
        var moved = (await api.As("00.admin-periode").Post("/v1/satker/5321/moves",
            new JsonObject { ["parent"] = "52", ["from"] = "2024-07-01", ["decree"] = "UU uji" }, Requests.IfMatch(1))).Is(200);
        var before = DateTimeOffset.Parse((string)moved.Json["recordedAt"]!, null).AddMilliseconds(-1).UtcDateTime
            .ToString("O", CultureInfo.InvariantCulture);

        Assert.DoesNotContain("5321", await Offices("00.inspektur", "53", ""));
        Assert.Contains("5321", await Offices("00.inspektur", "52", ""));
        Assert.Contains("5321", await Offices("00.inspektur", "53", "&asOf=2024-06-30"));
        Assert.DoesNotContain("5321", await Offices("00.inspektur", "52", "&asOf=2024-06-30"));
        Assert.Contains("5321", await Offices("00.inspektur", "53", $"&recordedAt={before}"));
        Assert.DoesNotContain("5321", await Offices("00.inspektur", "52", $"&recordedAt={before}"));
        Assert.DoesNotContain("5321", await Offices("00.inspektur", "53", "&recordedAt=2100-01-01T00:00:00Z"));
        Assert.Contains("5321", await Offices("53.sekretaris", "53", "&asOf=2024-06-30"));

        // In 2025 the office is no longer NTT's to read: the tree of a day in which it was is refused, not silently smaller.
        foreach (var path in new[]
        {
            "rollup?year=2025", "capaian/children?year=2025", "rollup/AK.01/explain?year=2025", "capaian/below?year=2025",
            "capaian/below/offices?year=2025", "rollup/AK.01/years?from=2024&to=2025",
        })
        {
            (await api.As("53.sekretaris").Get($"/v1/satker/53/{path}&asOf=2024-06-30")).Refuses(403, "tree-beyond-reach");
            (await api.As("00.inspektur").Get($"/v1/satker/53/{path}&asOf=2024-06-30")).Is(200);
            (await api.As("53.sekretaris").Get($"/v1/satker/53/{path}")).Is(200);
        }
    }

    private async Task<List<string>> Offices(string account, string satker, string times)
    {
        var row = (await api.As(account).Get($"/v1/satker/{satker}/rollup?year=2024&indicator=AK.01&by=child{times}")).Is(200).Json["items"]![0]!;
        var children = (await api.As(account).Get($"/v1/satker/{satker}/capaian/children?year=2024{times}")).Is(200).Json["children"]!;
        var below = row["children"]!.AsArray().Select(child => (string)child!["satker"]!).ToList();
        Assert.Equal(below.Where(office => office != satker), children.AsArray().Select(child => (string)child!["satker"]!));
        return below;
    }

    /// <summary>The answers, without what only tells how they were asked for.</summary>
    private async Task<string[]> Say(string[] paths)
    {
        var answers = new string[paths.Length];
        for (var i = 0; i < paths.Length; i++)
        {
            answers[i] = Timeless((await api.As("53.sekretaris").Get(paths[i])).Is(200).Json).ToJsonString();
        }

        return answers;
    }

    /// <summary>An answer without the instant it was asked for.</summary>
    internal static JsonNode Timeless(JsonNode answer)
    {
        switch (answer)
        {
            case JsonObject members:
                foreach (var name in new[] { "recordedAt", "explain", "missingAt", "offices" })
                {
                    members.Remove(name);
                }

                foreach (var (_, member) in members.ToList())
                {
                    _ = member is null ? null : Timeless(member);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    _ = item is null ? null : Timeless(item);
                }

                break;
            default:
                break;
        }

        return answer;
    }
}

public sealed class TooSlowTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task What_takes_longer_than_a_statement_may_is_stopped_and_says_so()
    {
        const string held = "/v1/satker/53/rollup?year=2024&recordedAt=2100-01-01T00:00:00Z";
        (await api.As("53.sekretaris").Get(held)).Is(200);
        await api.Owner.Execute("""
            create or replace function population(p_satker text, p_reach text, p_self boolean, p_levels text[], p_day date, p_then timestamptz)
                returns table (satker text) stable language plpgsql as
            $$ begin raise exception 'canceling statement due to statement timeout' using errcode = '57014'; end $$
            """);

        Assert.Equal("1", (await api.As("53.sekretaris").Get(held)).Refuses(503, "took-too-long").Header("Retry-After"));
        (await api.As("53.sekretaris").Get("/v1/satker/53/rollup?year=2024")).Is(200);
    }
}
