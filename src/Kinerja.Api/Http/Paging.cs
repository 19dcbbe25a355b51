using System.Buffers.Text;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;

namespace Kinerja.Api;

/// <summary>One page of a list, in the order of its keys, so that inserts cause neither skips nor doubles.</summary>
/// <param name="Items">The rows.</param>
/// <param name="NextPageToken">Asks for the next page; null on the last.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextPageToken);

/// <summary>Which page is asked for. A token is opaque, names the last key seen, and holds only for the list and the
/// filters it was given out for.</summary>
internal sealed record Paging(int Size, string? After, string List, Fields Fields) : IEndpointParameterMetadataProvider
{
    private const int Usual = 50;
    private const int Most = 500;

    public static ValueTask<Paging?> BindAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var size = Usual;
        if (query["pageSize"].ToString() is { Length: > 0 } asked
            && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size == 0))
        {
            throw new BadRequest(400, [Fault.At("", "bad-page-size", ("most", $"{Most}"))]);
        }

        // What is asked for, without where in it: a token of another list or filter is refused.
        var list = http.Request.Path + string.Concat(query
            .Where(q => q.Key is not ("pageSize" or "pageToken")).OrderBy(q => q.Key, StringComparer.Ordinal).Select(q => $"&{q}"));
        string? after = null;
        if (query["pageToken"].ToString() is { Length: > 0 } token)
        {
            try
            {
                after = JsonSerializer.Deserialize<string?[]>(Base64Url.DecodeFromChars(token)) is [var mine, { } key]
                    && mine == list && !key.Contains('\0', StringComparison.Ordinal) ? key : throw new FormatException();
            }
            catch (Exception bad) when (bad is FormatException or JsonException)
            {
                throw BadToken();
            }
        }

        return ValueTask.FromResult<Paging?>(new Paging(Math.Min(size, Most), after, list, Fields.Of(http)));
    }

    /// <summary>The last key seen of a list whose keys are numbers; none on the first page.</summary>
    /// <param name="most">The largest number that a key can be.</param>
    public long? AfterNumber(long most = long.MaxValue) => After is null ? null
        : long.TryParse(After, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number
        : throw BadToken();

    private static BadRequest BadToken() => new(400, [Fault.At("", "bad-page-token")]);

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new TakesQuery("pageSize", "How many rows, 1 to 500; a larger number gives 500.", "50", Schema: QuerySchema.Whole(1)));
        builder.Metadata.Add(new TakesQuery("pageToken", "Where to go on: nextPageToken of the page before.", "WyIvdjEvc2F0a2VyIiwiMTEiXQ"));
        if (builder.Metadata.OfType<HttpMethodMetadata>().Any(method => method.HttpMethods.Contains(HttpMethods.Get))) // A preview is no list.
        {
            builder.Metadata.Add(Fields.Taken("Only these members of each row, by dotted names.", "satker,state"));
        }
    }

    /// <summary>The page from rows of which one more was read than fits.</summary>
    public IResult Answer<T>(HttpContext http, List<T> rows, Func<T, string> key) => Answer(http, rows, key, row => row);

    /// <inheritdoc cref="Answer{T}(HttpContext, List{T}, Func{T, string})"/>
    public IResult Answer<T, TItem>(HttpContext http, List<T> rows, Func<T, string> key, Func<T, TItem> item)
    {
        var next = Next(http, rows, key);
        return Answer(new Page<TItem>([.. rows.Select(item)], next));
    }

    /// <summary>A page that was made, with the chosen members of its rows.</summary>
    public IResult Answer<TItem>(Page<TItem> page)
    {
        Fields.MustBeOf(typeof(TItem));
        var found = Found.Computed(page);
        found = Fields.All ? found : Found.Of(Fields.OfRows().Select(found.Body));
        return page.Items.Count > 0 ? found : new Nothing(found);
    }

    /// <summary>Leaves as many rows as a page has, and says where the next one begins; none on the last page.</summary>
    public string? Next<T>(HttpContext http, List<T> rows, Func<T, string> key)
    {
        if (rows.Count <= Size)
        {
            return null;
        }

        rows.RemoveRange(Size, rows.Count - Size);
        return Next(http, key(rows[^1]));
    }

    /// <summary>Says that the next page begins after a key, although this one may not be full.</summary>
    public string Next(HttpContext http, string key)
    {
        var next = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new[] { List, key })));
        var others = string.Concat(http.Request.Query.Where(q => q.Key != "pageToken")
            .Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value.ToString())}&"));
        http.Response.Headers.Link = $"<{http.Request.PathBase}{http.Request.Path}?{others}pageToken={next}>; rel=\"next\"";
        return next;
    }

    /// <summary>A page without rows. Of an office that is not the caller's to see there is no list, empty or not; asked only here,
    /// so that a list with rows costs no question more.</summary>
    private sealed record Nothing(Found List) : IResult
    {
        public async Task ExecuteAsync(HttpContext http)
        {
            var answer = http.Request.RouteValues["satker"] is not string satker
                || http.GetEndpoint()!.Metadata.GetMetadata<IAuthorizeData>() is null
                || await Offices.IsVisible(
                    http.RequestServices.GetRequiredService<Database>(), Caller.Of(http.User), satker, Year(http), http.RequestAborted)
                ? List : Problems.NotFound();
            await answer.ExecuteAsync(http);
        }

        private static int? Year(HttpContext http) =>
            int.TryParse($"{http.Request.RouteValues["year"] ?? http.Request.Query["year"]}", CultureInfo.InvariantCulture, out var year) ? year : null;
    }
}
