namespace Kinerja.Domain;

/// <summary>The judgement of a figure in words.</summary>
public static class Categories
{
    /// <summary>
    /// The category of a rounded figure that floor and cap have not touched: the first band it lies above. None when
    /// the policy has no band for it.
    /// </summary>
    public static string? Of(decimal figure, Policy policy) =>
        policy.Categories.FirstOrDefault(band => band.Above is null || figure > band.Above)?.Category;
}
