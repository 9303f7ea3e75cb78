namespace TwinTrack.Providers.Callbacks;

/// <summary>
/// How much of callbacks may be in memory at once, from the first byte read to the commit. Whoever finds no room is
/// told to come again: a flood, signed or not, costs others their turn and never the process its memory.
/// </summary>
internal sealed class CallbackMemoryLimit
{
    /// <summary>Twice in memory while it is sealed.</summary>
    internal const long BytesMax = 32L * 1024 * 1024;

    internal const int CallbacksMax = 2_048;

    private long _bytes;
    private int _callbacks;

    /// <summary>Room for one body of up to this size, until disposed; null when there is none.</summary>
    public IDisposable? Take(long bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= BytesMax & Interlocked.Increment(ref _callbacks) <= CallbacksMax)
        {
            return new Place(this, bytes);
        }

        GiveBack(bytes);
        return null;
    }

    private void GiveBack(long bytes)
    {
        Interlocked.Add(ref _bytes, -bytes);
        Interlocked.Decrement(ref _callbacks);
    }

    private sealed class Place(CallbackMemoryLimit room, long bytes) : IDisposable
    {
        public void Dispose() => room.GiveBack(bytes);
    }
}
