using System.Security.Cryptography;
using System.Text;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Domain.Callbacks;

namespace TwinTrack.Domain.Tests.Providers.Callbacks;

/// <summary>Doors and callbacks for tests, and RFC 9421's own example request (appendix B.2).</summary>
internal static class CallbackScene
{
    internal const string Body = """{"hello": "world"}""";
    internal const string RfcDigest =
        "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";
    internal static readonly DateTimeOffset RfcTime = DateTimeOffset.FromUnixTimeSeconds(1618884473);

    internal static CallbackSettings SettingsOf(Dictionary<string, string> settings) =>
        Try(settings).Match(callbacks => callbacks, refusal => throw new InvalidOperationException(refusal.Reason));

    internal static Result<CallbackSettings> Try(Dictionary<string, string> settings) =>
        CallbackSettings.Of(new Connection("t1", Currency.Of("XOF").Match(ok => ok, _ => default), settings));

    internal static CallbackRequest Request(string body, params (string Name, string Value)[] headers) => new(
        "POST", "/foo", "?param=Value&Pet=dog",
        headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase),
        Encoding.UTF8.GetBytes(body));

    /// <summary>The request of appendix B.2 with one of its signatures.</summary>
    internal static CallbackRequest RfcRequest(string input, string signature) => Request(
        Body, ("Host", "example.com"), ("Date", "Tue, 20 Apr 2021 02:07:55 GMT"), ("Content-Type", "application/json"),
        ("Content-Digest", RfcDigest), ("Content-Length", "18"),
        ("Signature-Input", input), ("Signature", signature));

    internal static string? FaultOf(CallbackSettings callbacks, CallbackRequest request, DateTimeOffset at) =>
        callbacks.Scheme.Verify(callbacks, request, at).Fault;

    internal static string Digest(string body) =>
        $"sha-256=:{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}:";
}
