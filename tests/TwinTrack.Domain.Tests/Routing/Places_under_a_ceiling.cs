using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Places_under_a_ceiling
{
    private static readonly Counters Under = new("* × * × *", "a", Given.Cycle, RuleGiven.Day);

    [Fact]
    public void Are_counted_by_row_and_channel_for_the_cycle_and_for_the_day()
    {
        Under.OfCycle.Should().Be($"* × * × * a {Given.Cycle}");
        Under.OfDay.Should().Be("* × * × * a 2026-03-01");
    }

    [Fact]
    public void Are_added_to_both_counters_when_they_are_held()
    {
        var usage = new CeilingUsage(
            new Dictionary<string, UsedAmount> { [Under.OfCycle] = new(5, 500), ["another"] = new(9, 900) }, []);

        usage.Allocate(Take(1, 70));

        usage.ChangedCounters.Should().BeEquivalentTo(new Dictionary<string, UsedAmount>
        {
            [Under.OfCycle] = new(6, 570),
            [Under.OfDay] = new(1, 70),
        });
        usage.Changed.Should().Equal(RuleGiven.Obligation(1));
        usage.NewAllocations.Should().Equal(Take(1, 70));
    }

    [Fact]
    public void Are_taken_off_both_counters_when_they_are_given_back()
    {
        var usage = new CeilingUsage(
            new Dictionary<string, UsedAmount> { [Under.OfCycle] = new(5, 500), [Under.OfDay] = new(2, 200) },
            [Take(1, 70), Take(2, 30)]);

        usage.GiveBack(RuleGiven.Obligation(1)).Should().Be(Take(1, 70));

        usage.ChangedCounters.Should().BeEquivalentTo(new Dictionary<string, UsedAmount>
        {
            [Under.OfCycle] = new(4, 430),
            [Under.OfDay] = new(1, 130),
        });
        usage.Changed.Should().Equal(RuleGiven.Obligation(1));
        usage.NewAllocations.Should().BeEmpty("nothing took its place");
    }

    [Fact]
    public void Are_given_back_once()
    {
        var usage = new CeilingUsage(new Dictionary<string, UsedAmount>(), [Take(1, 70)]);

        usage.GiveBack(RuleGiven.Obligation(2)).Should().BeNull();
        usage.Changed.Should().BeEmpty();
        usage.ChangedCounters.Should().BeEmpty();
        usage.GiveBack(RuleGiven.Obligation(1));
        usage.GiveBack(RuleGiven.Obligation(1)).Should().BeNull();
    }

    [Theory]
    [InlineData(1L, null, false)]
    [InlineData(2L, null, true)]
    [InlineData(null, 3L, false)]
    [InlineData(null, 4L, true)]
    public void Are_free_by_the_counter_of_the_cycle_and_that_of_the_day(long? perCycle, long? perDay, bool fits) =>
        new CeilingUsage(
            new Dictionary<string, UsedAmount> { [Under.OfCycle] = new(1, 100), [Under.OfDay] = new(3, 300) }, [])
            .Fits(new Ceiling(perCycle, null, perDay), Take(1, 70)).Should().Be(fits);

    private static CeilingAllocation Take(int number, long amountMinor) =>
        new(RuleGiven.Obligation(number), new InstructionId(RuleGiven.Obligation(number).Value), Under, amountMinor);
}
