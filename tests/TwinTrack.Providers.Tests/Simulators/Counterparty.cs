using System.Diagnostics;
using TwinTrack.Providers.Agency;
using TwinTrack.Providers.Bank;
using TwinTrack.Providers.Domain;
using TwinTrack.Simulators;
using TwinTrack.Simulators.Agency;
using TwinTrack.Simulators.Bank;

namespace TwinTrack.Providers.Tests.Simulators;

/// <summary>
/// An adapter and the simulated provider that it speaks to over a real directory, and everything that was heard so far.
/// </summary>
internal sealed class Counterparty : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Folder _folder = new();
    private readonly string _kind;
    private readonly HttpClient _http = new();
    private IAsyncDisposable _provider = null!;
    private Func<(Uri Address, ProviderLedger Ledger)> _running = null!;

    private Counterparty(string kind)
    {
        _kind = kind;
        (Adapter, Connection) = kind == "bank"
            ? (new BankAdapter(TimeProvider.System), Bank.BankScene.Connection(_folder.Path))
            : ((IProviderAdapter)new AgencyAdapter(TimeProvider.System),
                Tests.Agency.An_agency_file.Connection(_folder.Path));
    }

    internal IProviderAdapter Adapter { get; }

    internal Connection Connection { get; private set; }

    internal Folder Folder => _folder;

    internal ProviderLedger Ledger => _running().Ledger;

    internal List<UnitAnswer> Units { get; } = [];

    internal List<Answer> Lines { get; } = [];

    /// <summary>Codes of the documents that were refused.</summary>
    internal List<string> Refused { get; } = [];

    /// <summary>Whether a refused document is what the test expects; otherwise it fails the test.</summary>
    internal bool MayRefuse { get; set; }

    /// <summary>
    /// What the service does with a reading that is all or nothing: refuses it for one reference that is not among
    /// these. Null: not asked.
    /// </summary>
    internal IReadOnlySet<string>? OursOnly { get; set; }

    internal static async Task<Counterparty> StartAsync(
        string kind, SimulatorOptions options, params (string Name, string Value)[] settings)
    {
        var counterparty = new Counterparty(kind);
        counterparty.Connection = Bank.BankScene.With(counterparty.Connection, settings);
        await counterparty.RestartAsync(options);
        return counterparty;
    }

    /// <summary>Stops the provider, if it runs, and starts one on the same directory.</summary>
    internal async Task RestartAsync(SimulatorOptions options)
    {
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }

        options = options with { Directory = _folder.Path };
        if (_kind == "bank")
        {
            var bank = await BankSimulator.StartAsync(options, TimeProvider.System);
            (_provider, _running) = (bank, () => (bank.Address, bank.Ledger));
        }
        else
        {
            var agency = await AgencySimulator.StartAsync(options, TimeProvider.System);
            (_provider, _running) = (agency, () => (agency.Address, agency.Ledger));
        }
    }

    /// <summary>Collects and reads, as the service does, until a fact holds.</summary>
    internal async Task ApplyUntilAsync(Func<bool> holds, string what)
    {
        var since = Stopwatch.StartNew();
        while (await ApplyAsync() && !holds())
        {
            since.Elapsed.Should().BeLessThan(Patience, $"{what} must come about");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    internal async Task<Statement> StatementAsync(bool final)
    {
        var answer =
            await _http.PostAsync(new Uri(_running().Address, $"/statement?final={(final ? "true" : "false")}"), null);
        answer.EnsureSuccessStatusCode();
        LastStatement = await answer.Content.ReadAsByteArrayAsync();
        return Adapter.ReadStatement(Connection, new Document("statement", LastStatement))
            .Match(statement => statement, refusal => throw new InvalidOperationException(refusal.Reason));
    }

    internal byte[] LastStatement { get; private set; } = [];

    internal async Task SettleLateAsync() =>
        (await _http.PostAsync(new Uri(_running().Address, "/settle-late"), null)).EnsureSuccessStatusCode();

    internal async Task<string> LedgerAsync() => await _http.GetStringAsync(new Uri(_running().Address, "/ledger"));

    internal Outcome? Last(string reference) =>
        Lines.LastOrDefault(line => line.Reference == reference)?.Verdict.Outcome;

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> ApplyAsync()
    {
        foreach (var document in await Adapter.CollectAsync(Connection, default))
        {
            var reading = Adapter.Read(Connection, document).Match(read => read, refusal =>
            {
                Refused.Add(refusal.Code);
                return MayRefuse ? Reading.Nothing : throw new InvalidOperationException(refusal.Reason);
            });
            if (OursOnly is { } ours && reading.Whole && reading.Lines.Any(line => !ours.Contains(line.Reference)))
            {
                Refused.Add("service");
                reading = Reading.Nothing;
            }

            Units.AddRange(reading.Units);
            Lines.AddRange(reading.Lines);
            await Adapter.DoneAsync(Connection, document, default);
        }

        return true;
    }
}
