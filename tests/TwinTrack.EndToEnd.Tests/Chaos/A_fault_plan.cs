using TwinTrack.Proving.Chaos;

namespace TwinTrack.EndToEnd.Tests.Chaos;

/// <summary>Which faults a run makes, and when.</summary>
public sealed class A_fault_plan
{
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);
    private static readonly Targets All = new(["host", "bank"], ["way"], ["payments", "routing"], Disk: true);

    [Fact]
    public void Is_the_same_for_the_same_seed() =>
        FaultPlan.Of(17, TenMinutes, All).Should().Equal(FaultPlan.Of(17, TenMinutes, All));

    [Fact]
    public void Is_another_for_another_seed() =>
        FaultPlan.Of(17, TenMinutes, All).Should().NotEqual(FaultPlan.Of(18, TenMinutes, All));

    [Fact]
    public void Does_not_depend_on_its_length_but_where_it_ends() =>
        FaultPlan.Of(17, TenMinutes, All).Where(fault => fault.At < TimeSpan.FromMinutes(2)).Should()
            .Equal(FaultPlan.Of(17, TimeSpan.FromMinutes(2), All));

    [Fact]
    public void Ends_a_program_at_least_sixty_times_in_ten_minutes_whatever_the_seed()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            FaultPlan.Of(seed, TenMinutes, All).Count(fault => fault.Kind is FaultKind.Kill or FaultKind.Restart)
                .Should().BeGreaterThanOrEqualTo(60, Invariant($"of seed {seed}"));
        }
    }

    [Fact]
    public void Is_in_the_order_of_time_and_within_its_length()
    {
        var plan = FaultPlan.Of(3, TenMinutes, All);

        plan.Select(fault => fault.At).Should().BeInAscendingOrder();
        plan.Should().OnlyContain(fault => fault.At < TenMinutes);
    }

    [Fact]
    public void Makes_every_kind_of_fault() =>
        FaultPlan.Of(5, TimeSpan.FromHours(1), All).Select(fault => fault.Kind).Should()
            .Contain(Enum.GetValues<FaultKind>());

    [Fact]
    public void Leaves_alone_what_is_not_there()
    {
        var plan = FaultPlan.Of(5, TimeSpan.FromHours(1), All with { Ways = [], Disk = false });

        plan.Select(fault => fault.Kind).Distinct().Should()
            .BeEquivalentTo([FaultKind.Kill, FaultKind.Restart, FaultKind.Redeliver, FaultKind.Shuffle]);
    }
}
