using Refit;

namespace TwinTrack.Providers.MobileMoney.Operators;

/// <summary>
/// What we call of MTN MoMo Disbursement 1.0. <c>signed</c>: the bearer token and the operator's own headers.
/// </summary>
[Headers("Accept: application/json")]
internal interface IMtnApi
{
    [Post("/disbursement/token/")]
    Task<HttpResponseMessage> TokenAsync(
        [Header("Authorization")] string basic, [Header("Ocp-Apim-Subscription-Key")] string subscription,
        CancellationToken cancel);

    [Get("/disbursement/v1_0/account/balance")]
    Task<HttpResponseMessage> BalanceAsync(
        [HeaderCollection] IDictionary<string, string> signed, CancellationToken cancel);

    [Get("/disbursement/v1_0/accountholder/msisdn/{number}/active")]
    Task<HttpResponseMessage> ActiveAsync(
        string number, [HeaderCollection] IDictionary<string, string> signed, CancellationToken cancel);

    [Get("/disbursement/v1_0/accountholder/msisdn/{number}/basicuserinfo")]
    Task<HttpResponseMessage> HolderAsync(
        string number, [HeaderCollection] IDictionary<string, string> signed, CancellationToken cancel);

    [Get("/disbursement/v1_0/transfer/{key}")]
    Task<HttpResponseMessage> TransferAsync(
        string key, [HeaderCollection] IDictionary<string, string> signed, CancellationToken cancel);

    [Post("/disbursement/v1_0/transfer")]
    Task<HttpResponseMessage> TransferOnceAsync(
        [Body] HttpContent transfer, [Header("X-Reference-Id")] string key,
        [Header("X-Callback-Url")] string? callback, [HeaderCollection] IDictionary<string, string> signed,
        CancellationToken cancel);
}
