using Refit;

namespace TwinTrack.Providers.MobileMoney.Operators;

/// <summary>What we call of M-Pesa Daraja. <c>signed</c>: the bearer token.</summary>
[Headers("Accept: application/json")]
internal interface IDarajaApi
{
    [Get("/oauth/v1/generate?grant_type=client_credentials")]
    Task<HttpResponseMessage> TokenAsync([Header("Authorization")] string basic, CancellationToken cancel);

    /// <summary>A question, although it is a POST: it pays nothing.</summary>
    [Post("/mpesa/transactionstatus/v1/query")]
    Task<HttpResponseMessage> TransactionStatusAsync(
        [Body] HttpContent question, [HeaderCollection] IDictionary<string, string> signed, CancellationToken cancel);

    [Post("/mpesa/b2c/v3/paymentrequest")]
    Task<HttpResponseMessage> PayOnceAsync(
        [Body] HttpContent payment, [HeaderCollection] IDictionary<string, string> signed, CancellationToken cancel);
}
