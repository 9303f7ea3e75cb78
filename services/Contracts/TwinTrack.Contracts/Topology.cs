using TwinTrack.Contracts.Enrolments.V1;
using TwinTrack.Contracts.Entitlements.V1;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Reconciliation.V1;
using TwinTrack.Contracts.Routing.V1;

namespace TwinTrack.Contracts;

/// <summary>
/// Who sends what to whom: the whole traffic of the system. The outbox makes one row for each consumer, a test compares
/// the rows with the handlers that exist, and <c>docs/concepts/messages.md</c> draws them.
/// </summary>
public static class Topology
{
    public static readonly IReadOnlyList<(Type Message, string From, string[] To)> Arrows =
    [
        (typeof(RequestCaseload), "entitlements", ["enrolments"]),
        (typeof(CaseloadChunk), "enrolments", ["entitlements"]),
        (typeof(CaseloadEnded), "enrolments", ["entitlements"]),
        (typeof(PayeeChunk), "enrolments", ["providers"]),
        (typeof(EntitlementChunk), "entitlements", ["payments"]),
        (typeof(CycleClosed), "entitlements", ["payments"]),
        (typeof(RouteInstructions), "payments", ["routing"]),
        (typeof(InstructionsRouted), "routing", ["payments"]),
        (typeof(SubmitInstructions), "payments", ["providers"]),
        (typeof(HoldInstruction), "payments", ["providers"]),
        (typeof(InstructionsReported), "providers", ["payments"]),
        (typeof(InstructionStatesChanged), "payments", ["reconciliation"]),
        (typeof(FundMovementRecorded), "payments", ["reconciliation"]),
        (typeof(IncidentMovementsRecorded), "payments", ["reconciliation"]),
        (typeof(BatchReleased), "payments", ["reconciliation"]),
        (typeof(BatchCertified), "reconciliation", ["payments"]),
        (typeof(BatchClosed), "payments", ["reconciliation"]),
        (typeof(BatchNotClosed), "payments", ["reconciliation"]),
        (typeof(RegisterChannel), "routing", ["providers"]),
        (typeof(FenceChannel), "routing", ["providers"]),
        (typeof(OpenChannel), "routing", ["providers"]),
        (typeof(ChannelFenced), "providers", ["routing"]),
        (typeof(ChannelOpened), "providers", ["routing"]),
        (typeof(WithdrawInstructions), "routing", ["providers"]),
        (typeof(InstructionsWithdrawn), "providers", ["routing"]),
        (typeof(RecallInstructions), "routing", ["providers"]),
        (typeof(RecallsRequested), "providers", ["routing"]),
        (typeof(CountDispositions), "routing", ["payments"]),
        (typeof(DispositionsCounted), "payments", ["routing"]),
        (typeof(StartMove), "routing", ["payments"]),
        (typeof(MoveRefused), "payments", ["routing"]),
        (typeof(EndMove), "routing", ["payments"]),
        (typeof(StatementChunk), "providers", ["reconciliation"]),
        (typeof(StatementEnded), "providers", ["reconciliation"]),
    ];
}
