using Microsoft.Net.Http.Headers;

namespace Kinerja.Api;

/// <summary>Indonesian unless the reader prefers English.</summary>
internal static class Language
{
    public const string Indonesian = "id";
    public const string English = "en";

    /// <summary>The language of the reader; the answer says that it depends on it, once.</summary>
    public static string Of(HttpContext http)
    {
        if (!http.Response.Headers.Vary.Contains(HeaderNames.AcceptLanguage))
        {
            http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        }

        var wanted = http.Request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality != 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(language => language is Indonesian or English);
        return wanted ?? Indonesian;
    }
}
