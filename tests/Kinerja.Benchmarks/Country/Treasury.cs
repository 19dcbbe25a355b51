namespace Kinerja.Benchmarks;

/// <summary>A document that nobody signs: stated once.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Satker">Its office.</param>
/// <param name="Id">Its id.</param>
/// <param name="At">When.</param>
/// <param name="By">By which post.</param>
/// <param name="Act">What the journal calls it.</param>
/// <param name="Content">What it says.</param>
internal sealed record Statement<T>(
    DocumentKind<T> Kind, string Satker, string Id, DateTimeOffset At, Post By, string Act, T Content);

/// <summary>The money of one office: the first state of its DIPA, one revision, what was spent by SP2D, and a grant. One office
/// in twenty holds no DIPA, one in twenty has stated nothing as spent.</summary>
internal sealed class Treasury(Country country, Office office)
{
    private static readonly FundSource Murni = new(FundSourceKind.RupiahMurni);

    // Two lines of each: money moves between them within the KPA's authority.
    private static readonly string[] Outputs =
        ["WA.3355.EBA.001.051", "WA.3360.EBB.002.052", "CQ.6709.QGE.001.051", "CQ.6867.QDB.003.053", "CQ.6872.QMA.001.051"];

    private readonly Units units = new(office.Units);

    /// <summary>The kegiatan that agreements may name, without the program; the first two are of the program WA.</summary>
    public static IReadOnlyList<string> Kegiatan { get; } = [.. Outputs.Select(output => output[3..7])];

    /// <summary>The grant of half the offices that have nobody below.</summary>
    public Statement<Grant>? Grant(int year)
    {
        var dice = Dice(year, "grant");
        if (HasNoDipa(year) || country.IsParent(office) || dice.Chance(50))
        {
            return null;
        }

        var at = Begun(year, dice);
        return new(DocumentKinds.Grant, office.Code, dice.Id(at), at, Operator, "register", new Grant(
            Nphd(year), new DateOnly(year - 1, 11, 9), 1000L * dice.Between(1_000_000, 27_000_000), $"Pemerintah {office.Name}"));
    }

    /// <summary>The states of the DIPA, each after the one before.</summary>
    public IEnumerable<Story<BudgetRevision>> States(int year)
    {
        if (HasNoDipa(year))
        {
            yield break;
        }

        var dice = Dice(year, "dipa");
        var lines = Lines(year, dice);
        var document = $"SP DIPA-076.01.2.{dice.Between(100_000, 999_999)}/{year}";
        var first = new BudgetRevision(
            year, 0, new DateOnly(year - 1, 11, 24), lines.Sum(line => line.Pagu), lines, document, Authority.Dja,
            Approval: new ExternalApproval($"S-{dice.Between(1, 999)}/AG/{year - 1}", new DateOnly(year - 1, 11, 20)));
        yield return Story(first, SignedDocument.BudgetByAuthority, Begun(year, dice).AddHours(1), dice);

        // One revision in five moves money between kegiatan, which is not the KPA's to decide.
        var beyond = dice.Chance(20);
        var moved = Moved(lines, beyond ? 2 : 1);
        yield return Story(first with
        {
            Number = 1,
            Date = new DateOnly(year, 6, 14),
            Lines = moved,
            Authority = beyond ? Authority.KanwilDjpb : Authority.Kpa,
            Kind = RevisionKind.PaguTetap,
            Reason = Prose.Text(dice, 120),
            Approval = beyond ? new ExternalApproval($"S-{dice.Between(1, 99)}/WPB/{year}", new DateOnly(year, 6, 12)) : null,
        }, beyond ? SignedDocument.BudgetByAuthority : SignedDocument.BudgetByKpa,
            new DateTimeOffset(year, 6, 14, 2, 0, 0, TimeSpan.Zero).AddMinutes(dice.Below(3_000)), dice);
    }

    /// <summary>What was spent, line by line, in every month or in the year as a whole.</summary>
    public IEnumerable<Statement<Spending>> Spendings(int year)
    {
        var dice = Dice(year, "spending");
        if (HasNoDipa(year) || dice.Chance(5))
        {
            yield break;
        }

        // Of the least that any state allows, so that nothing is spent above pagu.
        var lines = Moved(Lines(year, Dice(year, "dipa")), 2);
        var periods = country.Plan.SpendingPeriodsOf(year).ToList();
        foreach (var period in periods)
        {
            var at = new DateTimeOffset(period.LastDay.AddDays(dice.Between(1, 5)), new TimeOnly(3, 0), TimeSpan.Zero).AddMinutes(dice.Below(400));
            yield return new(DocumentKinds.Spending, office.Code, dice.Id(at), at, Operator, "state", new Spending(year, period.Text,
                [.. lines.Select(line => new SpendingEntry(
                    line.Code, line.Pagu / 2 / periods.Count / 100 * dice.Between(60, 100), line.Akun, line.Source))]));
        }
    }

    private Post Operator => new(office.Code, Post.Operator);

    private Dice Dice(int year, string name) => new(country.Plan.Seed, $"{office.Code}/{year}/{name}");

    private bool HasNoDipa(int year) => Dice(year, "no dipa").Chance(5);

    private string Nphd(int year) => $"NPHD/{office.Code}/{year}";

    private static DateTimeOffset Begun(int year, Dice dice) => new DateTimeOffset(year, 1, 3, 1, 0, 0, TimeSpan.Zero).AddMinutes(dice.Below(2_000));

    private List<BudgetLine> Lines(int year, Dice dice)
    {
        List<BudgetLine> lines = [.. from output in Outputs
                                     from akun in new[] { "521211", "521219" }
                                     select new BudgetLine($"076.01.{output}", 1000L * dice.Between(100_000, 3_000_000), akun, Murni, 1, "layanan")];
        return Grant(year) is not { } grant ? lines :
            [.. lines, new BudgetLine("076.01.CQ.6639.QGE.001.051", grant.Content.Amount, "521219", new FundSource(FundSourceKind.Hibah, grant.Content.Nphd), 1, "layanan")];
    }

    /// <summary>A tenth of the first line moved to another: the next of its output, or one of another kegiatan.</summary>
    private static List<BudgetLine> Moved(List<BudgetLine> lines, int to)
    {
        var amount = lines[0].Pagu / 10;
        return [.. lines.Select((line, i) => line with { Pagu = line.Pagu + (i == 0 ? -amount : i == to ? amount : 0) })];
    }

    private Story<BudgetRevision> Story(BudgetRevision state, SignedDocument document, DateTimeOffset begun, Dice dice)
    {
        var way = SignOffTable.Begin(document, units, units.Finance, hasParentOffice: Country.ParentOf(office, begun) is not null);
        var at = begun;
        return new(DocumentKinds.BudgetRevision, office.Code, BudgetRevision.IdOf(state.Year, state.Number), begun, Operator, state, way,
            [.. way.Steps.Select(step => new Deed<BudgetRevision>(at = at.AddMinutes(dice.Between(30, 1_500)), new Post(office.Code, step.Post), step.Act, []))]);
    }
}
