namespace Kinerja.Api;

/// <summary>The reasons of a figure in words that a person reads, in the notation of Indonesia or in English.</summary>
internal static class Explaining
{
    public static IReadOnlyList<string> Steps(
        Capaian capaian, Value target, Value stated, Value recorded, Policy policy, string language)
    {
        var text = new Writer(language);
        var steps = new List<string>();
        if (stated is Value.Percent { Numerator: { } part, Denominator: { } whole } && recorded is Value.Percent { Stated: { } percent })
        {
            steps.Add(text.Say("explain-ratio", ("numerator", text.Number(part)), ("denominator", text.Number(whole)),
                ("recorded", text.Number(percent))));
        }

        if (capaian.Formula is { } formula)
        {
            steps.Add(text.Say($"explain-{Words.Of(formula)}{(capaian.T < 0 ? "-below-zero" : "")}", ("target", text.Value(target)),
                ("realization", text.Value(recorded)), ("t", text.Term(capaian.T)), ("r", text.Term(capaian.R))));
        }

        if (capaian.Unrounded is { } unrounded && capaian.Raw is { } raw)
        {
            steps.Add(text.Say("explain-rounding", ("unrounded", text.Number(unrounded)), ("raw", text.Number(raw))));
        }

        if (capaian.Reported is { } reported)
        {
            steps.Add(text.Say(capaian.Published is null ? "explain-reported" : "explain-published",
                ("reported", text.Number(reported)), ("floor", text.Number(policy.Floor)),
                ("cap", policy.Cap is { } cap ? text.Number(cap) : text.Say("explain-no-cap")), ("policy", capaian.Policy)));
        }

        if (capaian.Category is { } category)
        {
            steps.Add(text.Say("explain-category", ("category", text.Say($"category-{category}"))));
        }

        if (capaian.State is { } state)
        {
            steps.Add(text.Say($"absent-{Words.Of(state)}"));
        }

        steps.AddRange(capaian.Marks.Select(mark => text.Say(mark)));
        return steps;
    }

    /// <summary>Where the realization comes from: an own indicator, the parts of a period, other agreements, a roll-up.</summary>
    public static IEnumerable<string> Sources(ExplainCapaian.Explanation of, Period period, string language)
    {
        var text = new Writer(language);
        if (of.CountsAs != of.Indicator)
        {
            yield return of.CountsAs is { } code
                ? text.Say("explain-counts-as", ("indicator", of.Indicator), ("catalogue", code))
                : text.Say("explain-not-mapped", ("indicator", of.Indicator));
        }

        if (of.Accumulation is { } made)
        {
            yield return text.Say("explain-accumulated", ("period", period.Text),
                ("parts", string.Join(", ", made.Parts.Select(part => $"{part.Period} ({text.Value(part.Realization)})"))));
            if (made.Missing.Count > 0)
            {
                yield return text.Say("explain-accumulated-missing", ("missing", string.Join(", ", made.Missing.Select(part => part.Period))));
            }
        }

        if (of.Derivation is { } derived)
        {
            yield return text.Say("explain-derived", ("units", string.Join(", ", derived.Units)),
                ("reached", text.Number(derived.Reached)), ("judged", text.Number(derived.Judged)));
            if (derived.IsIncomplete())
            {
                yield return text.Say("explain-derived-incomplete",
                    ("left", text.Number(derived.Lines() - derived.Judged)), ("lines", text.Number(derived.Lines())));
            }
        }

        if (of.Given is { } given)
        {
            yield return text.Say(given.Satker == of.Satker ? "explain-own-roll-up" : "explain-given", ("satker", given.Satker), ("value", text.Value(given.Value)),
                ("counted", text.Number(given.Counted)), ("expected", text.Number(given.Expected)));
        }
    }

    /// <summary>Another figure than the computed one, and why.</summary>
    public static IEnumerable<string> Published(Override? published, string language)
    {
        var text = new Writer(language);
        return published is null ? [] :
        [
            text.Say(published.Accepted ? "explain-override" : "explain-override-proposed",
                ("computed", published.ComputedReported is { } computed ? text.Number(computed) : "–"),
                ("published", text.Number(published.Published)), ("reason", published.Reason)),
        ];
    }
}
