using System.Globalization;

namespace Kinerja.Benchmarks;

/// <summary>Words of the command line: <c>--name value</c>, or <c>--name</c> alone for yes.</summary>
internal sealed record Options(IReadOnlyDictionary<string, string> Words)
{
    public static Options Read(IEnumerable<string> args)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        string? name = null;
        foreach (var arg in args)
        {
            if (arg.StartsWith("--", StringComparison.Ordinal))
            {
                words[name = arg[2..]] = "yes";
            }
            else
            {
                words[name ?? throw new ArgumentException($"{arg} belongs to no option.")] = arg;
                name = null;
            }
        }

        return new Options(words);
    }

    public static string Required(string variable) => Environment.GetEnvironmentVariable(variable)
        ?? throw new ArgumentException($"{variable} is not set.");

    /// <summary>The folder of offices, units and policies: the API's own, unless another is named.</summary>
    public string Reference => Text("reference") ?? Path.Combine(AppContext.BaseDirectory, "Reference");

    public string? Text(string name) => Words.GetValueOrDefault(name);

    public bool Has(string name) => Words.ContainsKey(name);

    public int Number(string name, int otherwise) =>
        Text(name) is { } text ? int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>The plan of a country: --seed --offices --depth --year --years --rhythm --levels --indicators --lines
    /// --drafts --moves.</summary>
    public Plan Plan()
    {
        var usual = new Plan();
        return new Plan(
            Text("seed") is { } seed ? ulong.Parse(seed, CultureInfo.InvariantCulture) : usual.Seed,
            Number("offices", 553) is var offices && offices == 553 ? null : offices,
            Number("depth", usual.Depth), Number("year", usual.FirstYear), Number("years", usual.Years),
            Text("rhythm") is { } rhythm ? Enum.Parse<Rhythm>(rhythm, ignoreCase: true) : usual.Periods,
            Text("levels")?.Split(',').Select(level => Enum.Parse<AgreementLevel>(level, ignoreCase: true)).ToList(),
            Number("indicators", usual.Indicators), Number("lines", usual.Lines), Number("drafts", usual.Drafts),
            Number("moves", usual.Moves));
    }
}
