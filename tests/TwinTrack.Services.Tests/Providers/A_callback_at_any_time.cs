using System.Net;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Services.Tests.Providers;

/// <summary>
/// The cells of <see cref="TwinTrack.Providers.Domain.Callbacks.CallbackRule"/>, through the service.
/// </summary>
public sealed class A_callback_at_any_time
{
    private static readonly Dictionary<string, string> Rare = new() { ["askEverySeconds"] = "3600" };

    [Fact]
    public async Task Before_our_call_has_ended_is_kept_and_asks_when_it_has()
    {
        var ended = new TaskCompletionSource();
        var adapter = new ScriptedAdapter { OnAsk = ScriptedAdapter.Paid };
        adapter.OnSubmit = async (_, _) =>
        {
            await ended.Task;
            return Reading.Nothing;
        };
        await using var host = await ProvidersHost.StartAsync(adapter, settings: Rare);
        using var http = host.Stranger;
        await host.OrderAsync(2);
        var unit =
            await TestHost.Until(() => Task.FromResult(adapter.Submitted.FirstOrDefault()), unit => unit is not null);

        (await http.PutAsync(CallbackPen.Unit(unit!.CallbackToken), new StringContent("early"))).StatusCode.Should()
            .Be(HttpStatusCode.NoContent);
        await TestHost.Until(() => StatesAsync(host), states => states is [EvidenceState.Hint]);
        adapter.Asked.Should().BeEmpty("the call is still under way");
        ended.SetResult();

        // The job asks when it comes round; another callback makes that now, as a provider's retry would.
        await TestHost.Until(
            async () =>
            {
                (await http.PutAsync(CallbackPen.Unit(unit.CallbackToken),
                    new StringContent("early"))).StatusCode.Should().Be(HttpStatusCode.NoContent);
                return await host.StatesAsync();
            },
            states => states.GetValueOrDefault(PaymentOrderState.Settled) == 2);
    }

    [Fact]
    public async Task After_the_final_outcome_asks_once_more_and_only_reports_a_contradiction()
    {
        var adapter = new ScriptedAdapter { OnAsk = ScriptedAdapter.Paid };
        await using var host = await ProvidersHost.StartAsync(adapter, settings: Rare);
        using var http = host.Stranger;
        await host.OrderAsync(2);
        await host.UntilSubmittedAsync(2);
        var path = CallbackPen.Unit(adapter.Submitted.Single().CallbackToken);
        await http.PutAsync(path, new StringContent("success"));
        await host.UntilAllAsync(PaymentOrderState.Settled, 2);
        adapter.OnAsk = unit => ScriptedAdapter.All(unit, Outcome.Rejected, Grade.A, "RJCT");
        var asked = adapter.Asked.Count;

        await http.PutAsync(path, new StringContent("failure"));

        await host.UntilReportedAsync("rejected", 2);
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Settled, 2);
        adapter.Asked.Should().HaveCount(asked + 1);
        await http.PutAsync(path, new StringContent("failure"));
        await TestHost.Until(
            () => host.LookAsync(db => db.Evidence.AsNoTracking().Select(row => row.TimesSeen).ToListAsync()),
            seen => seen.Contains(2));
        (await host.ReportsAsync()).Count(row => row.Outcome == "rejected").Should()
            .Be(2, "the same bytes after the final word are only counted");
    }

    [Fact]
    public async Task That_contradicts_another_asks_as_every_callback_does()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter, settings: Rare);
        using var http = host.Stranger;
        await host.OrderAsync(2);
        await host.UntilSubmittedAsync(2);
        var path = CallbackPen.Unit(adapter.Submitted.Single().CallbackToken);

        await http.PutAsync(path, new StringContent("""{"transactionStatus":"completed"}"""));
        await http.PutAsync(path, new StringContent("""{"transactionStatus":"failed"}"""));

        await TestHost.Until(() => StatesAsync(host),
            states => states.Count == 2 && states.All(state => state == EvidenceState.Hint));
        await TestHost.Until(() => Task.FromResult(adapter.Asked.Count), count => count > 0);
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Sent, 2);
    }

    [Fact]
    public async Task On_the_path_of_answers_asks_where_the_provider_never_answers_by_callback()
    {
        var adapter =
            new ScriptedAdapter
            {
                OnAsk = ScriptedAdapter.Paid,
                OnRead = _ => throw new InvalidOperationException("nobody reads a hint")
            };
        await using var host = await ProvidersHost.StartAsync(adapter, settings: Rare);
        using var http = host.Stranger;
        await host.OrderAsync(2);
        await host.UntilSubmittedAsync(2);

        await http.PutAsync(CallbackPen.Unit(adapter.Submitted.Single().CallbackToken) + "?of=ask",
            new StringContent("answer"));

        await host.UntilAllAsync(PaymentOrderState.Settled, 2);
        await TestHost.Until(() => StatesAsync(host), states => states is [EvidenceState.Hint]);
    }

    [Fact]
    public async Task On_the_path_of_answers_is_read_where_the_provider_answers_so_and_asks_nothing()
    {
        var adapter =
            new ScriptedAdapter
            {
                Abilities = new(
                ["mobile", "bank"], ["name", "account"], Recall: true, StatusQuery: true, Bulk: true,
                SafeToResend: true, Callback: true,
                CalledBackAnswers: true)
            };
        await using var host = await ProvidersHost.StartAsync(adapter, settings: Rare);
        using var http = host.Stranger;
        await host.OrderAsync(2);
        await host.UntilSubmittedAsync(2);
        var unit = adapter.Submitted.Single();
        adapter.OnRead = document => document.Content.Length == 6 ? ScriptedAdapter.Paid(unit) : Reading.Nothing;

        await http.PutAsync(CallbackPen.Unit(unit.CallbackToken) + "?of=ask", new StringContent("no answer of ours"));
        await http.PutAsync(CallbackPen.Unit(unit.CallbackToken) + "?of=ask", new StringContent("marked"));

        await host.UntilAllAsync(PaymentOrderState.Settled, 2);
        (await TestHost.Until(() => StatesAsync(host), states => !states.Contains(EvidenceState.Received))).Should()
            .BeEquivalentTo([EvidenceState.Hint, EvidenceState.Applied]);
        adapter.Asked.Should().BeEmpty();
    }

    /// <summary>Of callbacks that are worked off; of others, that they were received.</summary>
    private static Task<List<EvidenceState>> StatesAsync(ProvidersHost host) =>
        host.LookAsync(db => db.Evidence.AsNoTracking()
        .Select(row => db.WaitingCallbacks.Any(waiting => waiting.EvidenceId == row.Id)
            ? EvidenceState.Received : row.State).ToListAsync());
}
