using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Channels;

/// <summary>Calls an adapter with a time limit. After a time-out or a fault the result is unknown.</summary>
internal static class ProviderCall
{
    /// <summary>
    /// The reading, or the code of why there is none. Our own cancellation is passed on. Then the result is unknown,
    /// and recovery asks later.
    /// </summary>
    /// <param name="shown">The span and the duration of this call; ended here.</param>
    /// <param name="call">The adapter's call.</param>
    /// <param name="clock">For the limit.</param>
    /// <param name="cancel">Our own cancellation.</param>
    public static async Task<(Reading? Reading, string? Fault)> TryAsync(
        ProviderSpans.Call shown, Func<CancellationToken, Task<Reading>> call, TimeProvider clock,
        CancellationToken cancel)
    {
        using var _ = shown;
        using var limit = new CancellationTokenSource(ChannelConnection.CallMax, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            // An adapter that ignores its token is not waited for either.
            var reading = await call(either.Token).WaitAsync(either.Token);
            shown.Record(reading);
            return (reading, null);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            shown.Failed(CodeOf(fault));
            return (null, CodeOf(fault));
        }
    }

    /// <summary>Bounded like <see cref="TryAsync"/>, for calls that are not about orders.</summary>
    public static async Task<T> BoundedAsync<T>(
        Func<CancellationToken, Task<T>> call, TimeProvider clock, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(ChannelConnection.CallMax, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        return await call(either.Token).WaitAsync(either.Token);
    }

    /// <summary>Probes the provider: null when it answered, else the code of the fault.</summary>
    public static async Task<string?> ProbeAsync(
        ChannelConnection connection, TimeProvider clock, CancellationToken cancel)
    {
        try
        {
            return await BoundedAsync(token => connection.Adapter.ProbeAsync(connection.Connection, token), clock,
                cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            return CodeOf(fault);
        }
    }

    private static string CodeOf(Exception fault) => fault switch
    {
        HttpRequestException { StatusCode: { } status } => Invariant($"HTTP{(int)status}"),
        HttpRequestException => "CONNECTION",
        OperationCanceledException or TimeoutException => "TIMEOUT",
        IOException => "FILE",
        _ => "FAULT",
    };
}
