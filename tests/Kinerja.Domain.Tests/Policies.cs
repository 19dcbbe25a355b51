namespace Kinerja.Domain.Tests;

internal static class Policies
{
    public static readonly Policy Y2024 = new(
        Version: "2024.1",
        Year: 2024,
        Floor: 0,
        Cap: null,
        Categories:
        [
            new("sangat-berhasil", 100), new("berhasil", 90), new("cukup-berhasil", 70), new("kurang-berhasil", 50),
            new("tidak-berhasil", null),
        ],
        AkipPoints: new Dictionary<string, decimal>
        {
            ["AA"] = 4,
            ["A"] = 3,
            ["BB"] = 2,
            ["B"] = 1,
            ["CC"] = 0.5m,
            ["C"] = 0.25m,
            ["D"] = 0,
        },
        BpkPoints: new Dictionary<string, decimal>
        {
            ["WTP"] = 1,
            ["WTP-DPP"] = 0.75m,
            ["WDP"] = 0.5m,
            ["TW"] = 0,
            ["TMP"] = 0,
        });

    public static Measure Measure(
        ValueKind kind,
        Polarity polarity = Polarity.Maximize,
        bool signed = false,
        bool unbounded = false,
        bool nothingToDoIsDone = false) => new(kind, polarity, new(signed, unbounded, nothingToDoIsDone));
}
