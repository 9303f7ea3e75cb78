using TwinTrack.Simulators.MobileMoney.Operators;

namespace TwinTrack.Simulators.MobileMoney;

/// <summary>
/// A mobile money operator with the GSMA Mobile Money API 1.2 and the interfaces of MTN, Airtel, M-Pesa and Onafriq. It
/// serves all of them over real HTTP on one port, and keeps its own ledger. It does not depend on TwinTrack.
/// </summary>
public sealed class MobileMoneySimulator : IAsyncDisposable
{
    private readonly WebApplication _site;
    private readonly MobileOperator _operator;
    private readonly Callbacks _callbacks;

    private MobileMoneySimulator(WebApplication site, MobileOperator mobileOperator, Callbacks callbacks,
        ProviderLedger ledger) =>
        (_site, _operator, _callbacks, Ledger) = (site, mobileOperator, callbacks, ledger);

    public ProviderLedger Ledger { get; }

    public Uri Address => _site.Address();

    /// <summary>Runs until the process is told to stop.</summary>
    public static async Task RunAsync(SimulatorOptions options)
    {
        await using var simulator = await StartAsync(options, TimeProvider.System);
        await simulator._site.WaitForShutdownAsync();
    }

    public static async Task<MobileMoneySimulator> StartAsync(SimulatorOptions options, TimeProvider clock)
    {
        var ledger = new ProviderLedger(options.Directory, clock);
        var callbacks = new Callbacks();
        var mobileOperator = new MobileOperator(options, ledger, callbacks, clock);
        var site = SimulatorSite.Create(options, ledger);
        BrokenAnswers.Use(site, options);
        OperatorApi.Map(site, options, mobileOperator, clock);
        MtnApi.Map(site, options, mobileOperator, clock);
        AirtelApi.Map(site, options, mobileOperator, clock);
        DarajaApi.Map(site, options, mobileOperator, callbacks, clock);
        OnafriqApi.Map(site, options, mobileOperator, clock);
        StatementCsv.Map(site, options, mobileOperator, ledger);
        await site.StartAsync();
        return new MobileMoneySimulator(site, mobileOperator, callbacks, ledger);
    }

    /// <summary>Pays and reports all late orders now.</summary>
    public void SettleLate() => _operator.SettleLate();

    public async ValueTask DisposeAsync()
    {
        await _operator.DisposeAsync();
        await _site.DisposeAsync();
        _callbacks.Dispose();
        Ledger.Dispose();
    }
}
