using System.Text.Json;

namespace Kinerja.Api;

/// <summary>Read model: what the rounds of the reports say of each line, and how far each round was signed for.</summary>
internal static class ResultRows
{
    public static readonly Table Results = new("result", """
        satker text, report text, round int, line text, sort int, year int, period text, unit text, level text,
        agreement text, indicator text, wording text, target jsonb, realization jsonb, carried_from int,
        taken_over boolean, figure jsonb, feeds jsonb, proposed jsonb, derivation jsonb, given jsonb
        """);

    public static readonly Table Levels = new("reached", """
        satker text, report text, level int, round int, version int, year int, content_hash text,
        recorded_at timestamptz
        """);

    /// <summary>Computes and writes the rows of a report's present round, with the policy of its year, and what follows for
    /// the longer periods and the roll-ups.</summary>
    /// <param name="session">The transaction of the change they follow from.</param>
    /// <param name="report">The report.</param>
    /// <param name="by">What it is measured by; without an agreement in force there are no rows yet.</param>
    /// <param name="ct">Ends the work before it is committed.</param>
    public static Task Write(DocumentSession session, Document<Realization> report, MeasuredBy by, CancellationToken ct)
    {
        Fix(session, report, by);
        return Reach(session, report, ct);
    }

    /// <summary>The rows alone.</summary>
    public static void Fix(DocumentSession session, Document<Realization> report, MeasuredBy by)
    {
        session.Also(new Sql("delete from result where satker = $1 and report = $2 and round = $3",
            report.Satker, report.Id, report.SignOff!.Round));
        if (by is { Agreement: { } agreement, Catalogue: { } catalogue })
        {
            session.Also([.. Rows(report, agreement, by.Units, catalogue)]);
        }
    }

    /// <summary>The reports of a unit that are being drafted, for update.</summary>
    public static async Task<List<Document<Realization>>> Drafts(
        DocumentSession session, int year, string unit, CancellationToken ct) =>
        await session.Query(new Sql($"""
            select body from document
            where kind = 'realization' and satker = $1 and year = $2 and unit = $3 and state = 'draft' {(session.IsForeseeing ? "" : "for update")}
            """, session.Satker, year, unit), row => Documents.Read<Realization>(row.GetFieldValue<byte[]>(0)), ct);

    /// <summary>With its approval the figures that a report proposes to publish take the place of the computed ones.</summary>
    public static void Publish(DocumentSession session, Document<Realization> report)
    {
        if (report.Content.Entries.Any(entry => entry.Published is not null))
        {
            session.Also(new Sql("""
                update result set figure = proposed -> 'capaian'
                where satker = $1 and report = $2 and round = $3 and proposed is not null
                """, report.Satker, report.Id, report.SignOff!.Round));
        }
    }

    /// <summary>The rows of a report's present round against the agreement in force.</summary>
    public static IEnumerable<Row> Rows(
        Document<Realization> report, Document<Agreement> agreement, Units units, Catalogue catalogue)
    {
        var content = report.Content;
        var level = units.Find(content.Unit)!.Level;
        return RealizationRules.Results(content, agreement.Content, catalogue.Policy, catalogue.Find)
            .Select((result, sort) => new Row(Results,
                report.Satker, report.Id, report.SignOff!.Round, result.Line.No, sort, content.Year, content.Period,
                content.Unit, Words.Of(level), agreement.Id, result.Line.Indicator, result.Line.Wording, Body(result.Target),
                Body(result.Entry.Result), result.Entry.CarriedFrom, result.Entry.TakenOverFrom is not null, Body(result.Capaian),
                Feed.Of(catalogue, catalogue.CountsAs(result.Line.Indicator), level, result.Entry.Result, catalogue.Policy),
                result.Proposed is null ? null : Body(result.Proposed),
                result.Entry.Derivation is null ? null : Body(result.Entry.Derivation),
                result.Entry.Given is null ? null : Body(result.Entry.Given)));
    }

    /// <summary>Writes that the present round has reached the level of the report's state, and what follows for the
    /// longer periods and the roll-ups.</summary>
    public static async Task Reach(DocumentSession session, Document<Realization> report, CancellationToken ct)
    {
        session.Also(Level(report).Insert("""
            on conflict (satker, report, level) do update set round = excluded.round, version = excluded.version,
                content_hash = excluded.content_hash, recorded_at = excluded.recorded_at
            """));
        await Follow(session, report.Content, ct);
    }

    /// <summary>A report that was taken back counts at no level; what its rounds said stays, for instants before.</summary>
    public static Task TakeBack(DocumentSession session, Document<Realization> report, CancellationToken ct)
    {
        session.Also(new Sql("delete from reached where satker = $1 and report = $2", report.Satker, report.Id));
        return Follow(session, report.Content, ct);
    }

    private static async Task Follow(DocumentSession session, Realization report, CancellationToken ct)
    {
        await Accumulations.Renew(session, report, ct);
        KeptRollups.Restand(session, report);
    }

    /// <summary>The level the report's state stands for, as its present round has reached it.</summary>
    public static Row Level(Document<Realization> report)
    {
        var way = report.SignOff!;
        return new Row(Levels, report.Satker, report.Id, (int)SignOffLevels.Of(way.State, isLast: way.Next is null), way.Round,
            report.Version, report.Content.Year, report.ContentHash, report.RecordedAt);
    }

    private static byte[] Body<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Json.Documents);
}
