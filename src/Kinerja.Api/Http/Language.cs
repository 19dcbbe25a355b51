namespace Kinerja.Api;

/// <summary>Indonesian unless the reader prefers English; every answer says that it depends on it (<see cref="Pipeline"/>).</summary>
internal static class Language
{
    public const string Indonesian = "id";
    public const string English = "en";

    /// <summary>The language of the reader; every answer says that it depends on it (<c>Vary</c>).</summary>
    public static string Of(HttpContext http)
    {
        var wanted = http.Request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality != 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(language => language is Indonesian or English);
        return wanted ?? Indonesian;
    }
}
