using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Answers;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Channels;

/// <summary>Result of one transaction at the gate.</summary>
/// <param name="Unit">The journaled unit to send now; null when there is nothing to send.</param>
/// <param name="More">Whether there is more work at once.</param>
/// <param name="Span">The unit's span, which the sender must end; null when nobody listens to traces.</param>
internal sealed record UnitBuildResult(Unit? Unit, bool More, Activity? Span = null)
{
    public static readonly UnitBuildResult Nothing = new(null, More: false);
    public static readonly UnitBuildResult Again = new(null, More: true);
}

/// <summary>
/// Builds the next unit from a channel's queue in one transaction. It locks the gate and checks that it is open. It
/// takes no order that a stop covers or that is older than the gate, and checks the approved payees. Every order gets a
/// journal line. Only orders that this transaction commits may leave.
/// </summary>
internal sealed class UnitBuilder(ProvidersDb db, PayeeQuery payees, VerdictWriter answers,
    AuditTrail<ProvidersDb> audit, TimeProvider clock)
{
    private const int StaleMax = 500;
    private static readonly TimeSpan PayeeLook = TimeSpan.FromSeconds(2);

    public Task<UnitBuildResult> BuildAsync(ChannelConnection connection, CancellationToken cancel) =>
        db.InTransactionAsync(() => BuildInTransactionAsync(connection, cancel), cancel);

    private async Task<UnitBuildResult> BuildInTransactionAsync(ChannelConnection connection, CancellationToken cancel)
    {
        if (await db.LockGateAsync(connection.Channel, cancel) is not { Open: true } gate)
        {
            return UnitBuildResult.Nothing;
        }

        var now = Micros.Of(clock.GetUtcNow());
        if (await WithdrawStaleAsync(gate, cancel))
        {
            return UnitBuildResult.Again;
        }

        var unitMax = connection.UnitMax;
        var next = await db.Queue.AsNoTracking()
            .Where(row => row.Channel == gate.Channel && row.DueAt <= now)
            .NotCoveredBy(await StopsAsync(gate, cancel))
            .OrderBy(row => row.Epoch).ThenBy(row => row.Arrival).Take(unitMax)
            .Select(row => new { row.InstructionId, row.TraceParent }).ToListAsync(cancel);
        if (next.Count == 0)
        {
            return UnitBuildResult.Nothing;
        }

        var causes = next.ToDictionary(row => row.InstructionId, row => row.TraceParent);
        var ids = next.ConvertAll(row => row.InstructionId);
        var found = await db.PaymentOrders.AsNoTracking().Where(row => ids.Contains(row.InstructionId))
            .ToDictionaryAsync(row => row.InstructionId, cancel);
        var looks = await LookAsync(connection, [.. ids.Select(id => found[id])], now, cancel);
        await answers.EndUnsentAsync(gate.Channel, [.. looks.Where(look => look.Refusal is not null)
            .Select(look => new UnsentOrder(look.Row.InstructionId, look.Row.AmountMinor, look.Refusal!))],
            PaymentOrderState.Refused, cancel);
        await PutOffAsync([.. looks.Where(look => look.Waits).Select(look => look.Row.InstructionId)], now, cancel);
        var fit = looks.Where(look => look.Payee is not null).ToList();
        if (fit.Count == 0)
        {
            return UnitBuildResult.Again;
        }

        // From here on, the unit's writes and sends continue the trace that ordered it.
        var span = ProviderSpans.StartUnit(gate.Channel, [.. fit.Select(look => causes[look.Row.InstructionId])]);
        return new UnitBuildResult(await JournalAsync(gate, fit, now, cancel), More: true, span);
    }

    /// <summary>
    /// The stops that are newer than the oldest queued order: most channels have none. What they cover is withdrawn by
    /// the job of each stop.
    /// </summary>
    private async Task<List<ScopeStop>> StopsAsync(Gate gate, CancellationToken cancel)
    {
        var oldest = await db.Queue.AsNoTracking().Where(row => row.Channel == gate.Channel)
            .OrderBy(row => row.Epoch).Select(row => (long?)row.Epoch).FirstOrDefaultAsync(cancel);
        return oldest is { } epoch ? await db.StopsAfterAsync(gate.Channel, epoch, cancel) : [];
    }

    /// <summary>
    /// An order that is older than the gate never leaves. Payments is told and plans it again.
    /// </summary>
    private async Task<bool> WithdrawStaleAsync(Gate gate, CancellationToken cancel)
    {
        var stale = await db.Queue.AsNoTracking().Where(row => row.Channel == gate.Channel && row.Epoch < gate.Epoch)
            .OrderBy(row => row.Epoch).ThenBy(row => row.Arrival).Take(StaleMax)
            .Join(db.PaymentOrders, row => row.InstructionId, row => row.InstructionId,
                (_, row) => new UnsentOrder(row.InstructionId, row.AmountMinor, ReportCodes.NeverSent))
            .ToListAsync(cancel);
        await answers.EndUnsentAsync(gate.Channel, stale, PaymentOrderState.Withdrawn, cancel);
        return stale.Count > 0;
    }

    private sealed record Look(PaymentOrderRow Row, Payee? Payee, string? Refusal)
    {
        public bool Waits => Payee is null && Refusal is null;
    }

    /// <summary>The last check before the journal: only the approved payee is paid.</summary>
    private async Task<List<Look>> LookAsync(
        ChannelConnection connection, IReadOnlyList<PaymentOrderRow> rows, DateTimeOffset now, CancellationToken cancel)
    {
        var known = await payees.SealedAsync(rows.Select(row => row.HouseholdId), cancel);
        var households = known.Keys.Select(key => key.Household).ToHashSet();
        var max = connection.Abilities.MaxPerPaymentMinor;
        return [.. rows.Select(row =>
        {
            if (!PayableRule.Allows(row.Currency, row.AmountMinor, connection.Connection.Currency, max))
            {
                return new Look(row, null, ReportCodes.NotPayableHere);
            }

            if (!known.TryGetValue((row.HouseholdId, row.Fingerprint), out var sealedText))
            {
                // The payee may still be on its way, because messages may arrive out of order.
                var code = households.Contains(row.HouseholdId) ? ReportCodes.PayeeChanged : ReportCodes.PayeeUnknown;
                return new Look(row, null, row.OrderedAt + connection.Tempo.PayeeWait <= now ? code : null);
            }

            var payee = payees.Open(row.Fingerprint, sealedText);
            return new Look(row, payee, payee is null ? ReportCodes.PayeeUnreadable : null);
        })];
    }

    private async Task PutOffAsync(List<InstructionId> waiting, DateTimeOffset now, CancellationToken cancel)
    {
        if (waiting.Count > 0)
        {
            var due = now + PayeeLook;
            await db.Queue.Where(row => waiting.Contains(row.InstructionId))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, due), cancel);
        }
    }

    private async Task<Unit> JournalAsync(Gate gate, List<Look> fit, DateTimeOffset now, CancellationToken cancel)
    {
        var reference = WireReference.OfUnit(clock.NewId());
        var first = gate.LastSequence + 1;
        gate.LastSequence += fit.Count;
        var lines = fit.Select((look, index) => new JournalLine
        {
            Channel = gate.Channel,
            Sequence = first + index,
            InstructionId = look.Row.InstructionId,
            UnitReference = reference,
            AmountMinor = look.Row.AmountMinor,
            At = now,
        }).ToList();
        await db.BulkInsertAsync(lines, cancel);
        var unit = new SentUnit
        {
            Reference = reference,
            Channel = gate.Channel,
            CallbackToken = RandomNumberGenerator.GetHexString(64, lowercase: true),
            CreatedAt = now,
            Orders = fit.Count,
            State = UnitState.Journaled,
            Open = true,
            Doubted = false,
            AskedAt = now,
            TraceParent = TraceContext.Current,
        };
        Activity.Current?.SetTag("twintrack.unit", reference);
        Activity.Current.TagInstructions(lines.Select(line => line.InstructionId.Text));
        await db.BulkInsertAsync([unit], cancel);
        await MarkSentAsync(lines, reference, now, cancel);
        answers.Report(gate.Channel, [.. lines.Select(line =>
            new ReportRow(line.InstructionId.Text, ReportOutcomes.Sent, EvidenceGrades.C, ReportCodes.Journaled, null,
                line.Sequence,
                line.AmountMinor, now))]);
        await audit.RecordAsync(Actor.System, "submit-unit", reference, new
        {
            channel = gate.Channel,
            firstSequence = first,
            lastSequence = gate.LastSequence,
            count = lines.Count,
            sumMinor = lines.Sum(line => line.AmountMinor),
            sha256 = HashOf(lines),
        }, cancel);
        return new Unit(reference, now, unit.CallbackToken,
            [.. fit.Select(look => PayeeQuery.Order(look.Row, look.Payee!))]);
    }

    private async Task MarkSentAsync(List<JournalLine> lines, string reference, DateTimeOffset now,
        CancellationToken cancel)
    {
        var ids = lines.Select(line => line.InstructionId).ToList();
        var sent =
            await db.PaymentOrders.Where(
                row => ids.Contains(row.InstructionId) && row.State == PaymentOrderState.Queued)
                .ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, PaymentOrderState.Sent)
                .SetProperty(row => row.UnitReference, reference)
                .SetProperty(row => row.SentAt, now)
                .SetProperty(row => row.Sequence,
                    row => db.Journal.Where(line => line.InstructionId == row.InstructionId)
                        .Max(line => (long?)line.Sequence)),
            cancel);
        if (sent != ids.Count)
        {
            throw new DbUpdateConcurrencyException(
                Invariant(
                    $"{ids.Count - sent} of {ids.Count} orders left the queue meanwhile; nothing was journaled."));
        }

        await db.Queue.Where(row => ids.Contains(row.InstructionId)).ExecuteDeleteAsync(cancel);
    }

    /// <summary>SHA-256 over <c>sequence|instruction|amount</c>, one line each, in order of the journal.</summary>
    private static string HashOf(IEnumerable<JournalLine> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{line.Sequence}|{line.InstructionId.Text}|{line.AmountMinor}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
