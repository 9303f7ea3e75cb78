using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace TwinTrack.Platform.Web;

/// <summary>
/// For clients that read from other systems: a read is tried three times within a bound. A request that may change
/// something there is sent once, whatever its answer.
/// </summary>
internal static class ReadRetries
{
    private const int RetriesMax = 2;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AttemptMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AllMax = TimeSpan.FromSeconds(15);

    public static IHttpClientBuilder AddReadRetries(this IHttpClientBuilder client)
    {
        var retry = new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = RetriesMax,
            Delay = FirstWait,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        };
        retry.DisableForUnsafeHttpMethods();
        client.RemoveAllLoggers().AddResilienceHandler("reads", pipeline =>
            pipeline.AddTimeout(AllMax).AddRetry(retry).AddTimeout(AttemptMax));
        return client;
    }
}
