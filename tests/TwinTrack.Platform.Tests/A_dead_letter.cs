using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Tests.Bakery;
using TwinTrack.Platform.Tests.Servers;

namespace TwinTrack.Platform.Tests;

[Collection(ServerTests.Name)]
public sealed class A_dead_letter(RabbitServer rabbit)
{
    // The next delivery must not come while the tries of the last one still run.
    private static readonly string[] Soon = ["--messaging:DeliveriesMax", "2", "--messaging:ResendFirstSeconds", "8",
        "--messaging:ResendMaxSeconds", "8"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_listed_read_and_retried_by_an_operator(bool overBroker)
    {
        var broker = overBroker ? await rabbit.NewHostAsync("dead") : null;
        // Six tries a delivery, two deliveries: the thirteenth try is the operator's.
        await using var bakery = await BakeryHost.StartAsync(
            null, new Faults { HandlerThrows = 12 }, [.. Copies.Settings(null, broker), .. Soon]);
        using var http = bakery.As(Role.Operator);

        await bakery.SendAsync(new BakeBread("+22790123456", 3));
        await bakery.Until(db => db.DeadLetters.AnyAsync(row => row.State == DeadLetterState.Dead),
            TimeSpan.FromSeconds(90));

        await bakery.Until(async db => await db.Outbox.CountAsync() == 0);
        var listed = (await http.GetFromJsonAsync<JsonElement>("/bakery/messages/dead")).GetProperty("items")
            .EnumerateArray().Single();
        listed.GetProperty("failures").GetInt32().Should().Be(2);
        listed.GetProperty("reason").GetString().Should().Be("IOException", "the kind, not the words");
        listed.GetProperty("type").GetString().Should().Be(typeof(BakeBread).FullName);
        var id = listed.GetProperty("messageId").GetString();
        var shown = await http.GetStringAsync($"/bakery/messages/dead/{id}");
        shown.Should().NotContain("90123456").And.Contain("hidden (12)").And.Contain("3");

        (await PostAsync(http, $"/bakery/messages/dead/{id}/discard")).Should()
            .Be(HttpStatusCode.UnprocessableEntity, "it can be read");
        (await PostAsync(http, $"/bakery/messages/dead/{id}/retry")).Should().Be(HttpStatusCode.Accepted);

        await bakery.Until(async db => await db.DeadLetters.CountAsync() == 0 && await db.Outbox.CountAsync() == 0);
        (await bakery.InDbAsync(db => db.Loaves.CountAsync())).Should().Be(3);
        (await bakery.InDbAsync(db => db.Audit.SingleAsync())).Action.Should().Be("retry-message");
    }

    [Fact]
    public async Task Is_not_made_of_a_message_that_its_next_deliveries_heal()
    {
        await using var bakery = await BakeryHost.StartAsync(
            null, new Faults { HandlerThrows = 8 }, [.. Copies.Settings(null, null), .. Soon]);

        await bakery.SendAsync(new BakeBread("late", 1));
        await bakery.Until(db => db.DeadLetters.AnyAsync(row => row.State == DeadLetterState.Failing));

        await bakery.Until(async db => await db.Outbox.CountAsync() == 0);
        (await bakery.InDbAsync(db => db.DeadLetters.CountAsync())).Should().Be(0);
        (await bakery.InDbAsync(db => db.Loaves.CountAsync())).Should().Be(1);
    }

    [Fact]
    public async Task Is_for_operators_only()
    {
        await using var bakery = await BakeryHost.StartAsync();
        using var http = bakery.As(Role.Finance);

        (await http.GetAsync("/bakery/messages/dead")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await PostAsync(http, "/bakery/messages/dead/0198c0de-0000-7000-8000-000000000000/retry")).Should()
            .Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Is_made_of_poison_and_the_queue_goes_on()
    {
        var broker = await rabbit.NewHostAsync("poison");
        await using var bakery = await BakeryHost.StartAsync(null, null, Copies.Settings(null, broker));
        using var http = bakery.As(Role.Operator);
        await bakery.SendAsync(new BakeBread("the first", 1));
        await bakery.Until(async db => await db.Outbox.CountAsync() == 0);
        var unknown = Envelope(1, "Elsewhere:Greeting", """{"text":"hello"}""");
        var misfit = Envelope(
            2, "TwinTrack.Platform.Tests.Bakery:BakeBread", """{"order":"x","loaves":"many"}""");
        var renamed = Envelope(
            3, "TwinTrack.Platform.Tests.Bakery:BakeBread", """{"order":"x","loavesInMinor":3}""");
        var newer = Envelope(4, "TwinTrack.Platform.Tests.Bakery.V3:DeliverBread", """{"order":"x"}""");

        await using (var connection = await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync())
        // Confirmed: without it a large message that is still on its way is lost when the connection is closed.
        await using (var channel = await connection.CreateChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)))
        {
            var envelope = new BasicProperties { ContentType = "application/vnd.masstransit+json", Persistent = true };
            foreach (var (properties, body) in new[] { (envelope, "{ not json"),
                (envelope, new string('x', 8 * 1024 * 1024)), (envelope, unknown), (envelope, misfit),
                (envelope, renamed), (envelope, newer),
                (new BasicProperties(), "") })
            {
                await channel.BasicPublishAsync(
                    "", "bakery.bake-bread", true, properties, Encoding.UTF8.GetBytes(body));
            }
        }

        await bakery.SendAsync(new BakeBread("the last", 1));
        await bakery.Until(async db => await db.Loaves.CountAsync() == 2 && await db.Outbox.CountAsync() == 0);
        await bakery.Until(async db => await db.DeadLetters.CountAsync() == 7, TimeSpan.FromMinutes(3));

        var listed = (await http.GetFromJsonAsync<JsonElement>("/bakery/messages/dead")).GetProperty("items")
            .EnumerateArray().ToList();
        listed.Should().HaveCount(7);
        listed.Select(letter => letter.GetProperty("reason").GetString()).Should().ContainSingle(
            reason => reason!.Contains("loavesInMinor"), "a renamed member is a fault with its name, and not a zero");
        listed.Select(letter => letter.GetProperty("reason").GetString()).Should().Contain(
            "UnknownVersion TwinTrack.Platform.Tests.Bakery.DeliverBread: found V3, accepted V1, V2");
        listed.Max(letter => letter.GetProperty("bytes").GetInt32()).Should().Be(8 * 1024 * 1024);
        var unread =
            (await bakery.InDbAsync(db => db.DeadLetters.AsNoTracking().ToListAsync())).Where(row => row.Body is null)
                .ToList();
        unread.Should().HaveCount(3).And.OnlyContain(row => row.State == DeadLetterState.Dead);
        (await PostAsync(http, $"/bakery/messages/dead/{unread[0].MessageId}/retry")).Should()
            .Be(HttpStatusCode.UnprocessableEntity);
        (await PostAsync(http, $"/bakery/messages/dead/{unread[0].MessageId}/discard")).Should()
            .Be(HttpStatusCode.NoContent);
        (await http.GetFromJsonAsync<JsonElement>("/bakery/messages")).GetProperty("dead").GetInt32().Should().Be(2);
    }

    private static string Envelope(int id, string type, string message) =>
        FormattableString.Invariant($"{{\"messageId\":\"0198c0de-0000-7000-8000-{id:D12}\",")
        + $"\"messageType\":[\"urn:message:{type}\"],\"message\":{message},\"headers\":{{}}}}";

    private static async Task<HttpStatusCode> PostAsync(HttpClient http, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new { }) };
        request.Headers.Add("Idempotency-Key", path);
        return (await http.SendAsync(request)).StatusCode;
    }
}
