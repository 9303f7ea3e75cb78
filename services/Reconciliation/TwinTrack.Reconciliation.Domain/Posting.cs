using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Domain;

/// <summary>Names of the ledger's accounts. A debit is above zero, a credit below.</summary>
public static class Account
{
    public const string FundsPrefix = "funds:";
    public const string CommittedPrefix = "committed:";
    public const string InFlightPrefix = "in-flight:";
    public const string DisbursedPrefix = "disbursed:";

    /// <summary>Owed to a source: paid out of it in error and asked back.</summary>
    public static string Receivable(string programme, string source) => $"receivable:{programme}:{source}";

    /// <summary>Owed by a source: more came back to it than it had paid.</summary>
    public static string Payable(string programme, string source) => $"payable:{programme}:{source}";

    /// <summary>Borne by a source: asked back without success.</summary>
    public static string Loss(string programme, string source) => $"loss:{programme}:{source}";

    /// <summary>
    /// Reserved by a source for attempts that were given up without evidence. Its funds are charged until the result is
    /// known.
    /// </summary>
    public static string AtRisk(string programme, string source) => $"at-risk:{programme}:{source}";

    /// <summary>The amount that a channel paid beyond its committed funds. Below zero until it is covered.</summary>
    public static string Overpaid(string channel) => $"overpaid:{channel}";

    /// <summary>
    /// Paid by an attempt that counts as unpaid. It is separate from <see cref="DisbursedPrefix"/>, which holds
    /// payments of settled attempts.
    /// </summary>
    public static string DisbursedLate(string channel) => $"disbursed-late:{channel}";

    /// <summary>The origin of deposits. Its balance is minus the sum of all deposits.</summary>
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
/// <param name="Cause">The cause of the posting: <c>Planned>Released</c>, <c>deposited</c> and the like.</param>
/// <param name="AmountMinor">Minor units, above zero.</param>
public sealed record Posting(string Cause, string Debit, string Credit, long AmountMinor);

/// <summary>Postings with one cause and pair of accounts, booked as one.</summary>
/// <param name="Count">The number of postings that it represents.</param>
public sealed record BookedPosting(string Cause, string Debit, string Credit, long Count, long AmountMinor)
{
    /// <summary>Makes one booking for each cause and pair of accounts, not one per payment.</summary>
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
