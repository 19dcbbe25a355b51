namespace Kinerja.Api;

/// <summary>An answer to a read: bytes as they are, with their tag; 304 when the reader has them.</summary>
internal sealed record Found(byte[] Body, string ETag) : IResult
{
    /// <summary>A computed answer, tagged by its own bytes.</summary>
    public static Found Computed<T>(T answer) => Of(Json.Bytes(answer));

    /// <summary>The same from its bytes.</summary>
    public static Found Of(byte[] body) => new(body, Kinerja.Api.ETag.OfBytes(body));

    public Task ExecuteAsync(HttpContext http)
    {
        http.Response.Headers.ETag = ETag;
        http.Response.Headers.CacheControl = "private, no-cache";
        if (Kinerja.Api.ETag.Matches(http.Request, ETag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Body.Length;
        return http.Response.Body.WriteAsync(Body, http.RequestAborted).AsTask();
    }
}
