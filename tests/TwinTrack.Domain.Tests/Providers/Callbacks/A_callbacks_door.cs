using System.Net;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Domain.Callbacks;
using TwinTrack.Kernel;
using static TwinTrack.Domain.Tests.Providers.Callbacks.CallbackScene;

namespace TwinTrack.Domain.Tests.Providers.Callbacks;

public sealed class A_callbacks_door
{
    [Fact]
    public void Is_the_unguessable_path_alone_unless_settings_say_more()
    {
        var door = Door([]);

        door.Scheme.Name.Should().Be("none");
        door.Scheme.IsSigned.Should().BeFalse();
        door.LetsIn(IPAddress.Parse("203.0.113.9")).Should().BeTrue();
    }

    [Theory]
    [InlineData("callbackScheme", "callbackScheme", "hope")]
    [InlineData("callbackKey", "callbackScheme", "standard-webhooks")]
    [InlineData("callbackKey", "callbackScheme", "standard-webhooks", "callbackKey", "c2hvcnQ=")]
    [InlineData("callbackKeyOld", "callbackScheme", "standard-webhooks", "callbackKey",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "callbackKeyOld", "old")]
    [InlineData("callbackOrigin", "callbackScheme", "moneygram", "callbackKey", "x")]
    [InlineData("callbackKey", "callbackScheme", "moneygram", "callbackKey", "-----BEGIN PUBLIC KEY-----",
        "callbackOrigin", "https://a.example")]
    [InlineData("callbackOrigin", "callbackScheme", "moneygram", "callbackKey", "x", "callbackOrigin",
        "https://a.example/path")]
    [InlineData("callbackAlgorithm", "callbackScheme", "rfc9421", "callbackKey", "x", "callbackKeyId", "k",
        "callbackAlgorithm", "ed448", "callbackOrigin", "https://a.example")]
    [InlineData("callbackKey", "callbackScheme", "rfc9421", "callbackKey", "x", "callbackKeyId", "k",
        "callbackAlgorithm", "ed25519", "callbackOrigin", "https://a.example")]
    [InlineData("callbackToleranceSeconds", "callbackToleranceSeconds", "0")]
    [InlineData("callbackToleranceSeconds", "callbackToleranceSeconds", "3601")]
    [InlineData("callbackSources", "callbackSources", "10.0.0.0/8, everywhere")]
    public void Is_refused_by_the_setting_that_cannot_be_meant(string named, params string[] settings) =>
        Try(settings.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1])).Match(_ => "", refusal => refusal.Reason)
            .Should().Contain($"'{named}'");

    [Fact]
    public void Lets_in_only_the_listed_sources()
    {
        var door = Door(new() { ["callbackSources"] = "198.51.100.0/24, 2001:db8::/32" });

        door.LetsIn(IPAddress.Parse("198.51.100.7")).Should().BeTrue();
        door.LetsIn(IPAddress.Parse("2001:db8::1")).Should().BeTrue();
        door.LetsIn(IPAddress.Parse("198.51.101.7")).Should().BeFalse();
        door.LetsIn(null).Should().BeFalse();
    }

    [Theory]
    [InlineData("203.0.113.9", null, "203.0.113.9")]
    // no proxy of ours: what it says of others is not believed
    [InlineData("203.0.113.9", "198.51.100.7", "203.0.113.9")]
    [InlineData("10.0.0.1", "198.51.100.7", "198.51.100.7")]
    [InlineData("10.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9")] // the left one, anybody can write
    [InlineData("10.0.0.1", "198.51.100.7, 10.0.0.2", "198.51.100.7")]
    [InlineData("10.0.0.1", null, "10.0.0.1")]
    [InlineData("10.0.0.1", "rubbish", null)]
    [InlineData("::ffff:10.0.0.1", "::ffff:198.51.100.7", "198.51.100.7")]
    public void Sees_the_caller_behind_our_own_proxies_and_no_further(string peer, string? forwarded, string? seen) =>
        SourceAddress.Of(IPAddress.Parse(peer), forwarded, [IPNetwork.Parse("10.0.0.0/8")])
            ?.ToString().Should().Be(seen);

    [Fact]
    public void Needs_no_parser_to_see_what_a_body_is_about()
    {
        var order = InstructionId.New(TimeProvider.System);
        var unit = WireReference.OfUnit(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
        var body =
            $$"""{"a":"{{WireReference.Of(order)}}","b":["{{unit.ToLowerInvariant()}}"],"c":"0{{WireReference.Of(order)}}f"} <x>{{order.Value:D}}</x> """;

        var named = NamedReferences.In(System.Text.Encoding.UTF8.GetBytes(body));

        named.Units.Should().Equal(unit);
        named.Orders.Should().Equal(order);
    }

    [Fact]
    public void Looks_at_no_more_than_a_thousand_references_of_a_body()
    {
        var many =
            string.Join(
                ' ', Enumerable.Range(0, 5_000)
                    .Select(_ => InstructionId.New(TimeProvider.System).Value.ToString("n")));

        NamedReferences.In(System.Text.Encoding.UTF8.GetBytes(many)).Orders.Should().HaveCount(NamedReferences.Max);
    }
}
