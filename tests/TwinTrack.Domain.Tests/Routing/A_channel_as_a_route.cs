using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class A_channel_as_a_route
{
    [Theory]
    [InlineData(Instrument.Mobile, "NE003", "XOF", null)]
    [InlineData(Instrument.Mobile, "NE003001", "XOF", RouteReason.Area)]
    [InlineData(Instrument.Mobile, "NE004001", "XOF", null)]
    [InlineData(Instrument.Cash, "NE003", "XOF", RouteReason.Instrument)]
    [InlineData(Instrument.Mobile, "NE003", "USD", RouteReason.Currency)]
    [InlineData(Instrument.Mobile, "NE003", null, null)]
    [InlineData(Instrument.Cash, "NE009", "USD", RouteReason.Instrument)]
    [InlineData(Instrument.Mobile, "NE009", "USD", RouteReason.Area)]
    public void Names_the_first_of_its_limits_that_a_payment_breaks(
        Instrument instrument, string area, string? currency, RouteReason? reason)
    {
        var way = Given.Way("c", 1, "mobile bank", "NE003 NE004*");
        var request = new RouteRequest("psn", Given.Cycle, area, instrument, currency);

        way.Mismatch(request).Should().Be(reason);
        way.Takes(request).Should().Be(reason is null);
    }

    [Fact]
    public void Shows_the_contract_as_it_is()
    {
        var hours = new OpeningHours([new(["mon"], "08:00", "16:00")]);
        var channel =
            Given.Declared(Channel.Register("c", Given.Terms(2) with { Areas = ["NE003"], Hours = hours }, Given.At));

        var way = channel.AsRoute();

        (way.Code, way.Track, way.Currency, way.Epoch).Should().Be(("c", 2, "XOF", 1));
        way.Areas.Should().Equal("NE003");
        (way.Provider, way.Abilities, way.Hours).Should().Be(("Sahel Money", Given.Abilities, hours));
    }

    [Fact]
    public void Says_that_nothing_is_declared_until_providers_has_answered()
    {
        var channel = Channel.Register("c", Given.Terms(), Given.At);

        channel.AsRoute().Undeclared.Should().Be("abilities not declared yet");
        channel.AsRoute().Abilities.Should().BeNull();
        channel.AbilitiesAt.Should().BeNull();
    }

    [Fact]
    public void Goes_by_the_declaration_of_the_same_moment_that_came_last()
    {
        var channel = Given.Channel("c");

        channel.Declare(null, "connection.missing: none", Given.At);

        channel.Abilities.Should().BeNull();
        channel.AbilitiesRefusal.Should().Be("connection.missing: none");
    }

    [Theory]
    [InlineData("adapter.missing: nobody has it", false)]
    [InlineData("adapter.missing_key: ask the bank", true)]
    [InlineData("connection.adapter.missing: none", true)]
    public void Waits_for_abilities_unless_the_adapter_itself_is_missing(string undeclared, bool waits) =>
        Channel.MayStillDeclare(undeclared).Should().Be(waits);

    [Theory]
    [InlineData("mobile", false)]
    [InlineData("mobile bank cash", true)]
    public void Pays_by_hand_where_it_pays_cash(string instruments, bool byHand) =>
        (Given.Abilities with { Instruments = [.. Given.Way("c", 1, instruments).Instruments] }).PaysByHand.Should()
            .Be(byHand);

    [Fact]
    public void May_pay_an_order_for_as_long_as_it_is_valid() =>
        (Given.Abilities with { ValiditySeconds = 90 }).Validity.Should().Be(TimeSpan.FromSeconds(90));
}
