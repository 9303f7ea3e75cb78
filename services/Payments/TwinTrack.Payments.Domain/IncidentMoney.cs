using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>What one incident costs, minor units. Recovered and borne together are never above the loss.</summary>
public sealed record IncidentMoney(long LossMinor, long RecoveredMinor, long WrittenOffMinor)
{
    public static readonly IncidentMoney None = new(0, 0, 0);

    public long OutstandingMinor => LossMinor - RecoveredMinor - WrittenOffMinor;

    /// <param name="amountMinor">What is in the wrong hands.</param>
    /// <param name="reportedMinor">What the incident is about: no more than that can be lost by it.</param>
    public Result<IncidentMoney> Claim(long amountMinor, long reportedMinor) =>
        amountMinor >= 1 && amountMinor <= reportedMinor
            ? this with { LossMinor = LossMinor + amountMinor } : IncidentRefusals.ClaimTooLarge(reportedMinor);

    /// <summary>One part of several, or all of it.</summary>
    public Result<IncidentMoney> Recover(long amountMinor) =>
        amountMinor >= 1 && amountMinor <= OutstandingMinor
            ? this with { RecoveredMinor = RecoveredMinor + amountMinor }
            : IncidentRefusals.RecoveryTooLarge(OutstandingMinor);

    public IncidentMoney WriteOff() => this with { WrittenOffMinor = WrittenOffMinor + OutstandingMinor };

    /// <summary>What is still claimed was never lost.</summary>
    public IncidentMoney Waive() => this with { LossMinor = RecoveredMinor + WrittenOffMinor };
}
