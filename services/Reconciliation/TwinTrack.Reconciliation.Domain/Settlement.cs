using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Domain;

/// <summary>Payments of one track's channel from one funding source, less returned money.</summary>
/// <param name="Track">1 government, 2 aligned.</param>
/// <param name="Count">Payments.</param>
/// <param name="AmountMinor">Minor units.</param>
public sealed record TrackPayments(string FundingSource, int Track, string Channel, string Currency, long Count,
    long AmountMinor);

/// <summary>A track paid with money that was given to the other track. The other track owes it back.</summary>
/// <param name="Debtor">Track that holds the source.</param>
/// <param name="Creditor">Track that paid.</param>
/// <param name="Channels">Channels over which it paid.</param>
public sealed record InterTrackClaim(string FundingSource, int Debtor, int Creditor, string Currency, long Count,
    long AmountMinor, IReadOnlyList<string> Channels);

/// <summary>The net claim in one currency.</summary>
/// <param name="Debtor">The track that pays; 0 when they are even.</param>
public sealed record NetInterTrackClaim(string Currency, int Debtor, int Creditor, long AmountMinor);

/// <summary>A channel on which payments and ledger differ.</summary>
public sealed record SettlementDifference(string Channel, string Currency, long PaidMinor, long LedgerMinor);

/// <summary>The claims between the tracks, by funding source.</summary>
/// <param name="Agrees">Whether the ledger's disbursement accounts agree. If not, nothing should be settled.</param>
public sealed record Settlement(
    IReadOnlyList<TrackPayments> Paid, IReadOnlyList<InterTrackClaim> Owed, IReadOnlyList<NetInterTrackClaim> Net,
    bool Agrees, IReadOnlyList<SettlementDifference> Differences)
{
    /// <param name="paid">Every channel and source.</param>
    /// <param name="aligned">Sources given to track 2; all others are the government's.</param>
    /// <param name="disbursed">By channel and currency, from the ledger.</param>
    public static Settlement Of(IReadOnlyCollection<TrackPayments> paid, IReadOnlySet<string> aligned,
        IReadOnlyDictionary<(string Channel, string Currency), long> disbursed)
    {
        int HolderOf(string source) => aligned.Contains(source) ? Track.Aligned : Track.Government;

        var owed = paid.Where(line => line.Track != HolderOf(line.FundingSource) && line.AmountMinor != 0)
            .GroupBy(line => (line.FundingSource, line.Track, line.Currency))
            .OrderBy(group => group.Key.FundingSource, StringComparer.Ordinal).ThenBy(group => group.Key.Track)
            .ThenBy(group => group.Key.Currency, StringComparer.Ordinal)
            .Select(group => new InterTrackClaim(
                group.Key.FundingSource,
                HolderOf(group.Key.FundingSource),
                group.Key.Track,
                group.Key.Currency,
                group.Sum(line => line.Count),
                group.Sum(line => line.AmountMinor),
                [.. group.Select(line => line.Channel).Order(StringComparer.Ordinal)]))
            .ToList();
        var net = owed.GroupBy(row => row.Currency).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (Currency: group.Key,
                Minor: group.Sum(row => row.Debtor == Track.Government ? row.AmountMinor : -row.AmountMinor)))
            .Select(sum => sum.Minor switch
            {
                > 0 => new NetInterTrackClaim(sum.Currency, Track.Government, Track.Aligned, sum.Minor),
                < 0 => new NetInterTrackClaim(sum.Currency, Track.Aligned, Track.Government, -sum.Minor),
                _ => new NetInterTrackClaim(sum.Currency, 0, 0, 0),
            }).ToList();
        var byChannel = paid.GroupBy(line => (line.Channel, line.Currency))
            .ToDictionary(group => group.Key, group => group.Sum(line => line.AmountMinor));
        var differences = byChannel.Keys.Union(disbursed.Keys)
            .OrderBy(key => key.Channel, StringComparer.Ordinal).ThenBy(key => key.Currency, StringComparer.Ordinal)
            .Select(key => new SettlementDifference(
                key.Channel, key.Currency, byChannel.GetValueOrDefault(key), disbursed.GetValueOrDefault(key)))
            .Where(row => row.PaidMinor != row.LedgerMinor).ToList();
        return new Settlement([.. paid], owed, net, differences.Count == 0, differences);
    }
}
