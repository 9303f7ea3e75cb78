using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Words;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Answers;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Jobs;

/// <summary>
/// Collects answers on one channel, also while it is fenced. Reports silence as doubt and reads delivered documents.
/// Asks about units without a final outcome; the unit that was asked longest ago comes first. Nothing here can make a
/// provider pay.
/// </summary>
internal sealed partial class StatusQueryJob(
    ProvidersDb db,
    ChannelConnections connections,
    PayeeQuery payees,
    DocumentReader documents,
    ReadingApplication readings,
    TimeProvider clock,
    ILogger<StatusQueryJob> logger) : IJob<ProvidersDb>
{
    /// <summary>
    /// Most units in a round. With several calls at a time, a round of the slowest provider must end within the lease.
    /// </summary>
    private const int UnitsMax = 16;
    private const int CallsMax = 8;
    private const int SilentUnitsMax = 20;
    private static readonly TimeSpan NotReady = TimeSpan.FromSeconds(30);

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var opened = await connections.OpenAsync(job.Subject, cancel);
        if (!opened.Allows(out var connection, out _))
        {
            return JobStep.After(NotReady);
        }

        var more = await ReportSilenceAsync(connection, job, cancel);
        more |= await documents.ReadNewAsync(connection, job, cancel);
        if (connection.Abilities.StatusQuery)
        {
            more |= await AskRoundAsync(connection, job, cancel);
            more |= await AskOnceMoreAsync(connection, job, cancel);
        }

        return more ? JobStep.Again : JobStep.After(connection.Tempo.AskEvery);
    }

    /// <summary>Reports silence as doubt, once per unit. Silence is never more than doubt.</summary>
    private async Task<bool> ReportSilenceAsync(ChannelConnection connection, Job job, CancellationToken cancel)
    {
        var since = clock.GetUtcNow() - connection.Tempo.InDoubtAfter;
        var silent = await db.Units.AsNoTracking()
            .Where(unit => unit.Channel == connection.Channel && unit.Open && !unit.Doubted
                && unit.State == UnitState.Called
                && unit.CreatedAt <= since)
            .OrderBy(unit => unit.CreatedAt).Take(SilentUnitsMax).Select(unit => unit.Reference).ToListAsync(cancel);
        if (silent.Count == 0)
        {
            return false;
        }

        var doubt = Verdict.Unknown(ReportCodes.NoAnswer);
        await readings.ApplyAsync(connection.Channel,
            new Reading([.. silent.Select(unit => new UnitAnswer(unit, doubt, null))], []), AnswerSource.Silence, job,
            cancel);
        await db.InTransactionAsync(
            () => db.Units.Where(unit => silent.Contains(unit.Reference))
                .ExecuteUpdateAsync(set => set.SetProperty(unit => unit.Doubted, true), cancel), cancel);
        return silent.Count == SilentUnitsMax;
    }

    private async Task<bool> AskRoundAsync(ChannelConnection connection, Job job, CancellationToken cancel)
    {
        // Half a period of tolerance. The job runs once a period, and small delays must not make it skip every second
        // round.
        var before = clock.GetUtcNow() - (connection.Tempo.AskEvery / 2);
        var due = await db.Units.AsNoTracking()
            .Where(unit => unit.Channel == connection.Channel && unit.Open && unit.State == UnitState.Called
                && unit.AskedAt <= before)
            .OrderBy(unit => unit.AskedAt).Take(UnitsMax).ToListAsync(cancel);
        foreach (var group in due.Chunk(CallsMax))
        {
            await AskTogetherAsync(connection, group, openOnly: true, job, cancel);
        }

        return due.Count == UnitsMax;
    }

    /// <summary>
    /// Asks again about units with a final outcome after a new callback. The answer may contradict the outcome, and
    /// then people must know.
    /// </summary>
    private async Task<bool> AskOnceMoreAsync(ChannelConnection connection, Job job, CancellationToken cancel)
    {
        var late = await db.Units.AsNoTracking()
            .Where(unit => unit.Channel == connection.Channel && !unit.Open && unit.AskedAt == DateTimeOffset.UnixEpoch
                && unit.State == UnitState.Called)
            .OrderBy(unit => unit.Reference).Take(UnitsMax).ToListAsync(cancel);
        foreach (var group in late.Chunk(CallsMax))
        {
            await AskTogetherAsync(connection, group, openOnly: false, job, cancel);
        }

        return late.Count == UnitsMax;
    }

    private async Task AskTogetherAsync(ChannelConnection connection, SentUnit[] group, bool openOnly, Job job,
        CancellationToken cancel)
    {
        var units = new List<Unit>();
        foreach (var sent in group)
        {
            units.Add(await payees.ReadUnitAsync(sent, openOnly, cancel));
        }

        var answers = await Task.WhenAll(units.Select((unit, index) => ProviderCall.TryAsync(
            ProviderSpans.StartCall(connection.Channel, "ask", unit.Reference, [group[index].TraceParent]),
            token => connection.Adapter.AskAsync(connection.Connection, unit, token), clock, cancel)));
        var faults = answers.Count(answer => answer.Fault is not null);
        if (faults > 0)
        {
            LogNotAnswered(logger, connection.Channel, faults,
                answers.First(answer => answer.Fault is not null).Fault!);
        }

        // A question without an answer changes nothing. Still it keeps the unit's word away from its order.
        var answered = answers.Select(answer => answer.Reading).OfType<Reading>().ToList();
        var reading = new Reading(
            [.. answered.SelectMany(one => one.Units)], [.. answered.SelectMany(one => one.Lines)]);
        await readings.ApplyAsync(connection.Channel, reading, AnswerSource.AskInTurn, job, cancel);
        var references = group.Select(unit => unit.Reference).ToList();
        var now = clock.GetUtcNow();
        await db.InTransactionAsync(
            () => db.Units.Where(unit => references.Contains(unit.Reference))
                .ExecuteUpdateAsync(set => set.SetProperty(unit => unit.AskedAt, now), cancel), cancel);
    }

    [LoggerMessage(EventId = 5002, Level = LogLevel.Warning,
        Message = "Channel {Channel}: {Count} questions had no answer ({Code})")]
    private static partial void LogNotAnswered(ILogger logger, string channel, int count, string code);
}
