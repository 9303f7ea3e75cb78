namespace TwinTrack.Platform.Health;

/// <summary>The kinds of probes, in Kubernetes' words.</summary>
internal enum Probe
{
    /// <summary>Whether the process must restart. Only faults that a restart can repair belong here.</summary>
    Live,

    /// <summary>Whether the process has started. Once true, it stays true.</summary>
    Started,

    /// <summary>Should requests be sent here now?</summary>
    Ready,
}

/// <summary>One check of a probe.</summary>
internal interface IProbeCheck
{
    /// <summary>For people; without secrets.</summary>
    string Name { get; }

    Probe Probe { get; }

    /// <summary>Whether the probe fails with this check. A check that is not needed only shows "degraded".</summary>
    bool Needed { get; }

    /// <summary>
    /// Null when all is well, else the reason in our own words. A fault's own text may hold an address or a name.
    /// </summary>
    Task<string?> LookAsync(CancellationToken cancel);
}
