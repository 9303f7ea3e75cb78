namespace TwinTrack.Routing.Domain.Switches;

/// <summary>Why a track is changed; time on track 2 is reported by it.</summary>
public enum SwitchReason
{
    Saturated,
    Disrupted,
    NoAccess,
    Security,
    FundsSuspended,

    /// <summary>Back to track 1. Allowed only in this direction.</summary>
    Return,
}
