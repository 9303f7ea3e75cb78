using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;

namespace TwinTrack.Payments.Incidents;

/// <summary>An incident, as every answer shows it.</summary>
/// <param name="AmountMinor">Amount of the contradicting report, minor units.</param>
/// <param name="Owner">The role that must resolve it.</param>
/// <param name="DueAt">When it must be resolved, by its kind. Unchanged after the incident ends.</param>
/// <param name="LossMinor">Amount paid in error: recovered + written off + outstanding.</param>
/// <param name="Bearer">Funding source that bears the rest, or is proposed to bear it.</param>
/// <param name="ProposedBy">Who made the proposal that waits for the other party's decision.</param>
internal sealed record IncidentView(
    IncidentId Id,
    IncidentKind Kind,
    IncidentState State,
    ObligationId ObligationId,
    InstructionId InstructionId,
    InstructionId? HeldInstructionId,
    long AmountMinor,
    string Owner,
    string? TakenBy,
    DateTimeOffset OpenedAt,
    DateTimeOffset DueAt,
    long LossMinor,
    long RecoveredMinor,
    long WrittenOffMinor,
    long OutstandingMinor,
    string? Bearer,
    string? ProposedBy,
    IncidentEnd? Ending,
    string Note,
    string? ResolvedBy,
    DateTimeOffset? ResolvedAt)
{
    internal static IncidentView Of(Incident row) => new(
        row.Id,
        row.Kind,
        row.State,
        row.ObligationId,
        row.InstructionId,
        row.HeldInstructionId,
        row.AmountMinor,
        row.Owner,
        row.TakenBy,
        row.OpenedAt,
        IncidentKindRules.RuleOf(row.Kind).DueAt(row.OpenedAt),
        row.LossMinor,
        row.RecoveredMinor,
        row.WrittenOffMinor,
        row.Money.OutstandingMinor,
        row.Bearer,
        row.ProposedBy,
        row.Ending,
        row.Note,
        row.ResolvedBy,
        row.ResolvedAt);
}
