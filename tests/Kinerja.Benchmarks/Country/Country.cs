namespace Kinerja.Benchmarks;

/// <summary>A made country: its offices, what each year is measured by, and who holds which post.</summary>
internal sealed class Country
{
    private static readonly DateOnly Appointed = new(2020, 1, 2);
    private readonly Dictionary<string, Office> byCode;
    private readonly HashSet<string> parents;

    /// <param name="plan">What is wanted.</param>
    /// <param name="folder">The reference data: offices, units, policies.</param>
    public Country(Plan plan, string folder)
    {
        Plan = plan;
        Offices = OfficeTree.Of(plan, folder);
        byCode = Offices.ToDictionary(office => office.Code, StringComparer.Ordinal);
        parents = [.. Offices.SelectMany(office => office.Parents).Select(fact => fact.Parent).OfType<string>()];
        var pattern = Loader.ReadPolicies(folder).First();
        Catalogues = Enumerable.Range(plan.FirstYear, plan.Years)
            .ToDictionary(year => year, year => Indicators.Of(plan, pattern, year));
    }

    public Plan Plan { get; }

    public IReadOnlyList<Office> Offices { get; }

    public IReadOnlyDictionary<int, Catalogue> Catalogues { get; }

    /// <summary>When the country was set up: before anything it tells of.</summary>
    public DateTimeOffset Founded => new(Plan.FirstYear, 1, 2, 1, 0, 0, TimeSpan.Zero);

    public Office Find(string code) => byCode[code];

    public bool IsParent(Office office) => parents.Contains(office.Code);

    public static string? ParentOf(Office office, DateTimeOffset at) =>
        office.Parents.First(fact => fact.Holds(DateOnly.FromDateTime(at.UtcDateTime))).Parent;

    /// <summary>Everybody who holds a post of an office. Every post is another person's, named like the post.</summary>
    public IEnumerable<Posting> Postings(Office office)
    {
        var codes = office.Units.Select(unit => unit.Code).Append(Post.Operator);
        codes = IsParent(office) ? codes.Append(Post.Verifikator) : codes;
        codes = office.Code == Kinerja.Api.Offices.Ri ? codes.Append(Post.CatalogueAdministrator) : codes;
        return codes.Select(code => new Post(office.Code, code)).Select(post => new Posting(
            post.Code, $"{post}", CapacityOf(post), DecreeOf(post), Appointed));
    }

    /// <summary>A few posts are held by others for their holders.</summary>
    public Capacity CapacityOf(Post post) => new Dice(Plan.Seed, $"{post}/capacity").Below(40) switch
    {
        0 or 1 => Capacity.Plt,
        _ => Capacity.Definitive,
    };

    /// <summary>The only holder of a post, as an act finds him.</summary>
    public Holder HolderOf(Post post) => new(
        post, $"{post}", CapacityOf(post), CapacityOf(post) == Capacity.Definitive ? null : DecreeOf(post));

    private string DecreeOf(Post post) => $"SK {new Dice(Plan.Seed, $"{post}/sk").Between(1, 999)}/2020";
}
