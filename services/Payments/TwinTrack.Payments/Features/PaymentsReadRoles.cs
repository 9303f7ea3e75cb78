using TwinTrack.Kernel;

namespace TwinTrack.Payments.Features;

/// <summary>Who may look at batches, funds and incidents: everybody who acts on them, and the auditor.</summary>
internal static class PaymentsReadRoles
{
    internal static readonly string[] All =
        [Role.ProgrammeManager, Role.Approver, Role.Finance, Role.Operator, Role.CoChair, Role.Reconciler,
            Role.Auditor];

    internal static readonly string[] AndGrievance = [.. All, Role.Grievance];
}
