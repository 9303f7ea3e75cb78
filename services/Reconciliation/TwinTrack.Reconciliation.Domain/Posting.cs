using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Domain;

/// <summary>Names of the ledger's accounts. A debit is above zero, a credit below.</summary>
public static class Account
{
    public const string FundsPrefix = "funds:";
    public const string CommittedPrefix = "committed:";
    public const string InFlightPrefix = "in-flight:";
    public const string DisbursedPrefix = "disbursed:";

    /// <summary>Owed to a source: paid out of it without a claim, and asked back.</summary>
    public static string Receivable(string programme, string source) => $"receivable:{programme}:{source}";

    /// <summary>Owed by a source: more came back to it than was its own.</summary>
    public static string Payable(string programme, string source) => $"payable:{programme}:{source}";

    /// <summary>Borne by a source: asked back in vain.</summary>
    public static string Loss(string programme, string source) => $"loss:{programme}:{source}";

    /// <summary>
    /// A source stands for attempts that were given up without evidence: taken from its funds until it is known.
    /// </summary>
    public static string AtRisk(string programme, string source) => $"at-risk:{programme}:{source}";

    /// <summary>What a channel paid beyond what was committed to it, below zero until it is made good.</summary>
    public static string Overpaid(string channel) => $"overpaid:{channel}";

    /// <summary>
    /// Paid by an attempt that counts as ended without payment: apart from <see cref="DisbursedPrefix"/>, which is what
    /// settled attempts paid.
    /// </summary>
    public static string DisbursedLate(string channel) => $"disbursed-late:{channel}";

    /// <summary>Where deposits come from; below zero by all that was ever put in.</summary>
    public static string Deposits(string programme, string source) => $"deposits:{programme}:{source}";

    /// <summary>At the programme's disposal.</summary>
    public static string Funds(string programme, string source) => $"{FundsPrefix}{programme}:{source}";

    public static string Of(LedgerPosition place, BatchId batch, string channel, string source) => place switch
    {
        LedgerPosition.Committed => Committed(batch, source),
        LedgerPosition.InFlight => InFlightPrefix + channel,
        LedgerPosition.Disbursed => DisbursedPrefix + channel,
        _ => throw new ArgumentOutOfRangeException(nameof(place)),
    };

    public static string Committed(BatchId batch, string source) => $"{CommittedPrefix}{batch}:{source}";
}

/// <summary>An amount that leaves one account for another.</summary>
/// <param name="Cause">What moved it: <c>Planned>Released</c>, <c>deposited</c> and the like.</param>
/// <param name="AmountMinor">Minor units, above zero.</param>
public sealed record Posting(string Cause, string Debit, string Credit, long AmountMinor);

/// <summary>Many like postings booked as one.</summary>
/// <param name="Count">How many postings it stands for.</param>
public sealed record BookedPosting(string Cause, string Debit, string Credit, long Count, long AmountMinor)
{
    /// <summary>One booking for each cause and pair of accounts: never one a payment.</summary>
    public static IReadOnlyList<BookedPosting> Together(IEnumerable<Posting> postings) =>
    [
        .. postings.GroupBy(posting => (posting.Cause, posting.Debit, posting.Credit))
            .Select(group => new BookedPosting(
                group.Key.Cause, group.Key.Debit, group.Key.Credit, group.LongCount(),
                group.Sum(posting => posting.AmountMinor)))
            .OrderBy(booked => booked.Cause, StringComparer.Ordinal)
            .ThenBy(booked => booked.Debit, StringComparer.Ordinal),
    ];

    /// <summary>Account and amount; they sum to zero.</summary>
    public IReadOnlyList<(string Account, long AmountMinor)> Entries => [(Debit, AmountMinor), (Credit, -AmountMinor)];
}
