using System.Security.Cryptography;
using System.Text;

namespace Kinerja.Api;

/// <summary>A file of SQL.</summary>
/// <param name="Name">Its name, by which it is remembered once it is applied.</param>
/// <param name="Sql">What it says.</param>
internal sealed record SqlFile(string Name, string Sql)
{
    /// <summary>SHA-256 of what it says.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));
}

/// <summary>The shape a build expects of the database.</summary>
/// <param name="Steps">Tables, policies and grants, in numbered steps: each is applied once and never changed.</param>
/// <param name="Functions">Every function as it is in force, in order of dependency. A changed body is put in the place of the
/// one before; what a function takes or gives back changes only after a step has dropped it.</param>
internal sealed record Schema(IReadOnlyList<SqlFile> Steps, IReadOnlyList<SqlFile> Functions)
{
    private const string StepFolder = "steps/";
    private const string FunctionFolder = "functions/";

    /// <summary>The shape this build expects.</summary>
    public static Schema OfThisBuild { get; } = new(
        [.. Files(StepFolder).Select(file => file with { Name = file.Name[StepFolder.Length..] })], [.. Files(FunctionFolder)]);

    /// <summary>Whether a database of these applied files, checksums by name, is of exactly this shape.</summary>
    public bool Is(IReadOnlyDictionary<string, string> applied) =>
        applied.Count == Steps.Count + Functions.Count && Steps.Concat(Functions).All(file => IsApplied(file, applied));

    /// <summary>Why it cannot be brought to this shape; none when it can.</summary>
    public string? WhyNot(IReadOnlyDictionary<string, string> applied)
    {
        var unknown = applied.Keys.Where(name => !IsFunctions(name)).Except(Steps.Select(step => step.Name)).Order(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            return $"""
                This database was made by another build: it holds steps that this one does not know ({string.Join(", ", unknown)}).
                Nothing was changed. A later build can go on with it; one made before the first release cannot be carried over,
                and this build needs an empty database.
                """;
        }

        return Steps.FirstOrDefault(step => applied.ContainsKey(step.Name) && !IsApplied(step, applied)) is { } changed
            ? $"Step {changed.Name} was applied in another form. Nothing was changed. Add a new step instead of changing an old one."
            : null;
    }

    /// <summary>The steps that are still to be applied.</summary>
    public IEnumerable<SqlFile> Missing(IReadOnlyDictionary<string, string> applied) => Steps.Where(step => !applied.ContainsKey(step.Name));

    /// <summary>Whether the functions are others than the applied ones.</summary>
    public bool HasOtherFunctions(IReadOnlyDictionary<string, string> applied) =>
        applied.Keys.Count(IsFunctions) != Functions.Count || !Functions.All(file => IsApplied(file, applied));

    /// <summary>Whether an applied file holds functions.</summary>
    public static bool IsFunctions(string name) => name.StartsWith(FunctionFolder, StringComparison.Ordinal);

    private static bool IsApplied(SqlFile file, IReadOnlyDictionary<string, string> applied) =>
        applied.GetValueOrDefault(file.Name) == file.Checksum;

    private static IEnumerable<SqlFile> Files(string folder)
    {
        var assembly = typeof(Schema).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                     .Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new SqlFile(name, reader.ReadToEnd());
        }
    }
}
