using System.Globalization;

namespace Kinerja.Api;

/// <summary>Writes for people: the words of a code, numbers and values in the notation of Indonesia or in English.</summary>
internal sealed record Writer(string Language)
{
    private static readonly NumberFormatInfo Indonesian = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    public string Say(string code, params (string Name, string Value)[] words) =>
        Texts.Of(code, Language, words.ToDictionary(word => word.Name, word => word.Value, StringComparer.Ordinal));

    public string Number(decimal number) => number.ToString("#,##0.##########",
        Language == Kinerja.Api.Language.Indonesian ? Indonesian : CultureInfo.InvariantCulture);

    /// <summary>A number inside a calculation: one below zero in brackets.</summary>
    public string Term(decimal? number) => number is not { } known ? "–" : known < 0 ? $"({Number(known)})" : Number(known);

    public string Value(Value value) => value switch
    {
        Value.Percent { Stated: { } percent } => $"{Number(percent)} %",
        Value.Percent { Numerator: { } part, Denominator: { } whole } => $"{Number(part)} / {Number(whole)}",
        Value.Count count => $"{Number(count.Amount)} {count.Unit}",
        Value.Index index => Number(index.Amount),
        Value.Band band => $"{Number(band.Low)}–{Number(band.High)}",
        Value.AkipGrade grade => grade.Grade,
        Value.BpkOpinion opinion => opinion.Opinion,
        _ => "–",
    };
}
