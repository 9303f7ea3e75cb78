using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Web;

/// <summary>
/// Finds everything in a request that its endpoint cannot read: each with what was found, where, and what is
/// accepted. A value of the address is repeated with at most 40 characters. A value of the body is never repeated.
/// </summary>
internal sealed class RequestFaults(HttpContext http)
{
    private const int FaultsMax = 8;
    private const string LimitName = "limit";

    private readonly List<string> _faults = [];
    private readonly RequestShape _shape = RequestShape.Of(http.GetEndpoint());

    /// <summary>Reads path and query only; null when there is no fault.</summary>
    public static HostRefusal? OfAddress(HttpContext http)
    {
        var faults = new RequestFaults(http);
        faults.ReadAddress();
        return faults.Answer();
    }

    /// <summary>Reads address and body; null when it finds no fault.</summary>
    public static async Task<HostRefusal?> OfAllAsync(HttpContext http)
    {
        var faults = new RequestFaults(http);
        faults.ReadAddress();
        try
        {
            await faults.ReadBodyAsync();
        }
        catch (JsonException fault)
        {
            var (line, position) = ((fault.LineNumber ?? 0) + 1, (fault.BytePositionInLine ?? 0) + 1);
            if (faults.Answer() is null)
            {
                return HostRefusals.NotJson(line, position);
            }

            faults.Add("The body", Invariant($"no JSON at line {line}, position {position}"), "a JSON object");
        }

        return faults.Answer();
    }

    private HostRefusal? Answer() =>
        _faults.Count == 0 ? null : HostRefusals.Invalid(string.Join(' ', _faults.Take(FaultsMax)));

    private void Add(string where, string found, string accepted) =>
        _faults.Add($"{where}: found {found}; accepted is {accepted}.");

    private void ReadAddress()
    {
        foreach (var parameter in _shape.Parameters)
        {
            var where = $"{(parameter.InPath ? "Path" : "Query")} parameter {parameter.Name}";
            var given = parameter.InPath ? http.Request.RouteValues[parameter.Name]?.ToString()
                : http.Request.Query.TryGetValue(parameter.Name, out var values) ? values.ToString() : null;
            // An empty query parameter counts as absent, as the endpoint reads it.
            if (string.IsNullOrEmpty(given) && (given is null || parameter.Type != typeof(string)))
            {
                if (parameter.Required)
                {
                    Add(where, "nothing", ValueKinds.Accepted(parameter.Type));
                }
            }
            else if (!ValueKinds.Fits(parameter.Type, given))
            {
                Add(where, Found(parameter.Type, given), ValueKinds.Accepted(parameter.Type));
            }
            else if (parameter is { Name: LimitName, InPath: false } && given[0] is '-' or '0' && !IsPositive(given))
            {
                Add(where, ValueKinds.Echo(given), "a whole number, 1 or more");
            }
        }

        ReadQueryNames();
    }

    private static bool IsPositive(string number) => long.Parse(number, CultureInfo.InvariantCulture) > 0;

    private static string Found(Type type, string given) =>
        TypedIdConventions.IsTypedId(type) && ValueKinds.IdKind(given) is { } kind
            ? $"{ValueKinds.Echo(given)}, which begins as {kind}" : ValueKinds.Echo(given);

    private void ReadQueryNames()
    {
        var known = _shape.Parameters.Where(parameter => !parameter.InPath).Select(parameter => parameter.Name)
            .ToList();
        foreach (var name in http.Request.Query.Keys
            .Where(name => _shape.Closed && !known.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            Add($"Query parameter {ValueKinds.Echo(name)}", "an unknown name", KnownNames(name, known));
        }
    }

    private static string KnownNames(string given, List<string> known) =>
        known.Count == 0 ? "none"
        : ValueKinds.Nearest(given, known) is { } near ? $"{near}, the nearest known name"
        : ValueKinds.OneOf(known);

    private async Task ReadBodyAsync()
    {
        if (_shape.Body is null || !http.Request.Body.CanSeek)
        {
            return;
        }

        var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var type = options.GetTypeInfo(_shape.Body);
        http.Request.Body.Position = 0;
        using var copy = new MemoryStream();
        await http.Request.Body.CopyToAsync(copy, http.RequestAborted);
        if (copy.Length == 0)
        {
            Add("The body", "nothing", $"a JSON object with {string.Join(", ", type.Properties.Select(Name))}");
            return;
        }

        using var document = JsonDocument.Parse(copy.ToArray());
        Read(document.RootElement, type, "");
    }

    private static string Name(JsonPropertyInfo member) => member.Name;

    private void Read(JsonElement element, JsonTypeInfo type, string path)
    {
        var where = path.Length == 0 ? "The body" : $"Member {path}";
        var inner = Nullable.GetUnderlyingType(type.Type) is { } bare ? type.Options.GetTypeInfo(bare) : type;
        if (element.ValueKind == JsonValueKind.Null && (inner != type || !type.Type.IsValueType) && path.Length > 0)
        {
            return;
        }

        var wanted = inner.Kind switch
        {
            JsonTypeInfoKind.Object => JsonValueKind.Object,
            JsonTypeInfoKind.Dictionary => JsonValueKind.Object,
            JsonTypeInfoKind.Enumerable => JsonValueKind.Array,
            _ => JsonValueKind.Undefined,
        };
        if (wanted == JsonValueKind.Undefined)
        {
            ReadValue(element, inner, where);
        }
        else if (element.ValueKind != wanted)
        {
            Add(where, Kind(element), wanted == JsonValueKind.Array ? "a list" : "an object");
        }
        else if (inner.Kind == JsonTypeInfoKind.Object)
        {
            ReadMembers(element, inner, path);
        }
        else if (inner.ElementType is { } part)
        {
            ReadParts(element, inner.Options.GetTypeInfo(part), path);
        }
    }

    private void ReadParts(JsonElement element, JsonTypeInfo part, string path)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, one) in element.EnumerateArray().Index())
            {
                Read(one, part, Invariant($"{path}[{index}]"));
            }

            return;
        }

        foreach (var member in element.EnumerateObject())
        {
            Read(member.Value, part, Below(path, ValueKinds.Echo(member.Name)));
        }
    }

    private void ReadMembers(JsonElement element, JsonTypeInfo type, string path)
    {
        var open = type.Properties.Where(member => !member.IsExtensionData).ToList();
        var given = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in element.EnumerateObject())
        {
            given.Add(member.Name);
            if (open.Find(one => one.Name.Equals(member.Name, StringComparison.OrdinalIgnoreCase)) is { } known)
            {
                Read(member.Value, type.Options.GetTypeInfo(known.PropertyType), Below(path, known.Name));
            }
            else
            {
                Add($"Member {Below(path, ValueKinds.Echo(member.Name))}", "an unknown name",
                    KnownNames(member.Name, [.. open.Select(Name)]));
            }
        }

        foreach (var missing in open.Where(member => member.IsRequired && !given.Contains(member.Name)))
        {
            Add($"Member {Below(path, missing.Name)}", "nothing", Accepted(type.Options, missing.PropertyType));
        }
    }

    private void ReadValue(JsonElement element, JsonTypeInfo type, string where)
    {
        try
        {
            element.Deserialize(type);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or FormatException)
        {
            Add(where, Found(element, type.Type), Accepted(type.Options, type.Type));
        }
    }

    /// <summary>Only the kind: a value of the body may be personal.</summary>
    private static string Found(JsonElement element, Type type) => element.ValueKind switch
    {
        JsonValueKind.String when type.IsEnum => "an unknown word",
        JsonValueKind.String when TypedIdConventions.IsTypedId(type) =>
            ValueKinds.IdKind(element.GetString()!) is { } kind ? $"a text that begins as {kind}" : "a text",
        JsonValueKind.Number when type.IsPrimitive => "a number of another size or with decimals",
        _ => Kind(element),
    };

    private static string Accepted(JsonSerializerOptions options, Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        return options.GetTypeInfo(type).Kind switch
        {
            JsonTypeInfoKind.Enumerable => "a list",
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
            _ => ValueKinds.Accepted(type),
        };
    }

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => "true or false",
    };
}
