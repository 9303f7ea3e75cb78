using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Domain;

/// <param name="SumMinor">Minor units.</param>
public sealed record BatchTotal(long Count, long SumMinor);

/// <param name="State">State of instructions, over all attempts.</param>
public sealed record StateTotal(InstructionState State, long Count, long SumMinor);

public sealed record TrackTotal(int Track, long Count, long SumMinor);

public sealed record SourceTotal(string FundingSource, long Count, long SumMinor);

/// <summary>A batch's part of the ledger, minor units: committed = in flight + disbursed + still committed.</summary>
public sealed record BatchLedger(long CommittedMinor, long InFlightMinor, long DisbursedMinor,
    long StillCommittedMinor);

/// <summary>All figures of one batch. Only these figures decide whether it can be certified.</summary>
/// <param name="Obligations">As released.</param>
/// <param name="Settled">Obligations with a settled instruction, and the delivered amount.</param>
/// <param name="Unpaid">Obligations whose every attempt ended without payment.</param>
/// <param name="NoInstruction">
/// Obligations that no channel reached: the released ones less those with a known instruction.
/// </param>
/// <param name="FollowedUp">
/// Obligations that a follow-up batch has taken. They count there, and neither as unpaid nor as without an instruction
/// here.
/// </param>
/// <param name="Undelivered">Remainders of partial deliveries.</param>
/// <param name="SettledTwice">Obligations with more than one settled instruction.</param>
/// <param name="Unreleased">Instructions whose release has not arrived yet, only later state changes.</param>
/// <param name="Matched">Settled instructions with a matched line, or with a break that people have closed.</param>
/// <param name="Unmatched">Settled instructions without a matched line.</param>
/// <param name="LedgerSumMinor">Sum over the whole ledger and all batches. It must be zero.</param>
/// <param name="Incidents">
/// The cost of incidents, separate from all other figures. It does not prevent a certificate.
/// </param>
public sealed record BatchFigures(
    BatchTotal Obligations,
    BatchTotal Settled,
    BatchTotal InFlight,
    BatchTotal InDoubt,
    BatchTotal Unpaid,
    BatchTotal NoInstruction,
    BatchTotal FollowedUp,
    BatchTotal Undelivered,
    long SettledTwice,
    long Unreleased,
    IReadOnlyList<StateTotal> ByState,
    IReadOnlyList<TrackTotal> ByTrack,
    IReadOnlyList<SourceTotal> ByFundingSource,
    long Matched,
    long Unmatched,
    long BreaksOpen,
    BatchLedger Ledger,
    long LedgerSumMinor,
    IReadOnlyList<IncidentTotal> Incidents)
{
    /// <summary>Null when the batch can be certified; else what is in the way, with counts.</summary>
    public Refusal? NotYet()
    {
        (long Count, string What)[] missing =
        [
            (Unreleased, "whose release has not arrived"),
            (InFlight.Count, "in flight"),
            (InDoubt.Count, "in doubt"),
            (Unmatched, "settled without a statement line"),
            (BreaksOpen, "open breaks"),
        ];
        var inTheWay = missing.Where(item => item.Count > 0).Select(item => $"{item.Count} {item.What}").ToList();
        if (Obligations.Count > 0 && NoInstruction.Count == Obligations.Count)
        {
            // The figures balance, but no instruction of the batch has arrived. So it has not begun, and it must not be
            // certified.
            inTheWay.Add("no instruction has arrived");
        }

        if (inTheWay.Count == 0)
        {
            inTheWay.AddRange(Differences());
        }

        var next = BreaksOpen > 0 ? "Resolve the breaks, then certify it."
            : Unmatched > 0 ? "Import the statements of its channels, then certify it."
            : "Certify it when this is done.";
        return inTheWay.Count == 0
            ? null : new Refusal("certificate.not_yet",
                $"The batch cannot be certified yet: {string.Join(", ", inTheWay)}. {next}");
    }

    /// <summary>The sums that must agree once no payment is under way.</summary>
    private IEnumerable<string> Differences()
    {
        BatchTotal[] parts = [Settled, InFlight, InDoubt, Unpaid, NoInstruction, FollowedUp];
        var count = parts.Sum(part => part.Count);
        var sum = parts.Sum(part => part.SumMinor) + Undelivered.SumMinor;
        if (count != Obligations.Count || NoInstruction.Count < 0)
        {
            yield return Invariant($"{Obligations.Count} obligations released but {count} accounted for");
        }

        if (sum != Obligations.SumMinor || NoInstruction.SumMinor < 0)
        {
            yield return Invariant($"{Obligations.SumMinor} released but {sum} accounted for");
        }

        if (Ledger.DisbursedMinor != Settled.SumMinor || Ledger.InFlightMinor != 0)
        {
            yield return Invariant(
                $"the ledger has {Ledger.DisbursedMinor} disbursed and {Ledger.InFlightMinor} in flight, the ")
                + Invariant($"instructions {Settled.SumMinor} and 0");
        }

        if (Ledger.CommittedMinor != Ledger.InFlightMinor + Ledger.DisbursedMinor + Ledger.StillCommittedMinor
            || LedgerSumMinor != 0)
        {
            yield return "the ledger does not balance";
        }
    }
}
