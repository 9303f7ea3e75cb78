using TwinTrack.Kernel;
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

    // The order of 100 was sent on the second day. A payment of what amount, on a statement until which day?
    [Theory]
    [InlineData(100, 1, true)]
    [InlineData(100, 2, false)]
    [InlineData(100, 3, false)]
    [InlineData(99, 3, true)]
    public void Prove_no_absence_while_any_since_the_order_shows_its_amount(long minor, int until, bool absent) =>
        StatementCoverage.IsAbsent(
            Sent(), new ShownPayments(new HashSet<InstructionId>(), new Dictionary<long, DateTimeOffset>
            {
                [minor] = Day(until),
            })).Should().Be(absent);

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void Prove_no_absence_of_what_one_names_by_order_or_obligation(
        bool order, bool obligation, bool absent)
    {
        var open = Sent();
        var named = new HashSet<InstructionId>();
        _ = order && named.Add(open.Id);
        _ = obligation && named.Add(InstructionId.From(open.Obligation.Value));

        StatementCoverage.IsAbsent(open, new ShownPayments(named, new Dictionary<long, DateTimeOffset>())).Should()
            .Be(absent);
    }

    private static OpenOrder Sent() =>
        new(InstructionId.New(TimeProvider.System), ObligationId.New(TimeProvider.System), 100, Day(2));

    private static DateTimeOffset Day(int day) => Midnight.AddDays(day);

    private static CoveredTime Days(int from, int until) => new(Day(from), Day(until));
}
