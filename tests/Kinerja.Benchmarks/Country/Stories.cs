namespace Kinerja.Benchmarks;

/// <summary>What becomes of a report.</summary>
internal enum Fate
{
    /// <summary>Nobody ever begins it.</summary>
    Missing,
    Draft,
    Submitted,
    Approved,
    Accepted,

    /// <summary>Returned by its first reviewer, mended, and accepted in the second round.</summary>
    Returned,

    /// <summary>Accepted, then returned: a newer draft stands beside an accepted round.</summary>
    Reopened,
}

/// <summary>The documents of one office: agreements at the beginning of the year, reports after every period, with the
/// gaps that real years have.</summary>
internal sealed class Stories(Country country, Office office)
{
    private const int Late = 10; // percent
    private readonly Units units = new(office.Units);

    /// <summary>Units whose heads make agreements.</summary>
    public IEnumerable<Unit> Promising => office.Units.Where(unit => country.Plan.AgreementLevels.Contains(unit.Level));

    /// <summary>The agreement of a unit for a year; one in a hundred is never signed.</summary>
    public Story<Agreement> Agreement(Unit unit, int year)
    {
        var dice = Dice($"{year}/{unit.Code}/agreement");
        var begun = new DateTimeOffset(year, 1, 5, 2, 0, 0, TimeSpan.Zero).AddMinutes(dice.Below(10_000));
        var chosen = Indicators.For(country.Catalogues[year], office, unit)
            .OrderBy(_ => dice.Next()).Take(country.Plan.Lines).OrderBy(indicator => indicator.Code, StringComparer.Ordinal);
        var content = new Agreement(year, unit.Code, new DateOnly(year, 1, 20),
            [.. chosen.Select((indicator, i) => new AgreementLine(
                $"{i + 1}", Prose.Title(dice, 9), Prose.Title(dice, 12), indicator.Code, Figures.Target(indicator, dice)))],
            [.. Funded(unit, dice).Select(code => new AgreementBudget(code, Prose.Title(dice, 6), 1000L * dice.Between(10_000, 9_000_000)))]);
        var way = SignOffTable.Agreement(units, unit, hasParentOffice: Country.ParentOf(office, begun) is not null);
        return new(DocumentKinds.Agreement, office.Code, dice.Id(begun), begun, Operator, content, way,
            dice.Chance(1) ? [] : [.. Steps<Agreement>(way, begun, dice)]);
    }

    /// <summary>The heads of an office name programs, those below them kegiatan.</summary>
    private static IEnumerable<string> Funded(Unit unit, Dice dice) => unit.Level is AgreementLevel.Ketua or AgreementLevel.Sekretaris
        ? ["076.01.CQ", "076.01.WA"]
        : Treasury.Kegiatan.Skip(dice.Below(3)).Take(dice.Between(1, 3));

    /// <summary>The report of a unit on a period; none when nobody begins it.</summary>
    public Story<Realization>? Report(Unit unit, Agreement agreement, Period period, Fate? fixedFate = null)
    {
        var dice = Dice($"{period.Text}/{unit.Code}/report");
        var fate = fixedFate ?? FateOf(dice);
        var begun = new DateTimeOffset(period.LastDay.AddDays(dice.Between(2, 9)), new TimeOnly(1, 0), TimeSpan.Zero)
            .AddMinutes(dice.Below(600)).AddDays(dice.Chance(Late) ? 40 : 0);
        var content = Content(unit, agreement, period, dice);
        var way = SignOffTable.Realization(units, unit, hasParentOffice: Country.ParentOf(office, begun) is not null);
        var steps = Steps<Realization>(way, begun, dice).ToList();
        return fate == Fate.Missing ? null : new(DocumentKinds.Realization, office.Code, dice.Id(begun), begun, Operator, content, way,
            fate switch
            {
                Fate.Draft => [],
                Fate.Submitted => steps[..1],
                Fate.Approved => [.. steps.TakeWhile(deed => deed.Act != Act.Accept)],
                Fate.Returned =>
                [
                    steps[0], Return(steps[1], dice), Redraft(steps[1].At, content, dice),
                    .. Steps<Realization>(way, steps[1].At.AddDays(4), dice),
                ],
                Fate.Reopened => [.. steps, Return(steps[^1], dice), Redraft(steps[^1].At, content, dice)],
                _ => steps,
            });
    }

    private static Fate FateOf(Dice dice) => dice.Below(100) switch
    {
        < 4 => Fate.Missing,
        < 7 => Fate.Draft,
        < 11 => Fate.Submitted,
        < 17 => Fate.Approved,
        < 24 => Fate.Returned,
        < 28 => Fate.Reopened,
        _ => Fate.Accepted,
    };

    private Post Operator => new(office.Code, Post.Operator);

    private Dice Dice(string name) => new(country.Plan.Seed, $"{office.Code}/{name}");

    private Realization Content(Unit unit, Agreement agreement, Period period, Dice dice) => new(
        agreement.Year, period.Text, unit.Code,
        [.. agreement.Lines.Select(line => Entry(line, dice, agreement.Year))]);

    private RealizationEntry Entry(AgreementLine line, Dice dice, int year)
    {
        var narrative = dice.Between(200, 1500);
        var kind = dice.Below(100);
        return new RealizationEntry(line.No, line.Indicator, Figures.Result(country.Catalogues[year].Find(line.Indicator)!, dice),
            CarriedFrom: kind < 2 ? year - 1 : null,
            TakenOverFrom: kind is >= 2 and < 6 ? Prose.Title(dice, 8) : null,
            Supporting: Prose.Text(dice, narrative / 2),
            Obstacles: Prose.Text(dice, narrative / 4),
            FollowUp: Prose.Text(dice, narrative / 4));
    }

    /// <summary>Every step done by the post it is in the hands of, some days apart.</summary>
    private IEnumerable<Deed<T>> Steps<T>(SignOff way, DateTimeOffset begun, Dice dice)
    {
        var at = begun;
        foreach (var step in way.Steps)
        {
            at = at.AddMinutes(dice.Between(30, 3_000));
            yield return new(at, new Post(step.AtParent ? Country.ParentOf(office, at)! : office.Code, step.Post), step.Act, []);
        }
    }

    private static Deed<Realization> Return(Deed<Realization> reviewer, Dice dice) => reviewer with
    {
        At = reviewer.At.AddMinutes(20),
        Act = Act.Return,
        Reasons = [new Reason("bukti-kurang", Prose.Text(dice, 120), "/content/entries/0", DateOnly.FromDateTime(reviewer.At.UtcDateTime.AddDays(7)))],
    };

    private Deed<Realization> Redraft(DateTimeOffset returned, Realization content, Dice dice) => new(
        returned.AddDays(2), Operator, null, [],
        content with { Entries = [content.Entries[0] with { FollowUp = Prose.Text(dice, 400) }, .. content.Entries.Skip(1)] });
}
