using Microsoft.EntityFrameworkCore.Query;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;

namespace TwinTrack.Payments.Instructions;

/// <summary>
/// A change of one instruction's state: the state that was read and the steps from it. A step that the transition table
/// does not allow throws. Not thread-safe.
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

    /// <summary>Sent to Reconciliation and subscribers.</summary>
    internal IReadOnlyList<StateChangeRow> Steps => _steps;

    /// <summary>Columns that change with the state. Null if only the state changes.</summary>
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

/// <summary>Columns written with a state. Instructions with equal columns are written in one statement.</summary>
internal abstract record ColumnsOfChange
{
    /// <summary>The provider's code that led to the state.</summary>
    internal virtual string? ReportedCode => null;

    internal abstract void Set(UpdateSettersBuilder<Instruction> set);
}

/// <summary>The route that a plan received just before its release.</summary>
internal sealed record RouteColumns(PlannedRoute Route) : ColumnsOfChange
{
    internal override void Set(UpdateSettersBuilder<Instruction> set) => set
        .SetProperty(row => row.Channel, Route.Channel)
        .SetProperty(row => row.Track, Route.Track)
        .SetProperty(row => row.Epoch, Route.Epoch)
        .SetProperty(row => row.Why, Route.Why)
        .SetProperty(row => row.SwitchId, Route.By);
}

/// <summary>Columns of the last report.</summary>
/// <param name="SettledMinor">Delivered amount, minor units. Null if the whole ordered amount was delivered.</param>
internal sealed record ReportColumns(string? Code, string? Grade, SwitchId? FoundInDoubtBy, long? SettledMinor)
    : ColumnsOfChange
{
    internal override string? ReportedCode => Code;

    internal override void Set(UpdateSettersBuilder<Instruction> set)
    {
        set.SetProperty(row => row.Code, Code)
            .SetProperty(row => row.Grade, Grade)
            .SetProperty(row => row.FoundInDoubtBy, FoundInDoubtBy);
        _ = SettledMinor is { } settled
            ? set.SetProperty(row => row.SettledMinor, settled)
            : set.SetProperty(row => row.SettledMinor, row => row.AmountMinor);
    }
}

/// <summary>Columns of a forced move: two parties decided to give the attempt up.</summary>
internal sealed record ForcedColumns(string Code, ForcedMoveId ForcedBy) : ColumnsOfChange
{
    internal override string? ReportedCode => Code;

    internal override void Set(UpdateSettersBuilder<Instruction> set) => set
        .SetProperty(row => row.Code, Code)
        .SetProperty(row => row.ForcedBy, ForcedBy);
}
