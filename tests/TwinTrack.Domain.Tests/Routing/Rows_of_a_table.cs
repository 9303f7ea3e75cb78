using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Rows_of_a_table
{
    private static readonly TableRow Good = new("NE003", "psn", "mobile", ["a", "b"]);

    public static TheoryData<string, TableRow> Faults => new()
    {
        { "", Good },
        { "", new TableRow("*", "*", "*", ["a"]) },
        { "area is", Good with { Area = "NE 3" } },
        { "programme is", Good with { Programme = "p s n" } },
        { "instrument is", Good with { Instrument = "gold" } },
        { "1 to 20 channels", Good with { Channels = [] } },
        { "", Good with { Channels = Codes(20) } },
        { "1 to 20 channels", Good with { Channels = Codes(21) } },
        { "a channel is named twice", Good with { Channels = ["a", "b", "a"] } },
        { "", Good with { OutsideHours = "wait" } },
        { "", Good with { OutsideHours = "next" } },
        { "outsideHours is wait or next", Good with { OutsideHours = "never" } },
        { "", Good with { Shares = Shares("a", 100) } },
        { "", Good with { Shares = Shares("a", 0) } },
        { "shares are", Good with { Shares = Shares("a", -1) } },
        { "shares are", Good with { Shares = Shares("a", 101) } },
        { "shares are", Good with { Shares = Shares("c0", 100) } },
        { "", Good with { Ceilings = Ceilings("b", new Ceiling(5)) } },
        { "ceilings are", Good with { Ceilings = Ceilings("b", new Ceiling()) } },
        { "ceilings are", Good with { Ceilings = Ceilings("c0", new Ceiling(5)) } },
        { "no channel 'z'", Good with { Channels = ["a", "z"] } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Are_refused_by_their_number_and_what_is_wrong(string fault, TableRow row)
    {
        var other = new TableRow("NE009", "*", "*", ["a"]);

        var refusal = Given.RefusalOf(Of(other, row));

        (refusal?.Code ?? "").Should().Be(fault.Length == 0 ? "" : "table.invalid");
        (refusal?.Reason ?? "row 2: ").Should().StartWith($"row 2: {fault}");
    }

    [Theory]
    [InlineData(0, "table.invalid")]
    [InlineData(1, "")]
    [InlineData(5_000, "")]
    [InlineData(5_001, "table.invalid")]
    public void Are_one_to_five_thousand(int count, string code) =>
        Given.CodeOf(Of([.. Enumerable.Range(0, count).Select(row => Good with { Area = Invariant($"NE{row}") })]))
            .Should().Be(code);

    [Theory]
    [InlineData("NE004", "psn", "mobile", "")]
    [InlineData("NE003", "other", "mobile", "")]
    [InlineData("NE003", "psn", "bank", "")]
    [InlineData("NE003", "psn", "mobile", "two rows for NE003 × psn × mobile.")]
    public void Cover_an_area_programme_and_instrument_once(
        string area, string programme, string instrument, string reason) =>
        Of(Good, new TableRow(area, programme, instrument, ["b"])).Match(_ => "", refusal => refusal.Reason).Should()
            .Be(reason);

    [Fact]
    public void Make_a_table_that_knows_its_version_and_whether_it_has_ceilings()
    {
        Table(Good).Version.Should().Be(3);
        Table(Good).Rows.Should().Equal(Good);
        Table(Good).HasCeilings.Should().BeFalse();
        Table(new TableRow("*", "*", "*", ["a"]), Good with { Ceilings = Ceilings("a", new Ceiling(5)) }).HasCeilings
            .Should().BeTrue();
        RoutingTable.None.Version.Should().Be(0);
        RoutingTable.None.Rows.Should().BeEmpty();
    }

    [Fact]
    public void With_shares_that_are_not_a_hundred_are_named_with_track_and_sum()
    {
        var tracks = new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 };
        var off = Good with { Shares = new Dictionary<string, int> { ["a"] = 100, ["b"] = 90 } };

        Table(new TableRow("*", "*", "*", ["a"]), off).SharesFault(tracks)!.Reason.Should()
            .Be("row NE003 × psn × mobile: the shares on track 2 come to 90, not 100.");
        Table(Good).SharesFault(tracks).Should().BeNull();
    }

    private static Result<RoutingTable> Of(params TableRow[] rows) =>
        RoutingTable.Of(3, rows, Codes(30).Append("a").Append("b").ToHashSet());

    private static RoutingTable Table(params TableRow[] rows) =>
        Of(rows).Match(table => table, refusal => throw new InvalidOperationException(refusal.Reason));

    private static string[] Codes(int count) => [.. Enumerable.Range(0, count).Select(code => Invariant($"c{code}"))];

    private static Dictionary<string, int> Shares(string channel, int part) => new() { [channel] = part };

    private static Dictionary<string, Ceiling> Ceilings(string channel, Ceiling ceiling) =>
        new() { [channel] = ceiling };
}
