using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>Requests as the OpenAPI document shows them.</summary>
internal static class PaymentExamples
{
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    public static readonly ApiExample[] All =
    [
        new(nameof(DepositFunds), new DepositFunds.Request("NSP", "treasury", 5_000_000, "XOF")),
        new(nameof(CreateBatch), new CreateBatch.Request(
            TypedId.Parse<CycleId>("cyc_0198c7e2b1d47c9a8f3e5a6b7c8d9e0f"),
            TypedId.Parse<BatchId>("bat_0198c7e2b1d47c9a8f3e5a6b7c8d9e10"), ["rejected", "returned"])),
        new(nameof(ApproveBatch), new ApproveBatch.Request(Hash)),
        new(nameof(RefuseBatch), new RefuseBatch.Request("Area NE003 was to be left out.")),
        new(nameof(CancelBatch), new CancelBatch.Request("The cycle was opened with the wrong date.")),
        new(nameof(ReleaseBatch), new ReleaseBatch.Request(Hash)),
        new(nameof(ClaimLoss), new ClaimLoss.Request(15_000, "CLAIM-2026-17")),
        new(nameof(RecordRecovery), new RecordRecovery.Request(5_000, "BANK-REF-88")),
        new(nameof(ProposeIncidentWriteOff), new ProposeIncidentWriteOff.Request(
            "treasury", "The provider went out of business.")),
        new(nameof(CloseIncident), new CloseIncident.Request(
            "no_loss", "statement 2026-11-30, line 14", "Both answers are about one payment.")),
        new(nameof(DecideIncident), new DecideIncident.Request(Agree: true, "Agreed with the partner on 30 November.")),
        new(nameof(ProposeForcedMove), new ProposeForcedMove.Request(
            Hash, "treasury", "The bank is closed and will not answer.")),
        new(nameof(DecideForcedMove), new DecideForcedMove.Request(Hash, Agree: true, "Agreed in the committee.")),
        new(nameof(CreateSubscriber), new CreateSubscriber.Request(
            "Grievance desk", "https://desk.example/hooks", ["payment.settled", "batch.certified"], "NSP",
            Parties.Government)),
        new("DisableSubscriber", new EnableSubscriber.Request("The receiver is being moved.")),
        new("EnableSubscriber", new EnableSubscriber.Request("The receiver is back.")),
        new(nameof(ReplayDeliveries), new ReplayDeliveries.Request(
            null, DateTimeOffset.UnixEpoch.AddYears(56), null, FailedOnly: true)),
    ];
}
