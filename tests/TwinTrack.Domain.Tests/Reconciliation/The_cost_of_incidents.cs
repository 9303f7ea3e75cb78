using TwinTrack.Reconciliation.Domain;

namespace TwinTrack.Domain.Tests.Reconciliation;

public sealed class The_cost_of_incidents
{
    private static readonly IncidentTotal Nothing = new("paid_twice", "treasury", 1, 0, 0, 0, 0, 0, 0, 0, 0);

    private static readonly Dictionary<string, IncidentTotal> Each = new()
    {
        ["claimed"] = Nothing with { LossMinor = 70 },
        ["forced_loss"] = Nothing with { LossMinor = 70 },
        ["waived"] = Nothing with { LossMinor = -70 },
        ["forced_waived"] = Nothing with { LossMinor = -70 },
        ["recovered"] = Nothing with { RecoveredMinor = 70 },
        ["forced_recovered"] = Nothing with { RecoveredMinor = 70 },
        ["written_off"] = Nothing with { WrittenOffMinor = 70 },
        ["owed"] = Nothing with { OwedMinor = 70 },
        ["not_owed"] = Nothing with { OwedMinor = -70 },
        ["given_back"] = Nothing with { GivenBackMinor = 70 },
        ["stands"] = Nothing with { StandsMinor = 70 },
        ["stands_after_close"] = Nothing with { StandsMinor = 70 },
        ["risked"] = Nothing with { RiskedMinor = 70 },
        ["risk_ended"] = Nothing with { RiskEndedMinor = 70 },
    };

    public static TheoryData<string> Movements => [.. Each.Keys];

    [Theory]
    [MemberData(nameof(Movements))]
    public void Counts_each_movement_in_one_figure(string movement) =>
        IncidentTotal.Of([("paid_twice", "treasury", "inc_1", movement, 70)]).Should().Equal(Each[movement]);

    [Fact]
    public void Knows_every_kind_of_movement() => Each.Should().HaveSameCount(Enum.GetValues<IncidentMovementKind>());

    [Fact]
    public void Is_summed_by_kind_and_source_with_each_incident_counted_once()
    {
        var totals = IncidentTotal.Of(
        [
            ("paid_twice", "treasury", "inc_1", "claimed", 100),
            ("paid_twice", "donor", "inc_2", "claimed", 7),
            ("paid_twice", "treasury", "inc_1", "waived", 40),
            ("late_success", "treasury", "inc_3", "stands", 9),
            ("paid_twice", "treasury", "inc_4", "claimed", 1),
        ]);

        totals.Should().Equal(
            Nothing with { Kind = "late_success", StandsMinor = 9 },
            Nothing with { FundingSource = "donor", LossMinor = 7 },
            Nothing with { Count = 2, LossMinor = 61 });
    }
}
