using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Terms_of_a_channel
{
    private static readonly ChannelTerms Good = Given.Terms();

    public static TheoryData<string, ChannelTerms> Limits => new()
    {
        { "", Good },
        { "provider", Good with { Provider = "" } },
        { "", Good with { Provider = "P" } },
        { "", Good with { Provider = new string('P', 100) } },
        { "provider", Good with { Provider = new string('P', 101) } },
        { "track", Good with { Track = 0 } },
        { "", Good with { Track = 2 } },
        { "track", Good with { Track = 3 } },
        { "capacityPerHour", Good with { CapacityPerHour = 0 } },
        { "", Good with { CapacityPerHour = 1 } },
        { "", Good with { CapacityPerHour = 10_000_000 } },
        { "capacityPerHour", Good with { CapacityPerHour = 10_000_001 } },
        { "fee.minor", Good with { FeeMinor = -1 } },
        { "", Good with { FeeMinor = 1_000_000_000 } },
        { "fee.minor", Good with { FeeMinor = 1_000_000_001 } },
        { "fee.basisPoints", Good with { FeeBasisPoints = -1 } },
        { "", Good with { FeeBasisPoints = 10_000 } },
        { "fee.basisPoints", Good with { FeeBasisPoints = 10_001 } },
        { "instruments", Good with { Instruments = [] } },
        { "", Good with { Areas = Areas(1_000) } },
        { "areas", Good with { Areas = Areas(1_001) } },
        { "", Good with { Areas = ["NE003", "NE004*"] } },
        { "areas", Good with { Areas = ["NE003", "NE 4"] } },
        { "adapter", Good with { Adapter = "mobile money" } },
        { "adapter", Good with { Adapter = "" } },
        { "", Good with { Hours = new OpeningHours([new(["mon"], "08:00", "16:00")]) } },
        { "hours.windows", Good with { Hours = new OpeningHours([]) } },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void Are_refused_by_the_field_that_is_outside_its_limits(string field, ChannelTerms terms)
    {
        var refusal = Given.RefusalOf(terms.Checked());

        Given.FieldOf(refusal?.Reason).Should().Be(field);
        (refusal?.Code ?? "channel.invalid").Should().Be("channel.invalid");
    }

    [Fact]
    public void Are_taken_over_whole_each_thing_once_and_areas_sorted()
    {
        var hours = new OpeningHours([new(["mon"], "08:00", "16:00")]);
        var terms = Good with
        {
            Provider = "Other",
            Instruments = [Instrument.Bank, Instrument.Bank],
            Areas = ["NE004", "NE003", "NE004"],
            CapacityPerHour = 5,
            ContractModel = ContractModel.Donor,
            FeeMinor = 7,
            FeeBasisPoints = 25,
            Hours = hours,
        };
        var channel = Given.Channel("t1-momo");

        Given.CodeOf(channel.Change(terms)).Should().BeEmpty();

        channel.Provider.Should().Be("Other");
        channel.Adapter.Should().Be("mobile_money");
        channel.Track.Should().Be(1);
        channel.Instruments.Should().Equal(Instrument.Bank);
        channel.Areas.Should().Equal("NE003", "NE004");
        channel.Currency.Should().Be("XOF");
        channel.CapacityPerHour.Should().Be(5);
        channel.ContractModel.Should().Be(ContractModel.Donor);
        (channel.FeeMinor, channel.FeeBasisPoints, channel.Hours).Should().Be((7, 25, hours));
    }

    public static TheoryData<ChannelTerms> Others =>
        [Good with { Track = 2 }, Good with { Adapter = "other" }, Good with { Currency = Given.CurrencyOf("USD") }];

    [Theory]
    [MemberData(nameof(Others))]
    public void Keep_track_adapter_and_currency_for_good(ChannelTerms terms) =>
        Given.CodeOf(Given.Channel("t1-momo").Change(terms)).Should().Be("channel.fixed");

    [Fact]
    public void May_name_any_instrument_before_the_adapter_has_declared_its_own()
    {
        var channel = Channel.Register("t1-momo", Good, Given.At);

        Given.CodeOf(channel.Change(Good with { Instruments = [Instrument.Cash] })).Should().BeEmpty();
        channel.AsRoute().Instruments.Should().Equal(Instrument.Cash);
    }

    [Fact]
    public void Name_only_instruments_that_the_adapter_pays_and_the_refusal_lists_them() =>
        Given.Channel("t1-momo").Change(Good with { Instruments = [Instrument.Mobile, Instrument.Cash] })
            .Match(_ => "", refusal => refusal.Reason).Should().Be("instruments: mobile_money pays mobile, bank.");

    private static string[] Areas(int count) => [.. Enumerable.Range(0, count).Select(area => Invariant($"NE{area}"))];
}
