using TwinTrack.Kernel;
using static TwinTrack.Payments.Domain.IncidentAct;

namespace TwinTrack.Payments.Domain;

public enum IncidentKind
{
    /// <summary>Paid after it was proved that it would not be.</summary>
    LateSuccess,

    /// <summary>A late success, and the other attempt was paid too: money must be recovered.</summary>
    PaidTwice,

    /// <summary>Two reports that cannot both be true, without a second payment.</summary>
    Contradiction,

    /// <summary>More came back of one payment than was delivered: what is too much is not ours.</summary>
    ReturnedTwice,

    /// <summary>
    /// Paid after two parties had given it up without evidence: the bearer whom they named bears it, if another attempt
    /// was paid too.
    /// </summary>
    ForcedLoss,
}

/// <summary>What a person may do about an incident.</summary>
public enum IncidentAct
{
    /// <summary>Answer for it by name.</summary>
    Take,

    /// <summary>State the amount that is in the wrong hands.</summary>
    Claim,

    /// <summary>Book what came back, or what was given back.</summary>
    Recover,

    /// <summary>Propose that a funding source bears the rest.</summary>
    WriteOff,

    /// <summary>End it on evidence.</summary>
    Close,
}

/// <summary>Where money stands that an incident claims.</summary>
public enum ClaimSide
{
    /// <summary>We gave too much: it is owed to the funding source.</summary>
    OwedToUs,

    /// <summary>We hold too much: the funding source owes it.</summary>
    OwedByUs,

    /// <summary>A source that was named beforehand has borne it already; what comes back is its own.</summary>
    Borne,
}

/// <summary>What is agreed about one kind of incident.</summary>
/// <param name="OwnerRole">Who has to see to it.</param>
/// <param name="DueHours">
/// After opening; past it the incident is overdue, which changes nothing but is shown wherever it is.
/// </param>
public sealed record IncidentRule(IncidentKind Kind, string OwnerRole, int DueHours, ClaimSide Side, IncidentAct[] Acts)
{
    public DateTimeOffset DueAt(DateTimeOffset openedAt) => openedAt.AddHours(DueHours);
}

public static class IncidentKindRules
{
    /// <summary>
    /// A late success is worked while the other attempt can perhaps still be stopped, hence within a day; money that is
    /// out, within three.
    /// </summary>
    public static readonly IncidentRule[] Rules =
    [
        new(IncidentKind.LateSuccess, Role.Operator, 24, ClaimSide.OwedToUs, [Take, Close]),
        new(IncidentKind.PaidTwice, Role.Finance, 72, ClaimSide.OwedToUs, [Take, Recover, WriteOff, Close]),
        new(IncidentKind.Contradiction, Role.Reconciler, 48, ClaimSide.OwedToUs,
            [Take, Claim, Recover, WriteOff, Close]),
        // What is not ours cannot be written off by us.
        new(IncidentKind.ReturnedTwice, Role.Finance, 120, ClaimSide.OwedByUs, [Take, Claim, Recover, Close]),
        new(IncidentKind.ForcedLoss, Role.Finance, 72, ClaimSide.Borne, [Take, Recover, WriteOff, Close]),
    ];

    public static IncidentRule RuleOf(IncidentKind kind) => Rules.Single(rule => rule.Kind == kind);

    public static IncidentKind Of(Contradiction contradiction) => contradiction switch
    {
        Contradiction.LateSuccess => IncidentKind.LateSuccess,
        Contradiction.TwoWords => IncidentKind.Contradiction,
        Contradiction.ReturnedTwice => IncidentKind.ReturnedTwice,
        Contradiction.ForcedLoss => IncidentKind.ForcedLoss,
        _ => throw new ArgumentOutOfRangeException(nameof(contradiction)),
    };
}
