using TwinTrack.Kernel;

namespace TwinTrack.Entitlements.Features;

/// <summary>Roles that may read: every role with a duty in a cycle. The data is not personal.</summary>
internal static class EntitlementsReadRoles
{
    internal static readonly string[] Roles =
    [
        Role.Admin, Role.ProgrammeManager, Role.Approver, Role.Finance, Role.Operator, Role.Reconciler, Role.Auditor,
        Role.Grievance, Role.CoChair,
    ];
}
