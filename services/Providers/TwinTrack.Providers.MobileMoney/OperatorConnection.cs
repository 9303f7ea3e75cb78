using System.Threading.RateLimiting;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Retry;
using Polly.Timeout;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>
/// One channel's wire to its operator: so many calls a second and at once, each for so long, and none for a while when
/// most go unanswered. Questions are repeated and have a rate of their own; orders are sent once. What is turned away
/// here was not sent by this call. Thread-safe.
/// </summary>
internal sealed class OperatorConnection
{
    public const string CircuitOpen = "CIRCUIT_OPEN";
    public const string NotTried = "NOT_TRIED";

    private const int RetriesMax = 2;
    private const int WaitingMax = 10_000;

    private readonly HttpClient _http;
    private readonly CircuitBreakerStateProvider _circuit = new();
    private readonly ResiliencePipeline<OperatorAnswer> _orders;
    private readonly ResiliencePipeline<OperatorAnswer> _questions;
    private long _calls;
    private long _silent;
    private long _turnedAway;

    // In real time, whatever the clock: what is waited for is a wire.
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
        _circuit.CircuitState switch { CircuitState.Closed => Circuit.Closed, CircuitState.HalfOpen =>
            Circuit.HalfOpen, _ => Circuit.Open },
        Interlocked.Read(ref _calls), Interlocked.Read(ref _silent), Interlocked.Read(ref _turnedAway));

    /// <summary>Once. Whether to send the same again is decided where the journal is.</summary>
    public Task<OperatorAnswer> OrderAsync(Func<HttpRequestMessage> request, CancellationToken cancel) =>
        SendAsync(_orders, request, cancel);

    public Task<OperatorAnswer> QuestionAsync(Func<HttpRequestMessage> request, CancellationToken cancel) =>
        SendAsync(_questions, request, cancel);

    private async Task<OperatorAnswer> SendAsync(
        ResiliencePipeline<OperatorAnswer> pipeline, Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        try
        {
            return await pipeline.ExecuteAsync(
                async token =>
                {
                    Interlocked.Increment(ref _calls);
                    using var message = request();
                    var said = await OperatorHttp.SendAsync(_http, message, token);
                    if (said.IsPassing)
                    {
                        Interlocked.Increment(ref _silent);
                    }

                    return said;
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

    /// <summary>Evenly, with at most a tenth of a second's worth at once.</summary>
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
