using TwinTrack.Contracts.Enrolments.V1;
using TwinTrack.Contracts.Entitlements.V1;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Reconciliation.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Contracts.Words;

namespace TwinTrack.Contracts;

/// <summary>
/// Sender and consumers of every message in the system. The outbox makes one row for each consumer. A test compares the
/// table with the handlers. <c>docs/concepts/messages.md</c> draws it.
/// </summary>
public static class Topology
{
    public static readonly IReadOnlyList<(Type Message, string From, string[] To)> Arrows =
    [
        (typeof(RequestCaseload), Services.Entitlements, [Services.Enrolments]),
        (typeof(CaseloadChunk), Services.Enrolments, [Services.Entitlements]),
        (typeof(CaseloadEnded), Services.Enrolments, [Services.Entitlements]),
        (typeof(PayeeChunk), Services.Enrolments, [Services.Providers]),
        (typeof(EntitlementChunk), Services.Entitlements, [Services.Payments]),
        (typeof(CycleClosed), Services.Entitlements, [Services.Payments, Services.Routing]),
        (typeof(RouteInstructions), Services.Payments, [Services.Routing]),
        (typeof(InstructionsRouted), Services.Routing, [Services.Payments]),
        (typeof(RoutesChanged), Services.Routing, [Services.Payments]),
        (typeof(SuspensionChanged), Services.Routing, [Services.Payments]),
        (typeof(SubmitInstructions), Services.Payments, [Services.Providers]),
        (typeof(HoldInstruction), Services.Payments, [Services.Providers]),
        (typeof(InstructionsReported), Services.Providers, [Services.Payments]),
        (typeof(InstructionStatesChanged), Services.Payments, [Services.Reconciliation]),
        (typeof(FundMovementRecorded), Services.Payments, [Services.Reconciliation]),
        (typeof(IncidentMovementsRecorded), Services.Payments, [Services.Reconciliation]),
        (typeof(BatchReleased), Services.Payments, [Services.Reconciliation]),
        (typeof(ObligationsTransferred), Services.Payments, [Services.Reconciliation]),
        (typeof(BatchCertified), Services.Reconciliation, [Services.Payments]),
        (typeof(BatchClosed), Services.Payments, [Services.Reconciliation]),
        (typeof(BatchNotClosed), Services.Payments, [Services.Reconciliation]),
        (typeof(RegisterChannel), Services.Routing, [Services.Providers]),
        (typeof(ChannelAbilitiesDeclared), Services.Providers, [Services.Routing]),
        (typeof(FenceChannel), Services.Routing, [Services.Providers]),
        (typeof(OpenChannel), Services.Routing, [Services.Providers]),
        (typeof(ChannelFenced), Services.Providers, [Services.Routing]),
        (typeof(ChannelOpened), Services.Providers, [Services.Routing]),
        (typeof(StopScope), Services.Routing, [Services.Providers]),
        (typeof(ScopeStopped), Services.Providers, [Services.Routing]),
        (typeof(CountDispositions), Services.Routing, [Services.Payments]),
        (typeof(DispositionsCounted), Services.Payments, [Services.Routing]),
        (typeof(StartMove), Services.Routing, [Services.Payments]),
        (typeof(MoveRefused), Services.Payments, [Services.Routing]),
        (typeof(EndMove), Services.Routing, [Services.Payments]),
        (typeof(StatementChunk), Services.Providers, [Services.Reconciliation]),
        (typeof(StatementEnded), Services.Providers, [Services.Reconciliation]),
    ];
}
