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

/// <summary>What is remembered of a file that was applied to a database.</summary>
internal sealed record AppliedFile(string Name, string Checksum);

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

    /// <summary>By what the functions are remembered, all together.</summary>
    public AppliedFile MarkOfFunctions
    {
        get
        {
            var all = new SqlFile(FunctionFolder, string.Concat(Functions.Select(file => file.Checksum))).Checksum;
            return new AppliedFile(FunctionFolder + all, all);
        }
    }

    /// <summary>Whether a database can serve this build: it has all its steps, and had its functions. A later build's steps and
    /// functions do not hinder, so that the instances of this one serve on until those of the later one have taken over.</summary>
    /// <param name="applied">What was applied, in its order.</param>
    public bool IsServedBy(IReadOnlyList<AppliedFile> applied) => !Missing(applied).Any() && applied.Contains(MarkOfFunctions);

    /// <summary>Why it cannot be brought to this shape; none when it can.</summary>
    public string? WhyNot(IReadOnlyList<AppliedFile> applied)
    {
        var unknown = applied.Select(file => file.Name).Where(name => !IsFunctions(name)).Except(Steps.Select(step => step.Name)).ToList();
        if (unknown.Count > 0)
        {
            return $"""
                This database was made by another build: it holds steps that this one does not know ({string.Join(", ", unknown)}).
                Nothing was changed. A later build can go on with it; one made before the first release cannot be carried over,
                and this build needs an empty database.
                """;
        }

        return Steps.FirstOrDefault(step => applied.Any(file => file.Name == step.Name && file.Checksum != step.Checksum)) is { } changed
            ? $"Step {changed.Name} was applied in another form. Nothing was changed. Add a new step instead of changing an old one."
            : null;
    }

    /// <summary>The steps that are still to be applied.</summary>
    public IEnumerable<SqlFile> Missing(IReadOnlyList<AppliedFile> applied) =>
        Steps.Where(step => !applied.Contains(new AppliedFile(step.Name, step.Checksum)));

    /// <summary>Whether the functions applied last are others.</summary>
    public bool HasOtherFunctions(IReadOnlyList<AppliedFile> applied) =>
        applied.LastOrDefault(file => IsFunctions(file.Name)) != MarkOfFunctions;

    private static bool IsFunctions(string name) => name.StartsWith(FunctionFolder, StringComparison.Ordinal);

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
