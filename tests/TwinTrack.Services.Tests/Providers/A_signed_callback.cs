using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Services.Tests.Providers;

public sealed class A_signed_callback
{
    [Fact]
    public async Task Without_its_signature_leaves_nothing_and_with_it_is_kept_once_and_asks()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter, settings: CallbackPen.Settings);
        using var http = host.Stranger;
        await host.OrderAsync(2);
        await host.UntilSubmittedAsync(2);
        var path = CallbackPen.Unit(adapter.Submitted.Single().CallbackToken);

        (await http.PostAsync(path, new StringContent("{}"))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await http.SendStatusAsync(
            CallbackPen.Sign(path, "m1", "{}", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"))).Should()
            .Be(HttpStatusCode.Unauthorized);
        (await http.SendStatusAsync(CallbackPen.Sign(path, "m1", "{}", age: TimeSpan.FromHours(1)))).Should()
            .Be(HttpStatusCode.Unauthorized);
        (await host.LookAsync(db => db.Evidence.CountAsync())).Should().Be(0, "what nobody signed is kept nowhere");
        adapter.Asked.Should().BeEmpty();

        (await http.SendStatusAsync(CallbackPen.Sign(path, "m1", """{"result":"failed"}"""))).Should()
            .Be(HttpStatusCode.NoContent);
        await TestHost.Until(() => Task.FromResult(adapter.Asked.Count), count => count == 1);
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Sent, 2, "a callback says nothing of money");
        (await http.SendStatusAsync(CallbackPen.Sign(path, "m1", """{"result":"failed"}"""))).Should()
            .Be(HttpStatusCode.NoContent);
        (await http.SendStatusAsync(CallbackPen.Sign(path, "m2", """{"result":"success"}"""))).Should()
            .Be(HttpStatusCode.NoContent);

        await TestHost.Until(() => Task.FromResult(adapter.Asked.Count), count => count == 2);
        var kept =
            await TestHost.Until(() => KeptAsync(host),
                rows => rows.Count == 2 && rows.All(row => row.State == EvidenceState.Hint));
        kept.Select(row => row.TimesSeen).Should()
            .BeEquivalentTo([2, 1], "the same message again is acknowledged and counted");
        kept.Should().OnlyContain(row => row.Scheme == "standard-webhooks" && row.Kind == EvidenceKind.Callback);
        Encoding.UTF8.GetString(kept[0].Body!).Should().NotContain("result", "what is kept is sealed");
        kept[0].Headers.Should().NotContain("webhook-id");
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Sent, 2);
    }

    [Fact]
    public async Task On_the_channels_path_asks_about_named_orders_and_keeps_other_callbacks()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(
            adapter, settings: new(CallbackPen.Settings) { ["unitMax"] = "1" });
        using var http = host.Stranger;
        var orders = await host.OrderAsync(2);
        await host.UntilSubmittedAsync(2);
        adapter.OnAsk = ScriptedAdapter.Paid;
        var named = adapter.Submitted.SelectMany(unit => unit.Orders).Select(order => order.Reference).First();

        (await http.SendStatusAsync(
            CallbackPen.Sign(CallbackPen.Channel(), "stray",
                """{"reference":"0123456789abcdef0123456789abcdef"}"""))).Should().Be(HttpStatusCode.NoContent);
        (await http.SendStatusAsync(
            CallbackPen.Sign(CallbackPen.Channel(), "named",
                $$"""{"reference":"{{named}}","status":"FAILED"}"""))).Should().Be(HttpStatusCode.NoContent);

        await host.UntilReportedAsync("settled", 1);
        adapter.Asked.Should().ContainSingle().Which.Orders.Single().Reference.Should().Be(named);
        (await host.StatesAsync()).Should().Contain(PaymentOrderState.Sent, orders.Count - 1);
        var kept =
            await TestHost.Until(() => KeptAsync(host),
                rows => rows.Count == 2 && rows.All(row => row.State == EvidenceState.Hint));
        kept.Single(row => row.Unmatched == 1).Name.Should().Be("stray");
        (await http.SendStatusAsync(CallbackPen.Sign(CallbackPen.Channel("nowhere"), "m", "{}"))).Should()
            .Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Is_taken_under_both_secrets_while_one_replaces_the_other()
    {
        var adapter = new ScriptedAdapter();
        await using var host = await ProvidersHost.StartAsync(adapter, settings: CallbackPen.Settings);
        using var http = host.Stranger;
        const string Next = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
        (await http.SendStatusAsync(CallbackPen.Sign(CallbackPen.Channel(), "m1", "{}", Next))).Should()
            .Be(HttpStatusCode.Unauthorized);

        await host.ConnectAsync(
            new(CallbackPen.Settings) { ["callbackKey"] = Next, ["callbackKeyOld"] = CallbackPen.Secret });

        (await http.SendStatusAsync(CallbackPen.Sign(CallbackPen.Channel(), "m2", "{}", Next))).Should()
            .Be(HttpStatusCode.NoContent);
        (await http.SendStatusAsync(CallbackPen.Sign(CallbackPen.Channel(), "m3", "{}"))).Should()
            .Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Is_made_durable_with_many_others_and_answered_after()
    {
        await using var host = await ProvidersHost.StartAsync(new ScriptedAdapter(), settings: CallbackPen.Settings);
        using var http = host.Stranger;

        // Each message twice, all at once: one row each, whatever commits together.
        var answers =
            await Task.WhenAll(
                Enumerable.Range(0, 400).Select(
                    index => http.SendStatusAsync(
                        CallbackPen.Sign(CallbackPen.Channel(), Invariant($"m{index % 200}"),
                            Invariant($"{index % 200}")))));

        answers.Should().OnlyContain(status => status == HttpStatusCode.NoContent);
        var rows = await KeptAsync(host);
        rows.Should().HaveCount(200);
        rows.Sum(row => row.TimesSeen).Should().Be(400);
    }

    [Fact]
    public async Task Is_refused_as_a_setting_that_cannot_be_meant()
    {
        await using var host = await ProvidersHost.StartAsync(new ScriptedAdapter());
        var putting = () => host.ConnectAsync(new() { ["callbackScheme"] = "standard-webhooks" });

        await putting.Should().ThrowAsync<HttpRequestException>();
    }

    private static Task<List<Evidence>> KeptAsync(ProvidersHost host) =>
        host.LookAsync(db => db.Evidence.AsNoTracking().OrderBy(row => row.ReceivedAt).ToListAsync());
}
