using System.Text.Json;
using Npgsql;

namespace Kinerja.Api;

/// <summary>Columns of a row that may be null, and columns of JSON.</summary>
internal static class RowReading
{
    /// <summary>A text, or null.</summary>
    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>A number, a day or an instant, or null.</summary>
    public static T? ValueOrNull<T>(this NpgsqlDataReader row, int column)
        where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    /// <summary>Bytes, or null.</summary>
    public static byte[]? BytesOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    /// <summary>A part of a document.</summary>
    public static T Json<T>(this NpgsqlDataReader row, int column) =>
        JsonSerializer.Deserialize<T>(row.GetFieldValue<byte[]>(column), Kinerja.Api.Json.Documents)!;

    /// <summary>A part of a document, or null.</summary>
    public static T? JsonOrNull<T>(this NpgsqlDataReader row, int column)
        where T : class => row.IsDBNull(column) ? null : row.Json<T>(column);
}
