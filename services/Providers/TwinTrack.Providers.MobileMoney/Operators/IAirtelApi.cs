using Refit;

namespace TwinTrack.Providers.MobileMoney.Operators;

/// <summary>What we call of Airtel Money. <c>signed</c>: the bearer token and the operator's own headers.</summary>
[Headers("Accept: application/json")]
internal interface IAirtelApi
{
    [Post("/auth/oauth2/token")]
    Task<HttpResponseMessage> TokenAsync([Body] HttpContent credentials, CancellationToken cancel);

    [Get("/standard/v1/users/{number}")]
    Task<HttpResponseMessage> UserAsync(
        string number, [HeaderCollection] IDictionary<string, string> signed, CancellationToken cancel);

    [Get("/standard/v2/disbursements/{id}?transactionType=B2C")]
    Task<HttpResponseMessage> DisbursementAsync(
        string id, [HeaderCollection] IDictionary<string, string> signed, CancellationToken cancel);

    [Post("/standard/v2/disbursements/")]
    Task<HttpResponseMessage> DisburseOnceAsync(
        [Body] HttpContent disbursement, [HeaderCollection] IDictionary<string, string> signed,
        CancellationToken cancel);
}
