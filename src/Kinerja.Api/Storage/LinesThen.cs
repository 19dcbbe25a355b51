using Npgsql;

namespace Kinerja.Api;

/// <summary>Lines as they were held at an instant. The figures of a round are fixed when it is submitted; those of a draft are
/// computed from the version that was held.</summary>
/// <param name="catalogue">The catalogue of the instant; none when the year was not open.</param>
/// <param name="least">The least sign-off level of a result.</param>
internal sealed class LinesThen(Catalogue? catalogue, SignOffLevel least)
{
    private const int Figure = 18;
    private const int Draft = 19;
    private const int PromisedBy = 20;
    private readonly Dictionary<(string Report, string Agreement), List<LineResult>> drafts = [];

    public MeasuredLine Line(NpgsqlDataReader row)
    {
        var promised = new MeasuredLine(
            row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), Words.Read<AgreementLevel>(row.GetString(8)),
            row.GetString(4), row.GetString(5), row.GetString(6), Measured.Json<Value>(row, 7), Result: null);
        return promised with
        {
            Result = !row.IsDBNull(Figure) ? Measured.Result(row)
                : !row.IsDBNull(Draft) && !row.IsDBNull(PromisedBy) ? Drafted(row, promised)
                : null,
        };
    }

    private MeasuredResult? Drafted(NpgsqlDataReader row, MeasuredLine promised)
    {
        var report = row.GetString(9);
        if (!drafts.TryGetValue((report, promised.Agreement), out var results))
        {
            var content = Documents.Read<Realization>(row.GetFieldValue<byte[]>(Draft)).Content;
            var agreement = Documents.Read<Agreement>(row.GetFieldValue<byte[]>(PromisedBy)).Content;
            drafts.Add((report, promised.Agreement), results = catalogue is null ? []
                : [.. RealizationRules.Results(content, agreement, catalogue.Policy, catalogue.Find)]);
        }

        var isTakenOver = results.Find(result => result.Line.No == promised.Line)?.Entry.TakenOverFrom is not null;
        return results.Find(result => result.Line.No == promised.Line) is not { } found || (isTakenOver && least >= SignOffLevel.Draft)
            ? null
            : new MeasuredResult(
                report, row.GetInt32(10), row.GetInt32(11), row.GetString(12),
                isTakenOver ? SignOffLevel.TakenOver : SignOffLevel.Draft, row.GetBoolean(14), found.Entry.Result, found.Entry.CarriedFrom,
                isTakenOver, found.Capaian);
    }
}
