using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Kinerja.Benchmarks;

/// <summary>One document as its bytes, and a page of them.</summary>
internal static class TwinDocuments
{
    private const int PageSize = 50;
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Map(WebApplication app, TwinHost host)
    {
        app.MapGet("/v1/satker/{satker}/realizations/{id}", async (HttpContext http, string satker, string id) =>
        {
            var (version, body) = await host.Ask(host.Subject(http), new Sql(
                "select version, body from document where kind = 'realization' and satker = $1 and id = $2", satker, id),
                async rows => await rows.ReadAsync() ? (rows.GetInt32(0), rows.GetFieldValue<byte[]>(1)) : (0, []));
            await TwinHost.Answer(http, body, $"\"{version}\"");
        });
        app.MapGet("/v1/satker/{satker}/realizations/", (HttpContext http, string satker) => List(host, http, satker));
    }

    private static async Task List(TwinHost host, HttpContext http, string satker)
    {
        var body = await host.Ask(host.Subject(http), new Sql("""
            select id, version, year, unit, period, state, content_hash, created_at, recorded_at, returns, late from document
            where kind = 'realization' and satker = $1 order by id limit 51
            """, satker), rows => Page(rows, satker, http.Request.Path));
        await TwinHost.Answer(http, body, "\"page\"");
    }

    private static async Task<byte[]> Page(NpgsqlDataReader rows, string satker, string path)
    {
        var buffer = new ArrayBufferWriter<byte>(16_384);
        await using var json = new Utf8JsonWriter(buffer, Relaxed);
        json.WriteStartObject();
        json.WriteStartArray("items");
        var (count, last) = (0, "");
        while (await rows.ReadAsync() && count++ < PageSize)
        {
            json.WriteStartObject();
            json.WriteString("kind", "realization");
            json.WriteString("satker", satker);
            json.WriteString("id", last = rows.GetString(0));
            json.WriteNumber("version", rows.GetInt32(1));
            json.WriteNumber("year", rows.GetInt32(2));
            json.WriteString("unit", rows.GetString(3));
            json.WriteString("period", rows.GetString(4));
            json.WriteString("state", rows.GetString(5));
            json.WriteString("contentHash", rows.GetString(6));
            json.WriteString("createdAt", rows.GetFieldValue<DateTimeOffset>(7).UtcDateTime);
            json.WriteString("recordedAt", rows.GetFieldValue<DateTimeOffset>(8).UtcDateTime);
            json.WriteNumber("returns", rows.GetInt32(9));
            json.WriteBoolean("late", rows.GetBoolean(10));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("nextPageToken", count <= PageSize ? null
            : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new[] { path, last }))));
        json.WriteEndObject();
        await json.FlushAsync();
        return buffer.WrittenSpan.ToArray();
    }
}
