namespace TwinTrack.Platform.Health;

/// <summary>What a probe is asked for. Kubernetes' words.</summary>
internal enum Probe
{
    /// <summary>Would a restart help? Only what a restart mends belongs here.</summary>
    Live,

    /// <summary>Has the process come up? True once, true for good.</summary>
    Started,

    /// <summary>Should requests be sent here now?</summary>
    Ready,
}

/// <summary>One thing that a probe looks at.</summary>
internal interface IProbeCheck
{
    /// <summary>For people; without secrets.</summary>
    string Name { get; }

    Probe Probe { get; }

    /// <summary>Whether the probe fails with it. What is not needed is shown, and degrades.</summary>
    bool Needed { get; }

    /// <summary>
    /// Null when all is well, else why not: in words of ours, never a fault's own text, which may hold an address or a
    /// name.
    /// </summary>
    Task<string?> LookAsync(CancellationToken cancel);
}
