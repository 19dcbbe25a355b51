using Npgsql;

namespace Kinerja.Api;

/// <summary>Lines as they were held at an instant. The figures of a round are fixed when it is submitted, and the published ones
/// take their place when it is approved; those of a draft are computed from the version that was held.</summary>
/// <param name="catalogue">The catalogue of the instant; none when the year was not open.</param>
/// <param name="least">The least sign-off level of a result.</param>
internal sealed class LinesThen(Catalogue? catalogue, SignOffLevel least)
{
    private const int Level = 13;
    private const int Figure = 18;
    private const int Draft = 23;
    private const int PromisedBy = 24;
    private const int Local = 25;
    private const int RecordedAt = 26;
    private readonly Dictionary<(string Report, string Agreement), List<LineResult>> drafts = [];

    public MeasuredLine Line(NpgsqlDataReader row)
    {
        var promised = Measured.Promised(row);
        return promised with
        {
            Result = !row.IsDBNull(Figure) ? Signed(row)
                : !row.IsDBNull(Draft) && !row.IsDBNull(PromisedBy) ? Drafted(row, promised)
                : null,
        };
    }

    /// <summary>An indicator of an office, as a version of it says.</summary>
    public static IReadOnlyList<LocalIndicator> Locals(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? [] : row.Json<IReadOnlyList<LocalIndicator>>(column);

    private static MeasuredResult Signed(NpgsqlDataReader row)
    {
        var result = Measured.Result(row);
        return (SignOffLevel)row.GetInt32(Level) >= SignOffLevel.Approved ? result : result with { Capaian = result.Capaian.AsComputed() };
    }

    /// <summary>What the draft was measured by when it was saved.</summary>
    private Catalogue? Known(NpgsqlDataReader row) =>
        catalogue?.With(Locals(row, Local)).MeasuringAt(row.GetFieldValue<DateTimeOffset>(RecordedAt));

    private MeasuredResult? Drafted(NpgsqlDataReader row, MeasuredLine promised)
    {
        var report = row.GetString(9);
        if (!drafts.TryGetValue((report, promised.Agreement), out var results))
        {
            var content = Documents.Read<Realization>(row.GetFieldValue<byte[]>(Draft)).Content;
            var agreement = Documents.Read<Agreement>(row.GetFieldValue<byte[]>(PromisedBy)).Content;
            drafts.Add((report, promised.Agreement), results = Known(row) is not { } known ? []
                : [.. RealizationRules.Results(content, agreement, known.Policy, known.Find)]);
        }

        if (results.Find(result => result.Line.No == promised.Line) is not { } found)
        {
            return null;
        }

        var isTakenOver = found.Entry.TakenOverFrom is not null;
        return isTakenOver && least >= SignOffLevel.Draft ? null : new MeasuredResult(
            report, row.GetInt32(10), row.GetInt32(11), row.GetString(12), isTakenOver ? SignOffLevel.TakenOver : SignOffLevel.Draft,
            row.GetBoolean(14), found.Entry.Result, found.Entry.CarriedFrom, isTakenOver, found.Capaian,
            Proposed: found.Proposed, Derivation: found.Entry.Derivation, Given: found.Entry.Given);
    }
}
