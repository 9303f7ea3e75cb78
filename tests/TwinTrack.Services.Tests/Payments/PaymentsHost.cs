using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TwinTrack.Contracts.Entitlements.V1;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments;
using TwinTrack.Payments.Consumers;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;
using TwinTrack.Reconciliation;

namespace TwinTrack.Services.Tests.Payments;

/// <summary>
/// Payments alone: the test speaks for Entitlements, Routing and Providers, and reads what Payments says to them.
/// </summary>
internal sealed class PaymentsHost : IAsyncDisposable
{
    internal const string Programme = "nsnp";
    internal const string Track1 = "t1-momo";
    internal const string Track2 = "t2-agency";
    internal const long AmountMinor = 400_000;

    private PaymentsHost(TestHost host) => Host = host;

    internal TestHost Host { get; }

    internal CycleId Cycle { get; set; } = CycleId.New(TimeProvider.System);

    internal SwitchId Switch { get; } = SwitchId.New(TimeProvider.System);

    internal HttpClient Maker => Host.As("amina", "government", Role.ProgrammeManager);

    internal HttpClient Finance => Host.As("fati", "government", Role.Finance);

    internal static async Task<PaymentsHost> StartAsync(params string[] configuration) =>
        new(await TestHost.StartAsync(null, configuration, null, new PaymentsModule()));

    /// <summary>With Reconciliation beside it, which books what Payments tells it.</summary>
    internal static async Task<PaymentsHost> StartWithBooksAsync() =>
        new(await TestHost.StartAsync(new PaymentsModule(), new ReconciliationModule()));

    internal HttpClient Admin => Host.As("adama", "government", Role.Admin);

    internal HttpClient Approver(string user) => Host.As(user, "government", Role.Approver);

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    // Entitlements

    /// <summary>The areas of the next obligations, in turn.</summary>
    internal string[] Areas { get; set; } = ["NE001"];

    internal List<EntitlementRow> Entitlements(int count) =>
        [.. Enumerable.Range(0, count).Select(index => new EntitlementRow(
            EntitlementId.New(TimeProvider.System).ToString(),
            HouseholdId.New(TimeProvider.System).ToString(),
            "base",
            AmountMinor,
            Areas[index % Areas.Length],
            "mobile",
            new string('f', 64),
            "treasury"))];

    internal Task SendChunkAsync(int chunk, List<EntitlementRow> rows) =>
        Host.HandleAsync<PaymentsDb, EntitlementChunk, EntitlementChunkHandler>(
            new EntitlementChunk(Cycle.ToString(), chunk, rows));

    internal Task CloseAsync(int chunks, List<EntitlementRow> rows, long? sumMinor = null)
    {
        using var hash = new LineHash();
        foreach (var row in rows.OrderBy(row => row.EntitlementId, StringComparer.Ordinal))
        {
            hash.Add(TypedId.Parse<EntitlementId>(row.EntitlementId), row.AmountMinor);
        }

        return Host.HandleAsync<PaymentsDb, CycleClosed, CycleClosedHandler>(new CycleClosed(
            Cycle.ToString(), Programme, "2026-11", "XOF", chunks, rows.Count, sumMinor ?? hash.SumMinor, hash.Hex(),
            "amina@government", TimeProvider.System.GetUtcNow()));
    }

    internal Task<JsonElement> CycleInStateAsync(string state) =>
        TestHost.Until(() => GetAsync($"/payments/cycles/{Cycle}"),
            cycle => cycle.GetProperty("state").GetString() == state);

    // Routing

    /// <summary>
    /// Answers every question of Payments that was not answered yet: the switch's own attempts go to Track 2 if it is
    /// given.
    /// </summary>
    internal async Task RouteAsync(string? channel, SwitchId? by = null)
    {
        foreach (var asked in await Host.SentAsync<PaymentsDb, RouteInstructions>())
        {
            await Host.HandleAsync<PaymentsDb, InstructionsRouted, InstructionsRoutedHandler>(new InstructionsRouted(
                asked.RequestId,
                asked.Chunk,
                1,
                [
                    .. asked.Rows.Select(row => new RoutedRow(
                        row.InstructionId, channel, channel is null ? 0 : channel == Track2 ? 2 : 1, 1,
                        channel is null ? "no partner there" : "row 1", by?.ToString())),
                ]));
        }
    }

    /// <summary>The same, each by its own way.</summary>
    internal async Task RouteEachAsync(Func<RouteRow, (string Channel, SwitchId By)> way)
    {
        foreach (var asked in await Host.SentAsync<PaymentsDb, RouteInstructions>())
        {
            await Host.HandleAsync<PaymentsDb, InstructionsRouted, InstructionsRoutedHandler>(new InstructionsRouted(
                asked.RequestId,
                asked.Chunk,
                1,
                [.. asked.Rows.Select(row => (Row: row, Way: way(row)))
                    .Select(one => new RoutedRow(
                        one.Row.InstructionId, one.Way.Channel, one.Way.Channel == Track2 ? 2 : 1, 2, "row 1",
                        one.Way.By.ToString()))]));
        }
    }

    /// <summary>The list of another switch, which leaves this channel.</summary>
    internal async Task<string> ListHashAsync(SwitchId by, string channel)
    {
        await Host.HandleAsync<PaymentsDb, CountDispositions, CountDispositionsHandler>(
            new CountDispositions(by.ToString(), 1, Cycle.ToString(), Programme, [], [channel]));
        var sent =
            await TestHost.Until(() => Host.SentAsync<PaymentsDb, DispositionsCounted>(),
                all => all.Any(one => one.SwitchId == by.ToString()));
        return sent.First(one => one.SwitchId == by.ToString()).ListHash;
    }

    internal Task MoveAsync(string listHash, params string[] areas) => Host.HandleAsync<PaymentsDb, StartMove,
        StartMoveHandler>(
        new StartMove(Switch.ToString(), Cycle.ToString(), Programme, areas, [Track1], listHash, "government+partner"));

    /// <summary>The way back, under a later switch.</summary>
    internal Task ReturnAsync(SwitchId later, string listHash) =>
        Host.HandleAsync<PaymentsDb, StartMove, StartMoveHandler>(
        new StartMove(later.ToString(), Cycle.ToString(), Programme, [], [Track2], listHash, "government+partner"));

    internal Task EndMoveAsync() =>
        Host.HandleAsync<PaymentsDb, EndMove, EndMoveHandler>(new EndMove(Switch.ToString()));

    internal async Task<DispositionsCounted> CountAsync(long asked, SwitchId? by = null, string channel = Track1,
        params string[] areas)
    {
        await Host.HandleAsync<PaymentsDb, CountDispositions, CountDispositionsHandler>(
            new CountDispositions((by ?? Switch).ToString(), asked, Cycle.ToString(), Programme, areas, [channel]));
        var sent =
            await TestHost.Until(() => Host.SentAsync<PaymentsDb, DispositionsCounted>(),
                all => all.Any(one => one.QuestionNumber == asked));
        return sent.First(one => one.QuestionNumber == asked);
    }

    // Providers

    internal Task ReportAsync(string outcome, string grade, string code, params string[] instructions) =>
        ReportAsync([.. instructions.Select(id => Row(id, outcome, grade, code))]);

    /// <summary>A switch had them withdrawn, and its move is to come.</summary>
    internal Task WithdrawForSwitchAsync(params string[] instructions) =>
        Host.HandleAsync<PaymentsDb, InstructionsReported, InstructionsReportedHandler>(new InstructionsReported(
            Track1, [.. instructions.Select(id => Row(id, "withdrawn", "A", "NEVER_SENT"))], Switch.ToString()));

    internal Task ReportAsync(params ReportRow[] rows) =>
        Host.HandleAsync<PaymentsDb, InstructionsReported, InstructionsReportedHandler>(
            new InstructionsReported(Track1, rows));

    internal static ReportRow Row(string id, string outcome, string grade, string code,
        long amountMinor = AmountMinor) =>
        new(id, outcome, grade, code, "ref", 1, amountMinor, TimeProvider.System.GetUtcNow());

    /// <summary>The orders that Payments has sent to a channel, by now at least so many.</summary>
    internal async Task<List<SubmitRow>> OrdersAsync(string channel, int atLeast) => await TestHost.Until(
        async () => (await Host.SentAsync<PaymentsDb, SubmitInstructions>()).Where(one => one.Channel == channel)
            .SelectMany(one => one.Rows).ToList(),
        rows => rows.Count >= atLeast);

    // People

    internal async Task<JsonElement> GetAsync(string path)
    {
        using var auditor = Host.As("ali", "government", Role.Auditor);
        using var response = await auditor.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadFromJsonAsync<JsonElement>()
            : JsonDocument.Parse("""{"state":"none"}""").RootElement;
    }

    /// <summary>What was answered: the body, with the refusal's code as <c>title</c> when it was refused.</summary>
    internal static async Task<JsonElement> PostAsync(HttpClient user, string path, object body)
    {
        using var response = await user.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        var text = await response.Content.ReadAsStringAsync();
        text.Should().NotBeEmpty($"{path} answered {response.StatusCode}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>A cycle that is taken in, planned to Track 1, and awaits its approvals.</summary>
    internal async Task<(string Batch, string Hash, List<EntitlementRow> Rows)> PlannedAsync(
        int count, string? channel = Track1)
    {
        var rows = Entitlements(count);
        await SendChunkAsync(0, rows);
        await CloseAsync(1, rows);
        await CycleInStateAsync("Ready");
        var batch = (await PostAsync(Maker, "/payments/batches", new { cycleId = Cycle.ToString() })).GetProperty("id")
            .GetString()!;
        await TestHost.Until(() => GetAsync($"/payments/batches/{batch}"),
            seen => seen.GetProperty("count").GetInt64() == count);
        await RouteAsync(channel);
        var sealedBatch = await TestHost.Until(
            () => GetAsync($"/payments/batches/{batch}"),
            seen => seen.GetProperty("state").GetString() == "AwaitingApproval");
        return (batch, sealedBatch.GetProperty("contentHash").GetString()!, rows);
    }

    /// <summary>The same, approved and released: the orders that went to Track 1.</summary>
    internal async Task<(string Batch, List<SubmitRow> Orders)> ReleasedAsync(int count)
    {
        var (batch, hash, _) = await PlannedAsync(count);
        await FundAsync(count * AmountMinor);
        await PostAsync(Approver("idrissa"), $"/payments/batches/{batch}/approvals", new { contentHash = hash });
        await PostAsync(Approver("mariama"), $"/payments/batches/{batch}/approvals", new { contentHash = hash });
        var released = await PostAsync(Finance, $"/payments/batches/{batch}/release", new { contentHash = hash });
        released.GetProperty("state").GetString().Should().Be("Released");
        return (batch, await OrdersAsync(Track1, count));
    }

    internal Task<JsonElement> FundAsync(long amountMinor) =>
        PostAsync(Finance, "/payments/funds",
            new { programme = Programme, fundingSource = "treasury", amountMinor, currency = "XOF" });

    internal async Task<JsonElement> StoryAsync(string id) => await GetAsync($"/payments/payments/{id}");

    /// <summary>Waits for what Reconciliation has booked; accounts sum to zero all the while.</summary>
    internal Task<Dictionary<string, long>> BalancesAsync(Func<Dictionary<string, long>, bool> holds) => TestHost.Until(
        async () =>
        {
            var ledger = await GetAsync("/reconciliation/ledger");
            ledger.GetProperty("sumMinor").GetInt64().Should().Be(0);
            return ledger.GetProperty("accounts").EnumerateArray().ToDictionary(
                row => row.GetProperty("account").GetString()!, row => row.GetProperty("balanceMinor").GetInt64());
        },
        holds);
}
