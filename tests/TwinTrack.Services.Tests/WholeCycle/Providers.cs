using TwinTrack.Kernel;
using TwinTrack.Simulators;
using TwinTrack.Simulators.Agency;
using TwinTrack.Simulators.Bank;
using TwinTrack.Simulators.MobileMoney;

namespace TwinTrack.Services.Tests.WholeCycle;

/// <summary>
/// A bank and an operator on Track 1 that misbehave by seed, and an agency on Track 2 that does not. They outlive the
/// hosts under test.
/// </summary>
internal sealed class Providers : IAsyncDisposable
{
    private readonly BankSimulator _bank;
    private readonly MobileMoneySimulator _operator;
    private readonly AgencySimulator _agency;

    private Providers(BankSimulator bank, MobileMoneySimulator mobileMoney, AgencySimulator agency, string folder) =>
        (_bank, _operator, _agency, Folder) = (bank, mobileMoney, agency, folder);

    public string Folder { get; }

    public Uri MobileMoney => _operator.Address;

    public string BankFolder => Path.Combine(Folder, "t1-bank");

    public string AgencyFolder => Path.Combine(Folder, "t2-agency");

    /// <summary>All that was really paid, by whichever provider.</summary>
    public IEnumerable<LedgerPayment> Payments =>
        [.. _bank.Ledger.Rows, .. _operator.Ledger.Rows, .. _agency.Ledger.Rows];

    /// <param name="seed">The same seed has the same faults.</param>
    /// <param name="faults">Whether those of Track 1 misbehave.</param>
    public static async Task<Providers> StartAsync(int seed, bool faults = true)
    {
        var folder = Directory.CreateTempSubdirectory("twintrack-providers-").FullName;
        var bad = new SimulatorOptions
        {
            Seed = seed,
            Reject = 0.1,
            Silent = 0.1,
            Lost = 0.1,
            Late = 0.1,
            LateSeconds = 3_600,
            Return = 0.1,
            Duplicate = 0.2,
            DelayMs = 5,
            ExecuteAfterMs = 150,
        };
        var good =
            new SimulatorOptions
            {
                Seed = seed,
                Duplicate = 0.2,
                DelayMs = 5,
                ExecuteAfterMs = 20,
            };
        var first = faults ? bad : good;
        var bank = await BankSimulator.StartAsync(
            first with { Directory = Path.Combine(folder, "t1-bank") }, TimeProvider.System);
        var mobileMoney = await MobileMoneySimulator.StartAsync(
            first with { Directory = Path.Combine(folder, "t1-momo") }, TimeProvider.System);
        var agency = await AgencySimulator.StartAsync(
            good with { Directory = Path.Combine(folder, "t2-agency") }, TimeProvider.System);
        return new Providers(bank, mobileMoney, agency, folder);
    }

    public async Task SettleLateAsync()
    {
        foreach (var address in Addresses())
        {
            (await PostAsync(address, "/settle-late")).Dispose();
        }
    }

    /// <summary>The statement of a channel; the channel has had at least one order.</summary>
    public async Task<byte[]?> StatementAsync(string channel)
    {
        var address = channel switch
        {
            "t1-bank" => _bank.Address,
            "t1-momo" => _operator.Address,
            _ =>
            _agency.Address
        };
        using var answer = await PostAsync(address, "/statement?final=true");
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync() : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _bank.DisposeAsync();
        await _operator.DisposeAsync();
        await _agency.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private Uri[] Addresses() => [_bank.Address, _operator.Address, _agency.Address];

    private static async Task<HttpResponseMessage> PostAsync(Uri address, string path)
    {
        using var http = new HttpClient { BaseAddress = address };
        return await http.PostAsync(new Uri(path, UriKind.Relative), null);
    }
}
