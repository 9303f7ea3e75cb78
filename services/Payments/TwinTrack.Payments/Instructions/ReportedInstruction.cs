using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;

namespace TwinTrack.Payments.Instructions;

/// <summary>The columns of an instruction that a report is applied to: half of its row.</summary>
internal sealed record InstructionSnapshot(
    InstructionId Id,
    BatchId BatchId,
    InstructionState State,
    int Version,
    long AmountMinor,
    long SettledMinor,
    string? Channel,
    int Track,
    SwitchId? FoundInDoubtBy,
    ForcedMoveId? ForcedBy);

/// <summary>The same for the obligation that it pays.</summary>
internal sealed record ObligationSnapshot(ObligationId Id, CycleId CycleId, string Area, string FundingSource,
    IncidentId? BlockedByIncident);

/// <summary>
/// One instruction while a message is applied to it: the state read and the state to write. Not thread-safe.
/// </summary>
internal sealed class ReportedInstruction(InstructionSnapshot read, ObligationSnapshot obligation)
{
    /// <summary>What is written of it.</summary>
    internal InstructionChange Change { get; } = new(read.Id, obligation.Id, read.BatchId, read.Channel ?? "",
        read.Track, obligation.FundingSource, read.State, read.Version);

    private SwitchId? _foundInDoubtBy = read.FoundInDoubtBy;

    internal InstructionSnapshot Read { get; } = read;

    internal ObligationSnapshot Obligation { get; } = obligation;

    internal InstructionState State => Change.To;

    internal long SettledMinor { get; private set; } = read.SettledMinor;

    internal bool Changed => Change.Steps.Count > 0;

    /// <summary>Whether evidence came for an attempt that two parties had given up.</summary>
    internal bool ProvesForced => InstructionLifecycle.ProvesForced(Read.State, State);

    /// <summary>
    /// Ordered but not delivered, minor units. Above zero only after a partial delivery in this message.
    /// </summary>
    internal long UndeliveredMinor => Changed && State == InstructionState.Settled
        ? Read.AmountMinor - SettledMinor : 0;

    internal static async Task<Dictionary<InstructionId, ReportedInstruction>> LoadAsync(
        PaymentsDb db, List<InstructionId> ids, CancellationToken cancel)
    {
        var rows = await (
            from instruction in db.Instructions
            where ids.Contains(instruction.Id)
            join obligation in db.Obligations on instruction.ObligationId equals obligation.Id
            select new ReportedInstruction(
                new InstructionSnapshot(
                    instruction.Id,
                    instruction.BatchId,
                    instruction.State,
                    instruction.Version,
                    instruction.AmountMinor,
                    instruction.SettledMinor,
                    instruction.Channel,
                    instruction.Track,
                    instruction.FoundInDoubtBy,
                    instruction.ForcedBy),
                new ObligationSnapshot(obligation.Id, obligation.CycleId, obligation.Area, obligation.FundingSource,
                    obligation.BlockedByIncident))).ToListAsync(cancel);
        return rows.ToDictionary(row => row.Read.Id);
    }

    /// <summary>Applies one report and returns its effect as text for the payment's history.</summary>
    internal string Take(ReportRow row, ReportEffect effect, IReadOnlyList<Move> moves)
    {
        if (!effect.Changes)
        {
            return effect.Contradiction == Contradiction.None ? "no change" : $"no change: contradicts {State}";
        }

        SettledMinor = effect.SettledMinor;
        var path = State.ToString();
        foreach (var next in effect.Steps)
        {
            var amount = next is InstructionState.Settled or InstructionState.SettledLate or InstructionState.Returned
                ? SettledMinor : Read.AmountMinor;
            Change.Enter(next, amount, row.At);
            path += $" → {next}";
        }

        if (State == InstructionState.InDoubt)
        {
            _foundInDoubtBy ??= moves.FirstOrDefault(
                move => move.Covers(Obligation.Area) && move.ChannelList().Contains(Read.Channel))?.Id;
        }

        Change.Columns = new ReportColumns(
            row.Code, row.Grade, _foundInDoubtBy, SettledMinor == Read.AmountMinor ? null : SettledMinor);
        return path;
    }
}
