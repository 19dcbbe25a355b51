namespace Kinerja.Api;

internal static class PreviewPolicy
{
    /// <summary>What a policy would change if what was submitted for a period, or accumulated for it from its parts, were computed by
    /// it.</summary>
    /// <param name="Current">The policy of the year.</param>
    /// <param name="Proposed">The proposed one.</param>
    /// <param name="Period">The period.</param>
    /// <param name="Lines">How many lines were submitted, each in its last round, or are accumulated from such lines.</param>
    /// <param name="Changed">How many of them would have another figure, category or judgement.</param>
    /// <param name="Offices">The offices they belong to.</param>
    /// <param name="Categories">How many lines would go from which category to which.</param>
    /// <param name="Items">A page of the lines that would change.</param>
    /// <param name="NextPageToken">Asks for the next page; null on the last.</param>
    internal sealed record PolicyPreview(
        string Current, string Proposed, string Period, int Lines, int Changed, IReadOnlyList<string> Offices,
        IReadOnlyList<CategoryChange> Categories, IReadOnlyList<ChangedLine> Items, string? NextPageToken);

    /// <summary>Lines that would change their category.</summary>
    /// <param name="From">The category they have; null for none.</param>
    /// <param name="To">The category they would have; null for none.</param>
    /// <param name="Lines">How many.</param>
    internal sealed record CategoryChange(string? From, string? To, int Lines);

    /// <summary>A line that would change.</summary>
    /// <param name="Satker">The office.</param>
    /// <param name="Report">The report; that of the last part when the figure is accumulated.</param>
    /// <param name="Line">The line of its agreement.</param>
    /// <param name="Indicator">What it stands for.</param>
    /// <param name="Old">The figure as stored.</param>
    /// <param name="New">The figure as it would be.</param>
    internal sealed record ChangedLine(
        string Satker, string Report, string Line, string Indicator, CapaianFigure Old, CapaianFigure New);

    public static void Map(RouteGroupBuilder policy) => policy.MapPost("/preview", Handle)
        .Describe("PreviewPolicy", "What a proposed policy would change in what was submitted for a period or accumulated for it, line by line; nothing is "
            + "changed. For RI's catalogue administrator.")
        .Takes("period", "The period; the whole year when absent.", "2024")
        .Returns<PolicyPreview>().Writes().Shows(ChangePolicy.Shown);

    private static Task<IResult> Handle(
        HttpContext http, int year, PeriodOf? period, Paging paging, Body<Policy> body, Write write, CancellationToken ct)
    {
        var asked = PeriodOf.In(new Year(year), period);
        return write.Run(Offices.Ri, body.Hash, async session =>
        {
            if (IndicatorRoutes.WhyNotAdministrator(session) is { } forbidden)
            {
                return forbidden;
            }

            if (await Catalogue.Load(session, year, ct) is not { } catalogue)
            {
                return Refusal.NotFound();
            }

            if (ChangePolicy.WhyNot(body.Value, catalogue.Policy) is { } no)
            {
                return no;
            }

            var comparison = new Comparison(body.Value, catalogue, await LocalIndicators.OfYear(session, year, ct), paging);
            await SubmittedLines.Each(session, asked, comparison.Take, ct);
            return Reply.Computed(comparison.Answer(http, asked));
        }, ct);
    }

    /// <summary>Counts line by line, and keeps no more lines than the page has.</summary>
    private sealed class Comparison(
        Policy proposed, Catalogue catalogue, Dictionary<(string Satker, string Code), LocalIndicator> local, Paging paging)
    {
        private readonly SortedSet<string> offices = new(StringComparer.Ordinal);
        private readonly SortedDictionary<(string From, string To), int> categories = [];
        private readonly List<ChangedLine> page = [];
        private int lines;
        private int changed;

        public void Take(SubmittedLine line)
        {
            lines++;
            var old = line.Figure;
            var measure = Measure.Of(Find(line));
            var figure = line.Made?.Capaian(line.Target, measure, proposed)
                ?? CapaianCalculator.Compute(line.Target, line.Realization, measure, proposed, old.Published);
            if ((old.Raw, old.Reported, old.Category, old.Reached) == (figure.Raw, figure.Reported, figure.Category, figure.Reached))
            {
                return;
            }

            changed++;
            offices.Add(line.Satker);
            if (old.Category != figure.Category)
            {
                var change = (old.Category ?? "", figure.Category ?? "");
                categories[change] = categories.GetValueOrDefault(change) + 1;
            }

            if (page.Count <= paging.Size && (paging.After is null || string.CompareOrdinal(line.Key, paging.After) > 0))
            {
                page.Add(new ChangedLine(line.Satker, line.Report, line.Line, line.Indicator, CapaianFigure.Of(old), CapaianFigure.Of(figure)));
            }
        }

        public PolicyPreview Answer(HttpContext http, Period period)
        {
            var next = paging.Next(http, page, line => SubmittedLine.KeyOf(line.Satker, line.Report, line.Line));
            return new PolicyPreview(
                catalogue.Policy.Version, proposed.Version, period.Text, lines, changed, [.. offices],
                [.. categories.Select(pair => new CategoryChange(Named(pair.Key.From), Named(pair.Key.To), pair.Value))], page, next);
        }

        private Indicator Find(SubmittedLine line) =>
            catalogue.Find(line.Indicator) ?? local[(line.Satker, line.Indicator)].AsMeasured();

        private static string? Named(string category) => category.Length == 0 ? null : category;
    }
}
