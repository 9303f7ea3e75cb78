using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Areas_by_their_code
{
    [Theory]
    [InlineData("NE003", "NE003", true)]
    [InlineData("NE003", "NE003001", false)]
    [InlineData("NE003*", "NE003", true)]
    [InlineData("NE003*", "NE003001", true)]
    [InlineData("NE003*", "NE004", false)]
    [InlineData("*", "NE004", true)]
    public void A_pattern_covers_itself_and_with_a_star_all_below(string pattern, string area, bool covers)
    {
        AreaPattern.Covers(pattern, area).Should().Be(covers);
        AreaPattern.Covers(new HashSet<string> { pattern, "XX" }, area).Should().Be(covers);
    }

    [Theory]
    [InlineData("NE003", true)]
    [InlineData("NE003*", true)]
    [InlineData("*", true)]
    [InlineData("**", false)]
    [InlineData("NE*3", false)]
    [InlineData("", false)]
    public void A_star_stands_at_the_end_or_alone(string pattern, bool valid) =>
        AreaPattern.IsValid(pattern).Should().Be(valid);

    [Theory]
    [InlineData("NE003001", "own")]
    [InlineData("NE003002", "region")]
    [InlineData("NE004001", "country")]
    [InlineData("BF001", "rest")]
    public void The_longest_code_of_the_table_wins(string area, string channel) =>
        Given.Table(("* * *", "rest"), ("NE* * *", "country"), ("NE003* * *", "region"), ("NE003001 * *", "own"))
            .RowFor(new RouteRequest("psn", Given.Cycle, area, Instrument.Mobile, "XOF"))!.Channels.Should()
            .Equal(channel);

    [Theory]
    [InlineData("a=70 b=20", "table.invalid")]
    [InlineData("a=70 b=30", "")]
    [InlineData("a=100 c=100", "")]
    [InlineData("a=100 c=50", "table.invalid")]
    public void Shares_come_to_a_hundred_on_each_track(string shares, string code)
    {
        var row =
            new TableRow("*", "*", "*", ["a", "b", "c"],
                shares.Split(' ').Select(share => share.Split('='))
                    .ToDictionary(share => share[0],
                        share => int.Parse(share[1], System.Globalization.CultureInfo.InvariantCulture)));
        var table = RoutingTable.Of(1, [row], new HashSet<string> { "a", "b", "c" })
            .Match(table => table, refusal => throw new InvalidOperationException(refusal.Reason));

        (table.SharesFault(new Dictionary<string, int> { ["a"] = 1, ["b"] = 1, ["c"] = 2 })?.Code ?? "").Should()
            .Be(code);
    }
}
