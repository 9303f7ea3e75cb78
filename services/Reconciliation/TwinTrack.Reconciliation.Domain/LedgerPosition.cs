using System.Collections.Frozen;
using static TwinTrack.Reconciliation.Domain.InstructionState;
using static TwinTrack.Reconciliation.Domain.LedgerPosition;

namespace TwinTrack.Reconciliation.Domain;

/// <summary>Where the money of an instruction stands.</summary>
public enum LedgerPosition
{
    /// <summary>Set aside for the batch, and in nobody's hands.</summary>
    Committed,

    /// <summary>With a provider, or possibly so.</summary>
    InFlight,

    /// <summary>With the recipient.</summary>
    Disbursed,
}

/// <summary>
/// The posting rules of instructions: money moves between the places of the state left and the state entered, and a
/// change of state within one place books nothing. Because every row says both states, the sum over any order of
/// arrival is the same.
/// </summary>
public static class PostingRules
{
    private static readonly FrozenDictionary<InstructionState, LedgerPosition> Places =
        new Dictionary<InstructionState, LedgerPosition>
    {
        [Planned] = Committed,
        [Released] = InFlight,
        [Sent] = InFlight,
        [Accepted] = InFlight,
        [InDoubt] = InFlight,
        [Settled] = Disbursed,
        [Rejected] = Committed,
        [Recalled] = Committed,
        [Withdrawn] = Committed,
        [Returned] = Committed,
        [Abandoned] = Committed,
        [SettledLate] = Committed,
    }.ToFrozenDictionary();

    public static LedgerPosition PlaceOf(InstructionState state) => Places[state];

    /// <summary>
    /// Which place is debited and which credited; null when nothing is booked. Also for what must not happen, such as a
    /// settlement after a rejection: it is booked as it was said, and shows.
    /// </summary>
    public static (LedgerPosition Debit, LedgerPosition Credit)? Between(InstructionState from, InstructionState to) =>
        Places[from] == Places[to] ? null : (Places[to], Places[from]);
}
