using TwinTrack.Kernel;

namespace TwinTrack.Payments.Features;

/// <summary>Who may knock at an incident; its kind says which of them it is for.</summary>
internal static class IncidentRoles
{
    internal static readonly string[] All = [Role.Operator, Role.Finance, Role.Reconciler];

    /// <summary>Who gives their party's word on a proposal.</summary>
    internal static readonly string[] SecondWord = [Role.Finance, Role.CoChair];
}
