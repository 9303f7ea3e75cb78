using Microsoft.EntityFrameworkCore.Query;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;

namespace TwinTrack.Payments.Instructions;

/// <summary>
/// One instruction on its way to another state: as it was read, and the steps it takes. A step that the table does not
/// allow is a fault. Not thread-safe.
/// </summary>
internal sealed class InstructionChange(
    InstructionId id, ObligationId obligationId, BatchId batchId, string channel, int track, string fundingSource,
    InstructionState from, int version)
{
    private readonly List<StateChangeRow> _steps = [];
    private InstructionState? _to;

    internal InstructionId Id => id;

    internal ObligationId ObligationId => obligationId;

    internal BatchId BatchId => batchId;

    internal InstructionState From => from;

    internal InstructionState To => _to ?? from;

    /// <summary>What Reconciliation and subscribers are told.</summary>
    internal IReadOnlyList<StateChangeRow> Steps => _steps;

    /// <summary>Columns that change with the state; null for the state alone.</summary>
    internal ColumnsOfChange? Columns { get; set; }

    internal InstructionChange Enter(InstructionState next, long amountMinor, DateTimeOffset at)
    {
        if (!InstructionLifecycle.Leads(To, next))
        {
            throw new InvalidOperationException($"No arrow leads from {To} to {next}: instruction {id}.");
        }

        _steps.Add(new StateChangeRow(
            id.ToString(), obligationId.ToString(), channel, track, fundingSource, version + _steps.Count + 1,
            Word.Of(To), Word.Of(next), amountMinor, at));
        _to = next;
        return this;
    }
}

/// <summary>Columns that are written with a state. Instructions with equal columns are written together.</summary>
internal abstract record ColumnsOfChange
{
    /// <summary>The provider's word that led to the state.</summary>
    internal virtual string? ReportedCode => null;

    internal abstract void Set(UpdateSettersBuilder<Instruction> set);
}

/// <summary>The route that a plan was given just before its release.</summary>
internal sealed record RouteColumns(PlannedRoute Route) : ColumnsOfChange
{
    internal override void Set(UpdateSettersBuilder<Instruction> set) => set
        .SetProperty(row => row.Channel, Route.Channel)
        .SetProperty(row => row.Track, Route.Track)
        .SetProperty(row => row.Epoch, Route.Epoch)
        .SetProperty(row => row.Why, Route.Why)
        .SetProperty(row => row.SwitchId, Route.By);
}

/// <summary>What the last report said.</summary>
/// <param name="SettledMinor">Minor units; null where all that was ordered is delivered.</param>
internal sealed record ReportColumns(string? Code, string? Grade, SwitchId? HeldBy, long? SettledMinor)
    : ColumnsOfChange
{
    internal override string? ReportedCode => Code;

    internal override void Set(UpdateSettersBuilder<Instruction> set)
    {
        set.SetProperty(row => row.Code, Code)
            .SetProperty(row => row.Grade, Grade)
            .SetProperty(row => row.HeldBy, HeldBy);
        _ = SettledMinor is { } settled
            ? set.SetProperty(row => row.SettledMinor, settled)
            : set.SetProperty(row => row.SettledMinor, row => row.AmountMinor);
    }
}

/// <summary>The decision of two parties that gave the attempt up.</summary>
internal sealed record ForcedColumns(string Code, ForcedMoveId ForcedBy) : ColumnsOfChange
{
    internal override string? ReportedCode => Code;

    internal override void Set(UpdateSettersBuilder<Instruction> set) => set
        .SetProperty(row => row.Code, Code)
        .SetProperty(row => row.ForcedBy, ForcedBy);
}
