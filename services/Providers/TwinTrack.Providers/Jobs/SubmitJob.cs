using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Answers;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Jobs;

/// <summary>
/// Sends one channel's queue, one unit per step: journal, commit, call, apply the answer. The call comes after the
/// commit. So a crash may leave a journal line without an answer, but never an answer without a line. When the job
/// returns, it settles such a unit first.
/// </summary>
internal sealed partial class SubmitJob(
    ProvidersDb db,
    ChannelConnections lines,
    UnitBuilder cutter,
    InterruptedUnits interrupted,
    ReadingApplication readings,
    TimeProvider clock,
    ILogger<SubmitJob> logger) : IJob<ProvidersDb>
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>Longer pauses are outside the step, so that the lease is not held.</summary>
    private static readonly TimeSpan PaceInStepMax = TimeSpan.FromSeconds(2);

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var opened = await lines.OpenAsync(job.Subject, cancel);
        if (!opened.Allows(out var line, out var refusal))
        {
            LogNotReady(logger, job.Subject, refusal.Code);
            return JobStep.After(Idle);
        }

        if (await interrupted.SettleNextAsync(line, job, cancel))
        {
            return JobStep.Again;
        }

        // Nothing is journaled while the circuit is open. The orders would be in doubt without a try.
        if (line.Adapter.StateOf(line.Connection).Circuit == Circuit.Open
            && await ProviderCall.ProbeAsync(line, clock, cancel) is { } silent)
        {
            LogNotReady(logger, job.Subject, silent);
            return JobStep.After(Soon);
        }

        var begun = clock.GetTimestamp();
        var cut = await cutter.CutAsync(line, cancel);
        db.ClearTracking(job);
        if (cut.Unit is not { } unit)
        {
            return cut.More ? JobStep.Again
                : JobStep.After(await db.Queue.AnyAsync(row => row.Channel == job.Subject, cancel) ? Soon : Idle);
        }

        using var span = cut.Span;
        Activity.Current = span ?? Activity.Current;
        var shown = ProviderSpans.StartCall(line.Channel, "submit", unit.Reference, []);
        var (reading, fault) = await ProviderCall.TryAsync(
            shown, token => line.Adapter.SubmitAsync(line.Connection, unit, token), clock, cancel);
        await readings.ApplyAsync(line.Channel, reading ?? Reading.OfUnit(unit.Reference, Verdict.Unknown(fault!)),
            AnswerSource.Submit, job, cancel);
        await MarkCalledAsync(db, unit.Reference, cancel);
        return await PaceAsync(line.Tempo.TimeOf(unit.Orders.Count) - clock.GetElapsedTime(begun), cancel);
    }

    public static Task<int> MarkCalledAsync(ProvidersDb db, string unit, CancellationToken cancel) =>
        db.InTransactionAsync(
        () => db.Units.Where(row => row.Reference == unit)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, UnitState.Called), cancel), cancel);

    private async Task<JobStep> PaceAsync(TimeSpan wait, CancellationToken cancel)
    {
        if (wait > PaceInStepMax)
        {
            return JobStep.After(wait);
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancel);
        }

        return JobStep.Again;
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Information,
        Message = "Channel {Channel} is not ready to submit: {Code}")]
    private static partial void LogNotReady(ILogger logger, string channel, string code);
}
