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
    ChannelConnections connections,
    UnitBuilder builder,
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
        var opened = await connections.OpenAsync(job.Subject, cancel);
        if (!opened.Allows(out var connection, out var refusal))
        {
            LogNotReady(logger, job.Subject, refusal.Code);
            return JobStep.After(Idle);
        }

        if (await interrupted.SettleNextAsync(connection, job, cancel))
        {
            return JobStep.Again;
        }

        // Nothing is journaled while the circuit is open. The orders would be in doubt without a try.
        if (connection.Adapter.StateOf(connection.Connection).Circuit == Circuit.Open
            && await ProviderCall.ProbeAsync(connection, clock, cancel) is { } silent)
        {
            LogNotReady(logger, job.Subject, silent);
            return JobStep.After(Soon);
        }

        var begun = clock.GetTimestamp();
        var built = await builder.BuildAsync(connection, cancel);
        db.ClearTracking(job);
        if (built.Unit is not { } unit)
        {
            return built.More ? JobStep.Again
                : JobStep.After(await db.Queue.AnyAsync(row => row.Channel == job.Subject, cancel) ? Soon : Idle);
        }

        using var span = built.Span;
        Activity.Current = span ?? Activity.Current;
        var shown = ProviderSpans.StartCall(connection.Channel, "submit", unit.Reference, []);
        var (reading, fault) = await ProviderCall.TryAsync(
            shown, token => connection.Adapter.SubmitAsync(connection.Connection, unit, token), clock, cancel);
        await readings.ApplyAsync(connection.Channel,
            reading ?? Reading.OfUnit(unit.Reference, Verdict.Unknown(fault!)),
            AnswerSource.Submit, job, cancel);
        await MarkCalledAsync(db, unit.Reference, cancel);
        return await PaceAsync(connection.Tempo.TimeOf(unit.Orders.Count) - clock.GetElapsedTime(begun), cancel);
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
