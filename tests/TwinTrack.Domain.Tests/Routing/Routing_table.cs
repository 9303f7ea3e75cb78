using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Routing_table
{
    private static readonly RoutingTable Everything = Given.Table(
        ("* * *", "c0"),
        ("* * mobile", "c1"),
        ("* psn *", "c2"),
        ("* psn mobile", "c3"),
        ("NE001 * *", "c4"),
        ("NE001 * mobile", "c5"),
        ("NE001 psn *", "c6"),
        ("NE001 psn mobile", "c7"));

    [Theory]
    [InlineData("NE001", "psn", Instrument.Mobile, "c7")]
    [InlineData("NE001", "psn", Instrument.Bank, "c6")]
    [InlineData("NE001", "other", Instrument.Mobile, "c5")]
    [InlineData("NE001", "other", Instrument.Bank, "c4")]
    [InlineData("NE002", "psn", Instrument.Mobile, "c3")]
    [InlineData("NE002", "psn", Instrument.Bank, "c2")]
    [InlineData("NE002", "other", Instrument.Mobile, "c1")]
    [InlineData("NE002", "other", Instrument.Bank, "c0")]
    public void The_most_specific_row_wins_by_area_then_programme_then_instrument(
        string area, string programme, Instrument instrument, string channel) =>
        Everything.RowFor(new RouteRequest(programme, Given.Cycle, area, instrument, "XOF"))!.Channels.Should()
            .Equal(channel);

    [Fact]
    public void An_area_weighs_more_than_programme_and_instrument_together() =>
        Given.Table(("NE001 * *", "area"), ("* psn mobile", "rest"))
            .RowFor(new RouteRequest("psn", Given.Cycle, "NE001", Instrument.Mobile, "XOF"))!
            .Channels.Should().Equal("area");

    [Fact]
    public void Two_rows_for_the_same_are_refused() =>
        Given.CodeOf(
            RoutingTable.Of(1, [new TableRow("*", "*", "*", ["a"]), new TableRow("*", "*", "*", ["b"])],
                new HashSet<string> { "a", "b" })).Should().Be("table.invalid");

    [Fact]
    public void A_channel_that_nobody_registered_is_refused() =>
        Given.CodeOf(RoutingTable.Of(1, [new TableRow("*", "*", "*", ["ghost"])], new HashSet<string>())).Should()
            .Be("table.invalid");
}
