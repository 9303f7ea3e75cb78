using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Answers;

/// <summary>
/// The only class that changes an order's state by a provider's answer. Reads the rows, asks <see cref="VerdictRule"/>
/// and writes in sets. Stores the answers, reports to Payments and writes an audit record. Works inside the caller's
/// transaction.
/// </summary>
internal sealed class VerdictWriter(ProvidersDb db, Outbox<ProvidersDb> outbox, AuditTrail<ProvidersDb> audit,
    TimeProvider clock)
{
    /// <summary>Most verdicts in a transaction.</summary>
    public const int VerdictsMax = 1_000;

    private const int ReportMax = 500;

    /// <summary>
    /// Applies verdicts about orders of one channel. Several verdicts about one order apply in sequence.
    /// </summary>
    public async Task ApplyAsync(string channel, IReadOnlyList<ProviderAnswer> answers, AnswerSource source,
        CancellationToken cancel)
    {
        // Two concurrent transactions could each see the other's order as open, and neither would close the unit. The
        // lock prevents this.
        await db.LockAsync($"answers.{channel}", cancel);
        var ids = answers.Select(one => one.InstructionId).Distinct().ToList();
        var rows = await db.PaymentOrders.AsNoTracking()
            .Where(row => ids.Contains(row.InstructionId) && row.Channel == channel)
            .Select(row =>
                new OrderStatus(row.InstructionId, row.State, row.AmountMinor, row.Sequence, row.UnitReference, null))
            .ToDictionaryAsync(row => row.Id, cancel);
        await LoadDeliveredAsync(rows, cancel);
        var batch = new VerdictBatch(rows, source, clock);
        foreach (var one in answers)
        {
            batch.Apply(one);
        }

        await batch.DropRepeatedAsync(db, cancel);
        if (batch.Answers.Count == 0)
        {
            return;
        }

        await LinkAsync(rows.Values, cancel);
        await WriteAsync(batch.StateChanges, cancel);
        await CloseUnitsAsync(
            [.. batch.StateChanges.Select(change => rows[change.Id].Unit).OfType<string>().Distinct()],
            cancel);
        await RecordAsync(channel, source.Word, batch.Answers, batch.Reports, cancel);
    }

    /// <summary>A later amount is compared with what the first payment named, not with what was ordered.</summary>
    private async Task LoadDeliveredAsync(Dictionary<InstructionId, OrderStatus> rows, CancellationToken cancel)
    {
        var paid = rows.Values.Where(row => row.State is PaymentOrderState.Settled or PaymentOrderState.Returned)
            .Select(row => row.Id).ToList();
        if (paid.Count == 0)
        {
            return;
        }

        var settled = Word.Of(ReportOutcome.Settled);
        foreach (var answer in await db.Answers.AsNoTracking()
            .Where(answer => paid.Contains(answer.InstructionId) && answer.Outcome == settled && !answer.Contradiction)
            .Select(answer => new { answer.InstructionId, answer.AmountMinor }).ToListAsync(cancel))
        {
            rows[answer.InstructionId] = rows[answer.InstructionId] with { DeliveredMinor = answer.AmountMinor };
        }
    }

    /// <summary>
    /// A poll, a file or a statement has its own trace. It is linked to the submissions that it is about.
    /// </summary>
    private async Task LinkAsync(IReadOnlyCollection<OrderStatus> rows, CancellationToken cancel)
    {
        if (Activity.Current is { IsAllDataRequested: true } span)
        {
            var units = rows.Select(row => row.Unit).OfType<string>().Distinct().Take(TraceContext.LinksMax).ToList();
            span.LinkTo(
                await db.Units.AsNoTracking().Where(unit => units.Contains(unit.Reference))
                    .Select(unit => unit.TraceParent).ToListAsync(cancel));
            span.TagInstructions(rows.Select(row => row.Id.Text));
        }
    }

    /// <summary>
    /// Ends orders that have no journal line: withdrawn or refused, evidence grade A. The caller holds the gate.
    /// </summary>
    /// <param name="channel">Theirs.</param>
    /// <param name="unsent">The orders.</param>
    /// <param name="end">Withdrawn or refused.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="withdrawnFor">The switch that asked for it; null where none did.</param>
    public async Task EndUnsentAsync(string channel, IReadOnlyList<UnsentOrder> unsent, PaymentOrderState end,
        CancellationToken cancel, string? withdrawnFor = null)
    {
        if (unsent.Count == 0)
        {
            return;
        }

        await WriteAsync(
            [.. unsent.Select(one => new OrderStateChange(one.InstructionId, PaymentOrderState.Queued, end, one.Code))],
            cancel);
        await RecordUnsentAsync(channel, unsent, end, cancel, withdrawnFor);
    }

    /// <summary>The reporting half of <see cref="EndUnsentAsync"/>, for rows that were stored as ended.</summary>
    public Task RecordUnsentAsync(string channel, IReadOnlyList<UnsentOrder> unsent, PaymentOrderState end,
        CancellationToken cancel, string? withdrawnFor = null)
    {
        var now = clock.GetUtcNow();
        var word = Word.Of(VerdictRule.ReportOf(end)!.Value);
        var answers = unsent.Select(one => new RecordedAnswer
        {
            Id = clock.NewId(),
            InstructionId = one.InstructionId,
            Outcome = word,
            Grade = Grade.A,
            Code = one.Code,
            Source = "gate",
            AmountMinor = one.AmountMinor,
            Contradiction = false,
            At = now,
        }).ToList();
        var reports =
            unsent.Select(
                one => new ReportRow(one.InstructionId.Text, word, EvidenceGrades.A, one.Code, null, null,
                    one.AmountMinor, now)).ToList();
        return RecordAsync(channel, "gate", answers, reports, cancel, withdrawnFor);
    }

    public void Report(string channel, IReadOnlyList<ReportRow> rows, string? withdrawnFor = null)
    {
        foreach (var chunk in rows.Chunk(ReportMax))
        {
            outbox.Send(new InstructionsReported(channel, chunk, withdrawnFor));
        }
    }

    private async Task WriteAsync(IReadOnlyList<OrderStateChange> changes, CancellationToken cancel)
    {
        foreach (var group in changes.GroupBy(change => (change.From, change.To, change.Code)))
        {
            var ids = group.Select(change => change.Id).ToList();
            var (from, to, code) = group.Key;
            var changed = await db.PaymentOrders.Where(row => ids.Contains(row.InstructionId) && row.State == from)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, to).SetProperty(row => row.Code, code),
                    cancel);
            if (changed != ids.Count)
            {
                throw new DbUpdateConcurrencyException(
                    Invariant($"{ids.Count - changed} orders changed meanwhile; to be heard again."));
            }

            if (from == PaymentOrderState.Queued)
            {
                await db.Queue.Where(row => ids.Contains(row.InstructionId)).ExecuteDeleteAsync(cancel);
            }
        }
    }

    private async Task CloseUnitsAsync(List<string> units, CancellationToken cancel)
    {
        var openStates = PaymentOrderLifecycle.Open.ToList();
        var open = await db.PaymentOrders.AsNoTracking()
            .Where(row => row.UnitReference != null && units.Contains(row.UnitReference)
                && openStates.Contains(row.State))
            .Select(row => row.UnitReference!).Distinct().ToListAsync(cancel);
        var closed = units.Except(open).ToList();
        if (closed.Count > 0)
        {
            await db.Units.Where(unit => closed.Contains(unit.Reference))
                .ExecuteUpdateAsync(set => set.SetProperty(unit => unit.Open, false), cancel);
        }
    }

    private async Task RecordAsync(
        string channel, string source, IReadOnlyList<RecordedAnswer> answers, IReadOnlyList<ReportRow> reports,
        CancellationToken cancel, string? withdrawnFor = null)
    {
        await db.BulkInsertAsync(answers, cancel);
        foreach (var group in answers.GroupBy(answer => answer.Outcome))
        {
            ProviderSpans.Count(channel, group.Key, source, group.Count());
        }

        Report(channel, reports, withdrawnFor);
        await audit.RecordAsync(Actor.System, "record-answers", channel, new
        {
            source,
            evidence = answers[0].EvidenceId?.Text,
            count = answers.Count,
            contradictions = answers.Count(answer => answer.Contradiction),
            outcomes = answers.GroupBy(answer => answer.Outcome)
                .Select(group => new { outcome = group.Key, count = group.Count() }),
            sumMinor = answers.Sum(answer => answer.AmountMinor),
            sha256 = HashOf(answers),
        }, cancel);
    }

    /// <summary>
    /// SHA-256 over <c>instruction|outcome|grade|code|amount</c>, one line each, in order of the record.
    /// </summary>
    private static string HashOf(IEnumerable<RecordedAnswer> answers)
    {
        var text = new StringBuilder();
        foreach (var answer in answers)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{answer.InstructionId.Text}|{answer.Outcome}|{answer.Grade}|{answer.Code}|{answer.AmountMinor}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

/// <summary>The state of an order before a verdict is applied.</summary>
/// <param name="DeliveredMinor">Delivered by an earlier answer, minor units; null where none proved it.</param>
internal sealed record OrderStatus(InstructionId Id, PaymentOrderState State, long AmountMinor, long? Sequence,
    string? Unit, long? DeliveredMinor);

internal sealed record OrderStateChange(InstructionId Id, PaymentOrderState From, PaymentOrderState To, string Code);
