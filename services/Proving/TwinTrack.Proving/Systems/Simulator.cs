using System.Globalization;
using System.Net;
using TwinTrack.Running;
using TwinTrack.Simulators;
using TwinTrack.Simulators.Agency;
using TwinTrack.Simulators.Bank;
using TwinTrack.Simulators.MobileMoney;

namespace TwinTrack.Proving.Systems;

/// <summary>
/// The faults of a simulated provider, as fractions of its orders. Seed and order alone decide which orders are hit.
/// </summary>
internal sealed record SimulatorFaults
{
    public static readonly SimulatorFaults Good = new();

    public double Reject { get; init; }

    /// <summary>Never answers, but pays.</summary>
    public double Silent { get; init; }

    /// <summary>Answers long after the time-out.</summary>
    public double Late { get; init; }

    /// <summary>Pays, and the money comes back.</summary>
    public double Return { get; init; }

    /// <summary>Never answers and never pays.</summary>
    public double Lost { get; init; }

    /// <summary>Says everything twice.</summary>
    public double Duplicate { get; init; }

    /// <summary>Milliseconds between an event and its report.</summary>
    public int DelayMs { get; init; } = 100;

    /// <summary>Milliseconds between an order's arrival and its execution. A recall succeeds in this time.</summary>
    public int ExecuteAfterMs { get; init; } = 300;

    /// <summary>
    /// Late answers come by themselves after this time. It is so long that they come only on request.
    /// </summary>
    public int LateSeconds { get; init; } = 3_600;

    /// <summary>Not executed by then, an order lapses for ever; 0: it never does.</summary>
    public int ValiditySeconds { get; init; }

    public IEnumerable<string> Arguments() =>
        new (string Key, double Value)[]
        {
            ("reject", Reject), ("silent", Silent), ("late", Late), ("return", Return), ("lost", Lost),
            ("duplicate", Duplicate),
            ("delayMs", DelayMs), ("executeAfterMs", ExecuteAfterMs), ("lateSeconds", LateSeconds),
            ("validitySeconds", ValiditySeconds),
        }
        .SelectMany(option => new[] { "--" + option.Key, option.Value.ToString(CultureInfo.InvariantCulture) });
}

/// <summary>
/// One simulated provider, as a separate process or in this one. It has its own protocol and ledger, and an HTTP
/// interface for the demonstration.
/// </summary>
internal sealed class Simulator : IAsyncDisposable
{
    private readonly HttpClient _door;
    private readonly string _work;
    private readonly string[] _arguments;
    private readonly bool _inside;
    private IAsyncDisposable? _program;

    private Simulator(
        string channel, string kind, string folder, Uri address, string work, string[] arguments, bool inside)
    {
        (Channel, Kind, Folder, Address, _work, _arguments, _inside) =
            (channel, kind, folder, address, work, arguments, inside);
        _door = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
    }

    public string Channel { get; }

    /// <summary>bank, mobile_money or agency.</summary>
    public string Kind { get; }

    /// <summary>Where files are exchanged.</summary>
    public string Folder { get; }

    public Uri Address { get; }

    /// <summary>Started, and not ended by itself since.</summary>
    public bool IsUp => _program is not (null or ChildProgram { HasExited: true });

    /// <summary>
    /// Held while it is asked for something that it does only once, such as a statement: whoever kills it takes its
    /// turn.
    /// </summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public static async Task<Simulator> StartAsync(
        string channel, string kind, string work, int seed, SimulatorFaults faults, string apiKey,
        CancellationToken cancel, bool inside = false)
    {
        var folder = Directory.CreateDirectory(Path.Combine(work, channel)).FullName;
        var address = AddressIn(work, channel);
        string[] arguments =
        [
            "--seed", seed.ToString(CultureInfo.InvariantCulture),
            "--directory", folder,
            "--url", address.GetLeftPart(UriPartial.Authority),
            "--apiKey", apiKey,
            .. faults.Arguments(),
        ];
        var simulator = new Simulator(channel, kind, folder, address, work, arguments, inside);
        try
        {
            await simulator.StartAsync(cancel);
            return simulator;
        }
        catch
        {
            await simulator.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same at every start on the same files, so that connections to it stay right.</summary>
    private static Uri AddressIn(string work, string channel)
    {
        var path = Path.Combine(work, channel + ".address");
        if (!File.Exists(path))
        {
            File.WriteAllText(path, FreePort.Next().ToString());
        }

        return new Uri(File.ReadAllText(path));
    }

    /// <summary>Starts it, or starts it again on the same files after a kill.</summary>
    public async Task StartAsync(CancellationToken cancel) => _program = _inside
        ? await StartInsideAsync(SimulatorOptions.Parse(_arguments))
        : await ChildProgram.StartAsync(
            Channel, "TwinTrack.Simulators", Address, _work, [Kind.Replace('_', '-'), .. _arguments], cancel);

    private async Task<IAsyncDisposable> StartInsideAsync(SimulatorOptions options) => Kind switch
    {
        "bank" => await BankSimulator.StartAsync(options, TimeProvider.System),
        "mobile_money" => await MobileMoneySimulator.StartAsync(options, TimeProvider.System),
        _ => await AgencySimulator.StartAsync(options, TimeProvider.System),
    };

    /// <summary>kill -9, or its end in this process. Nothing when it does not run.</summary>
    public async Task KillAsync()
    {
        if (_program is { } program)
        {
            _program = null;
            await program.DisposeAsync();
        }
    }

    /// <summary>The provider's own ledger: its real payments.</summary>
    public async Task<Stream> LedgerAsync(CancellationToken cancel) =>
        await _door.GetStreamAsync(new Uri("/ledger", UriKind.Relative), cancel);

    /// <summary>
    /// A statement in the provider's own format; null while no order has come in, when there is nothing to state.
    /// </summary>
    /// <param name="final">It declares that nothing executed until now is missing.</param>
    /// <param name="cancel">Stops waiting.</param>
    public Task<byte[]?> StatementAsync(bool final, CancellationToken cancel) => InTurnAsync<byte[]?>(
        async () =>
        {
            using var answer = await _door.PostAsync(
                new Uri($"/statement?final={(final ? "true" : "false")}", UriKind.Relative), null, cancel);
            if (answer.StatusCode == HttpStatusCode.Conflict)
            {
                return null;
            }

            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadAsByteArrayAsync(cancel);
        },
        cancel);

    /// <summary>Sends the late answers now.</summary>
    public Task SettleLateAsync(CancellationToken cancel) => InTurnAsync(
        async () =>
        {
            using var answer = await _door.PostAsync(new Uri("/settle-late", UriKind.Relative), null, cancel);
            return answer.EnsureSuccessStatusCode().StatusCode;
        },
        cancel);

    public async ValueTask DisposeAsync()
    {
        _door.Dispose();
        Turn.Dispose();
        await KillAsync();
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> ask, CancellationToken cancel)
    {
        await Turn.WaitAsync(cancel);
        try
        {
            return await ask();
        }
        finally
        {
            Turn.Release();
        }
    }
}
