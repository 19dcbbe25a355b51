using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kinerja.Api.Tests;

/// <summary>The moments at which a report becomes due and late are entries of the trail, each once.</summary>
public sealed class DueTellerTests(Api api) : IClassFixture<Api>
{
    private readonly Clock clock = new();

    [Fact]
    public async Task Each_turn_is_told_once_by_the_day_of_the_office_however_many_tell()
    {
        foreach (var (period, opens, due) in new[] { ("2024", "2190-01-01", "2190-01-31"), ("2024-T1", "2026-02-01", "2026-02-10") })
        {
            (await api.As("00.admin-periode").Post("/v1/years/2024/periods", new { period, opens, due })).Is(201);
        }

        foreach (var satker in new[] { "5301", "5302" })
        {
            await api.Given.InForce(satker, Given.Agreement("rendatin"));
        }

        // WITA: the day of both offices ends at 16:00 UTC.
        Assert.Equal(0, await At("2026-01-31T15:59:59Z"));
        Assert.Equal(2, await At("2026-01-31T16:00:00Z"));
        Assert.Equal(0, await At("2026-02-05T03:00:00Z"));
        await api.Given.Through(await api.Given.Drafted("5301", Given.Report("rendatin", "2024-T1")), new Hand("submit", "5301.rendatin"));
        Assert.Equal(0, await At("2026-02-10T15:59:59Z"));
        Assert.Equal(1, await At("2026-02-10T16:00:00Z", tellers: 8));
        Assert.Equal(0, await At("2026-03-01T00:00:00Z"));

        Assert.Equal(
            [
                "5301|due|realization-2024-T1-rendatin|1|2024|due|service|2026-01-31 16:00",
                "5302|due|realization-2024-T1-rendatin|1|2024|due|service|2026-01-31 16:00",
                "5302|due|realization-2024-T1-rendatin|2|2024|late|service|2026-02-10 16:00",
            ], await api.Owner.Rows("""
                select satker, kind, id, version, year, act, subject, to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
                from journal where kind = 'due' order by seq
                """));
        await api.Seal();
        var events = (await api.As("53.verifikator").Get("/v1/changes?satker=5302&limit=500")).Is(200).Json["items"]!.AsArray()
            .Where(change => (string)change!["data"]!["kind"]! == "due").Select(change => (string)change!["type"]!).ToList();
        Assert.Equal(["id.kinerja.due.due.v1", "id.kinerja.due.late.v1"], events);
        var late = (await api.As("5302.ketua").Get("/v1/changes?satker=5302&limit=500")).Is(200).Json["items"]!.AsArray()
            .Last(change => (string)change!["data"]!["kind"]! == "due")!["data"]!["link"]!;
        (await api.As("5302.ketua").Get((string)late!)).Is(200);
    }

    private async Task<int> At(string instant, int tellers = 1)
    {
        clock.Now = DateTimeOffset.Parse(instant, null);
        var told = await Task.WhenAll(Enumerable.Range(0, tellers).Select(_ => new DueTeller(
            new Database(api.App, clock), clock, new ConfigurationBuilder().Build(), NullLogger<DueTeller>.Instance)
            .Tell(TestContext.Current.CancellationToken)));
        return told.Sum();
    }
}
