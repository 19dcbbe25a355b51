using System.Globalization;

namespace Kinerja.Domain;

/// <summary>What a KPA must keep to revise alone (PMK 62/2023 as amended by PMK 107/2024).</summary>
public enum KpaRule
{
    /// <summary>The total.</summary>
    Total,

    /// <summary>The pagu of each fund source.</summary>
    FundSource,

    /// <summary>The pagu of each KRO.</summary>
    Kro,

    /// <summary>The pagu of each jenis belanja.</summary>
    JenisBelanja,

    /// <summary>The volume of each RO.</summary>
    RoVolume,
}

/// <summary>Whether a KPA may decide a revision alone.</summary>
public enum KpaAnswer
{
    /// <summary>Everything is kept.</summary>
    Alone,

    /// <summary>Something is not kept: another authority is needed.</summary>
    NotAlone,

    /// <summary>A fact that is needed is not stated.</summary>
    CannotBeDecided,
}

/// <summary>Something that is not kept.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Of">Of what: a KRO, a jenis belanja, an RO, a fund source; empty for the total.</param>
/// <param name="From">Before: rupiah, or the volume; absent when there was none.</param>
/// <param name="To">After; absent when there is none.</param>
/// <param name="Authority">Who must decide it.</param>
/// <param name="Lines">The lines it happens in.</param>
public sealed record KpaBreach(
    KpaRule Rule, string Of, string? From, string? To, Authority Authority, IReadOnlyList<BudgetKey> Lines);

/// <summary>A fact that a rule needs and a line does not state.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Fact">What is not stated.</param>
/// <param name="Lines">The lines that do not state it.</param>
public sealed record KpaUnknown(KpaRule Rule, string Fact, IReadOnlyList<BudgetKey> Lines);

/// <summary>Whether a KPA may decide a revision alone, and why not.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Needs">The authority it needs, the highest of all breaches; none when there is no breach.</param>
/// <param name="Breaches">What is not kept.</param>
/// <param name="Unknowns">What is not stated.</param>
public sealed record KpaVerdict(
    KpaAnswer Answer, Authority? Needs, IReadOnlyList<KpaBreach> Breaches, IReadOnlyList<KpaUnknown> Unknowns);

/// <summary>Judges whether a revision keeps what a KPA must keep. Only the lines that differ count: all others cancel.</summary>
public static class KpaAuthority
{
    /// <summary>Who decides where a rule is not kept: shifts inside one satker are the Kanwil's, a changed ceiling, source or
    /// output is the DJA's.</summary>
    private static Authority Needed(KpaRule rule) => rule switch
    {
        KpaRule.Kro or KpaRule.JenisBelanja => Authority.KanwilDjpb,
        KpaRule.Total or KpaRule.FundSource or KpaRule.RoVolume => Authority.Dja,
    };

    /// <summary>The judgement of a revision that leads from one state to another.</summary>
    public static KpaVerdict Judge(IReadOnlyList<BudgetLine> from, IReadOnlyList<BudgetLine> to)
    {
        var difference = BudgetDifference.Between(from, to);
        var places = from.Concat(to).Select(line => line.Code).Distinct().ToDictionary(code => code, BudgetCode.Parse);
        string? InKegiatan(BudgetLine line, Func<BudgetCode, string?> level) =>
            places[line.Code] is { Kegiatan: var kegiatan } place && level(place) is { } part ? $"{kegiatan}.{part}" : null;
        (List<KpaBreach> Breaches, List<KpaUnknown> Unknowns) Kept(KpaRule rule, string fact, Func<BudgetLine, string?> groupOf) =>
            Pagu(difference, from, to, rule, fact, groupOf);
        var rules = new[]
        {
            Kept(KpaRule.Total, "total", _ => ""),
            Kept(KpaRule.FundSource, "source", line => line.Source?.ToString()),
            Kept(KpaRule.Kro, "kro", line => InKegiatan(line, place => place.Kro)),
            Kept(KpaRule.JenisBelanja, "akun", line => line.Akun?[..2]),
            Volume(difference, from, to, line => InKegiatan(line, place => place.Ro)),
        };
        List<KpaBreach> breaches = [.. rules.SelectMany(rule => rule.Breaches)];
        List<KpaUnknown> unknowns = [.. rules.SelectMany(rule => rule.Unknowns)];
        return new KpaVerdict(
            breaches.Count > 0 ? KpaAnswer.NotAlone : unknowns.Count > 0 ? KpaAnswer.CannotBeDecided : KpaAnswer.Alone,
            breaches.Count > 0 ? breaches.Max(breach => breach.Authority) : null, breaches, unknowns);
    }

    /// <summary>The pagu of each group is kept. A line whose money does not move says nothing; one that moves and does not
    /// state its group leaves the rule undecided.</summary>
    private static (List<KpaBreach> Breaches, List<KpaUnknown> Unknowns) Pagu(
        IReadOnlyList<BudgetChange> difference, IReadOnlyList<BudgetLine> before, IReadOnlyList<BudgetLine> after, KpaRule rule, string fact,
        Func<BudgetLine, string?> groupOf)
    {
        var moved = difference.Where(change => change.Amount != 0).ToLookup(change => groupOf((change.To ?? change.From)!));
        var (was, becomes) = (before.ToLookup(groupOf, line => line.Pagu), after.ToLookup(groupOf, line => line.Pagu));
        return moved[null].ToList() is { Count: > 0 } silent
            ? ([], [new KpaUnknown(rule, fact, Keys(silent))])
            : ([.. from one in moved
                   where one.Sum(change => change.Amount) != 0
                   orderby one.Key
                   select new KpaBreach(rule, one.Key!, $"{was[one.Key].Sum()}", $"{becomes[one.Key].Sum()}", Needed(rule), Keys(one))], []);
    }

    /// <summary>The volume of each RO is kept: of those in which something happens, as both states state it.</summary>
    private static (List<KpaBreach> Breaches, List<KpaUnknown> Unknowns) Volume(
        IReadOnlyList<BudgetChange> difference, IReadOnlyList<BudgetLine> from, IReadOnlyList<BudgetLine> to, Func<BudgetLine, string?> roOf)
    {
        var touched = difference.ToLookup(change => roOf((change.To ?? change.From)!));
        var silent = touched[null].Where(change => change.Amount != 0 || change.From?.Volume != change.To?.Volume).ToList();
        var (before, after) = (from.ToLookup(roOf), to.ToLookup(roOf));
        var ros = touched.Where(ro => ro.Key is not null).OrderBy(ro => ro.Key, StringComparer.Ordinal).ToList();
        var unmeasured = ros.SelectMany(ro => before[ro.Key].Concat(after[ro.Key])).Where(line => line.Volume is null)
            .Select(line => line.Key()).Distinct().ToList();
        List<KpaUnknown> unknowns =
        [
            .. silent.Count == 0 ? [] : new[] { new KpaUnknown(KpaRule.RoVolume, "ro", Keys(silent)) },
            .. unmeasured.Count == 0 ? [] : new[] { new KpaUnknown(KpaRule.RoVolume, "volume", unmeasured) },
        ];
        return unknowns.Count > 0 ? ([], unknowns) : (
            [.. from ro in ros
                let was = Volumes(before[ro.Key])
                let becomes = Volumes(after[ro.Key])
                where was != becomes
                select new KpaBreach(KpaRule.RoVolume, ro.Key!, was, becomes, Needed(KpaRule.RoVolume), Keys(ro))], []);
    }

    private static string? Volumes(IEnumerable<BudgetLine> lines)
    {
        var volumes = lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{Rounding.Ten(line.Volume!.Value)} {line.Unit}"))
            .Distinct().Order(StringComparer.Ordinal).ToList();
        return volumes.Count == 0 ? null : string.Join(", ", volumes);
    }

    private static List<BudgetKey> Keys(IEnumerable<BudgetChange> changes) => [.. changes.Select(change => change.Key())];
}
