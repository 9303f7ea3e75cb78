using TwinTrack.Kernel;
using static TwinTrack.Payments.Domain.IncidentAct;

namespace TwinTrack.Payments.Domain;

public enum IncidentKind
{
    /// <summary>Paid after evidence had proved that it would not be paid.</summary>
    LateSuccess,

    /// <summary>A late success, and the other attempt was paid too: money must be recovered.</summary>
    PaidTwice,

    /// <summary>Two reports that cannot both be true, without a second payment.</summary>
    Contradiction,

    /// <summary>More came back than was delivered. The programme owes the excess to its sender.</summary>
    ReturnedTwice,

    /// <summary>
    /// Paid after two parties had given it up without evidence. If another attempt was paid too, the named bearer bears
    /// the loss.
    /// </summary>
    ForcedLoss,
}

/// <summary>What a person may do about an incident.</summary>
public enum IncidentAct
{
    /// <summary>Answer for it by name.</summary>
    Take,

    /// <summary>State the amount that was paid in error.</summary>
    Claim,

    /// <summary>Record an amount that came back, or that was given back.</summary>
    Recover,

    /// <summary>Propose that a funding source bears the rest.</summary>
    WriteOff,

    /// <summary>End it on evidence.</summary>
    Close,
}

/// <summary>Who owes the amount that an incident claims.</summary>
public enum ClaimSide
{
    /// <summary>We gave too much: it is owed to the funding source.</summary>
    OwedToUs,

    /// <summary>We hold too much: the funding source owes it.</summary>
    OwedByUs,

    /// <summary>
    /// A source that was named beforehand has already borne it. What comes back belongs to that source.
    /// </summary>
    Borne,
}

/// <summary>The agreed rule for one kind of incident.</summary>
/// <param name="OwnerRole">The role that must resolve it.</param>
/// <param name="DueHours">
/// Hours after opening. Later the incident is overdue: every view shows it, and nothing else changes.
/// </param>
public sealed record IncidentRule(IncidentKind Kind, string OwnerRole, int DueHours, ClaimSide Side, IncidentAct[] Acts)
{
    public DateTimeOffset DueAt(DateTimeOffset openedAt) => openedAt.AddHours(DueHours);
}

public static class IncidentKindRules
{
    /// <summary>
    /// A late success is due within a day, because the other attempt can perhaps still be stopped. Money paid in error
    /// is due within three days.
    /// </summary>
    public static readonly IncidentRule[] Rules =
    [
        new(IncidentKind.LateSuccess, Role.Operator, 24, ClaimSide.OwedToUs, [Take, Close]),
        new(IncidentKind.PaidTwice, Role.Finance, 72, ClaimSide.OwedToUs, [Take, Recover, WriteOff, Close]),
        new(IncidentKind.Contradiction, Role.Reconciler, 48, ClaimSide.OwedToUs,
            [Take, Claim, Recover, WriteOff, Close]),
        // The programme cannot write off money that belongs to others.
        new(IncidentKind.ReturnedTwice, Role.Finance, 120, ClaimSide.OwedByUs, [Take, Claim, Recover, Close]),
        new(IncidentKind.ForcedLoss, Role.Finance, 72, ClaimSide.Borne, [Take, Recover, WriteOff, Close]),
    ];

    public static IncidentRule RuleOf(IncidentKind kind) => Rules.Single(rule => rule.Kind == kind);

    public static IncidentKind Of(Contradiction contradiction) => contradiction switch
    {
        Contradiction.LateSuccess => IncidentKind.LateSuccess,
        Contradiction.ConflictingReports => IncidentKind.Contradiction,
        Contradiction.ReturnedTwice => IncidentKind.ReturnedTwice,
        Contradiction.ForcedLoss => IncidentKind.ForcedLoss,
        _ => throw new ArgumentOutOfRangeException(nameof(contradiction)),
    };
}
