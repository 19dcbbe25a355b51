using System.ComponentModel.DataAnnotations;

namespace Kinerja.Api;

internal static class GetBudgetRollup
{
    /// <summary>The money of an office and everything below it.</summary>
    /// <param name="Satker">The office above.</param>
    /// <param name="Year">The budget year.</param>
    /// <param name="Period">Up to the end of this period.</param>
    /// <param name="Self">Whether the office's own money is in it.</param>
    /// <param name="Tree">The day whose tree and whose states were used.</param>
    /// <param name="Whole">Everything together.</param>
    /// <param name="Programs">Per program, and in it per kegiatan.</param>
    /// <param name="Sources">Per fund source.</param>
    /// <param name="Budgets">How many offices hold a state, and who does not.</param>
    /// <param name="Realizations">How many stated what they spent, and who did not.</param>
    /// <param name="MissingAt">Where who is missing is named when there are too many to be named here; null when they are.</param>
    /// <param name="Marks">spent-without-line: offices that hold no state spent, and it is in the figures.</param>
    /// <param name="Children">Office by office; null unless asked for by ?by=child.</param>
    internal sealed record BudgetRollup(
        string Satker, int Year, string Period, bool Self, DateOnly Tree, AbsorptionFigure Whole, IReadOnlyList<ProgramMoney> Programs,
        IReadOnlyList<SourceMoney> Sources, Coverage Budgets, Coverage Realizations, string? MissingAt, IReadOnlyList<string> Marks,
        IReadOnlyList<ChildMoney>? Children);

    /// <summary>The money of a program.</summary>
    /// <param name="Program">The program; null for what does not state one.</param>
    /// <param name="Figure">All of it.</param>
    /// <param name="Kegiatan">Per kegiatan.</param>
    internal sealed record ProgramMoney(string? Program, AbsorptionFigure Figure, IReadOnlyList<KegiatanMoney> Kegiatan);

    /// <summary>The money of a kegiatan.</summary>
    /// <param name="Kegiatan">The kegiatan; null for what does not state one.</param>
    /// <param name="Figure">All of it.</param>
    internal sealed record KegiatanMoney(string? Kegiatan, AbsorptionFigure Figure);

    /// <summary>The money of a fund source.</summary>
    /// <param name="Source">rupiah-murni, or hibah with its NPHD; null for what does not state one.</param>
    /// <param name="Figure">All of it.</param>
    internal sealed record SourceMoney(string? Source, AbsorptionFigure Figure);

    /// <summary>What one office brings.</summary>
    /// <param name="Satker">The office.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Number">The state in force; null when it holds none.</param>
    /// <param name="Figure">Its money; null when it holds no state and spent nothing.</param>
    /// <param name="Spent">Whether it stated what it spent.</param>
    /// <param name="Mark">spent-without-line: it spent and holds no state; null otherwise.</param>
    /// <param name="Href">Its DIPA.</param>
    internal sealed record ChildMoney(
        string Satker, string Name, int? Number, AbsorptionFigure? Figure, bool Spent,
        [property: AllowedValues(Marks.SpentWithoutLine, null)] string? Mark, string Href);

    /// <summary>What a roll-up of money may be broken down by.</summary>
    internal enum MoneyBy
    {
        Child,
    }

    public static void Map(RouteGroupBuilder budgets) => budgets.MapGet("/{year:int}/rollup", Handle)
        .Describe("GetBudgetRollup", "Pagu, realization, remaining and percent of everything below, per program, kegiatan and fund source, with coverage.")
        .Returns<BudgetRollup>().Tagged()
        .Takes("period", "Up to the end of this period; the whole year when absent.", "2024-T1")
        .Takes("self", "yes: with the office's own money; no, or absent: what is below it alone.", "yes")
        .Takes("by", "child: office by office.", "child")
        .Takes("recordedAt", "As it was held at this instant.", "2024-12-31T16:59:59Z").Reads(403, 404);

    private static async Task<IResult> Handle(
        string satker, int year, Database database, Caller caller, Links links, TimeProvider clock, PeriodOf? period, OneOf<YesNo>? self,
        OneOf<MoneyBy>? by, Instant? recordedAt, CancellationToken ct)
    {
        var asked = PeriodOf.In(new Year(year), period);
        var withSelf = self?.Value == YesNo.Yes;
        var times = Times.Of(asked, asOf: null, recordedAt);
        var (visible, deadlines, rows, isBeyond) = await database.Ask(
            caller,
            [
                Offices.NameIfVisible(satker, year), .. Deadlines.Ask(year, clock.GetUtcNow()),
                Budgets.RollUp(satker, withSelf, asked, times.RecordedAt),
                .. times.AreUsual(asked) ? (IEnumerable<Sql>)[] : [Measured.BeyondReach(satker, year, times)],
            ],
            async answers => (
                await answers.Next(Offices.Name), await Deadlines.Read(answers), await answers.Next(Budgets.Money),
                !times.AreUsual(asked) && (await answers.Next(row => row.GetBoolean(0)))[0]), ct);
        return visible is [] ? Problems.NotFound()
            : isBeyond ? Problems.Of(403, "tree-beyond-reach")
            : Found.Computed(Answer(satker, asked, withSelf, deadlines, rows, by is not null, links, times.RecordedAt));
    }

    /// <summary>The answer from what was read.</summary>
    public static BudgetRollup Answer(
        string satker, Period asked, bool withSelf, Deadlines deadlines, List<MoneyRow> rows, bool byChild, Links links,
        DateTimeOffset? recordedAt = null)
    {
        var (offices, parts) = (rows.Where(row => row.Satker is not null), rows.Where(row => row.Satker is null).ToList());
        var named = byChild || MoneyCoverage.AreNamed(rows);
        return new BudgetRollup(
            satker, asked.Year, asked.Text, withSelf, asked.LastDay, Figure(parts),
            [.. parts.GroupBy(part => part.Part.Code.Program).Select(program => new ProgramMoney(program.Key, Figure(program),
                [.. program.GroupBy(part => part.Part.Code.Kegiatan).Select(kegiatan => new KegiatanMoney(kegiatan.Key, Figure(kegiatan)))]))],
            [.. parts.GroupBy(part => part.Source).OrderBy(source => source.Key, StringComparer.Ordinal)
                .Select(source => new SourceMoney(source.Key, Figure(source)))],
            MoneyCoverage.OfBudgets(rows, named), MoneyCoverage.OfRealizations(rows, asked, deadlines, named),
            named ? null : links.MoneyBelow(satker, asked, withSelf, recordedAt),
            rows.Exists(row => row.IsSpentWithoutState) ? [Marks.SpentWithoutLine] : [],
            !byChild ? null : [.. offices.Select(office => new ChildMoney(
                office.Satker!, office.Name!, office.State,
                office.State is null && !office.HasSpent ? null : AbsorptionFigure.Of(office.Absorption), office.HasSpent,
                office.IsSpentWithoutState ? Marks.SpentWithoutLine : null, $"{links.Root}/v1/satker/{office.Satker}/budgets/{asked.Year}"))]);
    }

    private static AbsorptionFigure Figure(IEnumerable<MoneyRow> rows) =>
        AbsorptionFigure.Of(Absorption.Sum(rows.Select(row => row.Absorption)));
}
