using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Kinerja.Benchmarks;

/// <summary>The money of everything below an office, and beside it what was reached: one round trip each, and the API's own shapes
/// of the answers.</summary>
internal static class TwinMoney
{
    private static readonly Links links = new("");

    public static void Map(WebApplication app, TwinHost host)
    {
        app.MapGet("/v1/satker/{satker}/budgets/{year:int}/rollup", async (HttpContext http, string satker, int year) =>
        {
            var whole = Period.Parse($"{year}")!;
            var rows = await host.Ask(host.Subject(http), [Budgets.RollUp(satker, self: false, whole, at: null)], answers => answers.Next(Budgets.Money));
            await Answer(http, GetBudgetRollup.Answer(satker, whole, withSelf: false, Due, rows, byChild: false, links));
        });
        app.MapGet("/v1/satker/{satker}/budgets/{year:int}/absorption/rollup", async (HttpContext http, string satker, int year, string level) =>
        {
            var query = new MeasuredQuery(Period.Parse($"{year}")!, SignOffLevel.Accepted, Words.Read<AgreementLevel>(level));
            var read = await host.Ask(host.Subject(http), AbsorptionBelow.Ask(satker, self: false, query), AbsorptionBelow.Read);
            await Answer(http, GetAbsorptionRollup.Answer(
                satker, withSelf: false, query, Due, read, (await TwinMeasures.CatalogueOf(host, http, year)).Policy, links));
        });
    }

    /// <summary>Without windows: a year is due until its end.</summary>
    private static Deadlines Due { get; } = new(
        new Dictionary<string, PeriodWindow>(), Day.Today(TimeProvider.System).Date, new Dictionary<string, DateOnly>());

    private static Task Answer<T>(HttpContext http, T answer) => TwinHost.Answer(http, Json.Bytes(answer), "\"computed\"");
}
