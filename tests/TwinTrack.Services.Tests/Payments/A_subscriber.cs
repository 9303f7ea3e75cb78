using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain.Webhooks;
using TwinTrack.Payments.Persistence;
using TwinTrack.Running;

namespace TwinTrack.Services.Tests.Payments;

public sealed class A_subscriber
{
    private static readonly string[] Here = ["--webhooks:allowNetworks", "127.0.0.0/8", "--webhooks:plainHttp", "true"];
    private static readonly string[] Settled = ["payment.settled"];

    [Fact]
    public async Task Is_told_of_payments_and_batches_signed_and_without_a_word_about_persons()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var payments = await PaymentsHost.StartAsync(Here);
        var secret =
            (await AddAsync(payments, receiver.Address,
                ["payment.settled", "payment.rejected", "batch.awaiting_approval", "batch.approved",
                    "batch.released"])).Secret;
        var (batch, orders) = await payments.ReleasedAsync(3);

        await payments.ReportAsync("sent", "A", "SENT", [.. orders.Select(order => order.InstructionId)]);
        await payments.ReportAsync("settled", "A", "ACSC", orders[0].InstructionId, orders[1].InstructionId);
        await payments.ReportAsync("rejected", "A", "AC04", orders[2].InstructionId);

        var calls = await receiver.UntilCalledAsync(6);
        calls.Select(call => call.Id).Should().OnlyHaveUniqueItems().And.OnlyContain(id => !id.Contains('.'));
        calls.Should()
            .OnlyContain(
            call => StandardWebhooks.Matches(
                call.Signature, new[] { StandardWebhooks.ReadSecret(secret)! }, call.Id,
                long.Parse(call.Timestamp, CultureInfo.InvariantCulture), Encoding.UTF8.GetBytes(call.Body)));
        var events = calls.Select(call => JsonDocument.Parse(call.Body).RootElement).ToList();
        events.Select(one => one.GetProperty("type").GetString()).Should().BeEquivalentTo(
            ["batch.awaiting_approval", "batch.approved", "batch.released", "payment.settled", "payment.settled",
                "payment.rejected"]);
        var settled = events.First(one => one.GetProperty("type").GetString() == "payment.settled").GetProperty("data");
        settled.EnumerateObject().Select(field => field.Name).Should().BeEquivalentTo(
            ["paymentId", "obligationId", "batchId", "programme", "state", "amountMinor", "currency", "at"]);
        settled.GetProperty("batchId").GetString().Should().Be(batch);
        settled.GetProperty("amountMinor").GetInt64().Should().Be(PaymentsHost.AmountMinor);
        var log =
            await TestHost.Until(() => LogAsync(payments),
                items => items.Count == 6 && items.TrueForAll(item => item.State == DeliveryState.Delivered));
        log.Should().OnlyContain(item => item.Status == 204 && item.Attempts == 1 && item.LatencyMs != null);
    }

    [Fact]
    public async Task Can_check_the_signature_with_a_library_of_somebody_elses()
    {
        var node =
            CommandRun.Find("node")
                ?? throw Xunit.Sdk.SkipException.ForSkip("node is not installed, so the library cannot run.");
        var folder = await NpmPackage.InstalledAsync("standardwebhooks", "1.1.1");
        await using var receiver = await Receiver.StartAsync();
        await using var payments = await PaymentsHost.StartAsync(Here);
        var secret = (await AddAsync(payments, receiver.Address, Settled)).Secret;
        var (_, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("settled", "A", "ACSC", orders[0].InstructionId);
        var call = (await receiver.UntilCalledAsync(1))[0];
        const string Script = """
            const { Webhook } = require(process.argv[1] + "/node_modules/standardwebhooks");
            const [secret, id, at, signature, body] = process.argv.slice(2);
            new Webhook(secret).verify(body, { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signature });
            """;

        (await CommandRun.RunAsync(node, folder,
            ["-e", Script, folder, secret, call.Id, call.Timestamp, call.Signature, call.Body])).Succeeded();
        (await CommandRun.RunAsync(node, folder,
            ["-e", Script, folder, secret, call.Id, call.Timestamp, call.Signature, call.Body + " "])).Code.Should()
            .NotBe(0, "another body has another signature");
    }

    [Fact]
    public async Task Of_a_partner_hears_of_its_own_track_only_and_of_no_batch()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var payments = await PaymentsHost.StartAsync(Here);
        using var admin = payments.Admin;
        (await StatusAsync(admin, new
        {
            name = "wfp",
            address = receiver.Address,
            types = new[] { "batch.released" },
            party = "partner"
        })).Should().Be(HttpStatusCode.UnprocessableEntity);
        await AddAsync(payments, receiver.Address, Settled, party: "partner", name: "partner");
        await AddAsync(payments, receiver.Address, Settled, name: "other", programme: "another");
        var (_, orders) = await payments.ReleasedAsync(1);

        await payments.ReportAsync("settled", "A", "ACSC", orders[0].InstructionId);

        (await LogAsync(payments)).Should().BeEmpty("the payment went over track 1, and of another programme");
    }

    [Fact]
    public async Task That_fails_is_tried_again_later_and_told_by_replay_under_the_same_id()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Status = 500;
        await using var payments = await PaymentsHost.StartAsync(Here);
        var id = (await AddAsync(payments, receiver.Address, Settled)).Id;
        var (_, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("settled", "A", "ACSC", orders[0].InstructionId);
        var failed =
            (await TestHost.Until(() => LogAsync(payments), items => items.Exists(item => item.Attempts > 0)))[0];
        failed.State.Should().Be(DeliveryState.Pending);
        failed.Status.Should().Be(500);
        failed.DueAt.Should().BeAfter(failed.TriedAt!.Value);
        receiver.Status = 204;

        await TestHost.Until(() => LogAsync(payments),
            items => items.TrueForAll(item => item.State == DeliveryState.Delivered));
        using var admin = payments.Admin;
        (await PaymentsHost.PostAsync(admin, $"/payments/subscribers/{id}/replays",
            new { eventId = failed.EventId })).GetProperty("replayed").GetInt32().Should().Be(1);

        await TestHost.Until(() => LogAsync(payments),
            items => items.TrueForAll(item => item.State == DeliveryState.Delivered));
        (await receiver.UntilCalledAsync(3)).Select(call => call.Id).Distinct().Should()
            .ContainSingle("a receiver knows by the id that it has it");
        var now = TimeProvider.System.GetUtcNow();
        (await PaymentsHost.PostAsync(admin, $"/payments/subscribers/{id}/replays",
            new { from = now.AddHours(-1), to = now.AddHours(1) })).GetProperty("replayed").GetInt32().Should().Be(1);
        await receiver.UntilCalledAsync(4);
    }

    [Theory]
    [InlineData(302, DeliveryState.Pending, SubscriberState.Active)] // not followed
    [InlineData(410, DeliveryState.Pending, SubscriberState.Disabled)]
    public async Task That_answers_oddly_is_not_taken_to_have_it(
        int status, DeliveryState delivery, SubscriberState state)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Status = status;
        await using var payments = await PaymentsHost.StartAsync(Here);
        await AddAsync(payments, receiver.Address, Settled);
        var (_, orders) = await payments.ReleasedAsync(1);

        await payments.ReportAsync("settled", "A", "ACSC", orders[0].InstructionId);

        await TestHost.Until(() => LogAsync(payments),
            items => items is [{ Attempts: > 0 } one] && one.State == delivery && one.Status == status);
        await TestHost.Until(() => OnlyAsync(payments),
            one => one.State == state
                && (state == SubscriberState.Active || one.Reason!.Contains("410", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task That_fails_too_often_is_disabled_with_a_reason_and_gets_the_rest_once_enabled()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Status = 503;
        await using var payments = await PaymentsHost.StartAsync(Here);
        var id = (await AddAsync(payments, receiver.Address, Settled)).Id;
        await payments.Host.QueryAsync<PaymentsDb, int>(
            db => db.Subscribers.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.FailuresInARow, RetrySchedule.FailuresInARowMax - 1)));
        var (_, orders) = await payments.ReleasedAsync(2);
        await payments.ReportAsync("settled", "A", "ACSC", orders[0].InstructionId);
        using var admin = payments.Admin;
        await PaymentsHost.PostAsync(admin, $"/payments/subscribers/{id}/replays", new { eventId = "evt_none" });

        var disabled = await TestHost.Until(() => OnlyAsync(payments), one => one.State == SubscriberState.Disabled);
        disabled.Reason.Should().Contain("HTTP 503");
        await payments.ReportAsync("settled", "A", "ACSC", orders[1].InstructionId);
        (await OnlyAsync(payments)).Backlog.Should().Be(2, "what happens is noted all the same");
        receiver.Status = 200;
        await PaymentsHost.PostAsync(admin, $"/payments/subscribers/{id}/enabling",
            new { reason = "It is well again." });
        var now = TimeProvider.System.GetUtcNow();
        await payments.Host.QueryAsync<PaymentsDb, int>(
            db => db.Deliveries.ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, now)));
        await PaymentsHost.PostAsync(admin, $"/payments/subscribers/{id}/enabling",
            new { reason = "And what was to wait is due." });

        await TestHost.Until(() => OnlyAsync(payments), one => one.Backlog == 0);
        (await LogAsync(payments)).Should().OnlyContain(item => item.State == DeliveryState.Delivered);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/hook")]
    [InlineData("http://localhost:{0}/hook")]
    [InlineData("http://[::1]:{0}/hook")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    public async Task At_an_address_that_is_not_public_is_never_called(string address)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var payments = await PaymentsHost.StartAsync("--webhooks:plainHttp", "true");
        await AddAsync(payments, string.Format(CultureInfo.InvariantCulture, address, new Uri(receiver.Address).Port),
            Settled);
        var (_, orders) = await payments.ReleasedAsync(1);

        await payments.ReportAsync("settled", "A", "ACSC", orders[0].InstructionId);

        await TestHost.Until(() => LogAsync(payments), items => items is [{ Fault: "address", Status: null }]);
        receiver.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task Gets_signatures_by_both_secrets_for_a_day_after_a_rotation()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var payments = await PaymentsHost.StartAsync(Here);
        var (id, old) = await AddAsync(payments, receiver.Address, Settled);
        using var admin = payments.Admin;
        var fresh =
            (await PaymentsHost.PostAsync(admin, $"/payments/subscribers/{id}/secret", new { })).GetProperty("secret")
                .GetString()!;
        var (_, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("settled", "A", "ACSC", orders[0].InstructionId);

        var call = (await receiver.UntilCalledAsync(1))[0];
        foreach (var secret in new[] { old, fresh })
        {
            StandardWebhooks.Matches(call.Signature, new[] { StandardWebhooks.ReadSecret(secret)! }, call.Id,
                long.Parse(call.Timestamp, CultureInfo.InvariantCulture), Encoding.UTF8.GetBytes(call.Body)).Should()
                .BeTrue();
        }

        var listed = await admin.GetStringAsync("/payments/subscribers");
        listed.Should().NotContain(old).And.NotContain(fresh).And.NotContain("whsec_");
        (await payments.Host.QueryAsync<PaymentsDb, string>(
            db => db.Subscribers.Select(row => row.Secret).SingleAsync())).Should()
            .NotContain(fresh["whsec_".Length..]);
        (await payments.Host.QueryAsync<PaymentsDb, int>(
            db => db.StoredAnswers.CountAsync(row => row.Key.StartsWith("adama")))).Should()
            .Be(0, "an answer with a secret is not kept");
    }

    [Fact]
    public async Task Misses_what_is_too_much_and_says_how_much()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var payments = await PaymentsHost.StartAsync([.. Here, "--webhooks:backlogMax", "2"]);
        receiver.Status = 500;
        await AddAsync(payments, receiver.Address, Settled);
        var (_, orders) = await payments.ReleasedAsync(5);

        await payments.ReportAsync("settled", "A", "ACSC", [.. orders.Select(order => order.InstructionId)]);

        var one = await OnlyAsync(payments);
        one.Backlog.Should().Be(2);
        one.Missed.Should().Be(3);
    }

    [Theory]
    [InlineData("ftp://example.org/x")]
    [InlineData("http://example.org/x")]
    [InlineData("https://user:word@example.org/x")]
    [InlineData("/x")]
    public async Task Needs_an_address_that_can_be_meant(string address)
    {
        await using var payments = await PaymentsHost.StartAsync();
        using var admin = payments.Admin;

        (await StatusAsync(admin, new { name = "n", address, types = Settled, party = "government" })).Should()
            .Be(HttpStatusCode.BadRequest);
    }

    private static async Task<(string Id, string Secret)> AddAsync(
        PaymentsHost payments, string address, string[] types, string party = "government", string name = "mis",
        string? programme = null)
    {
        using var admin = payments.Admin;
        var added = await PaymentsHost.PostAsync(
            admin, "/payments/subscribers", new { name, address, types, programme, party });
        return (added.GetProperty("id").GetString()!, added.GetProperty("secret").GetString()!);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, object body)
    {
        using var answer = await http.PostAsJsonAsync("/payments/subscribers", body);
        return answer.StatusCode;
    }

    private static Task<List<Delivery>> LogAsync(PaymentsHost payments) =>
        payments.Host.QueryAsync<PaymentsDb, List<Delivery>>(db => db.Deliveries.AsNoTracking().ToListAsync());

    private static Task<Subscriber> OnlyAsync(PaymentsHost payments) =>
        payments.Host.QueryAsync<PaymentsDb, Subscriber>(db => db.Subscribers.AsNoTracking().SingleAsync());
}
