using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Domain;

/// <summary>One change of state of one instruction, as Payments reported it.</summary>
/// <param name="Version">Counts the instruction's changes from 1.</param>
/// <param name="AmountMinor">The instruction's amount; on a settlement, the delivered amount.</param>
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
/// The expected state of an instruction, from the state changes that have arrived. They may come in any order. The same
/// state changes always give the same expectation and the same bookings. It is replaced, never edited.
/// </summary>
public sealed record Expectation
{
    /// <summary>
    /// The number of an <see cref="InstructionId"/>. It is a plain Guid, because pages follow its order.
    /// </summary>
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

    /// <summary>Version of <see cref="State"/>; 0 before any state change.</summary>
    public required int Version { get; init; }

    /// <summary>The released amount, minor units; null while only later state changes are known.</summary>
    public long? OrderedMinor { get; init; }

    /// <summary>The delivered amount, minor units; null until settled. Kept when the money comes back.</summary>
    public long? DeliveredMinor { get; init; }

    /// <summary>
    /// Whether the money was in flight before the settlement. It was not, if the settlement contradicts an earlier end.
    /// </summary>
    public bool SettledFromFlight { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>The expectation after one more state change, with its bookings. Apply each state change once.</summary>
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

        // The rest of a partial delivery is booked back when both amounts are known, in any order.
        if (after.UndeliveredInFlight is > 0 and var rest && known.UndeliveredInFlight is null)
        {
            postings.Add(after.Book("Undelivered", LedgerPosition.Committed, LedgerPosition.InFlight, rest));
        }

        return (after, postings);
    }

    /// <summary>Applies the state changes of a message to the stored expectations.</summary>
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
