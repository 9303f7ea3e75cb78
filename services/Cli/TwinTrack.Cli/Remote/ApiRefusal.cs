using System.Net;
using System.Text.Json;

namespace TwinTrack.Cli.Remote;

/// <summary>
/// TwinTrack said no: a problem document (RFC 9457) with the refusal's stable code and a sentence for people.
/// </summary>
internal sealed class ApiRefusal(HttpStatusCode status, string code, string reason, JsonElement problem,
    TimeSpan? retryAfter = null) : Exception($"{code}: {reason}")
{
    public HttpStatusCode Status => status;

    /// <summary>
    /// When the same request may be sent again (Retry-After, RFC 9110, 10.2.3): the answer speaks of the server's state
    /// at this moment, not of the request. Null when the server did not say.
    /// </summary>
    public TimeSpan? RetryAfter => retryAfter;

    public string Code => code;

    public string Reason => reason;

    /// <summary>The whole document, with what the service added to it; undefined when the answer was no JSON.</summary>
    public JsonElement Problem => problem;

    public static ApiRefusal Of(HttpStatusCode status, string body, TimeSpan? retryAfter)
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
            return new ApiRefusal(status, problem.Text("title") ?? Invariant($"http.{(int)status}"),
                problem.Text("detail") ?? reason, problem, retryAfter);
        }
        catch (JsonException)
        {
            return new ApiRefusal(status, Invariant($"http.{(int)status}"), reason, default, retryAfter);
        }
    }
}
