using TwinTrack.Providers.Domain;

namespace TwinTrack.Domain.Tests.Providers;

public sealed class Final_statements
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void That_join_cover_the_time_since_the_first() =>
        StatementCoverage.UnbrokenSince(Day(3), [Days(1, 2), Days(2, 3)]).Should().Be(Day(1));

    [Fact]
    public void That_overlap_cover_the_time_since_the_first() =>
        StatementCoverage.UnbrokenSince(Day(3), [Days(2, 4), Days(1, 3)]).Should().Be(Day(1));

    [Fact]
    public void With_a_gap_cover_nothing_before_it() =>
        StatementCoverage.UnbrokenSince(Day(3), [Days(0, 1), Days(1, 2)]).Should().Be(Day(3));

    [Fact]
    public void With_a_gap_of_one_microsecond_cover_nothing_before_it() =>
        StatementCoverage.UnbrokenSince(Day(3), [new CoveredTime(Day(1), Day(3).AddMicroseconds(-1))]).Should()
            .Be(Day(3));

    [Fact]
    public void That_begin_together_or_later_add_nothing() =>
        StatementCoverage.UnbrokenSince(Day(3), [Days(3, 4), Days(4, 5)]).Should().Be(Day(3));

    [Fact]
    public void That_join_at_several_places_cover_the_time_since_the_earliest() =>
        StatementCoverage.UnbrokenSince(Day(5), [Days(4, 5), Days(2, 6), Days(3, 5), Days(0, 2)]).Should().Be(Day(0));

    [Fact]
    public void Alone_cover_their_own_time() => StatementCoverage.UnbrokenSince(Day(3), []).Should().Be(Day(3));

    private static DateTimeOffset Day(int day) => Midnight.AddDays(day);

    private static CoveredTime Days(int from, int until) => new(Day(from), Day(until));
}
