using System.ComponentModel.DataAnnotations;

namespace Kinerja.Domain;

/// <summary>
/// Perjanjian Kinerja: what the head of a unit promises the head of the unit above for one year. This is the content
/// that signatures cover.
/// </summary>
/// <param name="Year">The year it is for.</param>
/// <param name="Unit">The code of the unit whose head promises.</param>
/// <param name="Date">The document's own date.</param>
/// <param name="Lines">What is promised.</param>
/// <param name="Budgets">The money behind it, per program, kegiatan or RO.</param>
/// <param name="Remark">A remark that is part of the document.</param>
/// <param name="Amends">The agreement it takes the place of once it is in force, and on which ground.</param>
public sealed record Agreement(
    [property: Range(Period.FirstYear, Period.LastYear)] int Year,
    [property: StringLength(40, MinimumLength = 1)] string Unit,
    DateOnly Date,
    [property: Length(1, 200)] IReadOnlyList<AgreementLine> Lines,
    [property: Length(0, 200)] IReadOnlyList<AgreementBudget>? Budgets = null,
    [property: StringLength(500)] string? Remark = null,
    Amendment? Amends = null);

/// <summary>Which agreement is amended, and why.</summary>
/// <param name="Agreement">The agreement in force that is amended.</param>
/// <param name="Ground">The lawful ground.</param>
/// <param name="Words">The ground in words.</param>
public sealed record Amendment(
    [property: StringLength(40, MinimumLength = 1)] string Agreement,
    AmendmentGround Ground,
    [property: StringLength(2000, MinimumLength = 1)] string Words);

/// <summary>An agreement whose place another takes: the one it amends, or an earlier one of its unit and year that was
/// revoked.</summary>
/// <param name="From">From when it binds.</param>
/// <param name="LastSubmitted">The last period for which a report measured by it has been submitted, in whatever round; none when
/// there is no such report.</param>
public sealed record ReplacedAgreement(DateOnly From, Period? LastSubmitted);

/// <summary>The three grounds on which an agreement may be amended.</summary>
public enum AmendmentGround
{
    /// <summary>Another official holds the post of a party.</summary>
    ChangeOfOfficial,

    /// <summary>The strategy, the program or the budget has changed.</summary>
    ChangeOfStrategy,

    /// <summary>A priority or an assumption has changed.</summary>
    ChangeOfPriority,
}

/// <summary>One line: sasaran, indicator, target.</summary>
/// <param name="No">The number of the line in its document; unique in it.</param>
/// <param name="Sasaran">The objective the line serves.</param>
/// <param name="Wording">The indicator in the office's own words.</param>
/// <param name="Indicator">The code of the indicator the line stands for: the catalogue's, or the office's own.</param>
/// <param name="Target">What is to be reached in the year.</param>
/// <param name="PeriodTargets">What is to be reached in parts of the year, where that is stated.</param>
/// <param name="Executors">Pelaksana: who below carries the line.</param>
/// <param name="DerivedFrom">The units of whose agreements a derived indicator counts the targets reached.</param>
public sealed record AgreementLine(
    [property: RegularExpression(AgreementLine.NoPattern)] string No,
    [property: StringLength(1000, MinimumLength = 1)] string Sasaran,
    [property: StringLength(1000, MinimumLength = 1)] string Wording,
    [property: RegularExpression(Kinerja.Domain.Indicator.CodePattern)] string Indicator,
    Value Target,
    [property: Length(0, 18)] IReadOnlyList<PeriodTarget>? PeriodTargets = null,
    [property: Length(0, 50)] IReadOnlyList<Executor>? Executors = null,
    [property: Length(0, 50)] IReadOnlyList<string>? DerivedFrom = null)
{
    /// <summary>How lines are numbered: 2, 3a, 1.2.</summary>
    public const string NoPattern = "^[0-9A-Za-z][0-9A-Za-z.-]{0,9}$";

    /// <summary>The target stated for a part of the year; none where only the year's is.</summary>
    public Value? StatedFor(string period) => PeriodTargets?.FirstOrDefault(part => part.Period == period)?.Target;
}

/// <summary>What is to be reached in a part of the year.</summary>
/// <param name="Period">The part: <c>2024-S1</c>, <c>2024-T3</c>, <c>2024-B11</c>.</param>
/// <param name="Target">The target.</param>
public sealed record PeriodTarget([property: StringLength(10, MinimumLength = 4)] string Period, Value Target);

/// <summary>Who carries a line: a unit below, or a commissioners' divisi, which stands beside the tree of units.</summary>
/// <param name="Unit">The code of the unit.</param>
/// <param name="Division">The name of the divisi, where it is one.</param>
public sealed record Executor(
    [property: StringLength(40, MinimumLength = 1)] string? Unit = null,
    [property: StringLength(200, MinimumLength = 1)] string? Division = null);

/// <summary>Money behind an agreement.</summary>
/// <param name="Code">The code of the program, kegiatan or RO: <c>076.01.CQ</c>, <c>6709</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Pagu">Whole rupiah, below 10^15.</param>
/// <param name="Details">Rincian: what the budget is for, where the document states it; codes are seldom printed there.</param>
public sealed record AgreementBudget(
    [property: StringLength(40, MinimumLength = 1)] string Code,
    [property: StringLength(500, MinimumLength = 1)] string Name,
    [property: Rupiah] long Pagu,
    [property: Length(0, 500)] IReadOnlyList<BudgetDetail>? Details = null);

/// <summary>One rincian of a budget.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Pagu">Whole rupiah, below 10^15.</param>
public sealed record BudgetDetail([property: StringLength(500, MinimumLength = 1)] string Name, [property: Rupiah] long Pagu);
