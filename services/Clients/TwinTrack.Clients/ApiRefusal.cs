using System.Net;
using System.Text.Json;

namespace TwinTrack.Clients;

/// <summary>
/// The host refused: a problem document (RFC 9457) with the refusal's stable code and a sentence for people.
/// </summary>
#pragma warning disable CA1710 // A refusal is an answer of the host, not a fault of the program.
public sealed class ApiRefusal(HttpStatusCode status, string code, string reason, JsonElement problem)
    : Exception($"{code}: {reason}")
#pragma warning restore CA1710
{
    public HttpStatusCode Status => status;

    public string Code => code;

    public string Reason => reason;

    /// <summary>
    /// The whole document, with what the service added to it; undefined when the answer was no JSON object.
    /// </summary>
    public JsonElement Problem => problem;

    /// <summary>Null when the answer is a success.</summary>
    public static async ValueTask<Exception?> OfAsync(HttpResponseMessage answer) =>
        answer.IsSuccessStatusCode ? null : Of(answer.StatusCode, await answer.Content.ReadAsStringAsync());

    public static ApiRefusal Of(HttpStatusCode status, string body)
    {
        var reason = status switch
        {
            HttpStatusCode.Unauthorized => "Log in first, or again: ./twintrack login.",
            HttpStatusCode.Forbidden => "This user's roles do not allow it.",
            HttpStatusCode.NotFound => "No such thing at this address.",
            _ => "No reason was given.",
        };
        try
        {
            var problem = JsonDocument.Parse(body).RootElement.Clone();
            return new ApiRefusal(status, Text(problem, "title") ?? Invariant($"http.{(int)status}"),
                Text(problem, "detail") ?? reason, problem);
        }
        catch (JsonException)
        {
            return new ApiRefusal(status, Invariant($"http.{(int)status}"), reason, default);
        }
    }

    private static string? Text(JsonElement problem, string name) =>
        problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
