using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using TwinTrack.Kernel;

namespace TwinTrack.Services.Tests.Api;

/// <summary>
/// Every operation of every service is sent what it cannot read. Its refusal has a code, and says where the fault is
/// and what is accepted.
/// </summary>
public sealed class An_unreadable_request(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Wrong = "zzz_1";

    private static readonly Guid Unknown = new("01890a5d-ac96-774b-bcce-b302099a8057");

    /// <summary>Routing itself refuses a member that a channel does not have, as <c>channel.invalid</c>.</summary>
    private const string OpenBody = "routing.PutChannel";

    [Fact]
    public async Task With_a_wrong_id_names_the_id_and_what_is_accepted() => await WalkAsync(
        operation => operation.Parameters("path").Where(parameter => IsChecked(Schema(operation, parameter)))
            .Select(Name),
        (operation, name) => Request(operation, Path(operation, name), Body(operation)),
        (_, name) => ("request.invalid", [$"Path parameter {name}", $"'{Wrong}'", "accepted is"]));

    [Fact]
    public async Task With_an_id_of_another_kind_names_both_kinds()
    {
        using var http = host.As(Role.Auditor);

        var problem = await ProblemOf(await http.GetAsync(
            new Uri($"/payments/batches/cyc_{Unknown:n}", UriKind.Relative)));

        Detail(problem).Should().Contain("begins as a cycle id").And.Contain("accepted is a batch id (bat_");
    }

    [Fact]
    public async Task With_a_wrong_word_in_its_query_names_the_parameter() => await WalkAsync(
        operation => operation.Parameters("query").Where(parameter => IsChecked(Schema(operation, parameter)))
            .Select(Name),
        (operation, name) => Request(operation, $"{Path(operation)}?{name}={Wrong}", Body(operation)),
        (_, name) => ("request.invalid", [$"Query parameter {name}", "accepted is"]));

    [Fact]
    public async Task With_a_number_for_a_word_lists_the_words() => await WalkAsync(
        operation => operation.Parameters("query").Where(parameter => Schema(operation, parameter)["enum"] is not null)
            .Select(Name),
        (operation, name) => Request(operation, $"{Path(operation)}?{name}=1", Body(operation)),
        (operation, name) => ("request.invalid",
            [$"Query parameter {name}: found '1'", .. Words(operation, name)]));

    [Fact]
    public async Task With_a_limit_below_one_says_so() => await WalkAsync(
        operation => operation.Parameters("query").Select(Name).Where(name => name == "limit"),
        (operation, _) => Request(operation, $"{Path(operation)}?limit=-1", Body(operation)),
        (_, _) => ("request.invalid", ["Query parameter limit: found '-1'", "1 or more"]));

    [Fact]
    public async Task With_a_misspelled_parameter_names_the_nearest() => await WalkAsync(
        operation => operation.Roles.Length == 0 ? [] : operation.Parameters("query").Select(Name),
        (operation, name) => Request(operation, $"{Path(operation)}?{name}x=1", Body(operation)),
        (_, name) => ("request.invalid", [$"Query parameter '{name}x'", $"{name}, the nearest known name"]));

    [Fact]
    public async Task With_a_misspelled_member_names_the_nearest() => await WalkAsync(
        operation => operation.Id == OpenBody ? [] : Members(operation).Select(member => member.Key),
        (operation, name) => Request(operation, Path(operation), With(operation, body => Rename(body, name))),
        (_, name) => ("request.invalid", [$"Member '{name}x'", $"{name}, the nearest known name"]));

    [Fact]
    public async Task Without_a_member_that_cannot_be_null_names_it() => await WalkAsync(
        operation => Needed(operation),
        (operation, name) => Request(operation, Path(operation), With(operation, body => body.Remove(name))),
        (_, name) => ("request.invalid", [$"Member {name}: found nothing", "accepted is"]));

    [Fact]
    public async Task With_a_member_of_another_type_names_it() => await WalkAsync(
        operation => Members(operation).Select(member => member.Key),
        (operation, name) => Request(operation, Path(operation),
            With(operation, body => body[name] = Members(operation)[name] is JsonArray or JsonObject
                ? true : new JsonArray())),
        (_, name) => ("request.invalid", [$"Member {name}: found ", "accepted is"]));

    [Fact]
    public async Task With_broken_json_names_line_and_position() => await WalkAsync(
        operation => operation.JsonBody is null ? [] : ["body"],
        (operation, _) => Request(operation, Path(operation), "{\n  \"a\": }"),
        (_, _) => ("request.not_json", ["line 2, position 8"]));

    [Fact]
    public async Task Has_all_its_faults_named_at_once_and_no_value_of_its_body()
    {
        using var http = host.As(Role.Admin);

        var problem = await ProblemOf(await http.PutAsJsonAsync("/entitlements/programmes/PSN?x=1",
            new { Secret = "Aissata", PhoneNumber = 22790123456 }));

        Detail(problem).Should().ContainAll("Query parameter 'x'", "Member 'secret'", "Member 'phoneNumber'")
            .And.NotContainAny("Aissata", "22790123456");
    }

    [Fact]
    public async Task Repeats_at_most_forty_characters_of_a_value()
    {
        using var http = host.As(Role.Auditor);

        var problem = await ProblemOf(await http.GetAsync(
            new Uri($"/payments/batches/{new string('a', 41)}", UriKind.Relative)));

        Detail(problem).Should().Contain($"'{new string('a', 40)}...'");
    }

    [Fact]
    public async Task By_a_user_without_the_role_names_the_role_and_the_users() => await WalkAsync(
        operation => operation.Roles.Length > 0 && Others(operation).Any() ? [operation.Roles[0]] : [],
        (operation, _) => Request(operation, Path(operation), Body(operation)),
        (_, role) => ("role.needed", [role, "This user has", "An administrator gives roles"]),
        operation => [.. Others(operation).Take(1)],
        HttpStatusCode.Forbidden);

    [Fact]
    public async Task Without_a_token_says_how_to_log_in() => await WalkAsync(
        operation => operation.Node["security"] is JsonArray { Count: > 0 } ? ["token"] : [],
        (operation, _) => Request(operation, Path(operation), Body(operation)),
        (_, _) => ("auth.token_needed", ["Log in"]),
        _ => [],
        HttpStatusCode.Unauthorized);

    /// <summary>Sends one request for each place of each operation. Every refusal must say what is asked.</summary>
    private async Task WalkAsync(
        Func<ApiOperation, IEnumerable<string>> places,
        Func<ApiOperation, string, HttpRequestMessage> request,
        Func<ApiOperation, string, (string Code, string[] Words)> expected,
        Func<ApiOperation, string[]>? roles = null,
        HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        var walked = 0;
        var faults = new List<string>();
        foreach (var operation in host.Operations)
        {
            using var http = host.As((roles ?? RolesOf)(operation));
            foreach (var place in places(operation))
            {
                walked++;
                using var sent = request(operation, place);
                using var answer = await http.SendAsync(sent);
                var (code, words) = expected(operation, place);
                var problem = await ProblemOf(answer);
                if (answer.StatusCode != status || (string?)problem?["title"] != code
                    || words.Any(word => !Detail(problem).Contains(word, StringComparison.Ordinal)))
                {
                    faults.Add(Invariant(
                        $"{operation} at {place}: {(int)answer.StatusCode} {problem?.ToJsonString()}"));
                }
            }
        }

        string.Join('\n', faults).Should().BeEmpty();
        walked.Should().BePositive();
    }

    private static string[] RolesOf(ApiOperation operation) =>
        operation.Node["security"] is not JsonArray { Count: > 0 } ? []
        : operation.Roles is [] ? [Role.Auditor]
        : [.. operation.Roles.Except([Role.Facilitator])];

    private static HttpRequestMessage Request(ApiOperation operation, string address, string? body) =>
        new(new HttpMethod(operation.Method), new Uri(address, UriKind.Relative))
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };

    /// <summary>The path with values that can be read, but for the one that is to be wrong.</summary>
    private static string Path(ApiOperation operation, string? wrong = null) =>
        operation.Parameters("path").Aggregate(operation.Path, (path, parameter) => path.Replace(
            $"{{{Name(parameter)}}}", Name(parameter) == wrong ? Wrong : Value(Schema(operation, parameter)),
            StringComparison.Ordinal));

    private static string Value(JsonNode schema) =>
        (string?)schema["pattern"] is ['^', .. var pattern]
            ? $"{pattern[..pattern.IndexOf('_', StringComparison.Ordinal)]}_{Unknown:n}"
            : (string?)schema["format"] == "uuid" ? $"{Unknown}" : "1";

    /// <summary>A text without a form of its own is never wrong.</summary>
    private static bool IsChecked(JsonNode schema) =>
        (string?)schema["type"] is not ("string" or "array") || schema["pattern"] is not null
            || schema["enum"] is not null || schema["format"] is not null;

    private static IEnumerable<string> Words(ApiOperation operation, string parameter) =>
        Schema(operation, operation.Parameters("query").Single(one => Name(one) == parameter))["enum"]!.AsArray()
            .Select(word => (string)word!);

    private static JsonNode Schema(ApiOperation operation, JsonNode parameter) =>
        operation.Resolved(parameter["schema"]!);

    private static string Name(JsonNode parameter) => (string)parameter["name"]!;

    /// <summary>A rule's body is open: Routing reads its members, and has its own refusals.</summary>
    private static JsonObject Members(ApiOperation operation) =>
        operation.JsonBody is { } body && (bool?)operation.Resolved(body["schema"]!)["additionalProperties"] == false
            ? body["example"] as JsonObject ?? [] : [];

    private static IEnumerable<string> Others(ApiOperation operation) =>
        Role.All.Except([.. operation.Roles, Role.Facilitator]);

    private static IEnumerable<string> Needed(ApiOperation operation)
    {
        var schema = operation.JsonBody is { } body ? operation.Resolved(body["schema"]!) : null;
        return (schema?["required"] as JsonArray ?? []).Select(name => (string)name!)
            .Where(name => operation.Resolved(schema!["properties"]![name]!) is var member
                && member["oneOf"] is null && member["type"] is not JsonArray);
    }

    private static string? Body(ApiOperation operation) => operation.JsonBody?["example"]?.ToJsonString();

    private static string With(ApiOperation operation, Action<JsonObject> change)
    {
        var body = (JsonObject)Members(operation).DeepClone();
        change(body);
        return body.ToJsonString();
    }

    private static void Rename(JsonObject body, string name)
    {
        var value = body[name]?.DeepClone();
        body.Remove(name);
        body[$"{name}x"] = value;
    }

    private static async Task<JsonNode?> ProblemOf(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? await answer.Content.ReadFromJsonAsync<JsonNode>() : null;

    private static string Detail(JsonNode? problem) => (string?)problem?["detail"] ?? "";
}
