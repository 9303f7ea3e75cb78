using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Domain;

public enum LineKind
{
    /// <summary>The provider paid the recipient. On the wire: paid.</summary>
    Paid,

    /// <summary>The money came back to our account. On the wire: returned.</summary>
    Returned,
}

/// <summary>The verdict on a line. The verdicts from <see cref="UnknownReference"/> on are breaks.</summary>
public enum LineVerdict
{
    /// <summary>Not looked at yet.</summary>
    Pending,

    /// <summary>Says what we say.</summary>
    Matched,

    /// <summary>The same booking was on an earlier statement. It is shown again and did not happen again.</summary>
    Repeated,

    UnknownReference,
    AmountDiffers,
    PaidNotSettled,
    ReturnedNotBooked,
    DuplicateLine,
}

/// <summary>One line of a statement. Only its verdict ever changes.</summary>
public sealed record StatementLine
{
    public required StatementId StatementId { get; init; }

    /// <summary>From 1, as counted in the statement.</summary>
    public required int Line { get; init; }

    public required string Channel { get; init; }

    /// <summary>An instruction id's number; null when the line carries no reference of ours.</summary>
    public Guid? InstructionId { get; init; }

    public required LineKind Kind { get; init; }

    public required long AmountMinor { get; init; }

    public required string Currency { get; init; }

    public required DateOnly BookedOn { get; init; }

    public string? ProviderReference { get; init; }

    public LineVerdict Verdict { get; init; }

    /// <summary>Whether two lines of different statements show the same booking.</summary>
    public bool IsSameBooking(StatementLine other) =>
        Kind == other.Kind && AmountMinor == other.AmountMinor && Currency == other.Currency
            && BookedOn == other.BookedOn
        && (ProviderReference is null || other.ProviderReference is null
            || ProviderReference == other.ProviderReference);
}
