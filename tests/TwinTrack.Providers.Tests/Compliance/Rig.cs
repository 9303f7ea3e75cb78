using System.Diagnostics;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Simulators;

namespace TwinTrack.Providers.Tests.Compliance;

/// <summary>
/// What the suite needs to test one adapter: its simulated provider, its possible silences, and an unlisted code. A new
/// adapter brings one of these in its own test project, so it is public (docs/internals/adding-a-provider.md).
/// </summary>
public abstract class Rig : IAsyncDisposable
{
    /// <summary>A provider that does at once what it does.</summary>
    public static SimulatorOptions Quick =>
        new() { ApiKey = "key-1", DelayMs = 20, ExecuteAfterMs = 20, LateSeconds = 3600 };

    /// <summary>Put between the suite and the adapter by the tests of the suite itself.</summary>
    public Func<IProviderAdapter, IProviderAdapter> Disguise { get; init; } = adapter => adapter;

    /// <summary>How long to wait for a fact. With a faulty adapter it never becomes true.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>To the provider that <see cref="StartAsync"/> started.</summary>
    public abstract Connection Connection { get; }

    public abstract ProviderLedger Ledger { get; }

    /// <summary>Every way in which this wire can say nothing.</summary>
    public abstract IReadOnlyList<string> Silences { get; }

    /// <summary>What has been called back so far; empty for wires without callbacks.</summary>
    public virtual IReadOnlyList<Document> Callbacks => [];

    /// <summary>What it calls a recall is the return of what was paid.</summary>
    public virtual bool Undoes => false;

    public abstract Task StartAsync(SimulatorOptions options);

    public abstract Task SettleLateAsync();

    /// <summary>A connection over which that silence is met; for the adapter of <see cref="Impatient"/>.</summary>
    public abstract Task<Connection> SilentAsync(string silence);

    /// <summary>
    /// A connection, or documents, by which the provider answers everything about this unit with a word that no table
    /// lists.
    /// </summary>
    public abstract Task<(Connection Connection, IReadOnlyList<Document> Documents)> UnlistedAsync(Unit unit);

    public abstract Unit Unit(int number, int orders);

    /// <summary>An adapter as a process has it that has just started.</summary>
    public IProviderAdapter NewAdapter() => Disguise(Make(Patience));

    /// <summary>One that waits a moment only, so that a time-out is met without waiting for it.</summary>
    public IProviderAdapter Impatient() => Disguise(Make(TimeSpan.FromMilliseconds(250)));

    public abstract ValueTask DisposeAsync();

    /// <summary>
    /// Asks, collects and reads as the service does until a fact holds; false when it does not come about.
    /// </summary>
    public async Task<bool> ApplyUntilAsync(IProviderAdapter adapter, Unit unit, AppliedAnswers applied,
        Func<AppliedAnswers, bool> holds)
    {
        var since = Stopwatch.StartNew();
        var called = 0;
        while (!holds(applied))
        {
            if (since.Elapsed > Patience)
            {
                return false;
            }

            if (adapter.AbilitiesOf(Connection).StatusQuery)
            {
                applied.Apply(await adapter.AskAsync(Connection, unit, CancellationToken.None));
            }

            foreach (var document in await adapter.CollectAsync(Connection, CancellationToken.None))
            {
                applied.Apply(Read(adapter, document));
                await adapter.DoneAsync(Connection, document, CancellationToken.None);
            }

            foreach (var callback in Callbacks.Skip(called).ToList())
            {
                applied.Apply(Read(adapter, callback));
                called++;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(15));
        }

        return true;
    }

    /// <summary>A document that is refused says nothing.</summary>
    public Reading Read(IProviderAdapter adapter, Document document) =>
        adapter.Read(Connection, document).Match(reading => reading, _ => Reading.Nothing);

    protected abstract IProviderAdapter Make(TimeSpan patience);
}
