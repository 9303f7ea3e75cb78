namespace TwinTrack.Proving.Chaos;

internal enum FaultKind
{
    /// <summary>kill -9, then a restart after a while.</summary>
    Kill,

    /// <summary>Asked to end in good order, and started again.</summary>
    Restart,

    /// <summary>Every open connection of a way is reset.</summary>
    Cut,

    /// <summary>A connection drops all bytes for a while.</summary>
    Swallow,

    /// <summary>A way is slow for a while.</summary>
    Delay,

    /// <summary>Connections of a way are cut after so many bytes, for a while.</summary>
    CutShort,

    /// <summary>A proxy refuses connections for a while.</summary>
    Refuse,

    /// <summary>Messages that a service sent before, and whose effect is committed, are sent again, shuffled.</summary>
    Redeliver,

    /// <summary>
    /// A service's messages that wait to be sent are made late at random, so that later ones overtake them.
    /// </summary>
    Shuffle,

    /// <summary>The disk of the services' data is full for a while.</summary>
    FillDisk,
}

/// <summary>One thing that goes wrong.</summary>
/// <param name="At">From the beginning.</param>
/// <param name="On">The program, way or service; empty for the disk.</param>
/// <param name="For">How long it lasts; zero for what is over at once.</param>
/// <param name="Amount">
/// Depends on the kind: milliseconds of delay, bytes until the cut, messages, or 1 for a kill during a start.
/// </param>
internal sealed record Fault(TimeSpan At, FaultKind Kind, string On, TimeSpan For, int Amount)
{
    /// <summary>When it is over.</summary>
    public TimeSpan Until => At + For;

    public override string ToString() => Invariant($"{At.TotalSeconds,6:0.0} s  {Kind switch
    {
        FaultKind.Kill => $"kill -9 {On}{(Amount > 0 ? " even as it comes up" : "")}, up after "
            + $"{For.TotalSeconds:0.0} s",
        FaultKind.Restart => $"restart {On}",
        FaultKind.Cut => $"reset {On}",
        FaultKind.Swallow => $"swallow {On} for {For.TotalSeconds:0.0} s",
        FaultKind.Delay => $"delay {On} by {Amount} ms for {For.TotalSeconds:0.0} s",
        FaultKind.CutShort => $"cut {On} after {Amount} bytes for {For.TotalSeconds:0.0} s",
        FaultKind.Refuse => $"refuse {On} for {For.TotalSeconds:0.0} s",
        FaultKind.Redeliver => $"deliver {Amount} messages of {On} again",
        FaultKind.Shuffle => $"shuffle the messages of {On} over {Amount} ms",
        _ => $"fill the disk for {For.TotalSeconds:0.0} s",
    }}");
}
