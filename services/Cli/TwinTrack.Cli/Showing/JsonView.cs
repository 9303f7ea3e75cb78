using System.Text.Encodings.Web;
using System.Text.Json;

namespace TwinTrack.Cli.Showing;

/// <summary>
/// Any answer for a person: names and values in lines, lists of alike things as tables. Or as it came, where JSON is
/// asked for.
/// </summary>
internal static class JsonView
{
    private const int RowsMax = 200;

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Print(JsonElement answer, bool json)
    {
        if (answer.ValueKind == JsonValueKind.Undefined)
        {
            Console.Out.WriteLine(json ? "{}" : "Done.");
        }
        else if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(answer, Readable));
        }
        else
        {
            Write(Console.Out, answer, "");
        }
    }

    public static void Write(TextWriter to, JsonElement value, string indent)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(to, value, indent);
                break;
            case JsonValueKind.Array:
                WriteList(to, [.. value.EnumerateArray()], indent);
                break;
            default:
                to.WriteLine(indent + Plain(value));
                break;
        }
    }

    private static void WriteObject(TextWriter to, JsonElement value, string indent)
    {
        var fields = value.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null).ToList();
        var width = fields.Where(IsPlain).Select(field => field.Name.Length).DefaultIfEmpty(0)
            .Max();
        foreach (var field in fields)
        {
            if (IsPlain(field))
            {
                to.WriteLine($"{indent}{field.Name.PadRight(width)}  {Plain(field)}");
            }
            else
            {
                to.WriteLine($"{indent}{field.Name}");
                Write(to, field.Value, indent + "  ");
            }
        }
    }

    private static void WriteList(TextWriter to, List<JsonElement> items, string indent)
    {
        if (items.Count == 0)
        {
            to.WriteLine(indent + "none");
        }
        else if (items.All(
            item => item.ValueKind == JsonValueKind.Object
                && item.EnumerateObject().All(IsPlain)))
        {
            WriteTable(to, items, indent);
        }
        else
        {
            foreach (var item in items)
            {
                Write(to, item, indent + (IsPlain(item) ? "" : "  "));
            }
        }
    }

    private static void WriteTable(TextWriter to, List<JsonElement> items, string indent)
    {
        var names = items.SelectMany(item => item.EnumerateObject().Select(field => field.Name)).Distinct().ToList();
        var rows = items.Take(RowsMax)
            .Select(item => names.ConvertAll(
                name => item.EnumerateObject().Where(field => field.Name == name).Select(Plain).SingleOrDefault("")))
            .ToList();
        var widths = names.Select((name, column) => rows.Select(row => row[column].Length).Append(name.Length).Max())
            .ToList();
        foreach (var row in rows.Prepend(names))
        {
            to.WriteLine(
                (indent + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])))).TrimEnd());
        }

        if (items.Count > RowsMax)
        {
            to.WriteLine($"{indent}... and {Story.Number(items.Count - RowsMax)} more; --json prints all.");
        }
    }

    /// <summary>A scope without an area is not empty: it is every area.</summary>
    private static bool IsEveryArea(JsonProperty field) =>
        field is { Name: "areas", Value.ValueKind: JsonValueKind.Array } && field.Value.GetArrayLength() == 0;

    private static bool IsPlain(JsonProperty field) => IsEveryArea(field) || IsPlain(field.Value);

    private static string Plain(JsonProperty field) => IsEveryArea(field) ? "all" : Plain(field.Value);

    private static bool IsPlain(JsonElement value) =>
        value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)
        || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String));

    private static string Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(item => item.GetString())),
        _ => value.GetRawText(),
    };
}
