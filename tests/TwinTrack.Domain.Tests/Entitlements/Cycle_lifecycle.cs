using TwinTrack.Entitlements.Domain;
using TwinTrack.Kernel;
using static TwinTrack.Entitlements.Domain.CycleState;

namespace TwinTrack.Domain.Tests.Entitlements;

public sealed class Cycle_lifecycle
{
    // A letter where a trigger leads somewhere, a dot where it is refused. Change the lifecycle and redraw it by hand;
    // that is the point.
    private const string Picture = """
                     Count Complete Close Finish Cancel
        Opening      C     D        .     .      X
        Calculating  C     D        .     .      X
        Calculated   .     .        S     .      X
        Closing      .     .        .     F      .
        Closed       .     .        .     .      .
        Cancelled    .     .        .     .      .
        """;

    private static readonly Dictionary<char, CycleState> Letters = new()
    {
        ['C'] = Calculating,
        ['D'] = Calculated,
        ['S'] = Closing,
        ['F'] = Closed,
        ['X'] = Cancelled,
    };

    private static readonly Actor Manager = new("manager", "government");

    [Fact]
    public void Every_cell_of_the_picture_is_what_the_table_says()
    {
        var lines = Picture.Split('\n');
        var triggers = Words(lines[0]).Select(Enum.Parse<CycleTrigger>).ToArray();
        triggers.Should().BeEquivalentTo(Enum.GetValues<CycleTrigger>(), "the picture shows every trigger");
        lines[1..].Select(line => Enum.Parse<CycleState>(Words(line)[0])).Should()
            .BeEquivalentTo(Enum.GetValues<CycleState>(), "the picture shows every state");
        foreach (var line in lines[1..])
        {
            var cells = Words(line);
            for (var column = 0; column < triggers.Length; column++)
            {
                var next = CycleLifecycle.Table.Next(Enum.Parse<CycleState>(cells[0]), triggers[column]);
                next.Match(state => Letters.Single(pair => pair.Value == state).Key, _ => '.').Should()
                    .Be(cells[column + 1][0], $"{cells[0]} on {triggers[column]}");
            }
        }
    }

    [Fact]
    public void The_announcement_may_come_before_the_last_part()
    {
        var cycle = Open();

        cycle.Announce(3);
        cycle.Count(2, 0, 2, 200);
        cycle.State.Should().Be(Calculating);
        cycle.Count(1, 0, 1, 100);

        cycle.State.Should().Be(Calculated);
        cycle.SumMinor.Should().Be(300);
    }

    [Fact]
    public void The_announcement_may_come_after_the_last_part()
    {
        var cycle = Open();

        cycle.Count(3, 0, 3, 300);
        cycle.State.Should().Be(Calculating, "nobody knows yet that this was all");
        cycle.Announce(3);

        cycle.State.Should().Be(Calculated);
    }

    [Fact]
    public void A_cycle_with_failures_does_not_close_and_says_how_many()
    {
        var cycle = Open();
        cycle.Count(3, 2, 1, 100);
        cycle.Announce(3);

        var refusal = Refused(cycle.Close(Manager, default));

        refusal.Code.Should().Be("cycle.has_failures");
        refusal.Reason.Should().Contain("2 households");
    }

    [Fact]
    public void A_cycle_of_nobody_does_not_close()
    {
        var cycle = Open();
        cycle.Announce(0);

        cycle.State.Should().Be(Calculated);
        Refused(cycle.Close(Manager, default)).Code.Should().Be("cycle.empty");
    }

    [Fact]
    public void A_list_that_is_not_what_was_calculated_is_never_declared()
    {
        var cycle = Open();
        cycle.Count(1, 0, 1, 100);
        cycle.Announce(1);
        cycle.Close(Manager, default);

        var declare = () => cycle.Declare(1, 99, "hash");

        declare.Should().Throw<InvalidOperationException>();
        cycle.Hash.Should().BeNull();
    }

    [Fact]
    public void A_cycle_takes_one_announcement_of_its_caseload()
    {
        var cycle = Open();
        cycle.Announce(2).Allows(out _, out _).Should().BeTrue();

        Refused(cycle.Announce(3)).Code.Should().Be("cycle.not_expecting");

        cycle.HouseholdsExpected.Should().Be(2);
    }

    [Theory]
    [InlineData(2, 300, true)]
    [InlineData(1, 300, false)]
    [InlineData(3, 300, false)]
    [InlineData(2, 299, false)]
    [InlineData(2, 301, false)]
    public void A_list_is_declared_with_the_count_and_sum_that_arrived(long count, long sumMinor, bool declared)
    {
        var cycle = BeingClosed();

        var declare = () => cycle.Declare(count, sumMinor, "hash");

        if (declared)
        {
            declare.Should().NotThrow();
        }
        else
        {
            declare.Should().Throw<InvalidOperationException>();
        }

        cycle.Hash.Should().Be(declared ? "hash" : null);
    }

    [Fact]
    public void A_list_is_declared_only_after_a_manager_closed_it()
    {
        var calculated = AllCame();
        calculated.Invoking(it => it.Declare(2, 300, "hash")).Should().Throw<InvalidOperationException>();
        var closed = BeingClosed();
        closed.Declare(2, 300, "hash");
        closed.Finish();

        closed.Invoking(it => it.Declare(2, 300, "other")).Should().Throw<InvalidOperationException>();

        closed.Hash.Should().Be("hash");
    }

    [Fact]
    public void What_arrives_in_parts_is_added_up()
    {
        var cycle = Open();

        cycle.Count(3, 1, 2, 250);
        cycle.Count(4, 1, 3, 50);

        (cycle.Households, cycle.Failures, cycle.Entitlements, cycle.SumMinor).Should().Be((7, 2, 5, 300));
    }

    [Fact]
    public void Who_closes_a_cycle_and_when_is_recorded()
    {
        var cycle = AllCame();
        (cycle.ClosedBy, cycle.ClosedAt).Should().Be((null, null));

        cycle.Close(Manager, DateTimeOffset.UnixEpoch);

        (cycle.State, cycle.ClosedBy, cycle.ClosedAt).Should()
            .Be((Closing, "manager@government", DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void A_single_failure_keeps_a_cycle_open_and_nobody_is_recorded_as_closer()
    {
        var cycle = Open();
        cycle.Count(3, 1, 2, 300);
        cycle.Announce(3);

        Refused(cycle.Close(Manager, DateTimeOffset.UnixEpoch)).Code.Should().Be("cycle.has_failures");

        (cycle.State, cycle.ClosedBy, cycle.ClosedAt).Should().Be((Calculated, null, null));
    }

    [Fact]
    public void A_cycle_that_is_not_calculated_does_not_close_whatever_it_holds()
    {
        var cycle = Open();
        cycle.Count(2, 0, 2, 300);

        Refused(cycle.Close(Manager, default)).Code.Should().Be("lifecycle.not_allowed");
        cycle.ClosedBy.Should().BeNull();
    }

    [Fact]
    public void A_cycle_that_is_cancelled_or_complete_takes_no_caseload()
    {
        var cancelled = Open();
        cancelled.Cancel();
        Refused(cancelled.Announce(3)).Code.Should().Be("cycle.not_expecting");
        var complete = AllCame();

        complete.Count(1, 0, 1, 100).Should().BeOfType<Result<Cycle>.No>();

        (complete.Households, complete.SumMinor).Should().Be((2, 300));
    }

    [Fact]
    public void Every_change_raises_the_version_so_that_only_one_of_two_writers_succeeds()
    {
        var cycle = Open();
        var versions = new List<int> { cycle.Version };
        Action[] changes =
        [
            () => cycle.Count(1, 0, 1, 100), () => cycle.Announce(2), () => cycle.Count(1, 0, 1, 200),
            () => cycle.Close(Manager, default), () => cycle.Declare(2, 300, "hash"), () => cycle.Finish(),
        ];

        foreach (var change in changes)
        {
            change();
            versions.Add(cycle.Version);
        }

        cycle.State.Should().Be(Closed);
        versions.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    private static Cycle BeingClosed()
    {
        var cycle = AllCame();
        cycle.Close(Manager, default);
        return cycle;
    }

    /// <summary>Two households, 300 minor units.</summary>
    private static Cycle AllCame()
    {
        var cycle = Open();
        cycle.Announce(2);
        cycle.Count(2, 0, 2, 300);
        return cycle;
    }

    private static Cycle Open() => new()
    {
        Id = CycleId.New(TimeProvider.System),
        Programme = "NE-SSN",
        Period = "2026-11",
        AsOf = new DateOnly(2026, 11, 1),
        Currency = "XOF",
        ParameterVersion = 1,
        OpenedBy = "manager@government",
        OpenedAt = default,
    };

    private static Refusal Refused<T>(Result<T> result) =>
        result.Match(_ => throw new InvalidOperationException("Not refused."), refusal => refusal);

    private static string[] Words(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
