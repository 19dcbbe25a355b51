using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>Roll-ups are kept, changed by every act: after any acts, moves and definitions they are what the leaves say.</summary>
public sealed class KeptRollupTests(Api api) : IClassFixture<Api>
{
    private const int Steps = 200;
    private const int Year = 2024;
    private static readonly string[] Offices = ["5301", "5302", "5303", "5304", "5306"];
    private static readonly string[] Reported = ["2024", "2024-S1", "2024-T3", "2024-T4", "2024-B03"];
    private static readonly string[] Periods = ["2024", "2024-S1", "2024-S2", "2024-T1", "2024-B03"];
    private static readonly string[] Grades = ["AA", "A", "BB", "B", "CC", "D"];
    private static readonly Indicator[] Summed =
    [
        Source("AD.01", ValueKind.Count) with { Unit = "Lap" }, Source("AD.02", ValueKind.Percent),
    ];

    private readonly Random random = new(Seeds.Run);
    private readonly Dictionary<(string Satker, string Period), Doc> reports = [];
    private readonly Dictionary<string, string> parents = [];
    private readonly List<(string At, string Path, string Said)> held = [];

    private Given Given => api.Given;

    [Fact]
    public async Task After_any_acts_moves_definitions_and_changed_rules_every_roll_up_is_the_fold_of_its_leaves()
    {
        foreach (var source in Summed)
        {
            await Define(source);
        }

        var rules = Rules().ToList();
        foreach (var rolled in rules.SkipLast(2))
        {
            await Define(rolled);
        }

        foreach (var satker in Offices)
        {
            var agreement = SekretarisReports.Agreement();
            foreach (var local in Own(satker))
            {
                (await api.As($"{satker}.rendatin").Post($"/v1/satker/{satker}/indicators", local)).Is(201);
            }

            await Given.InForce(satker, agreement with
            {
                Lines =
                [
                    .. agreement.Lines.Select(line => line.No == "5" ? line with { Indicator = Cumulative(satker) } : line),
                    Given.Line("9", "AD.01", new Value.Count(100, "Lap")), Given.Line("10", Additive(satker)),
                ],
            });
        }

        for (var step = 1; step <= Steps; step++)
        {
            await Step(step);
            if (step % 10 == 0)
            {
                await Remember();
            }

            if (step == Steps / 2)
            {
                // What is defined late counts what was said before.
                await Define(rules[^2]);
                await Define(rules[^1]);

                await Capped();

                // And what is changed counts as if it had always been so.
                foreach (var (number, change) in Changes())
                {
                    rules[number] = rules[number] with { Rollup = change(rules[number].Rollup!) };
                    await Change(rules[number]);
                }
            }
        }

        await Remember();
        foreach (var (at, path, said) in held)
        {
            var then = (await api.As("00.inspektur").Get($"{path}&recordedAt={at}")).Is(200).Json;
            Assert.True(said == TwoTimesTests.Timeless(then).ToJsonString(), $"KINERJA_SEED={Seeds.Run}, {path} at {at}: {said} and {then.ToJsonString()}");
        }

        Assert.Equal(await Kept(), await Rebuilt());
        var policy = await Policy();
        foreach (var viewer in new[] { "00", "52", "53" })
        {
            foreach (var period in Periods)
            {
                foreach (var least in Enum.GetValues<SignOffLevel>())
                {
                    await Holds(rules, policy, viewer, period, least);
                }

                var day = new DateOnly(Year, 1, 1).AddDays(random.Next(366));
                await Holds(rules, policy, viewer, period, (SignOffLevel)random.Next(-1, 5), day);
            }
        }
    }

    /// <summary>What an office has defined for itself in the place of an indicator of the catalogue; two offices have.</summary>
    private static IEnumerable<LocalIndicator> Own(string satker) =>
        from code in new[] { Cumulative(satker), Additive(satker) }
        where LocalIndicator.IsLocal(code)
        select DefineLocalIndicator.Shown with
        {
            Code = code,
            Year = Year,
            Accumulation = code == "L-5" ? Accumulation.Cumulative : Accumulation.Additive,
        };

    private static string Cumulative(string satker) => satker is "5302" or "5303" ? "L-5" : "SP.05";

    private static string Additive(string satker) => satker == "5303" ? "L-10" : "AD.02";

    /// <summary>Maps an own indicator, or takes its mapping away; another mapping than that of the same meaning states a line twice.</summary>
    private async Task Map()
    {
        var (satker, code) = random.Next(3) switch { 0 => ("5302", "L-5"), 1 => ("5303", "L-5"), _ => ("5303", "L-10") };
        var path = $"/v1/satker/{satker}/indicators/{code}";
        var stored = (await api.As("00.admin-katalog").Get($"{path}?year={Year}")).Is(200);
        var target = random.Next(4) == 0 ? null : code == "L-10" ? "AD.02" : random.Next(4) == 0 ? "SP.01" : "SP.05";
        (await api.As("00.admin-katalog").Put(
            $"{path}/mapping?year={Year}", new MapLocalIndicator.MappingBody(target), ("If-Match", stored.ETag!))).Is(200);
    }

    /// <summary>Keeps what some roll-ups say now, to be asked again later for this instant.</summary>
    private async Task Remember()
    {
        var at = (await api.Owner.Rows("""
            select to_char(max(recorded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') from document_version
            """))[0];
        var office = $"/v1/satker/{Offices[random.Next(Offices.Length)]}";
        foreach (var asked in new[]
        {
            "/v1/satker/00/rollup?by=child&", "/v1/satker/52/rollup?by=child&", "/v1/satker/53/rollup?by=child&",
            "/v1/satker/53/capaian/children?level=sekretaris&", $"{office}/capaian?level=sekretaris&",
        })
        {
            var least = Words.Of((SignOffLevel)random.Next(-1, 5));
            var path = $"{asked}year={Year}&period={Periods[random.Next(Periods.Length)]}&minSignOff={least}";
            var now = (await api.As("00.inspektur").Get(path)).Is(200).Json;
            held.Add((at, path, TwoTimesTests.Timeless(now).ToJsonString()));
        }
    }

    /// <summary>A rule for each method, over children and over all below, with and without the office itself.</summary>
    private static IEnumerable<Indicator> Rules()
    {
        var carrying = new Population(Self: false, Reach.Descendants, OnlyCarrying: true);
        var children = new Population(Self: true, Reach.Children, OnlyCarrying: false, [OfficeLevel.Provinsi, OfficeLevel.KabupatenKota]);
        yield return One("R.01", ValueKind.Percent, "SP.01", RollupMethod.WeightedRatio, carrying);
        yield return One("R.02", ValueKind.Percent, "SP.02", RollupMethod.Mean, children);
        yield return One("R.03", ValueKind.Percent, "SP.02", RollupMethod.Worst, carrying);
        yield return One("R.04", ValueKind.AkipGrade, "SP.03", RollupMethod.Best, children);
        yield return One("R.05", ValueKind.Count, "SP.03", RollupMethod.CountMeeting, carrying, new Value.AkipGrade("BB"));
        yield return One("R.06", ValueKind.Index, "SP.04", RollupMethod.Mean, carrying);
        yield return One("R.07", ValueKind.AkipGrade, "SP.03", RollupMethod.Worst, carrying);
        yield return One("R.09", ValueKind.Count, "AD.01", RollupMethod.Sum, carrying) with { Unit = "Lap" };
        yield return One("R.10", ValueKind.Percent, "AD.02", RollupMethod.WeightedRatio, children);
        yield return One("R.08", ValueKind.Percent, "SP.05", RollupMethod.WeightedRatio, children);
    }

    private static Indicator Source(string code, ValueKind kind) => new(
        code, Year, $"Indikator {code}", "Definisi", "Rumus", kind, Polarity.Maximize, Accumulation.Additive, new IndicatorTraits());

    private static IEnumerable<(int Number, Func<RollupRule, RollupRule?> Change)> Changes() =>
    [
        (1, rule => rule with { Population = rule.Population with { Reach = Reach.Descendants, OnlyCarrying = true } }),
        (2, rule => rule with { Method = RollupMethod.Best }),
        (4, rule => rule with { Condition = new Value.AkipGrade("A") }),
        (9, rule => rule with { Source = "SP.01" }),
        (5, _ => null),
    ];

    /// <summary>From now on figures are capped; those that are there keep the policy they name.</summary>
    private async Task Capped() => (await api.As("00.admin-katalog").Put(
        $"/v1/years/{Year}/policy", Indicators.NextPolicy(Year), Requests.IfMatch(1))).Is(200);

    private async Task Change(Indicator rolled) => (await api.As("00.admin-katalog").Put(
        $"/v1/indicators/{rolled.Code}?year={Year}", rolled, Requests.IfMatch(1))).Is(200);

    private static Indicator One(
        string code, ValueKind kind, string source, RollupMethod method, Population population, Value? condition = null) => new(
        code, Year, $"Indikator {code}", "Definisi", "Rumus", kind, Polarity.Maximize, Accumulation.Cumulative, new IndicatorTraits(),
        Unit: kind == ValueKind.Count ? "Satker" : null,
        Rollup: new RollupRule(source, AgreementLevel.Sekretaris, method, population, condition));

    private async Task Define(Indicator rolled) => (await api.As("00.admin-katalog").Post("/v1/indicators", rolled)).Is(201);

    private async Task Step(int step)
    {
        var satker = Offices[random.Next(Offices.Length)];
        if (step % 35 == 0)
        {
            await Move(satker, step);
            return;
        }

        if (step % 16 == 0)
        {
            await Map();
            return;
        }

        var place = (Satker: satker, Period: Reported[random.Next(Reported.Length)]);
        if (!reports.TryGetValue(place, out var report))
        {
            reports[place] = await Given.Drafted(satker, Report(satker, place.Period));
            return;
        }

        var way = Given.WayOfReport(satker, "sekretaris");
        way[^1] = way[^1] with { Post = $"{parents.GetValueOrDefault(satker, "53")}.verifikator" };
        var done = report.Json["signOff"]!["acts"]!.AsArray()
            .Count(act => (int)act!["round"]! == report.Round && (string)act["act"]! != "return");
        reports[place] = (done, random.Next(4)) switch
        {
            (0, 0) => Doc.Of((await api.As($"{satker}.sekretaris").Put(report.Path, Report(satker, place.Period), Requests.IfMatch(report.Version))).Is(200)),
            ( > 0, 0) => await Given.Through(report, new Hand("return", way[Math.Min(done, way.Length - 1)].Post)),
            var (hands, _) when hands == way.Length => await Given.Through(report, new Hand("return", way[^1].Post)),
            _ => await Given.Through(report, way[done]),
        };
    }

    private async Task Move(string satker, int step)
    {
        var office = (await api.As("00.admin-periode").Get($"/v1/satker/{satker}")).Is(200);
        var parent = parents.GetValueOrDefault(satker, "53") == "53" ? "52" : "53";
        (await api.As("00.admin-periode").Post($"/v1/satker/{satker}/moves",
            new { parent, from = new DateOnly(Year, step / 20, 10), decree = "UU" }, ("If-Match", office.Header("ETag")!))).Is(200);
        parents[satker] = parent;
    }

    private Realization Report(string satker, string period) => new(Year, period, "sekretaris",
    [
        Given.Entry("1", "SP.01", Any(new Value.Percent(null, random.Next(50), 50 + random.Next(50)))),
        random.Next(3) == 0
            ? Given.Entry("2", "SP.02", new Value.Percent(random.Next(10_000) / 100m)) with { Published = new PublishedFigure(random.Next(200), "Alasan") }
            : Given.Entry("2", "SP.02", Any(new Value.Percent(random.Next(10_000) / 100m))),
        Given.Entry("3", "SP.03", Any(new Value.AkipGrade(Grades[random.Next(Grades.Length)]))),
        Given.Entry("4", "SP.04", Any(new Value.Index(random.Next(10_000) / 100m))),
        Given.Entry("5", Cumulative(satker), Any(random.Next(2) == 0 ? new Value.Percent(50) : new Value.Percent(null, 1, 1 + random.Next(9)))),
        .. from number in Enumerable.Range(6, 3) select Given.Entry($"{number}", $"SP.0{number}", new Value.Percent(100)),
        Given.Entry("9", "AD.01", Any(new Value.Count(random.Next(50), "Lap"))),
        Given.Entry("10", Additive(satker), Any(new Value.Percent(null, random.Next(5), 5 + random.Next(5)))),
    ]);

    private Value Any(Value value) => random.Next(8) switch
    {
        0 => new Value.Absent(Absence.NotApplicable),
        1 => new Value.Absent(Absence.NotAssessed),
        _ => value,
    };

    /// <summary>The kept sums as texts, without what says nothing: sums that came back to nothing, zeros behind a point.</summary>
    private Task<List<string>> Kept(string first = "") => api.Owner.Rows($"""
        {first}
        select to_jsonb(s)::text from (
            select satker, period, indicator, at_least, gap, trim_scale(numerator) n, trim_scale(denominator) d, trim_scale(number) x,
                trim_scale(rank) r, meeting, taken_over, value from standing) s
        union all select to_jsonb(t)::text from (
            select satker, period, indicator, at_least, level, reported, counted, not_applicable, trim_scale(numerators) n,
                trim_scale(denominators) d, trim_scale(numbers) x, meeting, taken_over from tally where reported <> 0) t
        union all select to_jsonb(e)::text from expectation e where offices <> 0
        union all select to_jsonb(c)::text from carrying c where months <> 0
        order by 1
        """);

    private async Task<List<string>> Rebuilt()
    {
        await api.Owner.Execute("select rebuild_rollups()");
        return await Kept();
    }

    private async Task<Policy> Policy() => JsonSerializer.Deserialize<Document<Policy>>(
        (await api.Owner.Rows($"select body::text from document where kind = 'policy' and id = '{Year}'"))[0], Json.Documents)!.Content;

    private async Task Holds(List<Indicator> rules, Policy policy, string viewer, string period, SignOffLevel least, DateOnly? asOf = null)
    {
        var day = asOf is { } tree ? string.Create(CultureInfo.InvariantCulture, $"&asOf={tree:yyyy-MM-dd}") : "";
        var items = (await api.As("00.inspektur").Get(
            $"/v1/satker/{viewer}/rollup?year={Year}&period={period}&minSignOff={Words.Of(least)}&by=child{day}")).Is(200).Json["items"]!.AsArray();
        var where = string.Create(CultureInfo.InvariantCulture, $"KINERJA_SEED={Seeds.Run}, {viewer} {period} {least} {day}");
        Assert.DoesNotContain(items, one => rules.Exists(rolled => rolled.Rollup is null && rolled.Code == (string)one!["indicator"]!));
        foreach (var rolled in rules.Where(rolled => rolled.Rollup is not null))
        {
            var item = items.Single(one => (string)one!["indicator"]! == rolled.Code)!;
            var frame = new RollupFrame(rolled.Rollup!, Measure.Of(Indicators.Of(Year).Concat(Summed).Single(one => one.Code == rolled.Rollup!.Source)), policy);
            var children = item["children"]!.AsArray();
            var fold = Aggregate.Fold(children.Select(child => Line(child!)), frame);

            Assert.True(
                JsonSerializer.Serialize(fold.Result(frame, rolled.Unit), Json.Documents) == Without(item["value"]!), $"{where} {rolled.Code}: {item}");
            var coverage = item["coverage"]!;
            Assert.True(
                (fold.Expected, fold.Reported, fold.Counted)
                    == ((int)coverage["expected"]!, (int)coverage["reported"]!, (int)coverage["counted"]!), $"{where} {rolled.Code}: {item}");
            Assert.Equal(
                fold.Uncounted.Select(office => $"{office.Satker} {Words.Of(office.State)}").Order(StringComparer.Ordinal),
                coverage["missing"]!.AsArray().Select(office => $"{office!["satker"]} {office["state"]}").Order(StringComparer.Ordinal));
            if (asOf is not null && rolled is { Rollup.Population: { OnlyCarrying: false, Reach: Reach.Children } } && viewer != "00")
            {
                var below = (await api.Nobody().Get($"/v1/satker/{viewer}/children?pageSize=500{day}")).Is(200).Json["items"]!.AsArray();
                Assert.Equal(below.Select(office => (string)office!["satker"]!).Append(viewer).Order(StringComparer.Ordinal),
                    children.Select(child => (string)child!["satker"]!).Order(StringComparer.Ordinal));
            }

            if (viewer == "53")
            {
                await IsExplained(item, children, where);
            }
        }
    }

    /// <summary>The explanation says what the roll-up says, of the same rows.</summary>
    private async Task IsExplained(JsonNode item, JsonArray children, string where)
    {
        var why = (await api.As("00.inspektur").Get((string)item["explain"]!)).Is(200).Json;
        foreach (var member in new[] { "value", "target", "targetFrom" })
        {
            Assert.True(why[member]?.ToJsonString() == item[member]?.ToJsonString(), $"{where} {member}: {why}");
        }

        Assert.Equal(item["capaian"]?.ToJsonString(), why["capaian"]?["figure"]!.ToJsonString());
        Assert.Equal(
            children.Where(child => (bool)child!["counted"]!).Select(child => child!.ToJsonString()),
            why["rows"]!.AsArray().Select(row => row!.ToJsonString()));
        Assert.Equal(
            children.Where(child => !(bool)child!["counted"]!).Select(child => child!.ToJsonString()),
            why["missing"]!.AsArray().Select(row => row!.ToJsonString()));
        if (why["unrounded"] is { } unrounded)
        {
            Assert.Equal((decimal)item["value"]!["value"]!, Rounding.Two((decimal)unrounded));
        }
    }

    private static ChildLine Line(JsonNode child)
    {
        var isTwice = (string?)child["state"] == Words.Of(Gap.StatedTwice); // Reported, and no one level is that of both lines.
        return new ChildLine(
            (string)child["satker"]!, isTwice || child["signOff"] is not null,
            JsonSerializer.Deserialize<Value>(Without(child["value"]!), Json.Documents)!, StatedTwice: isTwice,
            Incomplete: child["accumulation"] is { } made && made["missing"]!.AsArray().Count > 0 && (string)child["value"]!["kind"]! == "absent");
    }

    /// <summary>An answer names every member, a document only those it has.</summary>
    private static string Without(JsonNode value)
    {
        var members = value.AsObject().Where(member => member.Value is not null)
            .Select(member => KeyValuePair.Create(member.Key, (JsonNode?)member.Value!.DeepClone()));
        return new JsonObject(members).ToJsonString();
    }
}
