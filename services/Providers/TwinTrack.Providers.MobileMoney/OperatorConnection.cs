using System.Threading.RateLimiting;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Retry;
using Polly.Timeout;
using Refit;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>
/// One channel's connection to its operator. It limits calls per second, calls at once, and the time of each call. It
/// pauses all calls when most get no answer. Questions are repeated and have their own rate. Orders are sent once. A
/// refused call was not sent. Thread-safe.
/// </summary>
internal sealed class OperatorConnection
{
    public const string CircuitOpen = "CIRCUIT_OPEN";
    public const string NotTried = "NOT_TRIED";

    private const int RetriesMax = 2;
    private const int WaitingMax = 10_000;

    private static readonly RefitSettings ApiSettings = new();

    private readonly HttpClient _http;
    private readonly CircuitBreakerStateProvider _circuit = new();
    private readonly ResiliencePipeline<OperatorAnswer> _orders;
    private readonly ResiliencePipeline<OperatorAnswer> _questions;
    private long _calls;
    private long _silent;
    private long _turnedAway;

    // It uses real time, not the injected clock, because it waits for a network.
    /// <param name="http">Its base is the address's. It belongs to the caller.</param>
    /// <param name="address">Where the operator is, and the limits of its calls.</param>
    public OperatorConnection(HttpClient http, OperatorAddress address)
    {
        _http = http;
        Address = address;
        var wire = new ResiliencePipelineBuilder<OperatorAnswer>()
            .AddConcurrencyLimiter(address.CallsAtOnce, WaitingMax)
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<OperatorAnswer>
            {
                FailureRatio = 0.5,
                MinimumThroughput = address.BreakAfter,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = address.BreakTime,
                ShouldHandle = IsSilence,
                StateProvider = _circuit,
            })
            .AddTimeout(address.CallTime)
            .Build();
        _orders = new ResiliencePipelineBuilder<OperatorAnswer>().AddRateLimiter(Rate(address.CallsPerSecond))
            .AddPipeline(wire).Build();
        _questions = new ResiliencePipelineBuilder<OperatorAnswer>()
            .AddRetry(new RetryStrategyOptions<OperatorAnswer>
            {
                MaxRetryAttempts = RetriesMax,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = IsSilence,
            })
            .AddRateLimiter(Rate(address.AsksPerSecond))
            .AddPipeline(wire)
            .Build();
    }

    public OperatorAddress Address { get; }

    public TokenCache Tokens { get; } = new();

    public ConnectionState State => new(
        _circuit.CircuitState switch
        {
            CircuitState.Closed => Circuit.Closed,
            CircuitState.HalfOpen =>
            Circuit.HalfOpen,
            _ => Circuit.Open
        },
        Interlocked.Read(ref _calls), Interlocked.Read(ref _silent), Interlocked.Read(ref _turnedAway));

    /// <summary>
    /// The operator's calls. Each is made inside <see cref="OrderAsync"/> or <see cref="QuestionAsync"/>, which set its
    /// limits.
    /// </summary>
    public TApi Api<TApi>() => RestService.ForGenerated<TApi>(_http, ApiSettings);

    /// <summary>Sends once. The code that owns the journal decides whether to send again.</summary>
    public Task<OperatorAnswer> OrderAsync(
        Func<CancellationToken, Task<HttpResponseMessage>> call, CancellationToken cancel) =>
        SendAsync(_orders, call, cancel);

    public Task<OperatorAnswer> QuestionAsync(
        Func<CancellationToken, Task<HttpResponseMessage>> call, CancellationToken cancel) =>
        SendAsync(_questions, call, cancel);

    private async Task<OperatorAnswer> SendAsync(
        ResiliencePipeline<OperatorAnswer> pipeline, Func<CancellationToken, Task<HttpResponseMessage>> call,
        CancellationToken cancel)
    {
        try
        {
            return await pipeline.ExecuteAsync(
                async token =>
                {
                    Interlocked.Increment(ref _calls);
                    var answer = await OperatorHttp.SendAsync(call, token);
                    if (answer.IsPassing)
                    {
                        Interlocked.Increment(ref _silent);
                    }

                    return answer;
                },
                cancel);
        }
        catch (TimeoutRejectedException)
        {
            Interlocked.Increment(ref _silent);
            return OperatorAnswer.Nothing("TIMEOUT");
        }
        catch (BrokenCircuitException)
        {
            Interlocked.Increment(ref _turnedAway);
            return OperatorAnswer.Nothing(CircuitOpen);
        }
        catch (RateLimiterRejectedException)
        {
            Interlocked.Increment(ref _turnedAway);
            return OperatorAnswer.Nothing(NotTried);
        }
    }

    private static ValueTask<bool> IsSilence<TArguments>(TArguments arguments)
        where TArguments : struct => ValueTask.FromResult(arguments switch
        {
            CircuitBreakerPredicateArguments<OperatorAnswer> call => IsSilent(call.Outcome),
            RetryPredicateArguments<OperatorAnswer> call => IsSilent(call.Outcome),
            _ => false,
        });

    private static bool IsSilent(Outcome<OperatorAnswer> outcome) =>
        outcome.Result is { IsPassing: true } || outcome.Exception is TimeoutRejectedException;

    /// <summary>An even rate, with at most a tenth of a second's calls at once.</summary>
    private static TokenBucketRateLimiter Rate(double perSecond)
    {
        var atOnce = Math.Max(1, (int)(perSecond / 10));
        return new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = atOnce,
            TokensPerPeriod = atOnce,
            ReplenishmentPeriod = TimeSpan.FromSeconds(atOnce / perSecond),
            QueueLimit = WaitingMax,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }
}
