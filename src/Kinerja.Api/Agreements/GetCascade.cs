namespace Kinerja.Api;

internal static class GetCascade
{
    /// <summary>How the indicators of an office's agreements are carried downward.</summary>
    /// <param name="Satker">The office.</param>
    /// <param name="Year">The year.</param>
    /// <param name="Items">Every line of the agreements in force, the highest unit's first.</param>
    /// <param name="Warnings">What is named and not carried.</param>
    internal sealed record OfficeCascade(string Satker, int Year, IReadOnlyList<CascadeRow> Items, IReadOnlyList<CascadeWarning> Warnings);

    /// <summary>A line, and who carries it.</summary>
    /// <param name="Agreement">The agreement of the line.</param>
    /// <param name="Href">Where it is.</param>
    /// <param name="Unit">The unit that promised.</param>
    /// <param name="Line">The line's number.</param>
    /// <param name="Indicator">What it stands for.</param>
    /// <param name="Wording">The office's own words.</param>
    /// <param name="Target">What was promised.</param>
    /// <param name="Executors">Who is named to carry it.</param>
    internal sealed record CascadeRow(
        string Agreement, string Href, string Unit, string Line, string Indicator, string Wording, Value Target,
        IReadOnlyList<ExecutorRow> Executors);

    /// <summary>Who is named to carry a line.</summary>
    /// <param name="Unit">The unit; null for a divisi.</param>
    /// <param name="Name">The name of the unit or divisi.</param>
    /// <param name="State">Whether it is carried there.</param>
    /// <param name="Agreement">The unit's agreement in force; null without one.</param>
    /// <param name="Href">Where it is.</param>
    /// <param name="Lines">Its lines that stand for the same indicator.</param>
    internal sealed record ExecutorRow(
        string? Unit, string Name, CascadeState State, string? Agreement, string? Href, IReadOnlyList<CarryingRow> Lines);

    /// <summary>A line that carries another.</summary>
    /// <param name="Line">Its number.</param>
    /// <param name="Wording">The unit's own words.</param>
    /// <param name="Target">What the unit promised.</param>
    internal sealed record CarryingRow(string Line, string Wording, Value Target);

    /// <summary>What is named and not carried.</summary>
    /// <param name="Code">The code of the warning.</param>
    /// <param name="Detail">The same in words.</param>
    /// <param name="Agreement">The agreement that names it.</param>
    /// <param name="Line">The line that names it.</param>
    /// <param name="Unit">The unit that is named.</param>
    internal sealed record CascadeWarning(string Code, string Detail, string Agreement, string Line, string Unit);

    public static void Map(RouteGroupBuilder agreements) => agreements.MapGet("/cascade", Handle)
        .Describe("GetCascade", "How the indicators of an office's agreements in force are carried by the units below.")
        .Returns<OfficeCascade>().Tagged()
        .Takes("year", "The year.", "2024", required: true).Reads(404);

    private static async Task<IResult> Handle(
        HttpContext http, string satker, Database database, Caller caller, Links links, Year year, CancellationToken ct)
    {
        var (visible, units, inForce) = await database.Ask(
            caller, [Offices.NameIfVisible(satker, year.Value), Offices.Units(satker), Promises.AllInForce(satker, year.Value)],
            async answers => (
                await answers.Next(Offices.Name), new Units(await answers.Next(Offices.Unit)),
                await answers.Next(row => Documents.Read<Agreement>(row.GetFieldValue<byte[]>(0)))), ct);
        return visible is []
            ? Problems.NotFound()
            : Found.Computed(Answer(satker, year.Value, units, inForce, links, Language.Of(http)));
    }

    private static OfficeCascade Answer(
        string satker, int year, Units units, List<Document<Agreement>> inForce, Links links, string language)
    {
        var lines = Cascade.Of(units, inForce.ConvertAll(agreement => new PromisedAgreement(agreement.Id, agreement.Content)));
        return new OfficeCascade(satker, year,
            [.. lines.Select(line => new CascadeRow(
                line.Agreement.Id, Href(line.Agreement), line.Agreement.Content.Unit, line.Line.No, line.Line.Indicator, line.Line.Wording,
                line.Line.Target, [.. line.Executors.Select(Row)]))],
            [.. from line in lines
                from executor in line.Executors
                where executor.State == CascadeState.NotCarried
                select Warning(line, executor.Executor.Unit!)]);

        string Href(PromisedAgreement agreement) => links.Document(DocumentKinds.Agreement.Name, satker, agreement.Id);

        ExecutorRow Row(CascadeExecutor executor) => new(
            executor.Executor.Unit, executor.Executor.Division ?? units.Find(executor.Executor.Unit!)!.Name, executor.State,
            executor.Agreement?.Id, executor.Agreement is { } agreement ? Href(agreement) : null,
            [.. executor.Lines.Select(line => new CarryingRow(line.No, line.Wording, line.Target))]);

        CascadeWarning Warning(CascadeLine line, string unit) => new(
            "line-not-carried",
            Texts.Of("line-not-carried", language, new Dictionary<string, string>
            {
                ["unit"] = unit,
                ["indicator"] = line.Line.Indicator,
                ["line"] = line.Line.No,
                ["above"] = line.Agreement.Content.Unit,
            }),
            line.Agreement.Id, line.Line.No, unit);
    }
}
