using TwinTrack.Cli.Remote;
using TwinTrack.Proving.Systems;

namespace TwinTrack.Proving.Demo;

/// <summary>
/// One channel of the demonstration: its contract as Routing takes it, and who is simulated behind it.
/// </summary>
internal sealed record DemoChannel(string Code, string Provider, string Adapter, int Track, string[] Instruments,
    string[] Areas, string ContractModel)
{
    public object Contract => new
    {
        provider = Provider,
        adapter = Adapter,
        track = Track,
        instruments = Instruments,
        areas = Areas,
        currency = Rule.Currency,
        capacityPerHour = 360_000,
        contractModel = ContractModel,
    };
}

/// <summary>What a channel may pay in one cycle, and which channel of its track takes the rest.</summary>
/// <param name="Above">Payments of one cycle.</param>
internal sealed record Overflow(string Channel, int Above, string To);

/// <summary>
/// The two tracks: three national channels, and one partner agency that reaches everybody but one region.
/// </summary>
internal static class DemoChannels
{
    private const string ApiKey = "demonstration-key";

    public static readonly DemoChannel MobileMoney = new(
        "t1-momo", "Sahel Mobile", "mobile_money", 1, ["mobile"], [], "government");

    public static readonly DemoChannel Bank = new("t1-bank", "Banque du Fleuve", "bank", 1, ["bank"], [], "government");

    public static readonly DemoChannel CashAgents = new(
        "t1-cash", "Guichets Nationaux", "agency", 1, ["cash"], [], "government");

    public static readonly DemoChannel Partner = new(
        "t2-agency", "UN partner agency", "agency", 2, ["mobile", "bank", "cash"],
        [.. NigerRegions.Regions.Select(region => region.Code).Where(code => code != NigerRegions.OutOfReach)],
        "donor");

    public static readonly DemoChannel[] All = [MobileMoney, Bank, CashAgents, Partner];

    public static readonly string[] NationalCodes = [MobileMoney.Code, Bank.Code, CashAgents.Code];

    /// <summary>Providers that do as they are told.</summary>
    public static readonly Func<DemoChannel, SimulatorFaults> NoFaults = static _ => SimulatorFaults.Good;

    public static object RoutingTable(IReadOnlyList<Overflow> overflows) => new
    {
        rows = new (string Instrument, DemoChannel First)[] { ("mobile", MobileMoney), ("bank", Bank),
            ("cash", CashAgents) }.Select(row =>
        {
            var overflow = overflows.FirstOrDefault(overflow => overflow.Channel == row.First.Code);
            return new
            {
                area = "*",
                programme = "*",
                instrument = row.Instrument,
                channels = overflow is null ? new[] { row.First.Code, Partner.Code }
                    : [row.First.Code, overflow.To, Partner.Code],
                ceilings = overflow is null ? null
                    : new Dictionary<string, object> { [row.First.Code] = new { countPerCycle = overflow.Above } },
            };
        }),
    };

    /// <summary>
    /// Starts one simulated provider a channel; those started are in the list even when a later one fails.
    /// </summary>
    public static async Task StartAsync(List<Simulator> started, string work, int seed,
        Func<DemoChannel, SimulatorFaults> faults, CancellationToken cancel, bool inside = false)
    {
        Directory.CreateDirectory(work);
        await Task.WhenAll(All.Select(async channel =>
        {
            var simulator = await Simulator.StartAsync(
                channel.Code, channel.Adapter, work, seed, faults(channel), ApiKey, cancel, inside);
            lock (started)
            {
                started.Add(simulator);
            }
        }));
    }

    /// <summary>
    /// Registers the channels, connects each to its simulator, and puts the routing table in force. What is there
    /// already was set by an administrator, or by an earlier start: it stays.
    /// </summary>
    /// <returns>What was there already, for people.</returns>
    public static async Task<IReadOnlyList<string>> RegisterAsync(
        Api admin, Uri host, IReadOnlyList<Simulator> simulators, Func<Simulator, Uri> at,
        Func<DemoChannel, ChannelPace> paces, IReadOnlyList<Overflow> overflows, CancellationToken cancel,
        IReadOnlyList<string>? notCovered = null)
    {
        var kept = new List<string>();
        var registered = await NamesAsync(admin, "/routing/channels", "code", cancel);
        var connected = await NamesAsync(admin, "/providers/connections", "channel", cancel);
        async Task PutAsync(bool exists, string what, string path, object body)
        {
            if (exists)
            {
                kept.Add(what);
            }
            else
            {
                await admin.PutAsync(path, body, cancel);
            }
        }

        foreach (var channel in UnderContract(overflows, notCovered ?? []))
        {
            var code = channel.Code;
            await PutAsync(
                registered.Contains(code), $"terms of {code}", $"/routing/channels/{code}", channel.Contract);
            var simulator = simulators.Single(simulator => simulator.Channel == code);
            var settings = Address(channel, simulator, at(simulator), host).Concat(paces(channel).Settings())
                .ToDictionary(pair => pair.Name, pair => pair.Value);
            await PutAsync(
                connected.Contains(code), $"connection of {code}", $"/providers/connections/{code}", new { settings });
        }

        await PutAsync(
            await HasTableAsync(admin, cancel), "routing table", "/routing/table", RoutingTable(overflows));
        return kept;
    }

    /// <summary>The channels with what their contracts cover.</summary>
    /// <param name="notCovered">P-codes of the areas that no channel of Track 1 covers.</param>
    public static IEnumerable<DemoChannel> UnderContract(
        IReadOnlyList<Overflow> overflows, IReadOnlyList<string> notCovered) => All.Select(channel => channel with
        {
            Instruments = [.. channel.Instruments, .. TakenOver(channel, overflows)],
            Areas = channel.Track == 1 && notCovered.Count > 0
                ? [.. NigerRegions.Regions.Select(region => region.Code).Except(notCovered)] : channel.Areas,
        });

    private static async Task<HashSet<string>> NamesAsync(
        Api admin, string path, string name, CancellationToken cancel) =>
        [.. (await admin.GetAsync(path, cancel)).List("items").Select(item => item.Require(name))];

    private static async Task<bool> HasTableAsync(Api admin, CancellationToken cancel)
    {
        try
        {
            await admin.GetAsync("/routing/table", cancel);
            return true;
        }
        catch (ApiRefusal refusal) when (refusal.Code == "table.none")
        {
            return false;
        }
    }

    /// <summary>Instruments of other channels whose rest this one pays.</summary>
    private static IEnumerable<string> TakenOver(DemoChannel channel, IReadOnlyList<Overflow> overflows) => overflows
        .Where(overflow => overflow.To == channel.Code)
        .SelectMany(overflow => All.Single(other => other.Code == overflow.Channel).Instruments)
        .Except(channel.Instruments);

    private static IEnumerable<(string Name, string Value)> Address(
        DemoChannel channel, Simulator simulator, Uri provider, Uri host) => channel.Adapter switch
        {
            "mobile_money" =>
            [
                ("baseUrl", provider.GetLeftPart(UriPartial.Authority)),
            ("apiKey", ApiKey),
            ("plainHttp", "true"),
            ("callbackBase", new Uri(host, "/providers/callbacks").ToString()),
            ("mode", "batch"),
        ],
            "bank" =>
            [
                ("directory", simulator.Folder),
            ("debtorName", "Tresor National"),
            ("debtorAccount", "NE58NE0380100100130305000268"),
            ("debtorBic", "ECOCNENI"),
        ],
            _ => [("directory", simulator.Folder), ("agencyName", channel.Provider)],
        };
}
