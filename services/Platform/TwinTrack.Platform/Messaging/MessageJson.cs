using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Messaging;

/// <summary>
/// The only form of a message, in the outbox and on the bus. It is camelCase JSON with every member of the contract
/// exactly once. A missing, unknown, repeated or null member is a fault that names it. So is a word that is not in the
/// member's list. Nothing defaults to zero.
/// </summary>
public static class MessageJson
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>For bodies of messages, where every type is a contract.</summary>
    public static readonly JsonSerializerOptions Options = Of(new JsonSerializerOptions(), static _ => true);

    /// <summary>The same rules for some types of options that also serve an envelope.</summary>
    /// <param name="options">Changed and returned.</param>
    /// <param name="isContract">Which types are contracts; the others keep the options' own rules.</param>
    internal static JsonSerializerOptions Of(JsonSerializerOptions options, Func<Type, bool> isContract)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.AllowDuplicateProperties = false;
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver())
            .WithAddedModifier(type =>
            {
                if (type.Kind == JsonTypeInfoKind.Object && isContract(type.Type))
                {
                    Restrict(type);
                }
            });
        return options;
    }

    private static void Restrict(JsonTypeInfo type)
    {
        type.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        foreach (var property in type.Properties)
        {
            property.IsRequired = true;
        }

        // The serializer's own check of annotations would also hold the bus's envelope to them.
        var never = type.Properties.Where(property => property.AttributeProvider is PropertyInfo member
            && !member.PropertyType.IsValueType && !IsNullable(member)).ToArray();
        var lists = type.Properties.Where(
            property => property.PropertyType.IsAssignableTo(typeof(IReadOnlyList<object>))).ToArray();
        var rules = type.Properties.SelectMany(property => RulesOf(type.Type, property)).ToArray();
        type.OnDeserialized = message =>
        {
            if (Array.Find(never, property => property.Get!(message) is null) is { } missing)
            {
                throw new JsonException($"The member '{missing.Name}' must not be null.");
            }

            if (Array.Find(lists, list => (list.Get!(message) as IReadOnlyList<object?>)?.Contains(null) == true)
                is { } holed)
            {
                throw new JsonException($"The list '{holed.Name}' must not hold null.");
            }

            foreach (var (property, rule) in rules)
            {
                if (!rule.IsValid(property.Get!(message)))
                {
                    throw new JsonException(rule.FormatErrorMessage(property.Name));
                }
            }
        };
    }

    /// <summary>What the contract says of a member at the parameter that it is made from.</summary>
    private static IEnumerable<(JsonPropertyInfo Property, ValidationAttribute Rule)> RulesOf(
        Type type, JsonPropertyInfo property) =>
        from maker in type.GetConstructors()
        from parameter in maker.GetParameters()
        where parameter.Name == (property.AttributeProvider as PropertyInfo)?.Name
        from rule in parameter.GetCustomAttributes<ValidationAttribute>()
        select (property, rule);

    private static bool IsNullable(PropertyInfo member)
    {
        lock (Nullability)
        {
            return Nullability.Create(member).ReadState == NullabilityState.Nullable;
        }
    }
}
