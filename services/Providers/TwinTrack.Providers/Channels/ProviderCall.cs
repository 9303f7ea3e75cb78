using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Channels;

/// <summary>The edge where waiting ends. What does not come back in time, or comes back as a fault, taught us nothing.</summary>
internal static class ProviderCall
{
    /// <summary>The reading, or the code of why there is none. Lets a cancellation of ours through: then nobody knows, and recovery asks.</summary>
    public static async Task<(Reading? Reading, string? Fault)> TryAsync(
        Func<CancellationToken, Task<Reading>> call, TimeProvider clock, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(ChannelLine.CallMax, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            // An adapter that does not listen to its token is left behind all the same.
            return (await call(either.Token).WaitAsync(either.Token), null);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            return (null, CodeOf(fault));
        }
    }

    /// <summary>Bounded like <see cref="TryAsync"/>, for what is not about orders.</summary>
    public static async Task<T> BoundedAsync<T>(Func<CancellationToken, Task<T>> call, TimeProvider clock, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(ChannelLine.CallMax, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        return await call(either.Token).WaitAsync(either.Token);
    }

    private static string CodeOf(Exception fault) => fault switch
    {
        HttpRequestException { StatusCode: { } status } => $"HTTP{(int)status}",
        HttpRequestException => "CONNECTION",
        OperationCanceledException or TimeoutException => "TIMEOUT",
        IOException => "FILE",
        _ => "FAULT",
    };
}
