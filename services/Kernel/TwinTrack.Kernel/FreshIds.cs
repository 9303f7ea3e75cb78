namespace TwinTrack.Kernel;

/// <summary>
/// A clock that also makes ids. Only the clock of the deterministic simulation does this, so that one seed gives one
/// history.
/// </summary>
public interface IClockWithIds
{
    Guid NewId();
}

public static class FreshIds
{
    /// <summary>
    /// A new id: UUID version 7 (RFC 9562 §5.7). It begins with the clock's time, so that indexes grow at one end. The
    /// rest is random.
    /// </summary>
    public static Guid NewId(this TimeProvider clock) =>
        clock is IClockWithIds source ? source.NewId() : Guid.CreateVersion7(clock.GetUtcNow());
}
