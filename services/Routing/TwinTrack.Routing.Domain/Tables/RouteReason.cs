using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Tables;

/// <summary>
/// Why a payment has its route, or why a channel is skipped. In the order in which the router checks. If all channels
/// are skipped, the latest reason in this order explains the missing route.
/// </summary>
public enum RouteReason
{
    /// <summary>The table's row leads here.</summary>
    Rule,

    /// <summary>A switch leads here.</summary>
    Switch,

    /// <summary>The table has no row for it.</summary>
    NoRule,

    /// <summary>No channel of the row is on this track.</summary>
    NoChannel,

    /// <summary>The channel does not pay this instrument.</summary>
    Instrument,

    /// <summary>The payee's instrument cannot be paid over this channel.</summary>
    NotPortable,

    /// <summary>The channel does not cover the area.</summary>
    Area,

    /// <summary>The channel pays in another currency.</summary>
    Currency,

    /// <summary>Providers has not declared what the channel's adapter can do.</summary>
    NotDeclared,

    /// <summary>A constraint forbids it: partner × area × authority × data × funding.</summary>
    RedLine,

    /// <summary>No data-sharing agreement covers the data that this channel would receive.</summary>
    NoAgreement,

    /// <summary>An assessment of capacity is missing, too low, or out of date.</summary>
    Assessment,

    /// <summary>The area cannot be entered, and this channel pays by hand.</summary>
    NoAccess,

    /// <summary>The partner has declined it.</summary>
    Declined,

    /// <summary>The funding source may not be paid out over this track and partner.</summary>
    Funding,

    /// <summary>A switch is leaving the channel and will lead the payment elsewhere.</summary>
    Leaving,

    /// <summary>The channel's track is suspended for the payment, which waits for the end of that.</summary>
    Suspended,

    /// <summary>Outside the channel's opening hours, and the row says to use the next channel.</summary>
    Hours,

    /// <summary>The row's ceiling on the channel is reached.</summary>
    Ceiling,
}

/// <param name="Channel">Its code.</param>
/// <param name="By">
/// The rule that says so, by name: <c>constraint C-7 v2: no cash in areas held by others</c>; null where the reason
/// says all.
/// </param>
public sealed record SkippedChannel(string Channel, RouteReason Reason, string? By = null)
{
    /// <summary>
    /// One short word for a channel, because millions are stored: <c>t2-agency:red_line(constraint C-7 v2)</c>.
    /// </summary>
    public override string ToString() => By is null
        ? $"{Channel}:{Word.Of(Reason)}" : $"{Channel}:{Word.Of(Reason)}({By})";
}
