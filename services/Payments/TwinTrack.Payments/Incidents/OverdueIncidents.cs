using System.Linq.Expressions;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;

namespace TwinTrack.Payments.Incidents;

/// <summary>A database filter for the incidents that have waited longer than their kind allows.</summary>
internal static class OverdueIncidents
{
    /// <summary>All incidents, or only those that are overdue at this time.</summary>
    internal static Expression<Func<Incident, bool>> Within(bool only, DateTimeOffset now)
    {
        if (!only)
        {
            return _ => true;
        }

        var ended = IncidentLifecycle.Ended;
        DateTimeOffset OpenedBefore(IncidentKind kind) => now.AddHours(-IncidentKindRules.RuleOf(kind).DueHours);
        var (late, twice, contradiction, returned, forced) =
            (OpenedBefore(IncidentKind.LateSuccess), OpenedBefore(IncidentKind.PaidTwice),
                OpenedBefore(IncidentKind.Contradiction), OpenedBefore(IncidentKind.ReturnedTwice),
                OpenedBefore(IncidentKind.ForcedLoss));
        return row => !ended.Contains(row.State)
            && ((row.Kind == IncidentKind.LateSuccess && row.OpenedAt < late)
                || (row.Kind == IncidentKind.PaidTwice && row.OpenedAt < twice)
                || (row.Kind == IncidentKind.Contradiction && row.OpenedAt < contradiction)
                || (row.Kind == IncidentKind.ReturnedTwice && row.OpenedAt < returned)
                || (row.Kind == IncidentKind.ForcedLoss && row.OpenedAt < forced));
    }
}
