namespace Kinerja.Domain;

/// <summary>What a state of the DIPA must satisfy: what is impossible is refused at entry, what a real document may wrongly
/// contain is stored as stated, is a finding, and stops the first signature.</summary>
public static class BudgetRules
{
    private static readonly string[] JenisBelanja = ["51", "52", "53", "54", "55", "56", "57", "58"];

    /// <summary>Posts that may prepare a state of the DIPA: the operator, and the heads of the finance and the planning unit,
    /// who may submit it.</summary>
    public static IEnumerable<string> Preparers(Units units) => [Post.Operator, units.Finance.Code, units.Planning.Code];

    /// <summary>The impossible: refused at entry.</summary>
    /// <param name="revision">The state.</param>
    /// <param name="chain">The states that are held.</param>
    /// <param name="grants">The grants of the office, by their NPHD.</param>
    public static IEnumerable<Fault> AtEntry(BudgetRevision revision, BudgetChain chain, IReadOnlySet<string> grants) =>
    [
        .. chain.WhyNot(revision) is { } misplaced ? [misplaced] : Array.Empty<Fault>(),
        .. OfDocument(revision),
        .. revision.TakenOver is null ? OfRevision(revision) : [],
        .. OfLines(revision.Lines.Select(line => line.Key()), "lines", grants),
        .. revision.Lines.SelectMany((line, i) => OfLine(line, $"/lines/{i}", revision.TakenOver is not null)),
        .. revision.Lines.Sum(line => (decimal)line.Pagu) > RupiahAttribute.MostInSum
            ? [Fault.At("/lines", "sum-too-large")] : Array.Empty<Fault>(),
    ];

    /// <summary>The findings of a state by itself: each blocks its submission.</summary>
    public static IEnumerable<Fault> Findings(BudgetRevision revision)
    {
        if (revision.Total != revision.Sum)
        {
            yield return Fault.At("/total", "total-differs",
                ("total", $"{revision.Total}"), ("sum", $"{revision.Sum}"), ("difference", $"{revision.Total - revision.Sum}"));
        }

        foreach (var ro in revision.Lines.Select((line, i) => (Line: line, At: i))
            .Where(line => line.Line is { Volume: not null } && line.Line.Place()?.Ro is not null)
            .GroupBy(line => (line.Line.Place()!.Kegiatan, line.Line.Place()!.Ro)))
        {
            var (volume, unit) = (ro.First().Line.Volume, ro.First().Line.Unit);
            foreach (var (_, at) in ro.Where(line => (line.Line.Volume, line.Line.Unit) != (volume, unit)))
            {
                yield return Fault.At($"/lines/{at}/volume", "ro-volume-differs", ("ro", $"{ro.Key.Kegiatan}.{ro.Key.Ro}"));
            }
        }
    }

    /// <summary>What stops the submission of a revision.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="chain">The states that are held.</param>
    /// <param name="before">The state it revises; none for the DIPA awal.</param>
    /// <param name="spent">What was spent of each line in the year.</param>
    public static IEnumerable<Fault> BeforeSubmission(
        BudgetRevision revision, BudgetChain chain, BudgetRevision? before, IReadOnlyDictionary<BudgetKey, long> spent) =>
    [
        .. Findings(revision),
        .. chain.OutOfOrder(revision) is { } disordered ? [disordered] : Array.Empty<Fault>(),
        .. revision is { Authority: not Authority.Kpa, Approval: null } ? [Fault.At("/approval", "approval-missing")] : Array.Empty<Fault>(),
        .. revision.Kind is RevisionKind.PaguTetap or RevisionKind.Administrasi && before is not null && before.Sum != revision.Sum
            ? [Fault.At("/kind", "pagu-not-kept", ("kind", Words.Of(revision.Kind.Value)), ("from", $"{before.Sum}"), ("to", $"{revision.Sum}"))]
            : Array.Empty<Fault>(),
        .. revision.Authority == Authority.Kpa && before is not null ? BeyondKpa(KpaAuthority.Judge(before.Lines, revision.Lines)) : [],
        .. SpendingRules.AbovePagu(revision, spent),
    ];

    /// <summary>Faults of keys, as budgets and spending have them: unknown codes, sources without their grant, doubles.</summary>
    internal static IEnumerable<Fault> OfLines(IEnumerable<BudgetKey> keys, string member, IReadOnlySet<string> grants)
    {
        var seen = new HashSet<BudgetKey>();
        var at = 0;
        foreach (var key in keys)
        {
            var pointer = $"/{member}/{at++}";
            if (BudgetCode.Parse(key.Code) is null)
            {
                yield return Fault.At($"{pointer}/code", "unknown-budget-code", ("budget", key.Code));
            }

            if (key.Akun is { } akun && !(akun.Length == 6 && akun.All(char.IsAsciiDigit) && JenisBelanja.Contains(akun[..2])))
            {
                yield return Fault.At($"{pointer}/akun", "unknown-akun", ("akun", akun));
            }

            if (key.Source is { } source && WhyNot(source, grants) is { } code)
            {
                yield return Fault.At($"{pointer}/source", code, ("nphd", source.Nphd ?? "–"));
            }

            if (!seen.Add(key))
            {
                yield return Fault.At(pointer, "duplicate-budget", ("budget", $"{key}"));
            }
        }
    }

    private static string? WhyNot(FundSource source, IReadOnlySet<string> grants) => source switch
    {
        { Kind: FundSourceKind.Hibah, Nphd: null } => "grant-missing",
        { Kind: FundSourceKind.Hibah, Nphd: { } nphd } when !grants.Contains(nphd) => "grant-unknown",
        { Kind: FundSourceKind.RupiahMurni, Nphd: not null } => "grant-without-use",
        _ => null,
    };

    private static IEnumerable<Fault> OfDocument(BudgetRevision revision)
    {
        if (revision.Document is { } document && !document.EndsWith($"/{revision.Year}", StringComparison.Ordinal))
        {
            yield return Fault.At("/document", "dipa-of-another-year", ("year", $"{revision.Year}"));
        }

        // A DIPA is issued before its year begins, and revised until its books are closed.
        if (revision.Date.Year < revision.Year - 1 || revision.Date.Year > revision.Year + 1)
        {
            yield return Fault.At("/date", "budget-date-outside-year", ("date", $"{revision.Date:yyyy-MM-dd}"), ("year", $"{revision.Year}"));
        }
    }

    private static IEnumerable<Fault> OfRevision(BudgetRevision revision)
    {
        if (revision.Document is null)
        {
            yield return Fault.At("/document", "must-be-stated");
        }

        if (revision.Authority is null)
        {
            yield return Fault.At("/authority", "must-be-stated");
        }

        if (revision is { Number: 0, Authority: Authority.Kpa })
        {
            yield return Fault.At("/authority", "first-not-by-kpa");
        }

        if (revision is { Authority: Authority.Kpa, Approval: not null })
        {
            yield return Fault.At("/approval", "approval-without-use");
        }

        if (revision.Number > 0 && revision.Kind is null)
        {
            yield return Fault.At("/kind", "must-be-stated");
        }

        if (revision.Number > 0 && revision.Reason is null)
        {
            yield return Fault.At("/reason", "must-be-stated");
        }
    }

    private static IEnumerable<Fault> OfLine(BudgetLine line, string pointer, bool isTakenOver)
    {
        if (line.Volume is null != line.Unit is null)
        {
            yield return Fault.At($"{pointer}/volume", "volume-without-unit");
        }

        if (isTakenOver || line.Place() is not { } place)
        {
            yield break;
        }

        if (place.Program is null)
        {
            yield return Fault.At($"{pointer}/code", "must-be-stated");
        }

        if (line.Akun is null)
        {
            yield return Fault.At($"{pointer}/akun", "must-be-stated");
        }

        if (line.Source is null)
        {
            yield return Fault.At($"{pointer}/source", "must-be-stated");
        }

        if (place.Ro is not null && line is { Volume: null, Unit: null })
        {
            yield return Fault.At($"{pointer}/volume", "must-be-stated");
        }
    }

    private static IEnumerable<Fault> BeyondKpa(KpaVerdict verdict) =>
    [
        .. verdict.Breaches.Select(breach => Fault.At("/authority", "kpa-not-alone", ("rule", Words.Of(breach.Rule)), ("of", breach.Of),
            ("from", breach.From ?? "–"), ("to", breach.To ?? "–"), ("authority", Words.Of(breach.Authority)),
            ("lines", string.Join("; ", breach.Lines)))),
        .. verdict.Unknowns.Select(unknown => Fault.At("/authority", "kpa-cannot-be-decided", ("rule", Words.Of(unknown.Rule)),
            ("fact", unknown.Fact), ("lines", string.Join("; ", unknown.Lines)))),
    ];
}
