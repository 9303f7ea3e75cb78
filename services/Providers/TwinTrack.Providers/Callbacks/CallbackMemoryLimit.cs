namespace TwinTrack.Providers.Callbacks;

/// <summary>
/// Limits the memory of all callbacks at once, from the first byte read to the commit. A callback above the limit is
/// asked to come again. A flood delays other callbacks, but never exhausts the process's memory.
/// </summary>
internal sealed class CallbackMemoryLimit
{
    /// <summary>A body is twice in memory while it is sealed.</summary>
    internal const long BytesMax = 32L * 1024 * 1024;

    internal const int CallbacksMax = 2_048;

    private long _bytes;
    private int _callbacks;

    /// <summary>
    /// Reserves memory for one body of up to this size, until disposed; null when the limit is reached.
    /// </summary>
    public IDisposable? Take(long bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= BytesMax & Interlocked.Increment(ref _callbacks) <= CallbacksMax)
        {
            return new Reservation(this, bytes);
        }

        GiveBack(bytes);
        return null;
    }

    private void GiveBack(long bytes)
    {
        Interlocked.Add(ref _bytes, -bytes);
        Interlocked.Decrement(ref _callbacks);
    }

    private sealed class Reservation(CallbackMemoryLimit memory, long bytes) : IDisposable
    {
        public void Dispose() => memory.GiveBack(bytes);
    }
}
