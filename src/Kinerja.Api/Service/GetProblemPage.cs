using System.Net;

namespace Kinerja.Api;

internal static class GetProblemPage
{
    public static void Map(RouteGroupBuilder service) => service.MapGet("/problems/{code}", Handle)
        .Describe("GetProblemPage", "Explains the code of a problem.").Produces<string>(200, "text/html").Problems(404);

    private static IResult Handle(HttpContext http, string code)
    {
        if (!Texts.Known(code))
        {
            return Problems.NotFound();
        }

        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        var safe = WebUtility.HtmlEncode(code);
        return Results.Text($$"""
            <!doctype html>
            <html lang="id">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>{{safe}} · Kinerja API</title>
            <style>body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}code{font-size:1.2rem}</style>
            <h1><code>{{safe}}</code></h1>
            <p>{{WebUtility.HtmlEncode(Texts.Of(code, Language.Indonesian))}}</p>
            <p lang="en">{{WebUtility.HtmlEncode(Texts.Of(code, Language.English))}}</p>
            </html>
            """, "text/html; charset=utf-8");
    }
}
