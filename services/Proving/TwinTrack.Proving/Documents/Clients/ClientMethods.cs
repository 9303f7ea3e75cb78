using System.Text.Json.Nodes;

namespace TwinTrack.Proving.Documents.Clients;

/// <summary>One Refit method for each operation of a document.</summary>
internal sealed class ClientMethods(ClientTypes types)
{
    private const string Json = "application/json";
    private const int LineMax = 120;

    public IEnumerable<string> Of(string path, string method, JsonNode operation)
    {
        var name = ((string)operation["operationId"]!).Split('.')[^1] + "Async";
        var answer = AnswerType(operation);
        string[] parameters = [.. Parameters(operation), "CancellationToken cancel = default"];
        var text = Escape($"{operation["summary"]} {operation["description"]}");
        foreach (var comment in Comment($"<summary>{text}</summary>"))
        {
            yield return comment;
        }

        yield return $"[{ClientTypes.Pascal(method)}(\"{path}\")]";
        if (MayBeSentAgain(operation))
        {
            yield return "[Headers(\"Idempotency-Key: new\")]";
        }

        var start = $"{(answer is null ? "Task" : $"Task<{answer}>")} {name}(";
        var line = $"{start}{string.Join(", ", parameters)});";
        if (line.Length <= LineMax - 4)
        {
            yield return line;
            yield break;
        }

        yield return start;
        for (var at = 0; at < parameters.Length; at++)
        {
            yield return $"    {parameters[at]}{(at < parameters.Length - 1 ? "," : ");")}";
        }
    }

    private IEnumerable<string> Parameters(JsonNode operation)
    {
        // What must be given comes first.
        var given = (operation["parameters"] as JsonArray ?? []).Where(parameter => parameter!["$ref"] is null)
            .ToList();
        return given.Where(parameter => (string?)parameter!["in"] == "path")
            .Select(parameter => $"{types.Of(parameter!["schema"])} {parameter["name"]}")
            .Concat(Body(operation))
            .Concat(given.Where(parameter => (string?)parameter!["in"] == "query").OrderByDescending(IsRequired)
                .Select(Query));
    }

    private IEnumerable<string> Body(JsonNode operation)
    {
        if (operation["requestBody"]?["content"] is not JsonObject content)
        {
            return [];
        }

        return content[Json]?["schema"] is { } schema && (string?)schema["format"] != "binary"
            ? [$"[Body] {types.Of(schema)} request"]
            : ["[Body] Stream file", "[Header(\"Content-Type\")] string contentType"];
    }

    private string Query(JsonNode? parameter)
    {
        var type = types.Of(parameter!["schema"]);
        var many = type.StartsWith("IReadOnlyList<", StringComparison.Ordinal)
            ? "[Query(CollectionFormat.Multi)] " : "";
        return many
            + (IsRequired(parameter) ? $"{type} {parameter["name"]}"
                : $"{type.TrimEnd('?')}? {parameter["name"]} = null");
    }

    /// <summary>With a key the host does it once. A file is known by its content.</summary>
    private static bool MayBeSentAgain(JsonNode operation) =>
        (operation["parameters"] as JsonArray ?? []).Any(
            parameter => (string?)parameter!["$ref"] == "#/components/parameters/IdempotencyKey")
        || (operation["requestBody"]?["content"] is JsonObject content && !content.ContainsKey(Json));

    private static bool IsRequired(JsonNode? parameter) => (bool?)parameter!["required"] ?? false;

    /// <summary>Null when the answer has no body.</summary>
    private string? AnswerType(JsonNode operation)
    {
        var found = operation["responses"]!.AsObject().Where(response => response.Key.StartsWith('2'))
            .SelectMany(response => response.Value!["content"] as JsonObject ?? [])
            .Select(content => types.Of(content.Value!["schema"])).Distinct().ToList();
        return found.Count < 2 ? found.SingleOrDefault()
            : throw new NotSupportedException(
                $"{operation["operationId"]} answers in several shapes: {string.Join(", ", found)}.");
    }

    private static IEnumerable<string> Comment(string text)
    {
        var line = "///";
        foreach (var word in text.Split(' '))
        {
            if (line.Length + 1 + word.Length > LineMax - 4)
            {
                yield return line;
                line = "///";
            }

            line += " " + word;
        }

        yield return line;
    }

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
