using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;

namespace TwinTrack.Payments.Instructions;

/// <summary>Routing's answer for one instruction, as it is stored.</summary>
/// <param name="Track">1 government, 2 aligned.</param>
/// <param name="Epoch">The channel's fence epoch.</param>
/// <param name="By">The switch that chose the route.</param>
internal sealed record PlannedRoute(string Channel, int Track, long Epoch, string? Why, SwitchId? By);

/// <summary>
/// One planned instruction with the columns that a release needs. The tables' rows are three times as wide.
/// </summary>
/// <param name="Evidence">Evidence that freed the attempt before this one; null for the first.</param>
/// <param name="Blocked">Whether an incident blocks the obligation because it may have been paid.</param>
internal sealed record PlannedInstruction(
    InstructionId Id,
    int Generation,
    int Version,
    BatchId BatchId,
    string? Evidence,
    ObligationId ObligationId,
    HouseholdId HouseholdId,
    string PayeeFingerprint,
    string Area,
    string FundingSource,
    long AmountMinor,
    bool Blocked)
{
    /// <summary>Set before it is released.</summary>
    public PlannedRoute Route { get; init; } = null!;

    /// <summary>Whether the route has just arrived and is stored together with the release.</summary>
    public bool Fresh { get; init; }

    internal InstructionChange ToChange() =>
        new(Id, ObligationId, BatchId, Route.Channel, Route.Track, FundingSource, InstructionState.Planned, Version)
        {
            Columns = Fresh ? new RouteColumns(Route) : null,
        };
}

internal static class PlannedQuery
{
    /// <summary>The planned among these instructions, in order of obligation.</summary>
    internal static IQueryable<PlannedInstruction> Planned(this PaymentsDb db, IQueryable<Instruction> instructions) =>
        from plan in instructions
        where plan.State == InstructionState.Planned
        join obligation in db.Obligations on plan.ObligationId equals obligation.Id
        orderby obligation.Id
        select new PlannedInstruction(
            plan.Id,
            plan.Generation,
            plan.Version,
            plan.BatchId,
            plan.Evidence,
            obligation.Id,
            obligation.HouseholdId,
            obligation.PayeeFingerprint,
            obligation.Area,
            obligation.FundingSource,
            obligation.AmountMinor,
            obligation.BlockedByIncident != null)
        {
            Route = plan.Channel == null ? null!
                : new PlannedRoute(plan.Channel, plan.Track, plan.Epoch, plan.Why, plan.SwitchId),
        };
}
