using System.Text.Json;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Tests.Bakery;

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
}
