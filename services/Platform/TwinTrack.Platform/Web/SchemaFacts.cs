using System.Reflection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TwinTrack.Kernel;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Web;

/// <summary>
/// Says of a schema what its converter hides: ids have a prefix, numbers are numbers, words are strings.
/// </summary>
internal static class SchemaFacts
{
    public static Task ApplyAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context,
        CancellationToken cancel)
    {
        Describe(schema, context.JsonTypeInfo.Type);
        if (schema.Items is null && context.JsonTypeInfo.ElementType is { } element
            && TypedIdConventions.IsTypedId(element))
        {
            // The exporter leaves out items whose converter it cannot read.
            var items = new OpenApiSchema();
            Describe(items, element);
            schema.Items = items;
        }

        return Task.CompletedTask;
    }

    public static void Describe(OpenApiSchema schema, Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (TypedIdConventions.IsTypedId(type))
        {
            (schema.Type, schema.Pattern) = (JsonSchemaType.String, PatternOf(type));
        }
        else if (type.IsEnum)
        {
            // Whether null is allowed is said where the word is used.
            schema.Type = JsonSchemaType.String;
            schema.Enum = schema.Enum?.Where(word => word is not null).ToList();
        }
        else if (schema.Type is { } kinds
            && (kinds.HasFlag(JsonSchemaType.Integer) || kinds.HasFlag(JsonSchemaType.Number)))
        {
            // The exporter may also allow text. The host reads numbers only.
            (schema.Type, schema.Pattern) = (kinds & ~JsonSchemaType.String, null);
        }
    }

    private static string PatternOf(Type id) => $"^{Prefix(id)}_[0-9a-f]{{32}}$";

    internal static string Prefix(Type id) => (string)typeof(SchemaFacts)
        .GetMethod(nameof(PrefixOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(id)
        .Invoke(null, null)!;

    private static string PrefixOf<TId>()
        where TId : struct, ITypedId<TId> => TId.Prefix;
}
