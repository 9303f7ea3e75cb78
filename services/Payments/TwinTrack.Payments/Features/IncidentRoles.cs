using TwinTrack.Kernel;

namespace TwinTrack.Payments.Features;

/// <summary>Roles that may call the incident endpoints. The incident's kind decides which of them may act.</summary>
internal static class IncidentRoles
{
    internal static readonly string[] All = [Role.Operator, Role.Finance, Role.Reconciler];

    /// <summary>Roles that decide on a proposal for their party.</summary>
    internal static readonly string[] Deciders = [Role.Finance, Role.CoChair];
}
