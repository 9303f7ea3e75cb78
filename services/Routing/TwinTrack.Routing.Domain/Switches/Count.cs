using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>What stands where in a switch's scope, as Payments counted it at one moment.</summary>
/// <param name="ListHash">SHA-256 over the obligations in scope; does not change as they are paid.</param>
public sealed record Count(string ListHash, long Obligations, long AmountMinor, IReadOnlyList<CountLine> Lines)
{
    public Sum SumOf(Func<CountLine, bool> which) => Sum.Of(Lines.Where(which));
}

/// <param name="Channel">Of the obligation's latest instruction.</param>
/// <param name="Moved">Whether that instruction was made by this switch.</param>
/// <param name="Evidence">What freed the one before it: never_sent, rejected, recalled or returned.</param>
/// <param name="Payments">How many obligations.</param>
public sealed record CountLine(
    string Area, Instrument Instrument, string Channel, CountedState State, bool Moved, string? Evidence, long Payments, long AmountMinor)
{
    /// <summary>Code; empty in a count that is older than the question.</summary>
    public string FundingSource { get; init; } = "";
}

/// <param name="Count">Obligations.</param>
/// <param name="AmountMinor">Minor units of the programme's currency.</param>
public sealed record Sum(long Count, long AmountMinor)
{
    public static Sum Of(IEnumerable<CountLine> lines)
    {
        var (count, amountMinor) = (0L, 0L);
        foreach (var line in lines)
        {
            count += line.Payments;
            amountMinor += line.AmountMinor;
        }

        return new Sum(count, amountMinor);
    }
}

/// <param name="Disposition">The wire's word.</param>
public sealed record DispositionSum(string Disposition, long Count, long AmountMinor);

public sealed record AreaSum(string Area, string Disposition, long Count, long AmountMinor);

public sealed record ChannelSum(string Channel, string Disposition, long Count, long AmountMinor);

public sealed record EvidenceSum(string Evidence, long Count, long AmountMinor);

/// <summary>A count, summed up by disposition.</summary>
/// <param name="canRecall">Codes of the channels that can recall.</param>
public sealed class Breakdown(Count count, IReadOnlySet<string> canRecall)
{
    public IReadOnlyList<DispositionSum> ByDisposition() =>
        [.. By(static (disposition, _) => disposition, static (key, sum) => new DispositionSum(Word.Of(key), sum.Count, sum.AmountMinor))];

    public IReadOnlyList<AreaSum> ByArea() =>
        [.. By(static (disposition, line) => (line.Area, disposition), static (key, sum) => new AreaSum(key.Area, Word.Of(key.disposition), sum.Count, sum.AmountMinor))];

    public IReadOnlyList<ChannelSum> ByChannel() =>
        [.. By(static (disposition, line) => (line.Channel, disposition), static (key, sum) => new ChannelSum(key.Channel, Word.Of(key.disposition), sum.Count, sum.AmountMinor))];

    public Disposition Of(CountLine line) => Dispositions.Of(line.State, canRecall.Contains(line.Channel));

    private IEnumerable<TOut> By<TKey, TOut>(Func<Disposition, CountLine, TKey> key, Func<TKey, Sum, TOut> shape) =>
        count.Lines.GroupBy(line => key(Of(line), line)).OrderBy(group => group.Key).Select(group => shape(group.Key, Sum.Of(group)));
}
