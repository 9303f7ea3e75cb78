using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Providers.Consumers;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Services.Tests.Providers;

/// <summary>
/// An operator that calls back both "paid" and "failed" about every order: neither is believed, and the answer to our
/// question is.
/// </summary>
public sealed class A_hostile_peer
{
    private const string Channel = "m1";
    private const int Orders = 20;

    [Fact]
    public async Task That_contradicts_itself_settles_and_rejects_nothing_until_it_is_asked()
    {
        await using var prism = await Prism.StartAsync();
        await using var relay = await PrismRelay.StartAsync(prism.Address);
        await using var host = await ProvidersHost.StartAsync(new ScriptedAdapter());
        using var http = host.Http;
        await host.TellAsync<RegisterChannel, RegisterChannelHandler>(
            new RegisterChannel(Channel, "prism", "mobile_money", 1, "USD", 1));
        var settings = new Dictionary<string, string>
        {
            ["baseUrl"] = relay.Address,
            ["apiKey"] = "k",
            ["mode"] = "single",
            ["callbackBase"] = $"{host.Stranger.BaseAddress}providers/callbacks",
            ["askEverySeconds"] = "0.2",
            ["paymentsPerSecond"] = "100000",
            ["breakAfter"] = "1000",
        };
        (await http.PutAsJsonAsync($"/providers/connections/{Channel}", new { settings })).EnsureSuccessStatusCode();

        await OrderAsync(host);
        var kept = await TestHost.Until(
            () => host.LookAsync(db => db.Evidence.AsNoTracking().Where(row => row.Channel == Channel).ToListAsync()),
            rows => rows.Count >= Orders && rows.Count >= relay.Orders
                && rows.TrueForAll(row => row.State == EvidenceState.Hint));
        await TestHost.Until(() => Task.FromResult(relay.Questions), questions => questions > Orders);

        kept.Should().OnlyContain(row => row.Kind == EvidenceKind.Callback);
        (await host.ReportsAsync()).Should().NotContain(
            row => row.Outcome == "settled" || row.Outcome == "rejected" || row.Outcome == "recalled"
                || row.Outcome == "returned");
        (await host.StatesAsync()).Keys.Should().BeSubsetOf(
            [PaymentOrderState.Queued, PaymentOrderState.Sent, PaymentOrderState.Accepted, PaymentOrderState.InDoubt]);

        // Now it answers questions; every second order it calls failed.
        relay.Answers = true;
        await TestHost.Until(host.StatesAsync,
            states => states.GetValueOrDefault(PaymentOrderState.Settled)
                + states.GetValueOrDefault(PaymentOrderState.Rejected) == Orders);
        (await host.ReportsAsync()).Where(row => row.Outcome is "settled").Should()
            .OnlyContain(row => relay.Paid.Contains(row.InstructionId));
        (await host.ReportsAsync()).Where(row => row.Outcome is "rejected").Should()
            .NotContain(row => relay.Paid.Contains(row.InstructionId));
    }

    private static async Task OrderAsync(ProvidersHost host)
    {
        var orders = Enumerable.Range(0, Orders).Select(index =>
        {
            var payee =
                new Payee(Invariant($"HH{index}"), Invariant($"Person {index}"), "mobile",
                    Invariant($"+2279000{index:D4}"), null, null);
            return (Row: new SubmitRow(
                InstructionId.New(TimeProvider.System).Text, ObligationId.New(TimeProvider.System).Text,
                HouseholdId.New(TimeProvider.System).Text,
                host.Sealer.Fingerprint($"{payee.Name}|{payee.Instrument}|{payee.Account}|{payee.BankBic}"), "NE001",
                1_000 + index), Payee: payee);
        }).ToList();
        await host.KnowAsync(orders);
        await host.TellAsync<SubmitInstructions, SubmitInstructionsHandler>(
            new SubmitInstructions(Channel, 1, "bat_1", "cash", "USD", [.. orders.Select(order => order.Row)]));
    }

    /// <summary>
    /// Between the adapter and prism: orders go through and ask for prism's asynchronous answer; questions go
    /// unanswered until the test says otherwise.
    /// </summary>
    private sealed class PrismRelay(WebApplication app, HttpClient prism) : IAsyncDisposable
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> _orders = new();
        private int _questions;

        public string Address => app.Urls.Single();

        public volatile bool Answers;

        public int Orders => _orders.Count;

        public int Questions => _questions;

        /// <summary>Every second order, as instruction ids.</summary>
        public HashSet<string> Paid =>
            [.. _orders.Where(order => Pays(order.Key))
                .Select(order => InstructionId.From(Guid.ParseExact(order.Value, "n")).Text)];

        public static async Task<PrismRelay> StartAsync(Uri prism)
        {
            var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
            builder.Logging.ClearProviders();
            var app = builder.Build();
            var relay = new PrismRelay(app, new HttpClient { BaseAddress = prism });
            app.Run(relay.AnswerAsync);
            await app.StartAsync();
            return relay;
        }

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            prism.Dispose();
        }

        private static bool Pays(string correlation) => correlation[^1] % 2 == 0;

        private async Task AnswerAsync(HttpContext http)
        {
            if (HttpMethods.IsPost(http.Request.Method))
            {
                await PassOnAsync(http);
                return;
            }

            Interlocked.Increment(ref _questions);
            var words = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
            if (!Answers || words.Length < 2)
            {
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            var id = words[^1];
            await http.Response.WriteAsJsonAsync(words[^2] switch
            {
                "responses" => new Dictionary<string, object> { ["link"] = $"/requeststates/{id}" },
                "requeststates" when Pays(id) => new() { ["status"] = "completed", ["objectReference"] = id },
                "requeststates" => new()
                {
                    ["status"] = "failed",
                    ["error"] = new { errorCategory = "businessRule", errorCode = "accountStatusError" }
                },
                _ => new() { ["transactionStatus"] = "completed", ["transactionReference"] = id },
            });
        }

        private async Task PassOnAsync(HttpContext http)
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            using var json = JsonDocument.Parse(body);
            var correlation = http.Request.Headers["X-CorrelationID"].ToString();
            _orders[correlation] = json.RootElement.GetProperty("requestingOrganisationTransactionReference")
                .GetString()!;
            using var order = new HttpRequestMessage(HttpMethod.Post, http.Request.Path.Value)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
                Headers = { { "Prefer", "code=202" }, { "X-CorrelationID", correlation },
                    { "X-Callback-URL", http.Request.Headers["X-Callback-URL"].ToString() } },
            };
            using var answer = await prism.SendAsync(order);
            answer.StatusCode.Should().Be(HttpStatusCode.Accepted);
            http.Response.StatusCode = (int)answer.StatusCode;
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(await answer.Content.ReadAsStringAsync());
        }
    }
}
