namespace Kinerja.Api;

/// <summary>The reasons of a roll-up in words that a person reads.</summary>
internal static class RollupInWords
{
    /// <summary>Which offices, who is missing and why, how their figures combine, and the rounding.</summary>
    public static IEnumerable<string> Steps(RollupQuestion question, Indicator rolled, Aggregate sum, Value value, string language)
    {
        var text = new Writer(language);
        var (rule, frame) = (rolled.Rollup!, question.Catalogue.Frame(rolled));
        yield return text.Say("explain-population",
            ("expected", text.Number(sum.Expected)), ("reported", text.Number(sum.Reported)), ("counted", text.Number(sum.Counted)),
            ("source", rule.Source), ("level", Words.Of(rule.SourceLevel)), ("least", Words.Of(question.Least)),
            ("tree", $"{question.Times.Tree:yyyy-MM-dd}"));
        foreach (var gap in sum.Uncounted.GroupBy(office => office.State))
        {
            yield return text.Say("explain-uncounted",
                ("why", text.Say($"gap-{Words.Of(gap.Key)}")), ("count", text.Number(gap.Count())),
                ("offices", string.Join(", ", gap.Select(office => office.Satker))));
        }

        var chosen = sum.Chosen(frame);
        yield return text.Say($"explain-rollup-{Words.Of(rule.Method)}",
            ("numerators", text.Number(sum.Numerators)), ("denominators", text.Number(sum.Denominators)),
            ("sum", text.Number(sum.Sum)), ("counted", text.Number(sum.Counted)), ("meeting", text.Number(sum.Meeting)),
            ("judged", text.Number(sum.Expected - sum.NotApplicable)),
            ("condition", rule.Condition is { } condition ? text.Value(condition) : "–"),
            ("value", chosen is null ? "–" : text.Value(chosen.Value)), ("satker", chosen?.Satker ?? "–"));
        if (sum.Unrounded(frame) is { } unrounded && Values.Number(value) is { } number)
        {
            yield return text.Say("explain-rounding", ("unrounded", text.Number(unrounded)), ("raw", text.Number(number)));
        }
    }

    /// <summary>Which offices state it under a code of their own, and which in the reports of the period's parts.</summary>
    public static IEnumerable<string> Sources(Indicator rolled, IReadOnlyList<ChildRow> rows, string language)
    {
        var text = new Writer(language);
        var own = rows.SelectMany(row => row.Lines.Where(line => line.Indicator != rolled.Rollup!.Source).Select(line => $"{row.Satker} {line.Indicator}")).ToList();
        var accumulated = rows.Where(row => row.Accumulation is not null).Select(row => row.Satker).ToList();
        return
        [
            .. own.Count == 0 ? (string[])[] : [text.Say("explain-own-codes", ("offices", string.Join(", ", own)))],
            .. accumulated.Count == 0 ? (string[])[] : [text.Say("explain-accumulated-rows", ("offices", string.Join(", ", accumulated)))],
        ];
    }

    /// <summary>The target, where it comes from, and the capaian.</summary>
    public static IEnumerable<string> Measured(
        RollupQuestion question, Indicator rolled, Value value, Value? target, CarriedLine? carrying, Capaian? capaian, string language)
    {
        var text = new Writer(language);
        if (target is null || capaian is null)
        {
            return [text.Say("explain-no-target")];
        }

        var from = carrying is null ? text.Say("explain-national-target", ("target", text.Value(target)), ("year", $"{rolled.Year}"))
            : text.Say("explain-own-target", ("target", text.Value(target)), ("level", Words.Of(carrying.Level)));
        return [from, .. Explaining.Steps(capaian, target, value, value, question.Catalogue.Policy, language)
            .Skip(value is Value.Percent { Numerator: not null } ? 1 : 0)]; // The ratio was told above.
    }
}
