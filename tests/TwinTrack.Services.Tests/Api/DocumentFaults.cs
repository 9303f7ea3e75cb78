using System.Text.Json.Nodes;

namespace TwinTrack.Services.Tests.Api;

/// <summary>What is missing in an OpenAPI document, one sentence each; empty when nothing is.</summary>
internal static class DocumentFaults
{
    /// <summary>
    /// Requests without a key. Files are identified by their content, and callbacks by the provider's signature. An
    /// answer that holds or depends on a secret is not stored.
    /// </summary>
    private static readonly string[] WithoutKey =
    [
        "auth.IssueToken", "auth.ChangePassword", "auth.CreateUser", "auth.ChangeUser", "payments.CreateSubscriber",
        "payments.RotateSubscriberSecret",
        "enrolments.ReceiveImport", "providers.ImportStatement", "providers.PutPartnerAnswer",
        "providers.ReceiveCallback",
        "providers.ReceiveCallbackByPut", "providers.ReceiveChannelCallback", "providers.ReceiveChannelCallbackByPut",
    ];

    public static IEnumerable<string> Of(ApiOperation operation) =>
        OfOperation(operation).Select(fault => $"{operation}: {fault}");

    /// <summary>A schema that nothing refers to, or one that refers to nothing.</summary>
    public static IEnumerable<string> OfSchemas(JsonObject document)
    {
        var schemas = document["components"]!["schemas"]!.AsObject()
            .Select(schema => $"#/components/schemas/{schema.Key}").ToHashSet();
        var used =
            References(document)
                .Where(reference => reference.StartsWith("#/components/schemas/", StringComparison.Ordinal))
                .ToHashSet();
        return schemas.Except(used).Select(name => $"{name} is used by nothing.")
            .Concat(used.Except(schemas).Select(name => $"{name} is not there."));
    }

    private static IEnumerable<string> OfOperation(ApiOperation operation)
    {
        if (string.IsNullOrEmpty(operation.Id))
        {
            yield return "it has no operationId.";
        }

        if (string.IsNullOrEmpty((string?)operation.Node["summary"]))
        {
            yield return "it has no summary.";
        }

        if (!operation.Answers.Any() || operation.Answers.Any(
            answer => answer.Status != "204" && answer.Schema is not JsonObject { Count: > 0 }))
        {
            yield return "an answer has no schema.";
        }

        if (operation.JsonBody is { } body && body["example"] is null)
        {
            yield return "its request has no example.";
        }

        foreach (var fault in OfNames(operation).Concat(OfRefusals(operation)))
        {
            yield return fault;
        }
    }

    /// <summary>A name such as Request says that it was not made for this operation.</summary>
    private static IEnumerable<string> OfNames(ApiOperation operation) =>
        References(operation.Node).Select(reference => reference.Split('/')[^1])
            .Where(name => name is "Request" or "Response" or "Item" or "Page" or "Detail" or "Decision")
            .Select(name => $"the schema {name} could be anybody's.");

    private static IEnumerable<string> OfRefusals(ApiOperation operation)
    {
        var open = operation.Node["security"] is not JsonArray { Count: > 0 };
        var keyed = operation.Parameters("header").Any(parameter => (string?)parameter["name"] == "Idempotency-Key");
        if (!open && !operation.Statuses.IsSupersetOf([401]))
        {
            yield return "it does not say what an unknown caller hears.";
        }

        if (keyed != (operation.Method != "GET" && !WithoutKey.Contains(operation.Id)))
        {
            yield return keyed ? "it does not take an Idempotency-Key." : "it does not describe its Idempotency-Key.";
        }

        if (keyed && !operation.Statuses.IsSupersetOf([400, 409, 422]))
        {
            yield return "it does not describe how a key is refused.";
        }

        foreach (var (status, response) in operation.Node["responses"]!.AsObject())
        {
            if (status[0] is '4' or '5'
                && operation.Resolved(response!)["content"]?["application/problem+json"]?["schema"] is null)
            {
                yield return $"{status} is no problem document.";
            }
        }
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject found =>
            found.SelectMany(member => member.Key == "$ref" ? [(string)member.Value!] : References(member.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
