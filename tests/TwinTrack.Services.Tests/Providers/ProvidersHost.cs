using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TwinTrack.Contracts.Enrolments.V1;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers;
using TwinTrack.Providers.Answers;
using TwinTrack.Providers.Consumers;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Jobs;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Services.Tests.Providers;

/// <summary>
/// The Providers service with one channel, t1, behind a scripted provider; spoken to as Routing, Payments and
/// Enrolments would.
/// </summary>
internal sealed class ProvidersHost : IAsyncDisposable
{
    public const string Channel = "t1";
    private const string Programme = "cash";

    /// <summary>Shared, so that a host that comes after another on one database goes on counting.</summary>
    private static long _orders;

    private readonly TestHost _host;

    private ProvidersHost(TestHost host, ScriptedAdapter adapter) => (_host, Adapter) = (host, adapter);

    public ScriptedAdapter Adapter { get; }

    public string Data => _host.Data;

    /// <summary>Nobody in particular: a provider, or somebody who says so.</summary>
    public HttpClient Stranger => new() { BaseAddress = _host.Address };

    public HttpClient Http => _host.As("oumou", "government", Role.Admin, Role.Reconciler, Role.Operator, Role.Auditor);

    /// <summary>Starts; on a fresh folder also registers the channel and puts its connection.</summary>
    public static async Task<ProvidersHost> StartAsync(
        ScriptedAdapter adapter, string? data = null, Dictionary<string, string>? settings = null,
        params string[] configuration)
    {
        var host = await StartUnregisteredAsync(adapter, data, configuration);
        if (data is null)
        {
            await host.RegisterAsync(1, settings);
        }

        return host;
    }

    /// <summary>Without its channel.</summary>
    public static async Task<ProvidersHost> StartUnregisteredAsync(ScriptedAdapter adapter, string? data = null,
        params string[] configuration) => new(
        await TestHost.StartAsync(data, configuration, services => services.AddSingleton<IProviderAdapter>(adapter),
            new ProvidersModule()), adapter);

    public async Task RegisterAsync(long epoch, Dictionary<string, string>? settings = null)
    {
        await TellAsync<RegisterChannel, RegisterChannelHandler>(
            new RegisterChannel(Channel, "bank of tests", "bank", 1, "XOF", epoch));
        await ConnectAsync(settings ?? []);
    }

    /// <summary>The same with the agency's own adapter behind the channel.</summary>
    public static async Task<ProvidersHost> StartAgencyAsync(Dictionary<string, string> settings)
    {
        var host = new ProvidersHost(await TestHost.StartAsync(new ProvidersModule()), new ScriptedAdapter());
        await host.TellAsync<RegisterChannel, RegisterChannelHandler>(
            new RegisterChannel(Channel, "agency of tests", "agency", 2, "XOF", 1));
        await host.ConnectAsync(settings);
        return host;
    }

    public HttpClient As(string user, params string[] roles) => _host.As(user, "partner", roles);

    public async Task ConnectAsync(Dictionary<string, string> settings)
    {
        var all = new Dictionary<string, string>(settings);
        all.TryAdd("directory", "/nowhere");
        all.TryAdd("askEverySeconds", "0.1");
        all.TryAdd("paymentsPerSecond", "100000");
        using var http = Http;
        (await http.PutAsJsonAsync($"/providers/connections/{Channel}",
            new { settings = all })).EnsureSuccessStatusCode();
    }

    public Task TellAsync<TMessage, THandler>(TMessage message)
        where TMessage : class
        where THandler : IMessageHandler<TMessage> => _host.HandleAsync<ProvidersDb, TMessage, THandler>(message);

    /// <param name="epoch">Of the fence.</param>
    /// <param name="order">Null for the next one; a number for one that comes late.</param>
    public Task FenceAsync(long epoch, long? order = null) =>
        TellAsync<FenceChannel, FenceChannelHandler>(
            new FenceChannel(Channel, epoch, order ?? Interlocked.Increment(ref _orders), "oumou@government"));

    /// <param name="epoch">Of the channel.</param>
    /// <param name="order">Null for the next one; a number for one that comes late.</param>
    public Task OpenAsync(long epoch, long? order = null) =>
        TellAsync<OpenChannel, OpenChannelHandler>(
            new OpenChannel(Channel, epoch, order ?? Interlocked.Increment(ref _orders), "oumou@government"));

    public Task StopAsync(long epoch, params string[] areas) => StopAsync(epoch, areas, "swi_1");

    /// <param name="epoch">The channel's, from this stop on.</param>
    /// <param name="areas">Empty means all.</param>
    /// <param name="switch">Whose stop it is.</param>
    /// <param name="programme">What it stops.</param>
    /// <param name="recall">Whether sent orders are asked back.</param>
    public Task StopAsync(long epoch, string[] areas, string @switch = "swi_1", string programme = Programme,
        bool recall = true) =>
        TellAsync<StopScope, StopScopeHandler>(new StopScope(@switch, Channel, epoch, programme, areas, recall));

    /// <summary>Waits for an answer that has everything.</summary>
    public async Task<ScopeStopped> UntilCompleteAsync() =>
        (await TestHost.Until(SentAsync<ScopeStopped>, sent => sent.Exists(answer => answer.RecallsAsked is not null)))
            .First(answer => answer.RecallsAsked is not null);

    /// <summary>The switches for which orders were reported as withdrawn.</summary>
    public async Task<List<string>> WithdrawnForAsync() =>
        [.. (await SentAsync<InstructionsReported>()).Select(message => message.WithdrawnFor).OfType<string>()
            .Distinct()];

    /// <summary>No job of this process runs any more, as if it had died.</summary>
    public async Task HaltJobsAsync()
    {
        foreach (var runner in _host.App.Services.GetServices<IHostedService>()
            .Where(service => service.GetType().Name.StartsWith("JobRunner", StringComparison.Ordinal)))
        {
            await runner.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>Orders with known payees, queued under this epoch, every other one in area NE002.</summary>
    public async Task<List<SubmitRow>> OrderAsync(int count, long epoch = 1, bool knowPayees = true,
        string programme = Programme)
    {
        var orders = Enumerable.Range(0, count).Select(index =>
        {
            var payee = NewPayee(index);
            var row = new SubmitRow(
                InstructionId.New(TimeProvider.System).Text,
                ObligationId.New(TimeProvider.System).Text,
                HouseholdId.New(TimeProvider.System).Text,
                Sealer.Fingerprint($"{payee.Name}|{payee.Instrument}|{payee.Account}|{payee.BankBic}"),
                index % 2 == 0 ? "NE001" : "NE002",
                10_000 + index);
            return (Row: row, Payee: payee);
        }).ToList();
        if (knowPayees)
        {
            await KnowAsync(orders);
        }

        await SubmitAsync([.. orders.Select(order => order.Row)], epoch, programme: programme);
        return [.. orders.Select(order => order.Row)];
    }

    public async Task SubmitAsync(IReadOnlyList<SubmitRow> rows, long epoch = 1, string currency = "XOF",
        string programme = Programme)
    {
        foreach (var chunk in rows.Chunk(1_000))
        {
            await TellAsync<SubmitInstructions, SubmitInstructionsHandler>(
                new SubmitInstructions(Channel, epoch, "bat_1", programme, currency, chunk));
        }
    }

    public async Task KnowAsync(IReadOnlyList<(SubmitRow Row, Payee Payee)> orders)
    {
        foreach (var chunk in orders.Chunk(1_000))
        {
            await TellAsync<PayeeChunk, PayeeChunkHandler>(new PayeeChunk("cyc_1", 0, [.. chunk.Select(order =>
                new PayeeRow(order.Row.HouseholdId, order.Row.PayeeFingerprint,
                    Sealer.Seal(JsonSerializer.Serialize(order.Payee, JsonSerializerOptions.Web))))]));
        }
    }

    public static Payee NewPayee(int index) =>
        new(Invariant($"HH{index}"), Invariant($"Person {index}"), "bank", Invariant($"NE58NE{index:D22}"), null, null);

    public Sealer Sealer => Sealer.Named("payee", _host.App.Services.GetRequiredService<IConfiguration>());

    /// <summary>Everything reported to Payments, in order.</summary>
    public async Task<List<ReportRow>> ReportsAsync() =>
        [.. (await _host.SentAsync<ProvidersDb, InstructionsReported>()).SelectMany(message => message.Rows)];

    public Task<List<ReportRow>> UntilReportedAsync(string outcome, int count) =>
        TestHost.Until(async () => (await ReportsAsync()).Where(row => row.Outcome == outcome).ToList(),
            rows => rows.Count >= count);

    /// <summary>
    /// Waits until the submit job has worked off what it was woken for: nobody holds it, and its next look is later.
    /// </summary>
    public Task UntilLookedAtAsync() => TestHost.Until(
        () => LookAsync(db => db.Jobs.AsNoTracking()
            .SingleAsync(job => job.Kind == JobKinds.Submit && job.Subject == Channel)),
        job => job.LeaseOwner is null && job.DueAt > TimeProvider.System.GetUtcNow());

    /// <summary>
    /// Waits until so many orders are reported as sent and their calls have ended. The report belongs to the journal,
    /// which is written before the call.
    /// </summary>
    public async Task UntilSubmittedAsync(int count)
    {
        await UntilReportedAsync("sent", count);
        await TestHost.Until(
            () => LookAsync(db => db.Units.CountAsync(unit => unit.State != UnitState.Called)), open => open == 0);
    }

    public Task<List<TMessage>> SentAsync<TMessage>() => _host.SentAsync<ProvidersDb, TMessage>();

    public async Task<TMessage> UntilSaidAsync<TMessage>() =>
        (await TestHost.Until(SentAsync<TMessage>, messages => messages.Count > 0))[0];

    public Task<T> LookAsync<T>(Func<ProvidersDb, Task<T>> query) => _host.QueryAsync(query);

    /// <summary>Has it heard that these are paid, as a poll would.</summary>
    public Task HearPaidAsync(IReadOnlyList<SubmitRow> orders) =>
        ApplyVerdictAsync(orders, new Verdict(Outcome.Settled, Grade.A, "PAID"));

    /// <summary>Has it heard one verdict about each of these, as a poll would.</summary>
    public async Task ApplyVerdictAsync(IReadOnlyList<SubmitRow> orders, Verdict verdict)
    {
        await using var scope = _host.App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProvidersDb>();
        var answers = scope.ServiceProvider.GetRequiredService<VerdictWriter>();
        ProviderAnswer[] given =
            [.. orders.Select(
                order => new ProviderAnswer(TypedId.Parse<InstructionId>(order.InstructionId), verdict))];
        await db.InTransactionAsync(() => answers.ApplyAsync(Channel, given, AnswerSource.Ask, CancellationToken.None),
            CancellationToken.None);
    }

    public async Task<Dictionary<PaymentOrderState, int>> StatesAsync() =>
        (await LookAsync(db => db.PaymentOrders.AsNoTracking().Select(row => row.State).ToListAsync())).GroupBy(
            state => state).ToDictionary(group => group.Key, group => group.Count());

    public Task UntilAllAsync(PaymentOrderState state, int count) =>
        TestHost.Until(StatesAsync, states => states.Count == 1 && states.GetValueOrDefault(state) == count);

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
