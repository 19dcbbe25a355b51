using Npgsql;

namespace Kinerja.Api;

/// <summary>Something that may be due, as it is read.</summary>
/// <param name="Today">The day at its office.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its name in its office; none when nobody has begun it.</param>
/// <param name="Unit">The unit it belongs to; none for what is the office's.</param>
/// <param name="Awaits">The post whose step is next; none when nobody has begun it.</param>
/// <param name="Thing">What decides whether it is due.</param>
internal sealed record DueThing(DateOnly Today, string Kind, string? Id, string? Unit, string? Awaits, Unfinished Thing)
{
    public string Satker => Thing.Satker;

    /// <summary>Its place in every list: office, kind, period, unit, id.</summary>
    public string Key => string.Join('/', Satker, Kind, Thing.Period?.Text, Unit, Id);

    /// <summary>What is to be done about it; none when nothing is yet.</summary>
    public Due? Due => Kinerja.Domain.Due.Of(Thing, Today);
}

/// <summary>Reading what may be due, and telling what has become so.</summary>
internal static class DueThings
{
    private const string Columns = "satker, today, parent, kind, id, unit, period, state, awaiting, returns, begun, changed, mend";

    /// <summary>The offices asked about, from one of them on: the office itself, or all below it that the caller may read.</summary>
    private const string Chosen = """
        select o.satker, o.name from reach r join office o on o.satker = r.satker
        where r.viewer = $1 and r.valid_from <= current_setting('app.today')::date and current_setting('app.today')::date < r.valid_until
          and (r.satker <> $1) = $2 and sees(o.satker, $3) and (o.satker > $4 or $6 and o.satker = $4)
        order by o.satker limit $5
        """;

    /// <summary>The windows of the year, the offices, one more than asked for, and what may be due of each that was asked for.</summary>
    /// <param name="satker">The office.</param>
    /// <param name="below">Everything below it, not the office itself.</param>
    /// <param name="year">The year.</param>
    /// <param name="from">The office to go on from; empty for the first.</param>
    /// <param name="isIncluded">Whether that one is among them.</param>
    /// <param name="most">How many offices.</param>
    /// <param name="now">The instant.</param>
    public static IReadOnlyList<Sql> Of(string satker, bool below, int year, string from, bool isIncluded, int most, DateTimeOffset now) =>
    [
        new Sql("select body from document where kind = 'period' and satker = $1 and year = $2", Offices.Ri, year),
        new Sql(Chosen, satker, below, year, from, most + 1, isIncluded),
        new Sql($"select {Columns} from due_of(array(select satker from ({Chosen}) chosen), $3, $7)",
            satker, below, year, from, most, isIncluded, now),
    ];

    /// <summary>The answers to <see cref="Of"/>.</summary>
    public static async Task<(List<(string Satker, string Name)> Offices, List<DueThing> Things)> Read(Answers answers)
    {
        var windows = await Windows(answers);
        return (await answers.Next(row => (row.GetString(0), row.GetString(1))), await answers.Next(row => Thing(row, windows)));
    }

    /// <summary>Every office's reports that are not submitted, unless it was told that they are late.</summary>
    public static IReadOnlyList<Sql> Untold(DateTimeOffset now) =>
    [
        new Sql("select body from document where kind = 'period' and satker = $1", Offices.Ri), new Sql($"select {Columns} from untold($1)", now),
    ];

    /// <summary>The answers to <see cref="Untold"/>.</summary>
    public static async Task<List<DueThing>> ReadUntold(Answers answers)
    {
        var windows = await Windows(answers);
        return await answers.Next(row => Thing(row, windows));
    }

    /// <summary>Tells what has become due or late, each once; how many were new.</summary>
    public static Sql Tell(IReadOnlyList<(DueThing Thing, DueState Turn)> turns, DateTimeOffset now) => new(
        "select tell($1, $2, $3, $4, $5)",
        turns.Select(turn => turn.Thing.Satker).ToArray(), turns.Select(turn => turn.Thing.Unit!).ToArray(),
        turns.Select(turn => turn.Thing.Thing.Period!.Text).ToArray(), turns.Select(turn => Words.Of(turn.Turn)).ToArray(), now);

    private static async Task<Dictionary<string, PeriodWindow>> Windows(Answers answers) =>
        (await answers.Next(row => Documents.Read<PeriodWindow>(row.GetFieldValue<byte[]>(0)).Content)).ToDictionary(window => window.Period);

    private static DueThing Thing(NpgsqlDataReader row, Dictionary<string, PeriodWindow> windows)
    {
        var (period, state) = (row.TextOrNull(6), row.TextOrNull(7));
        return new DueThing(row.GetFieldValue<DateOnly>(1), row.GetString(3), row.TextOrNull(4), row.TextOrNull(5), Awaits(row), new Unfinished(
            row.GetString(0), state is null ? null : Words.Read<State>(state), row.GetInt32(9) > 0, row.ValueOrNull<DateOnly>(10), row.ValueOrNull<DateOnly>(11), row.ValueOrNull<DateOnly>(12),
            period is null ? null : Period.Parse(period), period is null ? null : windows.GetValueOrDefault(period)));
    }

    private static string? Awaits(NpgsqlDataReader row) => row.TextOrNull(8) switch
    {
        null => null,
        ['p', 'a', 'r', 'e', 'n', 't', '.', .. var post] => $"{row.TextOrNull(2)}.{post}",
        var post => $"{row.GetString(0)}.{post}",
    };
}
