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

/// <summary>
/// Where everything of one batch stands. The certificate's question is answered from these numbers alone.
/// </summary>
/// <param name="Obligations">As released.</param>
/// <param name="Settled">Obligations with a settled instruction, and what was delivered.</param>
/// <param name="Unpaid">Obligations whose every attempt ended without payment.</param>
/// <param name="NoInstruction">
/// Obligations that no channel reached: those released less those of which an instruction is known.
/// </param>
/// <param name="Undelivered">Remainders of partial deliveries.</param>
/// <param name="SettledTwice">Obligations with more than one settled instruction.</param>
/// <param name="Unreleased">Instructions of which only later state changes have arrived yet.</param>
/// <param name="Matched">Settled instructions with a matched line, or with a break that people have closed.</param>
/// <param name="Unmatched">Settled instructions without.</param>
/// <param name="LedgerSumMinor">Over the whole ledger, all batches; zero, or the books are wrong.</param>
/// <param name="Incidents">
/// What incidents cost, beside all other figures; in the way of nothing, and told for ever.
/// </param>
public sealed record BatchFigures(
    BatchTotal Obligations,
    BatchTotal Settled,
    BatchTotal InFlight,
    BatchTotal InDoubt,
    BatchTotal Unpaid,
    BatchTotal NoInstruction,
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
    /// <summary>Nothing when the batch can be certified; else how many of what are in the way.</summary>
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
            // Adds up, in a way: but a batch that was released and of which nothing was heard has not begun, it has not
            // ended.
            inTheWay.Add("no instruction has arrived");
        }

        if (inTheWay.Count == 0)
        {
            inTheWay.AddRange(Differences());
        }

        return inTheWay.Count == 0
            ? null : new Refusal("certificate.not_yet", $"Not yet: {string.Join(", ", inTheWay)}.");
    }

    /// <summary>The sums that must hold once nothing is under way.</summary>
    private IEnumerable<string> Differences()
    {
        BatchTotal[] parts = [Settled, InFlight, InDoubt, Unpaid, NoInstruction];
        var count = parts.Sum(part => part.Count);
        var sum = parts.Sum(part => part.SumMinor) + Undelivered.SumMinor;
        if (count != Obligations.Count || NoInstruction.Count < 0)
        {
            yield return $"{Obligations.Count} obligations released but {count} accounted for";
        }

        if (sum != Obligations.SumMinor || NoInstruction.SumMinor < 0)
        {
            yield return $"{Obligations.SumMinor} released but {sum} accounted for";
        }

        if (Ledger.DisbursedMinor != Settled.SumMinor || Ledger.InFlightMinor != 0)
        {
            yield return $"the ledger has {Ledger.DisbursedMinor} disbursed and {Ledger.InFlightMinor} in flight, the "
                + $"instructions {Settled.SumMinor} and 0";
        }

        if (Ledger.CommittedMinor != Ledger.InFlightMinor + Ledger.DisbursedMinor + Ledger.StillCommittedMinor
            || LedgerSumMinor != 0)
        {
            yield return "the ledger does not balance";
        }
    }
}
