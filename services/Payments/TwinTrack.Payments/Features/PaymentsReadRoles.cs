using TwinTrack.Kernel;

namespace TwinTrack.Payments.Features;

/// <summary>Roles that may read batches, funds and incidents: every role that acts on them, and the auditor.</summary>
internal static class PaymentsReadRoles
{
    internal static readonly string[] All =
        [Role.ProgrammeManager, Role.Approver, Role.Finance, Role.Operator, Role.CoChair, Role.Reconciler,
            Role.Auditor];

    internal static readonly string[] AndGrievance = [.. All, Role.Grievance];
}
