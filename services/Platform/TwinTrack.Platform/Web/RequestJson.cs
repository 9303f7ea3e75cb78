using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Web;

/// <summary>
/// How the JSON body of a request is read. A member that is unknown, repeated or of another kind is a fault. So is a
/// member that is missing. No amount, date or decision has a value because it was left out.
/// </summary>
internal static class RequestJson
{
    /// <param name="options">The host's options, for requests and answers. Changed and returned.</param>
    public static JsonSerializerOptions Of(JsonSerializerOptions options)
    {
        options.Converters.Add(new TypedIdJsonConverter());
        options.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.TypeInfoResolver =
            (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(Require);
        return options;
    }

    /// <summary>
    /// A member may be left out where its record declares a default, or where it may be null. Absent and null then mean
    /// the same: nothing is said. What nothing means is decided where the request is handled.
    /// </summary>
    private static void Require(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            property.IsRequired |= property is { Set: not null, AssociatedParameter: { } made }
                && made is { HasDefaultValue: false, IsNullable: false };
        }
    }
}
