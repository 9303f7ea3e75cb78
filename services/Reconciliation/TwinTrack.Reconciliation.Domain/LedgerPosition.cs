using System.Collections.Frozen;
using static TwinTrack.Reconciliation.Domain.InstructionState;
using static TwinTrack.Reconciliation.Domain.LedgerPosition;

namespace TwinTrack.Reconciliation.Domain;

/// <summary>The ledger position of an instruction's money.</summary>
public enum LedgerPosition
{
    /// <summary>Set aside for the batch and not paid.</summary>
    Committed,

    /// <summary>With a provider, or possibly so.</summary>
    InFlight,

    /// <summary>With the recipient.</summary>
    Disbursed,
}

/// <summary>
/// The posting rules of instructions. A state change books money from the position of the old state to that of the new
/// state. A change within one position books nothing. Every row names both states, so any order of arrival gives the
/// same sum.
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
    /// The debited and the credited position; null when nothing is booked. It also covers contradictions, such as a
    /// settlement after a rejection. They are booked as reported, so that they become visible.
    /// </summary>
    public static (LedgerPosition Debit, LedgerPosition Credit)? Between(InstructionState from, InstructionState to) =>
        Places[from] == Places[to] ? null : (Places[to], Places[from]);
}
