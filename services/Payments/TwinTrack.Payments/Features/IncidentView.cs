using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;

namespace TwinTrack.Payments.Features;

/// <summary>An incident, as every answer shows it.</summary>
/// <param name="AmountMinor">What the contradicting report was about, minor units.</param>
internal sealed record IncidentView(
    IncidentId Id,
    IncidentKind Kind,
    IncidentState State,
    ObligationId ObligationId,
    InstructionId InstructionId,
    InstructionId? HeldInstructionId,
    long AmountMinor,
    string Owner,
    DateTimeOffset OpenedAt,
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
        row.OpenedAt,
        row.Note,
        row.ResolvedBy,
        row.ResolvedAt);
}
