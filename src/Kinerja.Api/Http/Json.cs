using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinerja.Api;

/// <summary>How JSON is read and written: strict in, exact out.</summary>
internal static class Json
{
    /// <summary>Bodies that come in: nothing unknown, nothing left out that is required.</summary>
    public static JsonSerializerOptions Incoming { get; } = Make(JsonIgnoreCondition.Never, strict: true);

    /// <summary>Documents, in the store and out of it: absent optional members are left out, so that a member added to
    /// the contract later does not change what an earlier signature covers.</summary>
    public static JsonSerializerOptions Documents { get; } = Make(JsonIgnoreCondition.WhenWritingNull, strict: false);

    /// <summary>Computed answers: every member is there, with null where there is nothing to say.</summary>
    public static JsonSerializerOptions Answers { get; } = Make(JsonIgnoreCondition.Never, strict: false);

    public static byte[] Bytes<T>(T answer) => JsonSerializer.SerializeToUtf8Bytes(answer, Answers);

    public static void Configure(JsonSerializerOptions options, bool strict)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new UtcInstants());
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = strict;
        options.AllowDuplicateProperties = false;
        options.AllowOutOfOrderMetadataProperties = true;
        options.MaxDepth = 32;
    }

    /// <summary>Instants are written in UTC with a Z, which is safe in a query too.</summary>
    private sealed class UtcInstants : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime);
    }

    private static JsonSerializerOptions Make(JsonIgnoreCondition nulls, bool strict)
    {
        var options = new JsonSerializerOptions { DefaultIgnoreCondition = nulls };
        Configure(options, strict);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
