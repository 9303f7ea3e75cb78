using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TwinTrack.Embedded;

namespace TwinTrack.Services.Tests.Api;

/// <summary>One operation of one OpenAPI document.</summary>
/// <param name="Service">The service whose document it is.</param>
/// <param name="Document">The whole document, for its components.</param>
/// <param name="Method">Upper case.</param>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Node">The operation itself.</param>
internal sealed record ApiOperation(string Service, JsonObject Document, string Method, string Path, JsonNode Node)
{
    public string? Id => (string?)Node["operationId"];

    public string[] Roles =>
        [.. (Node["security"] as JsonArray ?? []).SelectMany(one => (JsonArray)one!["bearer"]!)
            .Select(role => (string)role!)];

    public HashSet<int> Statuses =>
        [.. Node["responses"]!.AsObject().Select(
            response => int.Parse(response.Key, System.Globalization.CultureInfo.InvariantCulture))];

    public IEnumerable<JsonNode> Parameters(string place) =>
        (Node["parameters"] as JsonArray ?? []).Select(parameter => Resolved(parameter!))
            .Where(parameter => (string?)parameter["in"] == place);

    public JsonNode? JsonBody =>
        Node["requestBody"]?["content"]?["application/json"] is { } body
            && (string?)body["schema"]?["format"] != "binary" ? body : null;

    /// <summary>Of the answers that are no refusal: status, content type and schema.</summary>
    public IEnumerable<(string Status, string? Type, JsonNode? Schema)> Answers => Node["responses"]!.AsObject()
        .Where(response => response.Key.StartsWith('2'))
        .SelectMany(response => response.Value!["content"] is JsonObject content
            ? content.Select(one => (response.Key, (string?)one.Key, one.Value!["schema"]))
            : [(response.Key, null, null)]);

    /// <summary>What a reference points at.</summary>
    public JsonNode Resolved(JsonNode node) => (string?)node["$ref"] is { } reference
        ? reference.Split('/').Skip(1).Aggregate((JsonNode)Document, (found, name) => found[name]!)
        : node;

    public override string ToString() => $"{Method} {Path}";

    public static IEnumerable<ApiOperation> Of(string service, JsonObject document) =>
        document["paths"]!.AsObject().SelectMany(path =>
        path.Value!.AsObject().Select(
            method => new ApiOperation(service, document, method.Key.ToUpperInvariant(), path.Key, method.Value!)));

    public static async Task<Dictionary<string, JsonObject>> DocumentsAsync(Uri host)
    {
        using var http = new HttpClient { BaseAddress = host };
        var documents = new Dictionary<string, JsonObject>();
        foreach (var module in AllModules.InReadingOrder())
        {
            documents[module.Name] = (await http.GetFromJsonAsync<JsonObject>($"/openapi/{module.Name}.json"))!;
        }

        return documents;
    }
}
