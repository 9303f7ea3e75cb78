using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class A_ceiling
{
    [Theory]
    [InlineData(null, null, null, null, false)]
    [InlineData(0L, null, null, null, true)]
    [InlineData(null, 0L, null, null, true)]
    [InlineData(null, null, 0L, null, true)]
    [InlineData(null, null, null, 0L, true)]
    [InlineData(1L, 2L, 3L, 4L, true)]
    [InlineData(-1L, 2L, 3L, 4L, false)]
    [InlineData(1L, -1L, 3L, 4L, false)]
    [InlineData(1L, 2L, -1L, 4L, false)]
    [InlineData(1L, 2L, 3L, -1L, false)]
    public void Sets_at_least_one_limit_and_none_below_zero(
        long? count, long? minor, long? countOfDay, long? minorOfDay, bool valid) =>
        new Ceiling(count, minor, countOfDay, minorOfDay).IsValid.Should().Be(valid);

    [Theory]
    [InlineData(5L, null, null, null, true, false)]
    [InlineData(null, 5L, null, null, true, false)]
    [InlineData(null, null, 5L, null, false, true)]
    [InlineData(null, null, null, 5L, false, true)]
    [InlineData(5L, null, null, 5L, true, true)]
    public void Is_of_the_cycle_or_of_the_day_by_the_limits_it_sets(
        long? count, long? minor, long? countOfDay, long? minorOfDay, bool perCycle, bool perDay)
    {
        var ceiling = new Ceiling(count, minor, countOfDay, minorOfDay);

        (ceiling.PerCycle, ceiling.PerDay).Should().Be((perCycle, perDay));
    }

    /// <summary>Used in the cycle: 3 payments of 300. Used on the day: 2 of 200. One more of 100 is asked.</summary>
    [Theory]
    [InlineData(null, null, null, null, true)]
    [InlineData(4L, 400L, 3L, 300L, true)]
    [InlineData(3L, null, null, null, false)]
    [InlineData(null, 399L, null, null, false)]
    [InlineData(null, null, 2L, null, false)]
    [InlineData(null, null, null, 299L, false)]
    public void Has_room_up_to_each_of_its_limits_and_not_beyond(
        long? count, long? minor, long? countOfDay, long? minorOfDay, bool fits) =>
        new Ceiling(count, minor, countOfDay, minorOfDay).Fits(new UsedAmount(3, 300), new UsedAmount(2, 200), 100)
            .Should().Be(fits);
}
