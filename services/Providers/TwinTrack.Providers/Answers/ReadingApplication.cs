using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Answers;

/// <summary>
/// Splits a reading into single orders and applies them, at most <see cref="VerdictWriter.VerdictsMax"/> in a
/// transaction.
/// </summary>
internal sealed class ReadingApplication(ProvidersDb db, VerdictWriter answers, OrderReferences names,
    TimeProvider clock)
{
    private const int ReferenceMax = 64;

    /// <summary>
    /// Applies a whole reading in transactions of its own. Repeating it from the start after a crash changes nothing
    /// twice.
    /// </summary>
    /// <param name="channel">The provider's channel. A reading never affects another channel's orders.</param>
    /// <param name="reading">The content to apply.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="job">The running job, which stays tracked.</param>
    /// <param name="cancel">Stops between two transactions.</param>
    /// <returns>The number of references that are not ours.</returns>
    public async Task<int> ApplyAsync(string channel, Reading reading, AnswerSource source, Job job,
        CancellationToken cancel)
    {
        var sorted = await SortAsync(channel, reading, cancel);
        foreach (var chunk in sorted.Answers.Where(one => source.Counts(one.Verdict.Outcome))
            .Chunk(VerdictWriter.VerdictsMax))
        {
            await db.InTransactionAsync(() => answers.ApplyAsync(channel, chunk, source, cancel), cancel);
            db.ClearTracking(job);
        }

        var foreign = sorted.Foreign.Where(one => source.Counts(one.Outcome)).ToList();
        await KeepForeignAsync(channel, foreign, source, cancel);
        return foreign.Count;
    }

    /// <summary>The orders that a reading's lines name, by the written reference.</summary>
    public Task<Dictionary<InstructionId, InstructionId>> OrdersAsync(
        string channel, Reading reading, CancellationToken cancel) => names.ResolveAsync(
        channel, reading.Lines.Select(
            line => WireReference.TryRead(line.Reference, out var id) ? id : (InstructionId?)null)
            .OfType<InstructionId>(), cancel);

    /// <summary>A unit's answer applies to those of its orders that no line names.</summary>
    public async Task<MatchedReading> SortAsync(string channel, Reading reading, CancellationToken cancel)
    {
        var foreign = new List<(string, Outcome)>();
        var lines = new List<ProviderAnswer>();
        foreach (var line in reading.Lines)
        {
            if (WireReference.TryRead(line.Reference, out var id))
            {
                lines.Add(new ProviderAnswer(id, line.Verdict, line.ProviderReference, line.AmountMinor));
            }
            else
            {
                foreign.Add((line.Reference, line.Verdict.Outcome));
            }
        }

        var ours = await names.ResolveAsync(channel, lines.Select(line => line.InstructionId), cancel);
        foreign.AddRange(
            lines.Where(line => !ours.ContainsKey(line.InstructionId))
                .Select(line => (WireReference.Of(line.InstructionId), line.Verdict.Outcome)));
        var matched = lines.Where(line => ours.ContainsKey(line.InstructionId))
            .Select(line => line with { InstructionId = ours[line.InstructionId] }).ToList();
        var named = matched.Select(line => line.InstructionId).Concat(lines.Select(line => line.InstructionId))
            .ToHashSet();
        foreach (var unit in reading.Units)
        {
            var members = await db.PaymentOrders.AsNoTracking()
                .Where(row => row.UnitReference == unit.UnitReference && row.Channel == channel)
                .OrderBy(row => row.Sequence)
                .Select(row => new { row.InstructionId, row.ObligationId }).ToListAsync(cancel);
            if (members.Count == 0)
            {
                foreign.Add((unit.UnitReference, unit.Verdict.Outcome));
            }

            // A line may name an obligation with several orders. Each of these orders counts as named, whichever is
            // meant.
            matched.AddRange(
                members.Where(
                    row => !named.Contains(row.InstructionId)
                        && !named.Contains(InstructionId.From(row.ObligationId.Value)))
                .Select(row => new ProviderAnswer(row.InstructionId, unit.Verdict, unit.ProviderReference)));
        }

        return new MatchedReading(matched, foreign);
    }

    private async Task KeepForeignAsync(
        string channel, IReadOnlyList<(string Reference, Outcome Outcome)> foreign, AnswerSource source,
        CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        foreach (var chunk in foreign.Select(one => (Reference: Clip(one.Reference), Word: one.Outcome.ToString()))
            .Distinct().Chunk(VerdictWriter.VerdictsMax))
        {
            var references = chunk.Select(one => one.Reference).ToList();
            await db.InTransactionAsync(
                async () =>
                {
                    var known = await db.Unmatched.AsNoTracking()
                        .Where(row => row.Channel == channel && references.Contains(row.Reference))
                        .Select(row => new { row.Reference, row.Outcome }).ToListAsync(cancel);
                    var seen = known.Select(row => (row.Reference, row.Outcome)).ToHashSet();
                    await db.BulkInsertAsync(
                        [.. chunk.Where(one => !seen.Contains(one)).Select(one => new UnmatchedReference
                        {
                            Channel = channel, Reference = one.Reference, Outcome = one.Word,
                            EvidenceId = source.Evidence, At = now,
                        })],
                        cancel);
                },
                cancel);
        }
    }

    private static string Clip(string text) => text.Length <= ReferenceMax ? text : text[..ReferenceMax];
}
