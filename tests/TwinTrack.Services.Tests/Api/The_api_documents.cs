using System.Text.Json.Nodes;

namespace TwinTrack.Services.Tests.Api;

public sealed class The_api_documents(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public void Describe_every_operation_in_full() => host.Operations.SelectMany(DocumentFaults.Of).Should().BeEmpty();

    [Fact]
    public void Name_every_operation_once() =>
        host.Operations.Select(operation => operation.Id).Should().OnlyHaveUniqueItems();

    [Fact]
    public void Hold_no_schema_that_nothing_uses() =>
        host.Documents.Values.SelectMany(DocumentFaults.OfSchemas).Should().BeEmpty();

    [Fact]
    public void Name_each_roles_alternative_once() =>
        host.Operations.Where(operation => operation.Id == "payments.ApproveBatch")
        .Should().ContainSingle().Which.Roles.Should().Equal("approver");

    [Fact]
    public void Show_only_refusals_that_are_listed_with_what_they_say()
    {
        var listed = File.ReadAllText(Path.Combine(Repository.Root, "docs", "concepts", "refusals.md"));
        var examples = host.Documents.Values
            .SelectMany(document => document["components"]!["responses"]!.AsObject())
            .Select(response => response.Value!["content"]!["application/problem+json"]!["example"]!).ToList();

        examples.Should().NotBeEmpty();
        examples.Where(example => !listed.Contains($"| `{(string)example["title"]!}` |", StringComparison.Ordinal)
                || !((string)example["type"]!).EndsWith($":{(string)example["title"]!}", StringComparison.Ordinal)
                || ((string)example["detail"]!).Split(". ").Length < 2)
            .Select(example => example.ToJsonString()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("operationId", "*no operationId*")]
    [InlineData("summary", "*no summary*")]
    [InlineData("responses.200.content", "*no schema*")]
    [InlineData("requestBody.content.application/json.example", "*no example*")]
    [InlineData("parameters", "*does not describe its Idempotency-Key*")]
    [InlineData("responses.401", "*unknown caller*")]
    [InlineData("responses.422", "*how a key is refused*")]
    public void That_leave_something_out_are_noticed(string left, string fault)
    {
        var document = (JsonObject)host.Documents["payments"].DeepClone();
        var operation = ApiOperation.Of("payments", document).Single(one => one.Id == "payments.ApproveBatch");
        var path = left.Split('.');
        var parent = path[..^1].Aggregate(operation.Node, (found, name) => found[name]!).AsObject();

        parent.Remove(path[^1]).Should().BeTrue();

        DocumentFaults.Of(operation).Should().ContainMatch(fault);
    }

    [Fact]
    public void That_share_a_schema_by_accident_are_noticed()
    {
        var document = (JsonObject)host.Documents["payments"].DeepClone();
        var operation = ApiOperation.Of("payments", document).Single(one => one.Id == "payments.ApproveBatch");

        operation.Node["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"] =
            "#/components/schemas/Request";

        DocumentFaults.Of(operation).Should().ContainMatch("*could be anybody's*");
        DocumentFaults.OfSchemas(document).Should()
            .HaveCount(2, "one schema is not there, and the other is used by nothing");
    }
}
