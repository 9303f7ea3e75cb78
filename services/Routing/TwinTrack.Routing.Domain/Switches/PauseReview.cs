using System.Diagnostics.CodeAnalysis;
using TwinTrack.Kernel;
using static TwinTrack.Routing.Domain.Switches.ReviewState;
using static TwinTrack.Routing.Domain.Switches.ReviewTrigger;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>The co-chairs' review of an operator's pause or suspension.</summary>
public readonly record struct PauseReviewId(Guid Value) : ITypedId<PauseReviewId>
{
    public static string Prefix => "rev";

    public static PauseReviewId From(Guid value) => new(value);

    public static PauseReviewId Parse(string s, IFormatProvider? provider) => TypedId.Parse<PauseReviewId>(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PauseReviewId result) =>
        TypedId.TryParse(s, out result);

    public override string ToString() => this.Text;
}

public enum ReviewState
{
    Open,

    /// <summary>Nobody has reviewed it in time. The pause remains, because silence opens no gate.</summary>
    Overdue,

    /// <summary>The pause is right, and stands.</summary>
    Confirmed,

    /// <summary>Co-chairs opened the channel again, or ended the suspension.</summary>
    Lifted,

    /// <summary>An operator opened the channel again, or ended the suspension.</summary>
    Resumed,
}

public enum ReviewTrigger
{
    PassDeadline,
    Confirm,
    Lift,
    Resume,
}

public static class ReviewLifecycle
{
    public static readonly TransitionTable<ReviewState, ReviewTrigger> Table = new(
        (Open, PassDeadline, Overdue),
        (Open, Confirm, Confirmed),
        (Open, Lift, Lifted),
        (Open, Resume, Resumed),
        (Overdue, Confirm, Confirmed),
        (Overdue, Lift, Lifted),
        (Overdue, Resume, Resumed),
        (Confirmed, Lift, Lifted),
        (Confirmed, Resume, Resumed));

    /// <summary>The pause under review stands.</summary>
    public static readonly IReadOnlyList<ReviewState> Standing = [Open, Overdue, Confirmed];
}

/// <summary>One pause of a channel, or one suspension of a track, which others must review within a time.</summary>
public sealed class PauseReview
{
    /// <summary>Where no protocol says how long.</summary>
    public const int DefaultHours = 72;

    /// <summary>Roles that a protocol may let pause.</summary>
    public static readonly IReadOnlyList<string> Roles =
        [Role.Operator, Role.ProgrammeManager, Role.Finance, Role.CoChair, Role.Admin];

    public required PauseReviewId Id { get; init; }

    /// <summary>The paused channel; null for a suspension.</summary>
    public string? Channel { get; init; }

    /// <summary>The suspension of a track; null for a pause of a channel.</summary>
    public SuspensionId? SuspensionId { get; init; }

    /// <summary>As <see cref="Actor"/> writes it.</summary>
    public required string PausedBy { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    public ReviewState State { get; private set; }

    public string? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public string? Note { get; private set; }

    /// <summary>
    /// Roles that may pause alone: those of every protocol in force. Without a protocol, an operator may.
    /// </summary>
    public static IReadOnlyList<string> PauseRoles(IEnumerable<Protocol> inForce) =>
        inForce.Select(protocol => protocol.Terms.Emergency).OfType<EmergencyTerms>()
            .SelectMany(terms => terms.PauseRoles).Distinct().ToList() is { Count: > 0 } roles
            ? roles : [Role.Operator];

    /// <summary>A channel serves several programmes. The shortest time of their protocols applies.</summary>
    public static int HoursUntilReview(IEnumerable<Protocol> inForce) =>
        inForce.Select(protocol => protocol.Terms.Emergency).OfType<EmergencyTerms>()
            .Select(terms => terms.ReviewWithinHours).DefaultIfEmpty(DefaultHours).Min();

    public Result<ReviewState> Go(ReviewTrigger trigger, Actor by, string? note, DateTimeOffset at)
    {
        if (trigger is Confirm or Lift && Actor.Parse(PausedBy).User == by.User)
        {
            return SwitchRefusals.ReviewByPauser;
        }

        var changed = ReviewLifecycle.Table.Next(State, trigger);
        if (changed.Allows(out var next, out _))
        {
            State = next;
            if (next != Overdue)
            {
                (DecidedBy, DecidedAt, Note) = (by.ToString(), at, note);
            }
        }

        return changed;
    }
}
