using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Routing.Domain.Tables;

/// <summary>One row: the payments that it covers, and the channels of both tracks in order of preference.</summary>
/// <param name="Area">P-code; with * at the end also all areas below it; * for any.</param>
/// <param name="Programme">Programme code, or * for any.</param>
/// <param name="Instrument">mobile, bank or cash, or * for any.</param>
/// <param name="Shares">
/// Percent by channel, 100 in all on each track that has shares. Null uses the first channel that can pay. A channel
/// without a share is a reserve.
/// </param>
/// <param name="Ceilings">By channel.</param>
/// <param name="OutsideHours">
/// What a payment does outside a channel's hours: <c>wait</c>, or use the <c>next</c> channel. Null waits.
/// </param>
public sealed record TableRow(
    string Area,
    string Programme,
    string Instrument,
    IReadOnlyList<string> Channels,
    IReadOnlyDictionary<string, int>? Shares = null,
    IReadOnlyDictionary<string, Ceiling>? Ceilings = null,
    string? OutsideHours = null)
{
    public const string Any = "*";
    public const string Wait = "wait";
    public const string Next = "next";

    public override string ToString() => $"{Area} × {Programme} × {Instrument}";
}

/// <summary>One version of the routing table. Never changed: a change is the next version.</summary>
public sealed class RoutingTable
{
    public const int RowsMax = 5_000;
    private const int ChannelsMax = 20;

    private readonly Dictionary<(string, string, string), TableRow> _rows;

    private RoutingTable(int version, IReadOnlyList<TableRow> rows)
    {
        (Version, Rows, HasCeilings) = (version, rows, rows.Any(row => row.Ceilings is not null));
        _rows = rows.ToDictionary(row => (row.Area, row.Programme, row.Instrument));
    }

    /// <summary>An empty table, in force before the first table is set.</summary>
    public static readonly RoutingTable None = new(0, []);

    /// <summary>From 1.</summary>
    public int Version { get; }

    public IReadOnlyList<TableRow> Rows { get; }

    public bool HasCeilings { get; }

    public static Result<RoutingTable> Of(int version, IReadOnlyList<TableRow> rows, IReadOnlySet<string> channels)
    {
        if (rows.Count is 0 or > RowsMax)
        {
            return ChannelRefusals.InvalidTable($"rows: 1 to {RowsMax}.");
        }

        for (var index = 0; index < rows.Count; index++)
        {
            if (Fault(rows[index], channels) is { } fault)
            {
                return ChannelRefusals.InvalidTable(Invariant($"row {index + 1}: {fault}"));
            }
        }

        return rows.GroupBy(row => (row.Area, row.Programme, row.Instrument))
            .FirstOrDefault(group => group.Count() > 1) is { } twice
            ? ChannelRefusals.InvalidTable($"two rows for {twice.First()}.")
            : new RoutingTable(version, rows);
    }

    /// <summary>The most specific rule: area first (the longest P-code), then programme, then instrument.</summary>
    public TableRow? RowFor(RouteRequest request)
    {
        foreach (var area in AreaPattern.Widening(request.Area))
        {
            foreach (var programme in (string[])[request.Programme, TableRow.Any])
            {
                foreach (var instrument in (string[])[Word.Of(request.Instrument), TableRow.Any])
                {
                    if (_rows.TryGetValue((area, programme, instrument), out var row))
                    {
                        return row;
                    }
                }
            }
        }

        return null;
    }

    private static string? Fault(TableRow row, IReadOnlySet<string> channels) => row switch
    {
        _ when !AreaPattern.IsValid(row.Area) => "area is neither a P-code, nor one with * behind, nor *.",
        _ when row.Programme != TableRow.Any && !Word.IsCode(row.Programme) => "programme is neither a code nor *.",
        _ when row.Instrument != TableRow.Any && Word.Read<Instrument>(row.Instrument) is null =>
            "instrument is not mobile, bank, cash or *.",
        { Channels.Count: 0 or > ChannelsMax } => $"1 to {ChannelsMax} channels.",
        _ when row.Channels.Distinct().Count() < row.Channels.Count => "a channel is named twice.",
        { OutsideHours: not (null or TableRow.Wait or TableRow.Next) } =>
            $"outsideHours is {TableRow.Wait} or {TableRow.Next}.",
        _ when row.Shares is { } shares
            && (shares.Keys.Except(row.Channels).Any() || shares.Values.Any(part => part is < 0 or > 100)) =>
            "shares are 0 to 100, of channels of the row.",
        _ when row.Ceilings is { } ceilings
            && (ceilings.Keys.Except(row.Channels).Any() || !ceilings.Values.All(ceiling => ceiling.IsValid)) =>
            "ceilings are of channels of the row, and each sets at least one limit, none below zero.",
        _ => row.Channels.FirstOrDefault(code => !channels.Contains(code)) is { } unknown
            ? $"no channel '{unknown}'." : null,
    };

    /// <summary>
    /// A refusal when the shares of a track do not sum to 100; else null. Checked only when a table is set, so a table
    /// in force stays valid.
    /// </summary>
    /// <param name="tracks">Track by channel code.</param>
    public Refusal? SharesFault(IReadOnlyDictionary<string, int> tracks)
    {
        foreach (var row in Rows.Where(row => row.Shares is not null))
        {
            if (row.Shares!.GroupBy(share => tracks[share.Key])
                .FirstOrDefault(track => track.Sum(share => share.Value) != 100) is { } off)
            {
                return ChannelRefusals.InvalidTable(
                    Invariant(
                        $"row {row}: the shares on track {off.Key} come to {off.Sum(share => share.Value)}, not 100."));
            }
        }

        return null;
    }
}
