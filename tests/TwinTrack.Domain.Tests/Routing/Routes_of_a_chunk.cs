using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;
using static TwinTrack.Domain.Tests.Routing.RuleGiven;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Routes_of_a_chunk
{
    private static readonly RouteChannel[] Ways = [Given.Way("a", 1), Given.Way("b", 1)];

    [Fact]
    public void Refuse_a_word_that_is_no_instrument_by_name() =>
        FluentActions.Invoking(() => Router(Facts()).Route(Row(1, instrument: "gold"))).Should()
            .Throw<FormatException>().WithMessage("'gold' is not an instrument; one of mobile, bank, cash.");

    [Fact]
    public void Tell_the_row_that_covers_an_area_and_instrument()
    {
        Router(Facts()).RowOf("NE003", "mobile")!.Area.Should().Be("*");
        Router(Facts() with { Table = RoutingTable.None }).RowOf("NE003", "mobile").Should().BeNull();
        Router(Facts() with { Table = RoutingTable.None }).Route(Row(1)).Reason.Should().Be(RouteReason.NoRule);
    }

    [Fact]
    public void Differ_by_area_and_instrument_of_one_chunk()
    {
        var router = Router(Map(Given.Table(("NE001 * *", "a"), ("* * mobile", "b"), ("* * *", "a")), [], null, Ways));

        router.Route(Row(1, "NE001")).Channel!.Code.Should().Be("a");
        router.Route(Row(2, "NE002")).Channel!.Code.Should().Be("b");
        router.Route(Row(3, "NE002", "bank")).Channel!.Code.Should().Be("a");
    }

    [Fact]
    public void Give_an_instruction_that_asks_again_its_former_place()
    {
        var (facts, usage) = (Facts(new Ceiling(CountPerCycle: 1)), CeilingUsage.None);
        var router = Router(facts, usage);

        router.Route(Row(1)).Channel!.Code.Should().Be("a");
        router.Route(Row(2)).Channel!.Code.Should().Be("b");
        router.Route(Row(1)).Channel!.Code.Should().Be("a", "its own place is free for it");
        usage.NewAllocations.Should().ContainSingle().Which.Should().Be(new CeilingAllocation(
            Obligation(1), Row(1).Instruction, new Counters("* × * × *", "a", Given.Cycle, Day), 100));
    }

    [Fact]
    public void Keep_the_former_channel_only_for_the_same_instruction()
    {
        var facts = Facts(new Ceiling(CountPerCycle: 9), ("b", new Ceiling(CountPerCycle: 9)));
        var held = new CeilingAllocation(
            Obligation(1), Row(1).Instruction, new Counters("* × * × *", "b", Given.Cycle, Day), 100);

        Router(facts, new CeilingUsage(new Dictionary<string, UsedAmount>(), [held])).Route(Row(1)).Channel!.Code
            .Should().Be("b");
        Router(facts, new CeilingUsage(new Dictionary<string, UsedAmount>(), [held]))
            .Route(Row(1) with { Instruction = new InstructionId(Obligation(7).Value) }).Channel!.Code.Should().Be("a");
    }

    [Fact]
    public void As_if_there_were_room_take_no_place()
    {
        var usage = CeilingUsage.None;
        var router = Router(Facts(new Ceiling(CountPerCycle: 0)), usage);

        router.RouteIgnoringCeilings(Row(1)).Channel!.Code.Should().Be("a");
        router.Route(Row(1)).Channel!.Code.Should().Be("b");
        usage.Changed.Should().BeEmpty();
    }

    [Fact]
    public void Take_no_place_on_a_channel_without_a_ceiling()
    {
        var usage = CeilingUsage.None;

        Router(Facts(null, ("b", new Ceiling(CountPerCycle: 5))), usage).Route(Row(1)).Channel!.Code.Should().Be("a");

        usage.ChangedCounters.Should().BeEmpty();
    }

    [Fact]
    public void Go_by_the_given_draw_of_one_that_stands_for_others()
    {
        var row = new TableRow("*", "*", "*", ["a", "b"], new Dictionary<string, int> { ["a"] = 30, ["b"] = 70 });
        var router = Router(Map(Table(row), [], null, Ways));

        router.Route(Row(1) with { Points = new ObligationDraw(29, 0) }).Channel!.Code.Should().Be("a");
        router.Route(Row(1) with { Points = new ObligationDraw(30, 0) }).Channel!.Code.Should().Be("b");
    }

    [Fact]
    public void Draw_each_obligation_by_its_own_two_points()
    {
        var draw = ObligationDraw.Of(Obligation(1));

        draw.Should().Be(new ObligationDraw(
            Draws.Point(Obligation(1), Draw.Share), Draws.Point(Obligation(1), Draw.Pilot)));
        draw.Share.Should().NotBe(draw.Pilot);
    }

    private static ChunkRouter Router(RoutingFacts facts, CeilingUsage? usage = null) =>
        new(facts, "psn", Given.Cycle, facts.Terms, usage ?? CeilingUsage.None);

    private static RoutingFacts Facts(Ceiling? ofA = null, params (string Channel, Ceiling Ceiling)[] others)
    {
        var ceilings = others.ToDictionary(one => one.Channel, one => one.Ceiling);
        if (ofA is not null)
        {
            ceilings["a"] = ofA;
        }

        return Map(Table(new TableRow("*", "*", "*", ["a", "b"],
            Ceilings: ceilings.Count == 0 ? null : ceilings)), [], null, Ways);
    }

    private static RoutingTable Table(TableRow row) =>
        RoutingTable.Of(1, [row], new HashSet<string> { "a", "b" })
            .Match(table => table, refusal => throw new InvalidOperationException(refusal.Reason));
}
