namespace Kinerja.Domain.Tests;

public sealed class AccumulatedTests
{
    private const int Cases = 4000;
    private static readonly Period Year = Period.Parse("2024")!;
    private static readonly Measure Count = Policies.Measure(ValueKind.Count);
    private static readonly Measure Percent = Policies.Measure(ValueKind.Percent);
    private static readonly Measure Grade = Policies.Measure(ValueKind.AkipGrade);

    [Theory]
    [InlineData("2024", "2024-S1 2024-S2", "")]
    [InlineData("2024-S2", "2024-T3 2024-T4", "2024")]
    [InlineData("2024-T1", "2024-B01 2024-B02 2024-B03", "2024-S1 2024")]
    [InlineData("2024-B11", "", "2024-T4 2024-S2 2024")]
    public void A_period_knows_its_parts_and_what_it_lies_in(string period, string parts, string above)
    {
        Assert.Equal(parts, string.Join(' ', Period.Parse(period)!.Parts.Select(part => part.Text)));
        Assert.Equal(above, string.Join(' ', Period.Parse(period)!.Above.Select(whole => whole.Text)));
    }

    [Fact]
    public void A_count_is_summed_and_a_percent_sums_its_numerators_and_denominators()
    {
        var count = Made(Accumulation.Additive, Count, Quarters(1, 2, 3, 4));
        var percent = Made(Accumulation.Additive, Percent,
            Said("T1", new Value.Percent(100, 1, 1)), Said("T2", new Value.Percent(0, 0, 0)), Said("T3", new Value.Percent(50, 1, 2)),
            Said("T4", new Value.Percent(null, 122, 173)));

        Assert.Equal(new Value.Count(10, "Lap"), count.Realization);
        Assert.Equal(new Value.Percent(70.45m, 124, 176), percent.Realization); // Not the mean of the four.
        Assert.Equal(["2024-T1", "2024-T2", "2024-T3", "2024-T4"], percent.Parts.Select(part => part.Period));
        Assert.Equal([Marks.Accumulated], percent.Marks);
    }

    [Fact]
    public void A_missing_quarter_makes_the_year_incomplete_and_not_smaller()
    {
        var made = Made(Accumulation.Additive, Count, [.. Quarters(1, 2, 3, 4).Where(part => part.Period != "2024-T3")]);

        Assert.Equal(new Value.Absent(Absence.Missing), made.Realization);
        Assert.Equal((true, new Value.Count(7, "Lap")), (made.IsIncomplete, made.SoFar));
        Assert.Equal(["2024-T3"], made.Missing);
        Assert.Equal([Marks.Accumulated, Marks.Incomplete], made.Marks);
        Assert.Equal(Counting.Uncounted, made.Capaian(new Value.Count(10, "Lap"), Count, Policies.Y2024).Counting);
    }

    [Fact]
    public void The_policy_is_that_of_the_part_taken_and_of_a_sum_the_latest()
    {
        Part[] parts = [Said("T1", One, policy: "2024.10"), Said("T2", One, policy: "2024.9"), Said("T3", One, policy: "2024.1")];

        Assert.Equal("2024.10", Made(Accumulation.Additive, Count, parts).PolicyOfParts());
        Assert.Equal("2024.1", Made(Accumulation.Cumulative, Count, parts).PolicyOfParts());
        Assert.Equal("2024.9", Made(Accumulation.Latest, Count, parts[..2]).PolicyOfParts());
    }

    [Fact]
    public void A_gap_is_named_in_the_rhythm_of_the_reports()
    {
        Assert.Equal(["2024-T2", "2024-T3", "2024-T4"], Made(Accumulation.Additive, Count, Said("T1", One)).Missing);
        Assert.Equal(["2024-S2"], Made(Accumulation.Additive, Count, Said("S1", One)).Missing);
        Assert.Equal(11, Made(Accumulation.Additive, Count, Said("B02", One)).Missing.Count);
    }

    [Fact]
    public void Cumulative_and_latest_take_the_last_part_that_states_a_value()
    {
        var parts = new[] { Said("T1", One), Said("T2", new Value.Count(5, "Lap"), SignOffLevel.Draft), Said("T4", new Value.Absent(Absence.NotAssessed)) };
        var cumulative = Made(Accumulation.Cumulative, Count, parts);
        var latest = Made(Accumulation.Latest, Count, parts);

        Assert.Equal((new Value.Count(5, "Lap"), SignOffLevel.Draft), (cumulative.Realization, cumulative.Level));
        Assert.Equal(["2024-T3", "2024-T4"], cumulative.Missing);
        Assert.Equal([Marks.Accumulated, Marks.Incomplete], cumulative.Marks);
        Assert.Equal((new Value.Count(5, "Lap"), 0), (latest.Realization, latest.Missing.Count));
        Assert.Equal(["2024-T2"], latest.Parts.Select(part => part.Period));
        Assert.Equal(
            new Value.AkipGrade("BB"), Made(Accumulation.Latest, Grade, Said("T1", new Value.AkipGrade("B")), Said("T2", new Value.AkipGrade("BB"))).Realization);
    }

    [Fact]
    public void The_level_of_a_sum_is_the_least_of_its_parts()
    {
        var parts = Quarters(1, 2, 3, 4);
        parts[2] = parts[2] with { Level = SignOffLevel.Submitted };

        Assert.Equal(SignOffLevel.Submitted, Made(Accumulation.Additive, Count, parts).Level);
        Assert.Equal(SignOffLevel.Accepted, Made(Accumulation.Cumulative, Count, parts).Level);
    }

    [Fact]
    public void What_is_stated_for_a_part_comes_before_what_its_own_parts_make()
    {
        var made = Made(Accumulation.Additive, Count, [.. Quarters(1, 2, 3, 4), Said("S1", new Value.Count(100, "Lap"))]);

        Assert.Equal(new Value.Count(107, "Lap"), made.Realization);
    }

    [Fact]
    public void Parts_that_cannot_be_summed_give_no_figure_and_say_why()
    {
        Assert.Equal(Marks.PartWithoutRatio, Half(new Value.Percent(50), new Value.Percent(null, 1, 2), Percent).Marks[^1]);
        Assert.Equal(Marks.KindsDiffer, Half(One, new Value.Percent(null, 1, 2), Count).Marks[^1]);
        Assert.Equal(Marks.KindsDiffer, Half(new Value.AkipGrade("B"), new Value.AkipGrade("B"), Grade).Marks[^1]);
        Assert.Equal(Marks.TooManyDigits, Half(new Value.Count(999_999_999_999_999, "Lap"), One, Count).Marks[^1]);
        Assert.Equal(new Value.Absent(Absence.NotApplicable),
            Half(new Value.Absent(Absence.NotApplicable), new Value.Absent(Absence.NotApplicable), Count).Realization);

        static Accumulated Half(Value first, Value second, Measure measure) =>
            Accumulated.Of(Period.Parse("2024-S1")!, [Said("T1", first), Said("T2", second)], Accumulation.Additive, measure)!;
    }

    [Fact]
    public void Any_year_is_what_the_oracle_makes_of_its_months()
    {
        var random = new Random(Seeds.Loop);
        for (var i = 0; i < Cases; i++)
        {
            var said = Any(random);
            var wholes = Period.Wholes(2024).Where(whole => said.Any(part => whole.Holds(Period.Parse(part.Period)!)));
            foreach (var whole in wholes)
            {
                foreach (var accumulation in Enum.GetValues<Accumulation>())
                {
                    var made = Accumulated.Of(whole, said, accumulation, Count);
                    var (value, level) = Oracle(whole, said, accumulation);
                    Assert.True(
                        made is not null && (made.Realization as Value.Count)?.Amount == value && made.Level == level,
                        $"seed {Seeds.Loop}, case {i}, {whole.Text} {accumulation}: {made} is not {value} {level} of {string.Join(", ", said.AsEnumerable())}");
                }
            }
        }
    }

    // Every month belongs to the coarsest report inside the period that holds it; a sum needs all twelve.
    private static (decimal? Value, SignOffLevel Level) Oracle(Period whole, List<Part> said, Accumulation accumulation)
    {
        var months = Enumerable.Range(1, 12).Where(month => First(whole.Text) <= month && month <= Last(whole.Text)).ToList();
        var owners = months.Select(month => said
            .Where(part => part.Period.Length > whole.Text.Length || (part.Period.Length == whole.Text.Length && Span(part.Period) < Span(whole.Text)))
            .Where(part => Span(part.Period) < Span(whole.Text) && First(part.Period) <= month && month <= Last(part.Period))
            .MaxBy(part => Span(part.Period))).ToList();
        var used = owners.Where(part => part is not null).Select(part => part!).Distinct().ToList();
        if (accumulation != Accumulation.Additive)
        {
            var last = used.LastOrDefault(part => part.Realization is Value.Count) ?? used[^1];
            return ((last.Realization as Value.Count)?.Amount, last.Level);
        }

        var isWhole = owners.All(part => part is not null) && used.All(part => part.Realization is not Value.Absent { State: Absence.Missing });
        var counts = used.Select(part => part.Realization).OfType<Value.Count>().ToList();
        return (isWhole && counts.Count > 0 ? counts.Sum(count => count.Amount) : null, used.Min(part => part.Level));
    }

    private static int Span(string period) => Last(period) - First(period) + 1;

    private static int Last(string period) => Period.Parse(period)!.LastDay.Month;

    private static int First(string period) => period.Length == 4 ? 1
        : period[5] switch { 'S' => Last(period) - 5, 'T' => Last(period) - 2, _ => Last(period) };

    private static List<Part> Any(Random random)
    {
        var all = Enumerable.Range(1, 2).Select(n => $"S{n}").Concat(Enumerable.Range(1, 4).Select(n => $"T{n}"))
            .Concat(Enumerable.Range(1, 12).Select(n => $"B{n:00}"));
        var share = random.Next(1, 10);
        return [.. all.Where(_ => random.Next(10) < share).DefaultIfEmpty("T1").Select(period => Said(period, random.Next(12) switch
        {
            0 => new Value.Absent(Absence.Missing),
            1 => new Value.Absent(Absence.NotApplicable),
            _ => new Value.Count(random.Next(100), "Lap"),
        }, (SignOffLevel)random.Next(-1, 5)))];
    }

    private static readonly Value One = new Value.Count(1, "Lap");

    private static Part[] Quarters(params int[] counts) => [.. counts.Select((count, i) => Said($"T{i + 1}", new Value.Count(count, "Lap")))];

    private static Accumulated Made(Accumulation accumulation, Measure measure, params Part[] said) => Accumulated.Of(Year, said, accumulation, measure)!;

    private static Part Said(string part, Value value, SignOffLevel level = SignOffLevel.Accepted, string policy = "2024.1") =>
        new($"2024-{part}", $"report-{part}", 1, 1, "sha256:0", level, false, value, policy);
}
