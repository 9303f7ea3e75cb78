using TwinTrack.Kernel;

namespace TwinTrack.Entitlements.Features;

/// <summary>Who may look: everybody with a duty in a cycle. Nothing here is personal.</summary>
internal static class EntitlementsReadRoles
{
    internal static readonly string[] Roles =
    [
        Role.Admin, Role.ProgrammeManager, Role.Approver, Role.Finance, Role.Operator, Role.Reconciler, Role.Auditor,
        Role.Grievance, Role.CoChair,
    ];
}
