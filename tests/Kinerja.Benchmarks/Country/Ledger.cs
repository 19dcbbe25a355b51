namespace Kinerja.Benchmarks;

/// <summary>
/// Tells stories to a database as rows. The documents, hashes, decisions and rows are made by the functions that the API
/// makes them with; only what the API's session does between them (the last version stays, a round's figures replace
/// those before) is repeated here, and held to the API by <c>verify</c>.
/// </summary>
internal sealed class Ledger(Country country)
{
    private static readonly string Installation = "installation";
    private readonly List<Row> rows = [];

    /// <summary>Everything told so far.</summary>
    public IReadOnlyList<Row> Rows => rows;

    /// <summary>An office with its units and parents, and the holders of its posts.</summary>
    public void Found(Office office)
    {
        var at = country.Founded;
        var first = office with { Parents = [office.Parents[0] with { Until = null }] };
        var (document, last) = Change(
            DocumentKinds.Office, null, Begun(DocumentKinds.Office, office.Code, office.Code, first, at), "load", null, at, loads: true);
        if (office.Parents.Count > 1)
        {
            (_, last) = Change(DocumentKinds.Office, document, document with { Content = office }, "move",
                new Post(Offices.Ri, Post.PeriodAdministrator), new(country.Plan.MovingDay, default, TimeSpan.Zero));
        }

        Keep(last, at);
        rows.AddRange([Offices.Of(office), .. Offices.UnitsOf(office), .. Offices.ParentsOf(office)]);
        foreach (var posting in country.Postings(office))
        {
            Appoint(office.Code, posting, new Post(Offices.Ri, Post.PeriodAdministrator));
        }
    }

    /// <summary>RI's first administrator, and every year's policy and indicators.</summary>
    public void Open()
    {
        var at = country.Founded;
        Appoint(Offices.Ri, new Posting(Post.PeriodAdministrator, $"{Offices.Ri}.{Post.PeriodAdministrator}", Capacity.Definitive,
            Installation, new DateOnly(2000, 1, 1)), by: null);
        foreach (var (year, catalogue) in country.Catalogues)
        {
            Keep(Change(DocumentKinds.Policy, null, Begun(DocumentKinds.Policy, Offices.Ri, $"{year}", catalogue.Policy, at),
                "load", null, at, loads: true).Row, at);
            foreach (var indicator in catalogue.Indicators.Values)
            {
                Keep(Change(DocumentKinds.Indicator, null,
                    Begun(DocumentKinds.Indicator, Offices.Ri, Catalogue.Id(year, indicator.Code), indicator, at),
                    "define", new Post(Offices.Ri, Post.CatalogueAdministrator), at).Row, at);
                if (indicator.Rollup is not null)
                {
                    rows.Add(KeptRollups.Of(indicator));
                }
            }
        }
    }

    /// <summary>All agreements, reports and money of an office.</summary>
    public void Work(Office office)
    {
        var units = new Units(office.Units);
        var stories = new Stories(country, office);
        foreach (var (year, catalogue) in country.Catalogues)
        {
            Fund(new Treasury(country, office), year);
            foreach (var unit in stories.Promising)
            {
                var agreement = Tell(stories.Agreement(unit, year), units, catalogue);
                if (agreement.SignOff!.State == State.InForce)
                {
                    var (said, reached) = (new List<Said>(), new List<ReachedLevel>());
                    foreach (var report in Reports(stories, unit, agreement.Content))
                    {
                        Tell(report, units, catalogue, agreement, said, reached);
                    }

                    var lines = BoundLine.Of(agreement.Id, agreement.Content, unit.Level, agreement.Content.Date, DateOnly.MaxValue);
                    rows.AddRange(Accumulations.Rows(
                        office.Code, new UnitYear([.. lines], said, reached), Period.Wholes(year), catalogue));
                }
            }
        }
    }

    /// <summary>The reports on an agreement: those of the year, then the drafts that wait for a load of writes.</summary>
    public IEnumerable<Story<Realization>> Reports(Stories stories, Unit unit, Agreement agreement) =>
        country.Plan.PeriodsOf(agreement.Year).Select(period => stories.Report(unit, agreement, period))
            .Concat(country.Plan.DraftPeriodsOf(agreement.Year).Select(period => stories.Report(unit, agreement, period, Fate.Draft)))
            .OfType<Story<Realization>>();

    private void Fund(Treasury treasury, int year)
    {
        if (treasury.Grant(year) is { } grant)
        {
            Say(grant);
        }

        var kept = new List<(Document<BudgetRevision> Document, Row Row, DateTimeOffset Begun)>();
        foreach (var story in treasury.States(year))
        {
            var (state, row) = Run(story, _ => { });
            rows.AddRange(Budgets.Rows(state));
            if (kept.Count > 0)
            {
                // What the next state follows is in force no more.
                var (before, _, begun) = kept[^1];
                var last = story.Deeds[^1];
                var superseded = Change(DocumentKinds.BudgetRevision, before,
                    before with { SignOff = before.SignOff! with { State = State.Superseded } }, "supersede", last.Post, last.At);
                kept[^1] = (superseded.Document, superseded.Row, begun);
            }

            kept.Add((state, row, story.Begun));
        }

        kept.ForEach(state => Keep(state.Row, state.Begun));
        foreach (var spending in treasury.Spendings(year))
        {
            rows.AddRange(Budgets.Rows(Say(spending)));
        }
    }

    private Document<T> Say<T>(Statement<T> statement)
    {
        var (document, row) = Change(
            statement.Kind, null, Begun(statement.Kind, statement.Satker, statement.Id, statement.Content, statement.At), statement.Act, statement.By, statement.At);
        Keep(row, statement.At);
        return document;
    }

    private Document<Agreement> Tell(Story<Agreement> story, Units units, Catalogue catalogue) => Tell(story, document =>
    {
        if (document.SignOff!.State == State.InForce)
        {
            rows.AddRange(Promises.Rows(document, units.Find(document.Content.Unit)!.Level, catalogue));
        }
    });

    private void Tell(
        Story<Realization> story, Units units, Catalogue catalogue, Document<Agreement> agreement, List<Said> said, List<ReachedLevel> reached)
    {
        var rounds = new SortedDictionary<int, List<Said>>();
        var figures = new SortedDictionary<int, List<Row>>();
        var levels = new SortedDictionary<int, Row>();
        Tell(story, report =>
        {
            var way = report.SignOff!;
            if (RealizationSignOff.FixesFigures(way))
            {
                figures[way.Round] = [.. ResultRows.Rows(report, agreement, units, catalogue)];
                rounds[way.Round] = [.. Accumulations.Of(
                    report, RealizationRules.Results(report.Content, agreement.Content, catalogue.Policy, catalogue.Find))];
            }

            var level = SignOffLevels.Of(way.State, isLast: way.Next is null);
            levels[(int)level] = ResultRows.Level(report);
            reached.RemoveAll(earlier => earlier.Report == report.Id && earlier.Level == level);
            reached.Add(new ReachedLevel(report.Id, level, way.Round, report.Version, report.ContentHash));
        });
        said.AddRange(rounds.Values.SelectMany(round => round));
        rows.AddRange([.. figures.Values.SelectMany(round => round), .. levels.Values]);
    }

    private Document<T> Tell<T>(Story<T> story, Action<Document<T>> after)
    {
        var (document, last) = Run(story, after);
        Keep(last, story.Begun);
        return document;
    }

    private (Document<T> Document, Row Last) Run<T>(Story<T> story, Action<Document<T>> after)
    {
        var begun = Begun(story.Kind, story.Satker, story.Id, story.Content, story.Begun) with { SignOff = story.Way };
        var (document, last) = Change(story.Kind, null, begun, "draft", story.Preparer, story.Begun);
        after(document);
        foreach (var deed in story.Deeds)
        {
            (document, last) = Change(story.Kind, document, Done(document, deed), deed.Act is { } act ? Words.Of(act) : "redraft",
                deed.Post, deed.At);
            after(document);
        }

        return (document, last);
    }

    private Document<T> Done<T>(Document<T> document, Deed<T> deed)
    {
        if (deed.Act is not { } act)
        {
            return document with { Content = deed.Content! };
        }

        var actor = new Actor($"{deed.Post}", [new HeldPost(deed.Post, country.CapacityOf(deed.Post))]);
        var subject = new SignOffSubject(
            document.Satker, Country.ParentOf(country.Find(document.Satker), deed.At), document.ContentHash, document.SignOff!,
            [country.HolderOf(deed.Post)]);
        var wanted = new WantedAct(act, deed.Post, document.ContentHash, deed.Reasons);
        return SignOffDecider.Decide(subject, wanted, actor, deed.At).Accepts(out var way, out var refusal)
            ? document with { SignOff = way }
            : throw new InvalidOperationException($"{deed} is refused: {refusal.Code}.");
    }

    private void Appoint(string satker, Posting posting, Post? by)
    {
        var at = country.Founded;
        var id = new Dice(country.Plan.Seed, $"{satker}.{posting.Post}/posting").Id(at);
        var (document, row) = Change(
            DocumentKinds.Posting, null, Begun(DocumentKinds.Posting, satker, id, posting, at), "appoint", by, at, loads: by is null);
        Keep(row, at);
        rows.Add(Offices.Of(document));
    }

    private static Document<T> Begun<T>(DocumentKind<T> kind, string satker, string id, T content, DateTimeOffset at) =>
        new(kind.Name, satker, id, 0, at, "", null, content);

    private (Document<T> Document, Row Row) Change<T>(
        DocumentKind<T> kind, Document<T>? before, Document<T> next, string act, Post? post, DateTimeOffset at, bool loads = false)
    {
        next = DocumentRows.Next(before, next, at);
        var request = loads ? Installation : new Dice(country.Plan.Seed, $"{next.Satker}/{next.Id}/{next.Version}").Id(at);
        var made = DocumentRows.Of(kind, before, next, new Trail(act, loads ? Installation : $"{post}", post, request));
        rows.AddRange([made.Version, made.Journal]);
        return (next, made.Document);
    }

    // Of all versions the table of documents keeps the last one, and when the first was begun.
    private void Keep(Row last, DateTimeOffset begun) => rows.Add(last with { Values = [.. last.Values.SkipLast(1), begun] });
}
