using System.ComponentModel.DataAnnotations;

namespace Kinerja.Domain;

/// <summary>The realization report of one unit for one period: the thing that is signed.</summary>
/// <param name="Year">The year of the agreement it reports on.</param>
/// <param name="Period">The period: <c>2024</c>, <c>2024-S1</c>, <c>2024-T3</c>, <c>2024-B11</c>.</param>
/// <param name="Unit">The code of the unit that reports.</param>
/// <param name="Entries">What was reached, line by line of the agreement.</param>
/// <param name="Remark">A remark that is part of the document.</param>
public sealed record Realization(
    [property: Range(2000, 2100)] int Year,
    [property: StringLength(10, MinimumLength = 4)] string Period,
    [property: StringLength(40, MinimumLength = 1)] string Unit,
    [property: Length(0, 200)] IReadOnlyList<RealizationEntry> Entries,
    [property: StringLength(500)] string? Remark = null);

/// <summary>What was reached of one line of the agreement.</summary>
/// <param name="Line">The number of the agreement's line.</param>
/// <param name="Indicator">The code of the line's indicator.</param>
/// <param name="Result">What was reached, or why there is nothing.</param>
/// <param name="CarriedFrom">The year in which a carried-over value was measured.</param>
/// <param name="TakenOverFrom">The published document a value was copied from, without its signatures.</param>
/// <param name="Supporting">Faktor pendukung.</param>
/// <param name="Obstacles">Hambatan.</param>
/// <param name="FollowUp">Tindak lanjut.</param>
/// <param name="Published">Another capaian than the computed one, which the unit proposes to publish.</param>
/// <param name="Derivation">What a derived result is computed from; written by the service.</param>
/// <param name="Given">The roll-up of the office above that a given result cites; written by the service.</param>
/// <param name="Evidence">The files it rests on, which the office has added before.</param>
public sealed record RealizationEntry(
    [property: RegularExpression(AgreementLine.NoPattern)] string Line,
    [property: RegularExpression(Kinerja.Domain.Indicator.CodePattern)] string Indicator,
    Value Result,
    [property: Range(2000, 2100)] int? CarriedFrom = null,
    [property: StringLength(500, MinimumLength = 1)] string? TakenOverFrom = null,
    [property: StringLength(5000)] string? Supporting = null,
    [property: StringLength(5000)] string? Obstacles = null,
    [property: StringLength(5000)] string? FollowUp = null,
    PublishedFigure? Published = null,
    Derivation? Derivation = null,
    GivenFigure? Given = null,
    [property: Length(0, 20)] IReadOnlyList<EvidenceReference>? Evidence = null);

/// <summary>An override: the capaian that an office publishes instead of the computed one. Proposed in the draft, it counts
/// once the report is approved.</summary>
/// <param name="Figure">The figure, in percent; the cap of the year applies.</param>
/// <param name="Reason">Why; an override without a reason is refused.</param>
public sealed record PublishedFigure(
    [property: Range(-1_000_000, 1_000_000)] decimal Figure, [property: StringLength(2000)] string? Reason = null);
