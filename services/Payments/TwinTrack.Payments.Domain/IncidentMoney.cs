using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>What one incident costs, minor units. Recovered and borne together are never above the loss.</summary>
public sealed record IncidentMoney(long LossMinor, long RecoveredMinor, long WrittenOffMinor)
{
    public static readonly IncidentMoney None = new(0, 0, 0);

    public long OutstandingMinor => LossMinor - RecoveredMinor - WrittenOffMinor;

    /// <param name="amountMinor">The amount paid in error.</param>
    /// <param name="reportedMinor">The amount that the incident is about. The loss is never above it.</param>
    public Result<IncidentMoney> Claim(long amountMinor, long reportedMinor) =>
        amountMinor >= 1 && amountMinor <= reportedMinor
            ? this with { LossMinor = LossMinor + amountMinor } : IncidentRefusals.ClaimTooLarge(reportedMinor);

    /// <summary>Records one part, or the whole amount.</summary>
    public Result<IncidentMoney> Recover(long amountMinor) =>
        amountMinor >= 1 && amountMinor <= OutstandingMinor
            ? this with { RecoveredMinor = RecoveredMinor + amountMinor }
            : IncidentRefusals.RecoveryTooLarge(OutstandingMinor);

    public IncidentMoney WriteOff() => this with { WrittenOffMinor = WrittenOffMinor + OutstandingMinor };

    /// <summary>The rest of the claim was never lost.</summary>
    public IncidentMoney Waive() => this with { LossMinor = RecoveredMinor + WrittenOffMinor };
}
