using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>State of the obligations in a switch's scope, as Payments counted them at one moment.</summary>
/// <param name="ListHash">SHA-256 over the obligations in scope; does not change as they are paid.</param>
public sealed record DispositionCount(string ListHash, long Obligations, long AmountMinor,
    IReadOnlyList<DispositionCountLine> Lines)
{
    /// <summary>For each obligation, in order of id, the index of its line. Null where no ceiling needs it.</summary>
    public IReadOnlyList<int>? Order { get; init; }

    /// <summary>
    /// Whether Payments may still plan further attempts by itself. True in rows that were stored before this field
    /// existed.
    /// </summary>
    public bool StillPlanning { get; init; } = true;

    public Sum SumOf(Func<DispositionCountLine, bool> which) => Sum.Of(Lines.Where(which));
}

/// <param name="Channel">Of the obligation's latest instruction.</param>
/// <param name="Moved">Whether that instruction was made by this switch.</param>
/// <param name="Evidence">
/// What freed the attempt before: never_sent, rejected, recalled, returned, or forced for no evidence.
/// </param>
/// <param name="Payments">How many obligations.</param>
public sealed record DispositionCountLine(
    string Area, Instrument Instrument, string Channel, CountedState State, bool Moved, string? Evidence, long Payments,
    long AmountMinor)
{
    /// <summary>Code. Empty in rows that were stored before this field existed.</summary>
    public string FundingSource { get; init; } = "";

    /// <summary>Start of the part of the draw in which all of them fall.</summary>
    public int ShareFrom { get; init; }

    public int PilotFrom { get; init; }

    /// <summary>The one obligation that a rule names; null for the others.</summary>
    public ObligationId? Named { get; init; }

    /// <summary>A point of the draw that represents all of them.</summary>
    public ObligationDraw Drawn() => new(ShareFrom, PilotFrom);
}

/// <param name="Count">Obligations.</param>
/// <param name="AmountMinor">Minor units of the programme's currency.</param>
public sealed record Sum(long Count, long AmountMinor)
{
    public static Sum Of(IEnumerable<DispositionCountLine> lines)
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
public sealed class Breakdown(DispositionCount count, IReadOnlySet<string> canRecall)
{
    public IReadOnlyList<DispositionSum> ByDisposition() =>
        [.. By(static _ => "",
            static (_, disposition, sum) => new DispositionSum(Word.Of(disposition), sum.Count, sum.AmountMinor))];

    public IReadOnlyList<AreaSum> ByArea() =>
        [.. By(static line => line.Area,
            static (key, disposition, sum) => new AreaSum(key, Word.Of(disposition), sum.Count, sum.AmountMinor))];

    public IReadOnlyList<ChannelSum> ByChannel() =>
        [.. By(static line => line.Channel,
            static (key, disposition, sum) => new ChannelSum(key, Word.Of(disposition), sum.Count, sum.AmountMinor))];

    public IReadOnlyList<SourceSum> BySource() =>
        [.. By(static line => line.FundingSource,
            static (key, disposition, sum) => new SourceSum(key, Word.Of(disposition), sum.Count, sum.AmountMinor))];

    public Disposition Of(DispositionCountLine line) => Dispositions.Of(line.State, canRecall.Contains(line.Channel));

    private IEnumerable<TOut> By<TOut>(
        Func<DispositionCountLine, string> key, Func<string, Disposition, Sum, TOut> shape) =>
        count.Lines.GroupBy(line => (Text: key(line), Disposition: Of(line)))
            .OrderBy(group => group.Key.Text, StringComparer.Ordinal).ThenBy(group => group.Key.Disposition)
            .Select(group => shape(group.Key.Text, group.Key.Disposition, Sum.Of(group)));
}
