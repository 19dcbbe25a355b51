namespace Kinerja.Api;

internal static class ListAgreements
{
    /// <summary>An agreement in a list: what it is and where it stands, without its content.</summary>
    internal sealed record AgreementRow : DocumentRow
    {
        public AgreementRow(DocumentRow row, AmendmentNeed? amendment)
            : base(row) => Amendment = amendment;

        /// <summary>Whether it needs an amendment because its money was moved, and by how much; null unless it is in force.</summary>
        public AmendmentNeed? Amendment { get; }
    }

    public static void Map(RouteGroupBuilder agreements) => agreements.MapGet("/", Handle)
        .Describe("ListAgreements", "The agreements of an office, and which of them need an amendment.").Returns<Page<AgreementRow>>().Tagged()
        .Takes("year", "Only those of this year.", "2024")
        .Takes("unit", "Only those of this unit.", "sekretaris")
        .Takes("state", "Only those that stand here: draft, signed, in-force, superseded, revoked.", "in-force").Reads(404);

    private static async Task<IResult> Handle(
        HttpContext http, string satker, Database database, Caller caller, TimeProvider clock, Paging paging, Year? year, string? unit,
        OneOf<State>? state, CancellationToken ct)
    {
        var kind = DocumentKinds.Agreement.Name;
        var (rows, funded, named) = await database.Ask(
            caller,
            [
                Documents.List(kind, satker, year?.Value, unit, period: null, state?.Word, paging),
                Budgets.Funded(satker, year?.Value, agreement: null),
                Budgets.Naming(satker, year?.Value, agreement: null, Day.Today(clock).Date),
            ],
            async answers => (
                await answers.Next(row => DocumentRow.Read(kind, satker, row)),
                (await answers.Next(Budgets.ReadFunded)).ToDictionary(), await Budgets.ReadNaming(answers)), ct);
        return paging.Answer(http, rows, row => row.Id, row => new AgreementRow(
            row, funded.TryGetValue(row.Id, out var budgets) ? AmendmentNeed.Of(named.Of(row.Id, budgets)) : null));
    }
}
