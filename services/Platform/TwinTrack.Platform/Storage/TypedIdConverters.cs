using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using TwinTrack.Kernel;

namespace TwinTrack.Platform.Storage;

/// <summary>Typed ids are sent as their text.</summary>
public sealed class TypedIdJsonConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        TypedIdConventions.IsTypedId(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    private sealed class Of<TId> : JsonConverter<TId>
        where TId : struct, ITypedId<TId>
    {
        public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TypedId.TryParse<TId>(reader.GetString(), out var id)
                ? id : throw new JsonException($"Not a '{TId.Prefix}_' id.");

        public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Text);
    }
}

/// <summary>Typed ids are stored as the bare Guid.</summary>
public sealed class TypedIdValueConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => Read(value))
    where TId : struct, ITypedId<TId>
{
    private static TId Read(Guid value) => TId.From(value);
}

public static class TypedIdConventions
{
    /// <summary>Stores every typed id that these assemblies define.</summary>
    public static void StoreIds(this ModelConfigurationBuilder conventions, params Assembly[] assemblies)
    {
        foreach (var id in assemblies.SelectMany(assembly => assembly.GetTypes()).Where(IsTypedId))
        {
            conventions.Properties(id).HaveConversion(typeof(TypedIdValueConverter<>).MakeGenericType(id));
        }
    }

    internal static bool IsTypedId(Type type) => type.IsValueType && type.GetInterfaces().Any(face =>
        face.IsGenericType && face.GetGenericTypeDefinition() == typeof(ITypedId<>));
}
