using TwinTrack.Clients.Payments;

namespace TwinTrack.Services.Tests.Api;

/// <summary>The Refit interfaces, held against the documents that the host serves.</summary>
public sealed class The_clients(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public void Have_one_method_for_each_operation() =>
        ClientMethod.All().Select(method => $"{method.Method} {method.Path}").Should()
            .BeEquivalentTo(host.Operations.Select(operation => operation.ToString()));

    [Fact]
    public void Take_and_answer_what_the_documents_say() => host.Operations.SelectMany(Differences).Should().BeEmpty();

    [Fact]
    public void That_differ_are_noticed()
    {
        var operation = host.Operations.Single(one => one.Id == "payments.CreateBatch");
        var schema = operation.Resolved(operation.JsonBody!["schema"]!);

        new ClientShape(operation).Differences(typeof(ApproveBatchRequest), schema, answered: false)
            .Should().BeEquivalentTo("ApproveBatchRequest.contentHash is not in the document.",
                "ApproveBatchRequest has no cycleId.", "ApproveBatchRequest has no followsUp.",
                "ApproveBatchRequest has no reasons.", "ApproveBatchRequest has no households.");
        new ClientShape(operation).Differences(
            typeof(long), operation.Document["components"]!["schemas"]!["BatchId"]!, answered: false)
            .Should().ContainSingle();
    }

    private IEnumerable<string> Differences(ApiOperation operation)
    {
        var method = ClientMethod.All().Single(one => one.Method == operation.Method && one.Path == operation.Path);
        return Parameters(operation, method).Concat(Body(operation, method)).Concat(Answer(operation, method))
            .Select(difference => $"{operation}: {difference}");
    }

    private static IEnumerable<string> Parameters(ApiOperation operation, ClientMethod method)
    {
        var documented = operation.Parameters("path").Concat(operation.Parameters("query"))
            .ToDictionary(parameter => (string)parameter["name"]!);
        var taken =
            method.Parameters.Where(parameter => !ClientMethod.IsBody(parameter) && !ClientMethod.IsHeader(parameter))
                .ToDictionary(parameter => parameter.Name!);
        foreach (var name in taken.Keys.Except(documented.Keys).Concat(documented.Keys.Except(taken.Keys)))
        {
            yield return $"the parameter {name} is only on one side.";
        }

        foreach (var (name, parameter) in taken.Where(one => documented.ContainsKey(one.Key)))
        {
            var required = (bool?)documented[name]["required"] ?? false;
            if (required == parameter.IsOptional)
            {
                yield return $"the parameter {name} is {(required ? "required" : "not required")}.";
            }

            foreach (var difference in new ClientShape(operation).Differences(
                parameter.ParameterType, documented[name]["schema"]!, answered: false))
            {
                yield return $"the parameter {name}: {difference}";
            }
        }
    }

    private static IEnumerable<string> Body(ApiOperation operation, ClientMethod method)
    {
        var type = method.Parameters.SingleOrDefault(ClientMethod.IsBody)?.ParameterType;
        var schema = operation.JsonBody?["schema"]
            ?? operation.Node["requestBody"]?["content"]?.AsObject().First().Value!["schema"];
        return (type, schema) switch
        {
            (null, null) => [],
            (null, _) => ["the body is not sent."],
            (_, null) => ["no body is asked for."],
            _ => new ClientShape(operation).Differences(type, schema, answered: false),
        };
    }

    private static IEnumerable<string> Answer(ApiOperation operation, ClientMethod method) =>
        operation.Answers.SelectMany(answer => (method.Answer, answer.Schema) switch
    {
        (null, null) => [],
        (null, _) => ["the answer is not read."],
        (_, null) => ["there is no answer to read."],
        ({ } type, { } schema) => new ClientShape(operation).Differences(type, schema, answered: true),
    });
}
