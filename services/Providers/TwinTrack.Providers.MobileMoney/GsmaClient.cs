using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>Adds the headers of the GSMA Mobile Money API 1.2 to an operator's connection.</summary>
internal sealed class GsmaClient(OperatorConnection line, MobileMoneySettings settings, TimeProvider clock)
{
    public MobileMoneySettings Settings => settings;

    public TimeSpan Budget => line.Address.Budget;

    /// <param name="path">From the base, starting with a slash.</param>
    public Task<OperatorAnswer> GetAsync(string path, CancellationToken cancel) =>
        line.QuestionAsync(() => Request(HttpMethod.Get, path), cancel);

    /// <summary>Sends once. The code that owns the journal decides whether to send again.</summary>
    public Task<OperatorAnswer> SendOnceAsync(
        HttpMethod method, string path, byte[] body, string correlationId, string callbackToken,
        CancellationToken cancel) => line.OrderAsync(
        () =>
        {
            var request = Request(method, path);
            request.Headers.Add("X-CorrelationID", correlationId);
            request.Headers.Add("X-Content-Hash", Convert.ToHexStringLower(SHA256.HashData(body)));
            if (line.Address.CallbackBase is { } callback)
            {
                request.Headers.Add("X-Callback-URL", $"{callback}/{callbackToken}");
            }

            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return request;
        },
        cancel);

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, line.Address.Base + path);
        request.Headers.Add("X-API-Key", settings.ApiKey);
        request.Headers.Add("X-Date", OrderBody.Instant(clock.GetUtcNow()));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }
}
