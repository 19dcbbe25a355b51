using Npgsql;

namespace Kinerja.Benchmarks;

/// <summary>How a comparison is run.</summary>
/// <param name="Pairs">Pairs of runs a scenario.</param>
/// <param name="Seconds">Length of a run.</param>
/// <param name="Acts">Acts a run of writes.</param>
/// <param name="DeadlineSeconds">The time in which every office submits.</param>
internal sealed record Pace(int Pairs, double Seconds, int Acts, double DeadlineSeconds)
{
    public static readonly Pace Usual = new(Pairs: 20, Seconds: 3, Acts: 200, DeadlineSeconds: 60);
    public static readonly Pace Quick = new(Pairs: 2, Seconds: 0.7, Acts: 40, DeadlineSeconds: 8);
}

/// <summary>The API and its bare twin, each a process, on the same database and data, loaded in turns: A B, B A, A B …</summary>
internal sealed class Comparison(Server api, Server twin, LoadClient client, int postmaster, Pace pace, IReadOnlySet<string>? only)
{
    private const int Connections = 16;
    private const double WarmUp = 1;

    /// <summary>What a process needs from its start until its code is compiled for good.</summary>
    private const double ColdStart = 8;

    public static async Task<List<Measurement>> Run(
        Cluster cluster, CountryDatabase database, string apiFolder, Pace pace, IReadOnlySet<string>? only, int year, TextWriter log)
    {
        await using var issuer = await StubIssuer.Start();
        await using var api = await Server.Api(apiFolder, database, issuer.Url);
        await using var twin = await Server.Twin(database, issuer.Url);
        using var client = new LoadClient();
        await using var owner = NpgsqlDataSource.Create(database.Owner);
        var comparison = new Comparison(api, twin, client, await Meter.PostmasterOf(database.Owner), pace, only);
        var scenarios = new Scenarios(owner, year);
        await log.WriteLineAsync(FormattableString.Invariant($"start to ready: api {api.Ready.TotalSeconds:0.00} s, twin {twin.Ready.TotalSeconds:0.00} s"));
        var measurements = new List<Measurement>();
        var reads = await scenarios.Reads();
        foreach (var server in new[] { api, twin })
        {
            await client.Do(new Job(server.Url, reads[0].Requests, Connections, ColdStart));
        }

        foreach (var scenario in reads.Where(scenario => comparison.Wants(scenario.Name)))
        {
            await log.WriteLineAsync($"{scenario.Name}: {await Sameness.Of(api, twin, scenario)}");
            measurements.Add(await comparison.Read(scenario));
            await log.WriteLineAsync(Report.Of([measurements[^1]]));
        }

        foreach (var (name, act, state) in new[] { ("submit", Act.Submit, State.Draft), ("verify", Act.Verify, State.Submitted) })
        {
            if (comparison.Wants(name))
            {
                measurements.Add(await comparison.Write(name, act, state, scenarios));
            }
        }

        if (comparison.Wants("storage"))
        {
            await new RollupStorage(owner, year, log).Run();
        }

        if (comparison.Wants("deadline"))
        {
            await log.WriteLineAsync(await Deadline.Run(api, client, scenarios, pace));
        }

        return [.. measurements.Where(measurement => measurement.Pairs.Count > 0)];
    }

    private bool Wants(string name) => only is null || only.Contains(name);

    private async Task<Measurement> Read(Scenario scenario)
    {
        foreach (var server in new[] { api, twin })
        {
            await client.Do(new Job(server.Url, scenario.Requests, scenario.Connections, WarmUp));
        }

        return await Pairs(scenario.Name, scenario.Target,
            server => Task.FromResult<Job?>(new Job(server.Url, scenario.Requests, scenario.Connections, pace.Seconds)));
    }

    private async Task<Measurement> Write(string name, Act act, State state, Scenarios scenarios)
    {
        // Chosen once, in no order of the table; each is done once, so every run takes the next of them.
        var acts = new Queue<string>(await scenarios.Acts(act, state, pace.Acts * ((2 * pace.Pairs) + 1)));
        foreach (var server in new[] { api, twin })
        {
            await client.Do(new Job(server.Url, Take(pace.Acts / 2), Connections));
        }

        return await Pairs(name, 0.6, server =>
            Task.FromResult(acts.Count < pace.Acts ? null : new Job(server.Url, Take(pace.Acts), Connections)));

        List<string> Take(int count) => [.. Enumerable.Range(0, Math.Min(count, acts.Count)).Select(_ => acts.Dequeue())];
    }

    private async Task<Measurement> Pairs(string name, double target, Func<Server, Task<Job?>> job)
    {
        var pairs = new List<(Run, Run)>();
        for (var pair = 0; pair < pace.Pairs; pair++)
        {
            // Who begins changes, so that neither always follows the other.
            var runs = new Dictionary<Server, Run>();
            foreach (var server in pair % 2 == 0 ? new[] { api, twin } : [twin, api])
            {
                if (await job(server) is not { } work)
                {
                    await Console.Error.WriteLineAsync($"{name}: nothing is left to act upon after {pair} pairs; generate with more --drafts");
                    return new Measurement(name, target, pairs);
                }

                runs.Add(server, await Kinerja.Benchmarks.Run.Of(client, server, postmaster, work));
            }

            pairs.Add((runs[api], runs[twin]));
        }

        return new Measurement(name, target, pairs);
    }
}
