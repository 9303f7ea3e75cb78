using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using TwinTrack.Clients;
using TwinTrack.Kernel;

namespace TwinTrack.Services.Tests.Api;

/// <summary>One operation, called through its generated client, and what came of it.</summary>
/// <param name="Operation">As its document has it.</param>
/// <param name="Status">Of the answer; 0 when none came.</param>
/// <param name="Fault">What was thrown, if anything was.</param>
internal sealed record ClientCall(ApiOperation Operation, int Status, Exception? Fault)
{
    /// <summary>The one list that ends with its switch: it is refused when the switch is over.</summary>
    private const string EndsWithItsSwitch = "payments.ListForceableInstructions";

    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>
    /// A refusal with a documented problem is an answer. An existing list or item must be readable. An unreadable
    /// answer, an undocumented status and a 500 are faults.
    /// </summary>
    public IEnumerable<string> Faults()
    {
        if (!Operation.Statuses.Contains(Status))
        {
            yield return Invariant($"{Operation} answered {Status}, which is not documented. {Fault?.Message}");
        }

        if (Operation.Method == "GET" && Status != (Operation.Id == EndsWithItsSwitch ? 422 : 200))
        {
            yield return Invariant($"{Operation} answered {Status}. {Fault?.Message}");
        }

        if (Fault is not (null or ApiRefusal))
        {
            yield return $"{Operation}: its answer cannot be read. {Fault}";
        }

        if (Fault is ApiRefusal refusal && !IsDocumented(refusal.Problem))
        {
            yield return Invariant(
                $"{Operation} refused with {Status} and {refusal.Problem}, which is no documented problem.");
        }
    }

    public static async Task<ClientCall> MakeAsync(TestHost host, ApiOperation operation, KnownValues values)
    {
        var method = ClientMethod.All().Single(one => one.Method == operation.Method && one.Path == operation.Path);
        using var recorder = new Recorder { InnerHandler = new SocketsHttpHandler() };
        using var client = new TwinTrackClient(host.Address, Token(host, operation), recorder);
        var api = typeof(TwinTrackClient).GetProperties()
            .Single(property => property.PropertyType == method.Info.DeclaringType).GetValue(client);
        try
        {
            await (Task)method.Info.Invoke(api, [.. Arguments(operation, method, values)])!;
            return new ClientCall(operation, recorder.Status, null);
        }
        catch (Exception fault) when (fault is not TargetInvocationException)
        {
            return new ClientCall(operation, recorder.Status, fault);
        }
    }

    /// <summary>A facilitator has no other role.</summary>
    private static string? Token(TestHost host, ApiOperation operation) => operation.Roles switch
    {
        [] when operation.Node["security"] is not JsonArray { Count: > 0 } => null,
        [Role.Partner] => host.TokenOf(Role.Partner, "agency", Role.Partner),
        var roles => host.TokenOf("caller", "government", [.. roles.Except([Role.Facilitator])]),
    };

    private static IEnumerable<object?> Arguments(ApiOperation operation, ClientMethod method, KnownValues values) =>
        method.Info.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(CancellationToken) ? CancellationToken.None
            : ClientMethod.IsHeader(parameter) ? "application/octet-stream"
            : ClientMethod.IsBody(parameter) ? Body(operation, parameter, values)
            : parameter.IsOptional && parameter.Name != "name" ? null
            : values.Of(operation, parameter));

    private static object Body(ApiOperation operation, ParameterInfo parameter, KnownValues values) =>
        parameter.ParameterType == typeof(Stream)
            ? new MemoryStream("pcode,name,parent\nNE003,Dosso,NER\n"u8.ToArray())
            : JsonSerializer.Deserialize(
                values.Filled(operation.JsonBody!["example"]!.ToJsonString()),
                parameter.ParameterType,
                JsonSerializerOptions.Web)!;

    /// <summary>A refusal or a fault of ours has a code; the host's own answers name the section of RFC 9110.</summary>
    private static bool IsDocumented(JsonElement problem) =>
        problem.ValueKind == JsonValueKind.Object
        && problem.TryGetProperty("type", out var type)
        && (type.GetString()!.StartsWith("urn:twintrack:", StringComparison.Ordinal)
            || type.GetString()!.StartsWith("https://tools.ietf.org/html/rfc9110#", StringComparison.Ordinal));

    private sealed class Recorder : DelegatingHandler
    {
        public int Status { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            Status = (int)answer.StatusCode;
            return answer;
        }
    }
}
