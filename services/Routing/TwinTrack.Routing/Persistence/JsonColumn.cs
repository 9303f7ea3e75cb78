using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TwinTrack.Routing.Persistence;

/// <summary>
/// Small lists and documents that are read and written as a whole, in one text column on both engines.
/// </summary>
internal static class JsonColumn
{
    private static readonly JsonSerializerOptions Options = new(
        JsonSerializerDefaults.Web)
    { Converters = { new JsonStringEnumConverter() } };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options)!;

    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property) => property.HasConversion(
        value => Write(value),
        text => Read<T>(text),
        new ValueComparer<T>((one, other) => Write(one) == Write(other),
            value => Write(value).GetHashCode(StringComparison.Ordinal), value => value));
}
