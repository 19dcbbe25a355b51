using System.Globalization;
using System.Numerics;

namespace Kinerja.Domain.Tests;

/// <summary>100.000 random cases against a second computation in whole numbers, written from the rules.</summary>
public sealed class OracleTests
{
    private static readonly string[] Grades = ["AA", "A", "BB", "B", "CC", "C", "D"];
    private static readonly string[] Opinions = ["WTP", "WTP-DPP", "WDP", "TW", "TMP"];
    private static readonly decimal[] Powers = [1, 10, 1_000, 100_000, 10_000_000, 1_000_000_000];
    private static readonly decimal?[] Caps = [null, 100, 120];

    [Fact]
    public void Random_capaian_equal_an_independent_computation_in_exact_fractions()
    {
        var random = new Random(Seeds.Loop);
        for (var i = 0; i < 100_000; i++)
        {
            var c = Case.Draw(random);
            var capaian = CapaianCalculator.Compute(c.Target, c.Realization, c.Measure, c.Policy);
            var actual = new Answer(capaian.Raw, capaian.Reported, capaian.Reached, capaian.Category);
            var expected = Oracle.Answer(c);
            Assert.True(
                expected == actual, $"KINERJA_SEED={Seeds.Loop} case {i}: {c}\nby rule {expected}\nwas {actual}");
        }
    }

    private sealed record Answer(decimal? Raw, decimal? Reported, bool? Reached, string? Category);

    private sealed record Case(Value? Target, Value Realization, Measure Measure, Policy Policy)
    {
        public static Case Draw(Random random)
        {
            var kind = Pick(random, Enum.GetValues<ValueKind>());
            var polarity = Pick(random, Enum.GetValues<Polarity>());
            var measure = Policies.Measure(
                kind, polarity, signed: random.Next(2) == 0, nothingToDoIsDone: random.Next(4) == 0);
            var target = random.Next(40) switch
            {
                0 => null,
                1 => new Value.Absent(Absence.Missing),
                2 => Any(random, Pick(random, Enum.GetValues<ValueKind>())),
                _ when polarity == Polarity.Range => Band(random),
                _ => Any(random, kind),
            };
            var realization = random.Next(20) switch
            {
                0 => new Value.Absent(Pick(random, Enum.GetValues<Absence>())),
                1 => Any(random, Pick(random, Enum.GetValues<ValueKind>())),
                2 => target is null or Value.Band or Value.Absent ? Any(random, kind) : target, // the tie R = T
                _ => Any(random, kind),
            };
            return new Case(target, realization, measure, Policies.Y2024 with { Cap = Pick(random, Caps) });
        }

        private static Value Any(Random random, ValueKind kind) => kind switch
        {
            ValueKind.Percent when random.Next(3) == 0 => Ratio(random),
            ValueKind.Percent => new Value.Percent(Number(random)),
            ValueKind.Count => new Value.Count(Number(random), "Kali"),
            ValueKind.Index => new Value.Index(Number(random)),
            ValueKind.AkipGrade => new Value.AkipGrade(Pick(random, Grades)),
            ValueKind.BpkOpinion => new Value.BpkOpinion(Pick(random, Opinions)),
        };

        private static Value.Percent Ratio(Random random)
        {
            var whole = random.Next(500);
            return new Value.Percent(null, random.Next(whole + 1), whole);
        }

        private static Value.Band Band(Random random)
        {
            var (one, other) = (Number(random), Number(random));
            return new Value.Band(Math.Min(one, other), Math.Max(one, other));
        }

        // Small whole numbers often (ties, zeros, equal values), long ones and negative ones sometimes.
        private static decimal Number(Random random)
        {
            var size = random.Next(4) switch
            {
                0 => random.Next(13),
                1 => random.Next(20001) / 100m,
                2 => random.Next(1_000_000) / 1000m,
                _ => random.NextInt64(1_000_000_000_000_000) / Powers[random.Next(Powers.Length)],
            };
            return random.Next(5) == 0 ? -size : size;
        }

        private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
    }

    private static class Oracle
    {
        public static Answer Answer(Case c)
        {
            var nothing = new Answer(null, null, null, null);
            var t = Recorded(c.Target, c.Measure);
            var r = Recorded(c.Realization, c.Measure);
            if (t.Name == "none" || r.Name == "none")
            {
                return nothing;
            }

            if (c.Measure.Kind == ValueKind.Index || t.Name == "index")
            {
                t = t.Name == "percent" ? t with { Name = "index" } : t;
                r = r.Name == "percent" ? r with { Name = "index" } : r;
            }

            var name = t.Name == "band" ? c.Measure.Kind.ToString().ToLowerInvariant() : t.Name;
            var ordered = r.Name is "akipgrade" or "bpkopinion";
            if (name != r.Name || ((t.Name == "band") != (c.Measure.Polarity == Polarity.Range) && !ordered)
                || (t.Name == "band" && ordered))
            {
                return nothing;
            }

            var polarity = ordered ? Polarity.Maximize : c.Measure.Polarity;
            var reached = polarity switch
            {
                Polarity.Maximize => r.One >= t.One,
                Polarity.Minimize => r.One <= t.One,
                Polarity.Exact => r.One == t.One,
                Polarity.Range => t.One <= r.One && r.One <= t.Two,
            };
            return Exact(polarity, t, r.One, reached) is { } exact && Round(exact) is { } raw
                ? Judge(raw, reached, c.Policy)
                : nothing with { Reached = reached };
        }

        private static Answer Judge(decimal raw, bool reached, Policy policy) => new(
            raw,
            raw < 0 ? 0 : policy.Cap is { } cap && raw > cap ? cap : raw,
            reached,
            raw > 100 ? "sangat-berhasil" : raw > 90 ? "berhasil" : raw > 70 ? "cukup-berhasil"
                : raw > 50 ? "kurang-berhasil" : "tidak-berhasil");

        private static Fraction? Exact(Polarity polarity, Operand target, Fraction r, bool reached)
        {
            var (t, high, hundred, zero) = (target.One, target.Two, Fraction.Of(100), Fraction.Of(0));
            var size = t < zero ? zero - t : t;
            var away = r < t ? t - r : r - t;
            return polarity switch
            {
                Polarity.Range when reached => hundred,
                Polarity.Range when t <= zero || high <= zero => zero,
                Polarity.Range when r < t => r / t * hundred,
                Polarity.Range => (high + high - r) / high * hundred,
                Polarity.Maximize when t == zero => r == t ? hundred : r > t ? null : zero,
                Polarity.Minimize when t == zero => r == t ? hundred : r < t ? null : zero,
                Polarity.Exact when t == zero => r == t ? hundred : zero,
                Polarity.Maximize when t > zero => r / t * hundred,
                Polarity.Minimize when t > zero => (t - (r - t)) / t * hundred,
                Polarity.Maximize => hundred + (r - t) / size * hundred,
                Polarity.Minimize => hundred - (r - t) / size * hundred,
                Polarity.Exact => (Fraction.Of(1) - away / size) * hundred,
                _ => throw new ArgumentOutOfRangeException(nameof(polarity)),
            };
        }

        private static Operand Recorded(Value? value, Measure measure) => value switch
        {
            Value.Percent { Denominator: 0, Numerator: 0 } when measure.Traits.NothingToDoIsDone =>
                Number("percent", 100),
            Value.Percent { Denominator: 0, Numerator: 0 } => new Operand("none"),
            Value.Percent { Stated: { } stated } => Number("percent", stated),
            Value.Percent { Numerator: { } part, Denominator: { } whole } => Number(
                "percent", Round(Fraction.Of(part) / Fraction.Of(whole) * Fraction.Of(100))!.Value),
            Value.Count count => Number("count", count.Amount),
            Value.Index index => Number("index", index.Amount),
            Value.Band band => new Operand("band", Fraction.Of(band.Low), Fraction.Of(band.High)),
            Value.AkipGrade grade => Number("akipgrade", grade.Grade switch
            {
                "AA" => 4m,
                "A" => 3m,
                "BB" => 2m,
                "B" => 1m,
                "CC" => 0.5m,
                "C" => 0.25m,
                _ => 0m,
            }),
            Value.BpkOpinion opinion => Number("bpkopinion", opinion.Opinion switch
            {
                "WTP" => 1m,
                "WTP-DPP" => 0.75m,
                "WDP" => 0.5m,
                _ => 0m,
            }),
            _ => new Operand("none"),
        };

        private static Operand Number(string name, decimal number) => new(name, Fraction.Of(number));

        // Hundredths, half away from zero, in whole numbers; none when the figure has more than 15 digits.
        private static decimal? Round(Fraction x)
        {
            var (size, sign) = (BigInteger.Abs(x.N), x.N.Sign);
            var hundredths = (size * 200 + x.D) / (2 * x.D);
            var digits = hundredths % 100 == 0 ? hundredths / 100 : hundredths % 10 == 0 ? hundredths / 10 : hundredths;
            return digits >= BigInteger.Pow(10, 15) ? null : sign * (decimal)hundredths / 100;
        }
    }

    private sealed record Operand(string Name, Fraction One = default, Fraction Two = default);

    private readonly record struct Fraction(BigInteger N, BigInteger D)
    {
        public static Fraction Of(decimal x)
        {
            var digits = BigInteger.Parse(
                x.ToString(CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal),
                CultureInfo.InvariantCulture);
            return Reduced(digits, BigInteger.Pow(10, x.Scale));
        }

        public static Fraction operator +(Fraction a, Fraction b) => Reduced(a.N * b.D + b.N * a.D, a.D * b.D);

        public static Fraction operator -(Fraction a, Fraction b) => Reduced(a.N * b.D - b.N * a.D, a.D * b.D);

        public static Fraction operator *(Fraction a, Fraction b) => Reduced(a.N * b.N, a.D * b.D);

        public static Fraction operator /(Fraction a, Fraction b) => Reduced(a.N * b.D, a.D * b.N);

        public static bool operator <(Fraction a, Fraction b) => a.N * b.D < b.N * a.D;

        public static bool operator >(Fraction a, Fraction b) => b < a;

        public static bool operator <=(Fraction a, Fraction b) => !(b < a);

        public static bool operator >=(Fraction a, Fraction b) => !(a < b);

        private static Fraction Reduced(BigInteger n, BigInteger d)
        {
            var common = BigInteger.GreatestCommonDivisor(n, d) * d.Sign;
            return new Fraction(n / common, d / common);
        }
    }
}
