namespace TwinTrack.Kernel;

/// <summary>
/// A clock that makes ids as well. None of a real system does; the deterministic simulation's must, so that a seed
/// names one history.
/// </summary>
public interface IClockWithIds
{
    Guid NewId();
}

public static class FreshIds
{
    /// <summary>
    /// A new id: UUID version 7, ordered by the clock's time so that indexes grow at one end; the rest of it is random
    /// (RFC 9562 §5.7).
    /// </summary>
    public static Guid NewId(this TimeProvider clock) =>
        clock is IClockWithIds source ? source.NewId() : Guid.CreateVersion7(clock.GetUtcNow());
}
