using System.Net.Http.Json;
using System.Text.Json;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Kernel;
using TwinTrack.Reconciliation;
using TwinTrack.Reconciliation.Consumers;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Services.Tests.Reconciliation;

/// <summary>
/// Reconciliation alone in a host, told what Payments and Providers would tell it about one batch of one channel.
/// </summary>
internal sealed class ReconciliationScene : IAsyncDisposable
{
    internal const string Channel = "t1-momo";
    internal const string Source = "treasury";
    internal const long Amount = 25_000;

    private static readonly DateTimeOffset At = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly TestHost _host;

    private ReconciliationScene(TestHost host)
    {
        _host = host;
        Reconciler = host.As("rita", "government", Role.Reconciler);
    }

    public string Batch { get; } = BatchId.New(TimeProvider.System).Text;

    public HttpClient Reconciler { get; }

    public TestHost Host => _host;

    public static async Task<ReconciliationScene> OpenAsync(params string[] settings) =>
        new(await TestHost.StartAsync(null, settings, null, new ReconciliationModule()));

    public static string NewInstruction() => InstructionId.New(TimeProvider.System).Text;

    public static string Obligation(string instruction) =>
        instruction.Replace("ins_", "obl_", StringComparison.Ordinal);

    /// <summary>Release of a batch of this many obligations, paid from money deposited before.</summary>
    public async Task ReleaseAsync(long count)
    {
        await FundsAsync($"dep-{Batch}", "deposited", null, count * Amount * 2);
        await FundsAsync($"com-{Batch}", "committed", Batch, count * Amount);
        await _host.HandleAsync<ReconciliationDb, BatchReleased, BatchReleasedHandler>(
            new BatchReleased(Batch, CycleId.New(TimeProvider.System).Text, "NE-SSN", "XOF", count, count * Amount,
                new string('c', 64), At));
    }

    public Task FundsAsync(string movement, string kind, string? batch, long amount) =>
        _host.HandleAsync<ReconciliationDb, FundMovementRecorded, FundMovementRecordedHandler>(
            new FundMovementRecorded(movement, kind, "NE-SSN", Source, batch, amount, "XOF", At));

    public Task ChangeStatesAsync(params StateChangeRow[] rows) =>
        _host.HandleAsync<ReconciliationDb, InstructionStatesChanged, InstructionStatesChangedHandler>(
            new InstructionStatesChanged(Batch, "NE-SSN", "XOF", rows));

    /// <summary>The changes of one instruction through these states, the first of them left.</summary>
    public static StateChangeRow[] StateChanges(string instruction, params string[] states) =>
    [
        .. Enumerable.Range(1, states.Length - 1).Select(version => new StateChangeRow(
            instruction, Obligation(instruction), Channel, 1, Source, version, Word.OfName(states[version - 1]),
            Word.OfName(states[version]),
            Amount, At.AddMinutes(version))),
    ];

    public static StateChangeRow[] Settled(string instruction) =>
        StateChanges(instruction, "Planned", "Released", "Sent", "Settled");

    public static StatementRow Paid(int line, string? instruction, long amount = Amount) =>
        new(line, instruction, "paid", amount, "XOF", new DateOnly(2026, 11, 20),
            instruction is null ? Invariant($"ref-{line}") : $"ref-{instruction}");

    /// <summary>A whole statement in one part, heard and matched.</summary>
    public async Task<string> StateAsync(bool final, params StatementRow[] rows)
    {
        var id = StatementId.New(TimeProvider.System).Text;
        await PartAsync(id, 0, rows);
        await EndAsync(id, 1, final, rows);
        await TestHost.Until(() => StatementAsync(id), seen => seen.GetProperty("state").GetString() == "Matched");
        return id;
    }

    public Task PartAsync(string id, int chunk, params StatementRow[] rows) =>
        _host.HandleAsync<ReconciliationDb, StatementChunk, StatementChunkHandler>(
            new StatementChunk(id, Channel, chunk, rows));

    public Task EndAsync(string id, int chunks, bool final, IReadOnlyCollection<StatementRow> rows,
        long paidError = 0) =>
        _host.HandleAsync<ReconciliationDb, StatementEnded, StatementEndedHandler>(new StatementEnded(
            id,
            Channel,
            chunks,
            rows.Count,
            rows.Where(row => row.Kind == "paid").Sum(row => row.AmountMinor) + paidError,
            rows.Where(row => row.Kind == "returned").Sum(row => row.AmountMinor),
            "XOF",
            final,
            At.AddDays(1),
            new string('a', 64),
            "rita@government"));

    public Task<JsonElement> StatementAsync(string id) =>
        Reconciler.GetFromJsonAsync<JsonElement>($"/reconciliation/statements/{id}");

    public Task<JsonElement> BatchAsync() =>
        Reconciler.GetFromJsonAsync<JsonElement>($"/reconciliation/batches/{Batch}");

    public Task<HttpResponseMessage> CertifyAsync() =>
        Reconciler.PostAsync($"/reconciliation/batches/{Batch}/certificate", null);

    public Task ClosedAsync(string hash) =>
        _host.HandleAsync<ReconciliationDb, BatchClosed, BatchClosedHandler>(new BatchClosed(Batch, hash, At));

    public Task NotClosedAsync(string hash, string because) =>
        _host.HandleAsync<ReconciliationDb, BatchNotClosed, BatchNotClosedHandler>(
            new BatchNotClosed(Batch, hash, because, At));

    public async Task<List<JsonElement>> BreaksAsync(string state = "Open") =>
        [.. (await Reconciler.GetFromJsonAsync<JsonElement>($"/reconciliation/breaks?state={state}")).GetProperty(
            "items").EnumerateArray()];

    public async Task<Dictionary<string, long>> BalancesAsync() =>
        (await Reconciler.GetFromJsonAsync<JsonElement>("/reconciliation/ledger")).GetProperty("accounts")
            .EnumerateArray()
            .ToDictionary(row => row.GetProperty("account").GetString()!,
                row => row.GetProperty("balanceMinor").GetInt64());

    public async ValueTask DisposeAsync()
    {
        Reconciler.Dispose();
        await _host.DisposeAsync();
    }
}
