using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Channels;

/// <summary>
/// The edge where waiting ends. What does not come back in time, or comes back as a fault, taught us nothing.
/// </summary>
internal static class ProviderCall
{
    /// <summary>
    /// The reading, or the code of why there is none. Lets a cancellation of ours through: then nobody knows, and
    /// recovery asks.
    /// </summary>
    /// <param name="shown">The span and the duration of this call; ended here.</param>
    /// <param name="call">The adapter's.</param>
    /// <param name="clock">For the limit.</param>
    /// <param name="cancel">Ours.</param>
    public static async Task<(Reading? Reading, string? Fault)> TryAsync(
        ProviderSpans.Call shown, Func<CancellationToken, Task<Reading>> call, TimeProvider clock,
        CancellationToken cancel)
    {
        using var _ = shown;
        using var limit = new CancellationTokenSource(ChannelConnection.CallMax, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            // An adapter that does not listen to its token is left behind all the same.
            var reading = await call(either.Token).WaitAsync(either.Token);
            shown.Heard(reading);
            return (reading, null);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            shown.Failed(CodeOf(fault));
            return (null, CodeOf(fault));
        }
    }

    /// <summary>Bounded like <see cref="TryAsync"/>, for what is not about orders.</summary>
    public static async Task<T> BoundedAsync<T>(
        Func<CancellationToken, Task<T>> call, TimeProvider clock, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(ChannelConnection.CallMax, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        return await call(either.Token).WaitAsync(either.Token);
    }

    /// <summary>A sign of life: null when there was one, else the code of why not.</summary>
    public static async Task<string?> ProbeAsync(ChannelConnection line, TimeProvider clock, CancellationToken cancel)
    {
        try
        {
            return await BoundedAsync(token => line.Adapter.ProbeAsync(line.Connection, token), clock, cancel);
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
