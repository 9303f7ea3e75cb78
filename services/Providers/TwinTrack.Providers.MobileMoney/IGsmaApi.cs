using Refit;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>
/// What we call of the GSMA Mobile Money API 1.2. Every answer is raw: its body is bounded and read by
/// <see cref="OperatorHttp"/>. Questions may be repeated. What is sent once says so in its name.
/// </summary>
[Headers("Accept: application/json")]
internal interface IGsmaApi
{
    [Get("/heartbeat")]
    Task<HttpResponseMessage> HeartbeatAsync(CancellationToken cancel);

    [Get("/accounts/msisdn/{number}/status")]
    Task<HttpResponseMessage> AccountStatusAsync(string number, CancellationToken cancel);

    [Get("/accounts/msisdn/{number}/accountname")]
    Task<HttpResponseMessage> AccountNameAsync(string number, CancellationToken cancel);

    /// <summary>A link to what the request with our correlation id made.</summary>
    [Get("/responses/{correlationId}")]
    Task<HttpResponseMessage> ResponseAsync(string correlationId, CancellationToken cancel);

    /// <param name="kind">requeststates, batchtransactions or transactions.</param>
    [Get("/{kind}/{id}")]
    Task<HttpResponseMessage> ResourceAsync(string kind, string id, CancellationToken cancel);

    /// <param name="list">completions or rejections.</param>
    [Get("/batchtransactions/{id}/{list}")]
    Task<HttpResponseMessage> BatchRowsAsync(string id, string list, int limit, int offset, CancellationToken cancel);

    [Post("/batchtransactions")]
    Task<HttpResponseMessage> SendBatchOnceAsync(
        [Body] HttpContent batch, [HeaderCollection] IDictionary<string, string> headers, CancellationToken cancel);

    [Patch("/batchtransactions/{id}")]
    Task<HttpResponseMessage> ApproveBatchOnceAsync(
        string id, [Body] HttpContent patch, [HeaderCollection] IDictionary<string, string> headers,
        CancellationToken cancel);

    [Post("/transactions/type/disbursement")]
    Task<HttpResponseMessage> SendOrderOnceAsync(
        [Body] HttpContent order, [HeaderCollection] IDictionary<string, string> headers, CancellationToken cancel);

    [Post("/transactions/{id}/reversals")]
    Task<HttpResponseMessage> ReverseOnceAsync(
        string id, [Body] HttpContent reversal, [HeaderCollection] IDictionary<string, string> headers,
        CancellationToken cancel);
}
