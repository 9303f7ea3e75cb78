using Refit;

namespace TwinTrack.Providers.MobileMoney.Operators;

/// <summary>What we call of Onafriq's asynchronous hub. Its password stands in each body.</summary>
internal interface IOnafriqApi
{
    /// <summary>A question, although it is a POST: it pays nothing.</summary>
    [Post("/hub/async/get_trans_status")]
    Task<HttpResponseMessage> StatusAsync([Body] HttpContent question, CancellationToken cancel);

    [Post("/hub/async/callService")]
    Task<HttpResponseMessage> SendBatchOnceAsync([Body] HttpContent batch, CancellationToken cancel);
}
