namespace TwinTrack.Cli.Remote;

/// <summary>
/// Waits for facts. Patience is counted from the last sign of progress, so that slow is not mistaken for stuck.
/// </summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan TellAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(400);

    /// <param name="what">For the story of a failure.</param>
    /// <param name="look">Reads what is so now.</param>
    /// <param name="holds">Whether it is what was waited for.</param>
    /// <param name="measure">What changes as long as there is progress.</param>
    /// <param name="cancel">Stops waiting.</param>
    public static async Task<T> UntilAsync<T>(
        string what, Func<Task<T>> look, Func<T, bool> holds, Func<T, object?> measure, CancellationToken cancel)
    {
        var pause = PauseMin;
        var moved = TimeProvider.System.GetTimestamp();
        var shown = TimeSpan.Zero;
        object? last = null;
        while (true)
        {
            var seen = await look();
            if (holds(seen))
            {
                return seen;
            }

            var now = measure(seen);
            if (!Equals(now, last))
            {
                (last, moved, pause, shown) = (now, TimeProvider.System.GetTimestamp(), PauseMin, TimeSpan.Zero);
            }

            var still = TimeProvider.System.GetElapsedTime(moved);
            if (still > Patience)
            {
                throw new StuckException(
                    Invariant(
                        $"Waited {Patience.TotalMinutes:0} minutes for {what} without any progress. Last seen: {now}"));
            }

            if (still > shown + TellAfter)
            {
                shown = still;
                await Console.Error.WriteLineAsync(
                    Invariant($"Waiting for {what}; nothing has changed for {still.TotalSeconds:0} s. ")
                        + $"Last seen: {now}");
            }

            await PauseAsync(pause, what, now, cancel);
            pause = pause * 1.5 < PauseMax ? pause * 1.5 : PauseMax;
        }
    }

    /// <summary>Whoever is stopped here says what it was waiting for.</summary>
    private static async Task PauseAsync(TimeSpan pause, string what, object? last, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(pause, TimeProvider.System, cancel);
        }
        catch (OperationCanceledException fault)
        {
            throw new OperationCanceledException($"It was waiting for {what}. Last seen: {last}", fault, cancel);
        }
    }
}

/// <summary>Something that had to happen did not, in good time.</summary>
internal sealed class StuckException(string message) : Exception(message);
