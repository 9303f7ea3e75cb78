using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Entitlements.V1;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Routing;
using TwinTrack.Routing.Consumers;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Services.Tests.Routing;

/// <summary>Routing alone on a real host; the test speaks for Payments and Providers.</summary>
internal sealed class SwitchScene : IAsyncDisposable
{
    public static readonly string Cycle = CycleId.New(TimeProvider.System).ToString();

    private SwitchScene(TestHost host) => Host = host;

    public TestHost Host { get; private set; }

    public HttpClient Admin => Host.As("ada", "government", Role.Admin);

    public HttpClient Operator => Host.As("omar", "government", Role.Operator);

    public HttpClient Minister => Host.As("amina", "government", Role.CoChair);

    public HttpClient Partner => Host.As("boris", "partner", Role.CoChair);

    /// <summary>A host with two Track-1 channels, one Track-2 channel, a table and a protocol.</summary>
    public static async Task<SwitchScene> OpenAsync(int watchSeconds = 0)
    {
        var scene = new SwitchScene(await TestHost.StartAsync(new RoutingModule()));
        await scene.PutChannelAsync("t1-momo", "mobile_money", 1, recall: false, "mobile");
        await scene.PutChannelAsync("t1-bank", "bank", 1, recall: true, "bank");
        await scene.PutChannelAsync("t2-agency", "agency", 2, recall: true, "mobile", "bank", "cash");
        await OkAsync(scene.Admin.PutAsJsonAsync("/routing/table", new
        {
            rows = new[] { new { area = "*", programme = "*", instrument = "*",
                channels = new[] { "t1-momo", "t1-bank", "t2-agency" } } },
        }));
        await OkAsync(scene.Admin.PutAsJsonAsync("/routing/protocols/psn", new
        {
            currency = "XOF",
            reasons = new[] { "funds_suspended", "return" },
            proposerRoles = new[] { "operator", "cochair" },
            quorum = new Dictionary<string, int> { ["government"] = 1, ["partner"] = 1 },
            proposalValidHours = 24,
            watchSeconds,
        }));
        await scene.CycleClosedAsync();
        return scene;
    }

    /// <summary>Stops the host and starts another on the same files.</summary>
    public async Task RestartAsync()
    {
        await Host.DisposeAsync();
        Host = await TestHost.StartAsync(Host.Data, null, new RoutingModule());
    }

    /// <summary>To Track 2, for some areas only.</summary>
    public static async Task<string> ProposeForAsync(HttpClient by, string[] areas, params string[] from) =>
        (await OkAsync(by.PostAsJsonAsync(
        "/routing/switches", new
        {
            programme = "psn",
            cycleId = Cycle,
            areas,
            fromChannels = from,
            toTrack = 2,
            reason = "funds_suspended"
        })))["id"]!.GetValue<string>();

    public static async Task<string> ProposeAsync(
        HttpClient by, int toTrack = 2, string reason = "funds_suspended", params string[] from)
    {
        var answer =
            await OkAsync(
                by.PostAsJsonAsync("/routing/switches", new
                {
                    programme = "psn",
                    cycleId = Cycle,
                    fromChannels = from,
                    toTrack,
                    reason,
                    until = "2026-12-31"
                }));
        return answer["id"]!.GetValue<string>();
    }

    /// <summary>Asks for a rehearsal, answers its count and gives the hash to vote on.</summary>
    public async Task<string> RehearseAsync(string id, params DispositionRow[] rows)
    {
        var asked =
            (await OkAsync(Operator.PostAsync($"/routing/switches/{id}/rehearsals", null)))["asked"]!.GetValue<long>();
        await CountedAsync(id, asked, "list", rows);
        var seen =
            await TestHost.Until(() => ShowAsync(id), seen => seen["rehearsal"]?["asked"]?.GetValue<long>() == asked);
        return seen["hash"]!.GetValue<string>();
    }

    /// <summary>Both parties approve, and confirm a small reach where the rehearsal warns of one.</summary>
    public async Task VoteAsync(string id, string hash)
    {
        var confirmReach = (await ShowAsync(id))["rehearsal"]!["warnings"]!.AsArray().Count > 0;
        foreach (var chair in (HttpClient[])[Minister, Partner])
        {
            await OkAsync(
                chair.PostAsJsonAsync($"/routing/switches/{id}/votes", new { hash, approve = true, confirmReach }));
        }
    }

    public Task CycleClosedAsync(string programme = "psn", string? cycle = null) =>
        Host.HandleAsync<RoutingDb, CycleClosed, CycleClosedHandler>(
            new CycleClosed(cycle ?? Cycle, programme, "2026-03", "XOF", 1, 10, 1_000, "hash", "ada",
                TimeProvider.System.GetUtcNow()));

    /// <summary>Waits for the next count to be asked after this number, and answers it.</summary>
    public async Task<long> AnswerCountAsync(string id, long after, params DispositionRow[] rows)
    {
        var asked = await TestHost.Until(
            async () => (await Host.SentAsync<RoutingDb, CountDispositions>()).Where(count => count.SwitchId == id)
                .Max(count => count.QuestionNumber), asked => asked > after);
        await CountedAsync(id, asked, "list", rows);
        return asked;
    }

    public Task CountedAsync(string id, long asked, string listHash, params DispositionRow[] rows) =>
        Host.HandleAsync<RoutingDb, DispositionsCounted, DispositionsCountedHandler>(
            new DispositionsCounted(id, asked, listHash, 10, 1_000, true, rows));

    /// <summary>Providers' answer to the newest order.</summary>
    public async Task FencedAsync(string channel, long epoch, long lastSequence = 7) =>
        await Host.HandleAsync<RoutingDb, ChannelFenced, ChannelFencedHandler>(
        new ChannelFenced(channel, epoch, await OrderAsync(channel), lastSequence, TimeProvider.System.GetUtcNow()));

    /// <summary>Providers' answer to the newest order.</summary>
    public async Task OpenedAsync(string channel, long epoch) =>
        await Host.HandleAsync<RoutingDb, ChannelOpened, ChannelOpenedHandler>(
        new ChannelOpened(channel, epoch, await OrderAsync(channel), TimeProvider.System.GetUtcNow()));

    private Task<long> OrderAsync(string channel) =>
        Host.QueryAsync<RoutingDb, long>(
            db => db.Channels.Where(row => row.Code == channel).Select(row => row.CommandNumber).SingleAsync());

    /// <summary>Providers' running answer: null for what it has not done yet.</summary>
    public Task StoppedAsync(string id, string channel, long epoch, long? withdrawn, long? recalls,
        long lastSequence = 7) =>
        Host.HandleAsync<RoutingDb, ScopeStopped, ScopeStoppedHandler>(
            new ScopeStopped(id, channel, epoch, lastSequence, TimeProvider.System.GetUtcNow(), withdrawn, recalls,
                recalls is null ? null : 0));

    /// <summary>The whole answer at once.</summary>
    public async Task StopAsync(string id, string channel, long epoch, long withdrawn = 0)
    {
        await TestHost.Until(() => Host.SentAsync<RoutingDb, StopScope>(),
            sent => sent.Exists(stop => stop.SwitchId == id && stop.Channel == channel && stop.Epoch == epoch));
        await StoppedAsync(id, channel, epoch, withdrawn, recalls: 0);
    }

    public async Task<InstructionsRouted> RouteAsync(string instrument, string area = "NE001", string programme = "psn")
    {
        var request = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("n");
        await Host.HandleAsync<RoutingDb, RouteInstructions, RouteInstructionsHandler>(
            new RouteInstructions(request, 0, programme, Cycle,
                [new RouteRow(InstructionId.New(TimeProvider.System).ToString(), area, instrument, 100,
                    ObligationId.New(TimeProvider.System).ToString(), "treasury")]));
        return (await Host.SentAsync<RoutingDb, InstructionsRouted>()).Single(routed => routed.RequestId == request);
    }

    public Task<JsonObject> ShowAsync(string id) => OkAsync(Operator.GetAsync($"/routing/switches/{id}"));

    public Task<JsonObject> UntilStateAsync(string id, string state) =>
        TestHost.Until(() => ShowAsync(id), seen => seen["state"]!.GetValue<string>() == state);

    public async Task<JsonNode> ChannelAsync(string code) =>
        (await OkAsync(Operator.GetAsync("/routing/channels")))["items"]!.AsArray()
            .Single(channel => channel!["code"]!.GetValue<string>() == code)!;

    public static DispositionRow Row(string state, long count, string channel = "t1-momo", bool moved = false,
        string? evidence = null) =>
        new("NE001", channel == "t1-bank" ? "bank" : "mobile", channel, Word.OfName(state), moved, evidence, count,
            count * 100, "treasury");

    public static async Task<JsonObject> OkAsync(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        var body = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue(body);
        return JsonSerializer.Deserialize<JsonObject>(body)!;
    }

    /// <summary>The refusal's code.</summary>
    public static async Task<string> RefusedAsync(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        var body = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeFalse(body);
        return JsonSerializer.Deserialize<JsonObject>(body)!["title"]!.GetValue<string>();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private async Task PutChannelAsync(
        string code, string adapter, int track, bool recall, params string[] instruments)
    {
        await RegisterAsync(code, adapter, track, instruments);
        await DeclareAsync(code, recall, instruments);
    }

    public Task<JsonObject> RegisterAsync(string code, string adapter, int track, params string[] instruments) =>
        OkAsync(Admin.PutAsJsonAsync($"/routing/channels/{code}", new
        {
            provider = $"provider of {code}",
            adapter,
            track,
            instruments,
            areas = Array.Empty<string>(),
            currency = "XOF",
            capacityPerHour = 3_600,
            contractModel = track == 1 ? "government" : "donor",
        }));

    /// <summary>Providers' answer to the registration.</summary>
    public Task DeclareAsync(string code, bool recall, params string[] instruments) =>
        Host.HandleAsync<RoutingDb, ChannelAbilitiesDeclared, ChannelAbilitiesDeclaredHandler>(
            new ChannelAbilitiesDeclared(
                code,
                new DeclaredAbilities(recall, StatusQuery: true, Bulk: true, Callback: true, Portability: true,
                    ValiditySeconds: 864_000, instruments, instruments.Contains("cash")
                        ? ["household_id", "name", "alternate", "account", "area"] : ["account"],
                    MaxPerPaymentMinor: null),
                null, TimeProvider.System.GetUtcNow()));

    public Task RefuseAbilitiesAsync(string code, string refusal) =>
        Host.HandleAsync<RoutingDb, ChannelAbilitiesDeclared, ChannelAbilitiesDeclaredHandler>(
            new ChannelAbilitiesDeclared(code, null, refusal, TimeProvider.System.GetUtcNow()));
}
