using System.Security.Cryptography;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>A request that is sent once, with its body and the headers that the operator knows it by.</summary>
internal delegate Task<HttpResponseMessage> GsmaOrder(
    HttpContent body, IDictionary<string, string> headers, CancellationToken cancel);

/// <summary>Calls the GSMA Mobile Money API 1.2 over an operator's connection.</summary>
internal sealed class GsmaClient(OperatorConnection line, MobileMoneySettings settings)
{
    public MobileMoneySettings Settings => settings;

    public TimeSpan Budget => line.Address.Budget;

    public IGsmaApi Api { get; } = line.Api<IGsmaApi>();

    public Task<OperatorAnswer> AskAsync(
        Func<CancellationToken, Task<HttpResponseMessage>> question, CancellationToken cancel) =>
        line.QuestionAsync(question, cancel);

    public Task<OperatorAnswer> LookAsync(Resource resource, CancellationToken cancel) =>
        line.QuestionAsync(each => Api.ResourceAsync(resource.Kind, resource.Id, each), cancel);

    /// <summary>Sends once. The code that owns the journal decides whether to send again.</summary>
    public Task<OperatorAnswer> SendOnceAsync(
        GsmaOrder send, byte[] body, string correlationId, string callbackToken, CancellationToken cancel) =>
        line.OrderAsync(
            each => send(OrderBody.Content(body), OnceHeaders(body, correlationId, callbackToken), each), cancel);

    private Dictionary<string, string> OnceHeaders(byte[] body, string correlationId, string callbackToken)
    {
        var headers = new Dictionary<string, string>
        {
            ["X-CorrelationID"] = correlationId,
            ["X-Content-Hash"] = Convert.ToHexStringLower(SHA256.HashData(body)),
        };
        if (line.Address.CallbackBase is { } callback)
        {
            headers["X-Callback-URL"] = $"{callback}/{callbackToken}";
        }

        return headers;
    }
}

/// <summary>The headers that every GSMA request carries.</summary>
internal sealed class GsmaHeaders(string apiKey, TimeProvider clock) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        request.Headers.Add("X-API-Key", apiKey);
        request.Headers.Add("X-Date", OrderBody.Instant(clock.GetUtcNow()));
        return base.SendAsync(request, cancel);
    }
}
