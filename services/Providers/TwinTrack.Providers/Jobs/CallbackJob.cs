using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Answers;
using TwinTrack.Providers.Callbacks;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Domain.Callbacks;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Jobs;

/// <summary>
/// Processes one channel's callbacks, oldest first, in sets. It marks the units that they name, so that the provider is
/// asked. A callback is read only where the provider answers questions by calling back. Even then only an answer with
/// our mark counts.
/// </summary>
internal sealed class CallbackJob(ProvidersDb db, ChannelConnections connections, EvidenceStore store,
    ReadingApplication readings, CallbackHintWriter hints, TimeProvider clock) : IJob<ProvidersDb>
{
    private const int RowsMax = 1_000;

    /// <summary>Most bytes of bodies in memory at once.</summary>
    private const long BytesMax = 8L * 1024 * 1024;

    /// <summary>
    /// Waits this long before a pass, to process many callbacks at once. A pass for every commit would be too costly in
    /// a flood.
    /// </summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private sealed record Row(EvidenceId Id, EvidenceKind Kind, string Name, long Bytes);

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var rows = await db.WaitingCallbacks.AsNoTracking().Where(row => row.Channel == job.Subject)
            .OrderBy(row => row.EvidenceId).Take(RowsMax)
            .Select(row => new Row(row.EvidenceId, row.Kind, row.Name, row.Bytes)).ToListAsync(cancel);
        if (rows.Count == 0)
        {
            return JobStep.Finished;
        }

        var connection = rows.Exists(row => row.Kind == EvidenceKind.CalledBack)
            ? await AnsweringAsync(job.Subject, cancel) : null;
        var answers = rows.Where(row => row.Kind == EvidenceKind.CalledBack && connection is not null).ToList();
        await ApplyHintsAsync(rows.Except(answers).ToList(), job, cancel);
        foreach (var answer in answers)
        {
            await ReadAnswerAsync(connection!, answer, job, cancel);
        }

        if (rows.Count < RowsMax)
        {
            await Task.Delay(Gathering, clock, cancel);
        }

        return JobStep.Again;
    }

    /// <summary>
    /// The channel's connection, if its provider answers questions by calling back. Otherwise such a callback is only a
    /// hint.
    /// </summary>
    private async Task<ChannelConnection?> AnsweringAsync(string channel, CancellationToken cancel) =>
        (await connections.OpenAsync(channel, cancel)).Match<ChannelConnection?>(
            connection => connection.Abilities.CalledBackAnswers ? connection : null, _ => null);

    private async Task ApplyHintsAsync(List<Row> rows, Job job, CancellationToken cancel)
    {
        var named =
            await NamedAsync(rows.Where(row => row.Kind == EvidenceKind.ChannelCallback).ToList(), job.Subject, cancel);
        db.ClearTracking(job);
        await db.InTransactionAsync(
            async () =>
            {
                var references = rows.Where(row => row.Kind != EvidenceKind.ChannelCallback).Select(row => row.Name)
                    .Concat(named.Values.SelectMany(units => units)).Distinct().ToList();
                var ours = new HashSet<string>(StringComparer.Ordinal);
                foreach (var chunk in references.Chunk(RowsMax))
                {
                    ours.UnionWith(await hints.ApplyHintsAsync(job.Subject, chunk, CallbackNovelty.New, cancel));
                }

                var stray =
                    rows.Where(
                        row => row.Kind == EvidenceKind.ChannelCallback ? !named[row.Id].Any(ours.Contains)
                            : !ours.Contains(row.Name)).Select(row => row.Id).ToList();
                if (stray.Count > 0)
                {
                    await db.Evidence.Where(row => stray.Contains(row.Id))
                        .ExecuteUpdateAsync(set => set.SetProperty(row => row.Unmatched, 1), cancel);
                }

                var noAnswers = rows.Where(row => row.Kind == EvidenceKind.CalledBack).Select(row => row.Id).ToList();
                if (noAnswers.Count > 0)
                {
                    await db.Evidence.Where(row => noAnswers.Contains(row.Id))
                        .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, EvidenceState.Hint), cancel);
                }

                await ForgetAsync(job.Subject, rows.ConvertAll(row => row.Id), cancel);
                job.Done += rows.Count;
            },
            cancel);
    }

    /// <summary>Deletes processed callbacks from the queue.</summary>
    private Task<int> ForgetAsync(string channel, List<EvidenceId> worked, CancellationToken cancel) =>
        db.WaitingCallbacks.Where(row => row.Channel == channel && worked.Contains(row.EvidenceId))
            .ExecuteDeleteAsync(cancel);

    /// <summary>The units that each body names, by a unit reference or an order reference.</summary>
    private async Task<Dictionary<EvidenceId, HashSet<string>>> NamedAsync(
        List<Row> rows, string channel, CancellationToken cancel)
    {
        var named = new Dictionary<EvidenceId, HashSet<string>>();
        for (var from = 0; from < rows.Count;)
        {
            var bytes = 0L;
            var part = rows.Skip(from).TakeWhile((row, index) => (bytes += row.Bytes) <= BytesMax || index == 0)
                .Select(row => row.Id).ToList();
            var bodies = await db.Evidence.AsNoTracking().Where(row => part.Contains(row.Id)).ToListAsync(cancel);
            var found = bodies.ToDictionary(row => row.Id, row => NamedReferences.In(store.Open(row)));
            var unitOf = await UnitsOfAsync(found.Values.SelectMany(one => one.Orders).Distinct(), channel, cancel);
            foreach (var (id, references) in found)
            {
                named[id] = [.. references.Units,
                    .. references.Orders.Where(unitOf.ContainsKey).Select(order => unitOf[order])];
            }

            from += part.Count;
        }

        return named;
    }

    private async Task<Dictionary<Kernel.InstructionId, string>> UnitsOfAsync(
        IEnumerable<Kernel.InstructionId> orders, string channel, CancellationToken cancel)
    {
        var units = new Dictionary<Kernel.InstructionId, string>();
        foreach (var chunk in orders.Chunk(RowsMax))
        {
            var rows = await db.PaymentOrders.AsNoTracking()
                .Where(row => chunk.Contains(row.InstructionId) && row.Channel == channel && row.UnitReference != null)
                .Select(row => new { row.InstructionId, row.UnitReference }).ToListAsync(cancel);
            rows.ForEach(row => units[row.InstructionId] = row.UnitReference!);
        }

        return units;
    }

    /// <summary>
    /// An answer causes no new question, or each would cause the next. An unproved answer is stored like any callback.
    /// </summary>
    private async Task ReadAnswerAsync(ChannelConnection connection, Row row, Job job, CancellationToken cancel)
    {
        var kept = await db.Evidence.AsNoTracking().SingleAsync(one => one.Id == row.Id, cancel);
        var reading = DocumentReader.Read(connection, new Document(kept.Name, store.Open(kept)))
            .Match(read => read, _ => Reading.Nothing);
        var says = reading.Units.Count + reading.Lines.Count > 0;
        var unmatched =
            says ? await readings.ApplyAsync(connection.Channel, reading, AnswerSource.Document(row.Id), job, cancel)
                : 0;
        await db.InTransactionAsync(
            async () =>
            {
                await store.CloseAsync(row.Id, says ? EvidenceState.Applied : EvidenceState.Hint, null, unmatched,
                    cancel);
                await ForgetAsync(connection.Channel, [row.Id], cancel);
            },
            cancel);
    }
}
