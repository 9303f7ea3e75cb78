using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Tests.Bakery;
using TwinTrack.Platform.Tests.Servers;

namespace TwinTrack.Platform.Tests;

/// <summary>What happens to a message whose members are not exactly those of its contract.</summary>
public sealed class A_message_form
{
    [Theory]
    [InlineData("""{"order":"x","loavesInMinor":3}""", "loavesInMinor")]
    [InlineData("""{"order":"x"}""", "loaves")]
    [InlineData("""{"order":"x","loaves":3,"extra":1}""", "extra")]
    [InlineData("""{"order":"x","loaves":3,"loaves":4}""", "loaves")]
    [InlineData("""{"order":null,"loaves":3}""", "order")]
    [InlineData("""{"order":"x","loaves":null}""", "loaves")]
    [InlineData("""{"order":"x","loaves":"3"}""", "loaves")]
    [InlineData("""{"Order":"x","Loaves":3}""", "Order")]
    public void Is_refused_with_the_name_of_the_member(string body, string member)
    {
        var fault = FluentActions.Invoking(() => JsonSerializer.Deserialize<BakeBread>(body, MessageJson.Options))
            .Should().Throw<JsonException>().Which;

        fault.Kind().Should().Contain(member);
        fault.IsUnreadable().Should().BeTrue();
    }

    [Fact]
    public void Is_read_back_as_it_was_written()
    {
        var message = new BakeBread("x", 3);

        var body = JsonSerializer.Serialize(message, MessageJson.Options);

        body.Should().Be("""{"order":"x","loaves":3}""");
        JsonSerializer.Deserialize<BakeBread>(body, MessageJson.Options).Should().Be(message);
    }

    [Fact]
    public async Task Of_an_outbox_row_that_cannot_be_read_is_left_to_other_copies_first()
    {
        await using var bakery = await BakeryHost.StartAsync(
            null, null, "--messaging:DeliveriesMax", "100", "--messaging:SendMaxSeconds", "0.1",
            "--messaging:ResendFirstSeconds", "0.1", "--messaging:ResendMaxSeconds", "0.1");
        await AddToOutboxAsync(bakery, "Elsewhere.V9.Greeting", "{}");

        await bakery.Until(db => db.Outbox.AnyAsync(row => row.Attempts > 1));

        (await bakery.InDbAsync(db => db.DeadLetters.CountAsync())).Should().Be(0);
    }

    [Theory]
    [InlineData(null, """{"order":"x","loavesInMinor":3}""", "loavesInMinor")]
    [InlineData("Elsewhere.V9.Greeting", """{"text":"hello"}""", "UnknownType Elsewhere.V9.Greeting")]
    [InlineData("TwinTrack.Platform.Tests.Bakery.V3.DeliverBread", """{"order":"x","town":"y"}""",
        "UnknownVersion TwinTrack.Platform.Tests.Bakery.DeliverBread: found V3, accepted V1, V2")]
    public async Task Of_an_outbox_row_that_cannot_be_read_is_a_dead_letter_and_the_queue_goes_on(
        string? type, string body, string reason)
    {
        await using var bakery = await BakeryHost.StartAsync(
            null, null, "--messaging:DeliveriesMax", "3", "--messaging:SendMaxSeconds", "0.1",
            "--messaging:ResendFirstSeconds", "0.1", "--messaging:ResendMaxSeconds", "0.1");
        await AddToOutboxAsync(bakery, type ?? typeof(BakeBread).FullName!, body);

        await bakery.SendAsync(new BakeBread("after it", 1));

        await bakery.Until(async db => await db.Loaves.CountAsync() == 1 && await db.Outbox.CountAsync() == 0);
        var letter = await bakery.InDbAsync(db => db.DeadLetters.AsNoTracking().SingleAsync());
        letter.State.Should().Be(DeadLetterState.Dead);
        letter.Reason.Should().Contain(reason);
        letter.Body.Should().Be(body, "nothing is lost");
        using var http = bakery.As(Role.Operator);
        using var retry = new HttpRequestMessage(HttpMethod.Post, $"/bakery/messages/dead/{letter.MessageId}/retry");
        retry.Headers.Add("Idempotency-Key", "again");
        var answer = await http.SendAsync(retry);
        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(reason, "the refusal says what cannot be read");
    }

    [Fact]
    public async Task Of_two_versions_is_handled_side_by_side()
    {
        await using var bakery = await BakeryHost.StartAsync();

        await bakery.SendAsync(new Bakery.V1.DeliverBread("ten loaves"));
        await bakery.SendAsync(new Bakery.V2.DeliverBread("two loaves", "Rue du Marché"));

        await bakery.Until(async db => await db.Orders.CountAsync() == 2 && await db.Outbox.CountAsync() == 0);
        (await bakery.InDbAsync(db => db.Orders.Select(order => order.Name).Order().ToListAsync())).Should()
            .Equal("ten loaves to the shop", "two loaves to Rue du Marché");
    }

    private static Task AddToOutboxAsync(BakeryHost bakery, string type, string body) => bakery.InDbAsync(async db =>
    {
        db.Outbox.Add(new OutboxMessage
        {
            MessageId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
            Destination = "bakery.bake-bread",
            Type = type,
            Body = body,
            DueAt = DateTimeOffset.UnixEpoch,
        });
        return await db.SaveChangesAsync();
    });
}
