using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Domain;

/// <summary>One change of state of one instruction, as Payments reported it.</summary>
/// <param name="Version">Counts the instruction's changes from 1.</param>
/// <param name="AmountMinor">The instruction's amount; on a settlement, what was delivered.</param>
public sealed record StateChange(
    InstructionId Instruction,
    ObligationId Obligation,
    BatchId Batch,
    string Programme,
    string Currency,
    string Channel,
    int Track,
    string FundingSource,
    int Version,
    InstructionState From,
    InstructionState To,
    long AmountMinor,
    DateTimeOffset At);

/// <summary>
/// What we expect of an instruction, from the changes that have arrived. Changes may come in any order and some late:
/// whatever the order, the same changes give the same expectation and the same bookings. Replaced, never edited.
/// </summary>
public sealed record Expectation
{
    /// <summary>An <see cref="InstructionId"/>'s number: bare, because pages go in its order.</summary>
    public required Guid InstructionId { get; init; }

    public required ObligationId ObligationId { get; init; }

    public required BatchId BatchId { get; init; }

    public required string Programme { get; init; }

    public required string Currency { get; init; }

    public required string Channel { get; init; }

    /// <summary>1 government, 2 aligned.</summary>
    public required int Track { get; init; }

    public required string FundingSource { get; init; }

    /// <summary>The newest known.</summary>
    public required InstructionState State { get; init; }

    /// <summary>Of <see cref="State"/>; 0 before any change.</summary>
    public required int Version { get; init; }

    /// <summary>What was released, minor units; null while only later changes are known.</summary>
    public long? OrderedMinor { get; init; }

    /// <summary>What was delivered, minor units; null until settled. Stays when the money comes back.</summary>
    public long? DeliveredMinor { get; init; }

    /// <summary>
    /// Whether the settlement found the money in flight. One that contradicts an earlier end did not.
    /// </summary>
    public bool SettledFromFlight { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>The expectation after one more change, and what it books. Each change is to be applied once.</summary>
    public static (Expectation After, IReadOnlyList<Posting> Postings) Apply(Expectation? before, StateChange change)
    {
        var known = before ?? Fresh(change);
        var after = known with
        {
            State = change.Version > known.Version ? change.To : known.State,
            Version = Math.Max(known.Version, change.Version),
            OrderedMinor = change.To == InstructionState.Released ? change.AmountMinor : known.OrderedMinor,
        };
        if (change.To is InstructionState.Settled or InstructionState.SettledLate)
        {
            after = after with
            {
                DeliveredMinor = change.AmountMinor,
                SettledFromFlight = PostingRules.PlaceOf(change.From) == LedgerPosition.InFlight,
                SettledAt = change.At,
            };
        }

        List<Posting> postings = [];
        if (PostingRules.Between(change.From, change.To) is var (debit, credit) && change.AmountMinor != 0)
        {
            postings.Add(after.Book($"{change.From}>{change.To}", debit, credit, change.AmountMinor));
        }

        // The rest of a partial delivery goes back when both amounts are known, whichever came first.
        if (after.UndeliveredInFlight is > 0 and var rest && known.UndeliveredInFlight is null)
        {
            postings.Add(after.Book("Undelivered", LedgerPosition.Committed, LedgerPosition.InFlight, rest));
        }

        return (after, postings);
    }

    /// <summary>Applies a message's worth of changes to the expectations that are there.</summary>
    public static (IReadOnlyList<Expectation> Changed, IReadOnlyList<Posting> Postings) Apply(
        IReadOnlyDictionary<Guid, Expectation> known, IEnumerable<StateChange> changes)
    {
        var changed = new Dictionary<Guid, Expectation>();
        var postings = new List<Posting>();
        foreach (var change in changes)
        {
            var id = change.Instruction.Value;
            var (after, booked) = Apply(changed.GetValueOrDefault(id) ?? known.GetValueOrDefault(id), change);
            changed[id] = after;
            postings.AddRange(booked);
        }

        return ([.. changed.Values], postings);
    }

    private long? UndeliveredInFlight => SettledFromFlight ? OrderedMinor - DeliveredMinor : null;

    private Posting Book(string cause, LedgerPosition debit, LedgerPosition credit, long amountMinor) => new(
        cause, Account.Of(debit, BatchId, Channel, FundingSource), Account.Of(credit, BatchId, Channel, FundingSource),
        amountMinor);

    private static Expectation Fresh(StateChange change) => new()
    {
        InstructionId = change.Instruction.Value,
        ObligationId = change.Obligation,
        BatchId = change.Batch,
        Programme = change.Programme,
        Currency = change.Currency,
        Channel = change.Channel,
        Track = change.Track,
        FundingSource = change.FundingSource,
        State = change.From,
        Version = 0,
    };
}
