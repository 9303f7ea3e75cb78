using System.Globalization;
using System.Net;
using System.Text;
using TwinTrack.Kernel;

namespace TwinTrack.Services.Tests.Providers;

/// <summary>Signs callbacks as a provider of Standard Webhooks would.</summary>
internal static class CallbackPen
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public static Dictionary<string, string> Settings =>
        new() { ["callbackScheme"] = "standard-webhooks", ["callbackKey"] = Secret, ["askEverySeconds"] = "3600" };

    public static string Unit(string token) => $"/providers/callbacks/{token}";

    public static string Channel(string channel = ProvidersHost.Channel) => $"/providers/callbacks/channels/{channel}";

    public static HttpRequestMessage Sign(string path, string id, string body, string secret = Secret,
        TimeSpan age = default)
    {
        var at = (TimeProvider.System.GetUtcNow() - age).ToUnixTimeSeconds();
        var bytes = Encoding.UTF8.GetBytes(body);
        return new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(bytes),
            Headers =
            {
                { StandardWebhooks.IdHeader, id },
                { StandardWebhooks.TimestampHeader, at.ToString(CultureInfo.InvariantCulture) },
                { StandardWebhooks.SignatureHeader,
                    StandardWebhooks.Sign(StandardWebhooks.ReadSecret(secret)!, id, at, bytes) },
                { "Authorization", "Bearer very-secret" },
            },
        };
    }

    public static async Task<HttpStatusCode> SendStatusAsync(this HttpClient http, HttpRequestMessage message)
    {
        using (message)
        {
            using var answer = await http.SendAsync(message);
            return answer.StatusCode;
        }
    }
}
