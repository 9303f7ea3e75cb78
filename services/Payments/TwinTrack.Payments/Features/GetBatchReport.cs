using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Incidents;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>GET /batches/{id}/report: the state of every obligation of a batch. Each obligation is in a list.</summary>
internal static class GetBatchReport
{
    /// <param name="Minor">Minor units.</param>
    internal sealed record Tally(long Count, long Minor);

    /// <param name="Minor">Ordered; of settled ones, delivered.</param>
    internal sealed record AttemptRow(int Track, string? Channel, InstructionState State, long Count, long Minor);

    internal sealed record TrackTally(int Track, long Count, long Minor);

    internal sealed record DoubtTally(long Count, long Minor, DateTimeOffset? Oldest);

    internal sealed record Evidence(long NeverSent, long Rejected, long Recalled, long Returned);

    /// <param name="Open">Incidents that have not ended.</param>
    /// <param name="Overdue">Open incidents past the time that their kind allows.</param>
    /// <param name="LossMinor">Amount paid in error: recovered + written off + outstanding; minor units.</param>
    internal sealed record IncidentTally(long Open, long Resolved, long Overdue, long LossMinor, long RecoveredMinor,
        long WrittenOffMinor);

    /// <param name="State">
    /// State of attempts that were given up without evidence: Abandoned while unknown, SettledLate when paid.
    /// </param>
    internal sealed record ForcedRow(InstructionState State, long Count, long Minor);

    /// <summary>Always reported separately.</summary>
    /// <param name="Loss">
    /// Attempts that were paid beside another attempt: the bearers' loss before any recovery.
    /// </param>
    internal sealed record ForcedTally(IReadOnlyList<ForcedRow> Attempts, Tally Loss);

    /// <param name="Planned">Obligations that wait for the release, or that the release has not reached yet.</param>
    /// <param name="UnderWay">Released, sent or accepted.</param>
    /// <param name="Unpaid">
    /// By reason. <c>partial_remainder</c> counts remainders of partial deliveries, in addition to the batch's own
    /// obligations.
    /// </param>
    /// <param name="FollowedUp">
    /// Obligations that a follow-up batch has taken. They are in that batch's report now, and nowhere else in this one.
    /// </param>
    /// <param name="MovedByEvidence">
    /// Attempts that a switch made, by the evidence that freed the attempt before. Attempts after a forced move have no
    /// evidence and are not counted here.
    /// </param>
    /// <param name="HeldInDoubt">Attempts that a move found in doubt and left waiting.</param>
    /// <param name="LateSuccess">
    /// Those of them that were paid after all, and successes after an attempt was freed.
    /// </param>
    internal sealed record Response(
        BatchId BatchId,
        CycleId CycleId,
        string Programme,
        string Currency,
        BatchState State,
        Tally Obligations,
        IReadOnlyList<AttemptRow> Attempts,
        IReadOnlyList<TrackTally> Settled,
        Tally Planned,
        Tally UnderWay,
        DoubtTally InDoubt,
        IReadOnlyDictionary<string, Tally> Unpaid,
        Tally FollowedUp,
        Evidence MovedByEvidence,
        long HeldInDoubt,
        long LateSuccess,
        IncidentTally Incidents,
        ForcedTally Forced);

    private sealed record Line(
        int Track, string? Channel, InstructionState State, string? EvidenceWord, bool BySwitch, bool FoundInDoubt,
        bool Waits,
        long Count, long Ordered, long Delivered);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/batches/{id}/report", AnswerAsync)
        .RequireRole(PaymentsReadRoles.All)
        .ReadsOneState<PaymentsDb>()
        .WithName(nameof(GetBatchReport))
        .WithSummary("The state of every obligation of a batch, as counts and sums.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        BatchId id, PaymentsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Batches.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } batch)
        {
            return PaymentRefusals.UnknownBatch.ToProblem();
        }

        var lines = await LinesAsync(db, id, cancel);
        var (incidents, late) = await IncidentsAsync(db, id, clock.GetUtcNow(), cancel);
        var moved = lines.Where(line => line.BySwitch && line.State != InstructionState.Planned).ToList();
        return TypedResults.Ok(new Response(
            batch.Id,
            batch.CycleId,
            batch.Programme,
            batch.Currency,
            batch.State,
            new Tally(batch.Count, batch.SumMinor),
            [
                .. lines.GroupBy(line => (line.Track, line.Channel, line.State)).OrderBy(group => group.Key.Track)
                    .ThenBy(group => group.Key.Channel, StringComparer.Ordinal).ThenBy(group => group.Key.State)
                    .Select(group => new AttemptRow(
                        group.Key.Track, group.Key.Channel, group.Key.State, group.Sum(line => line.Count),
                        group.Sum(Minor))),
            ],
            [
                .. lines.Where(line => line.State == InstructionState.Settled).GroupBy(line => line.Track)
                    .OrderBy(group => group.Key)
                    .Select(group => new TrackTally(group.Key, group.Sum(line => line.Count), group.Sum(Minor))),
            ],
            Sum(lines.Where(line => line.Waits)),
            Sum(lines.Where(
                line => line.State is InstructionState.Released or InstructionState.Sent or InstructionState.Accepted)),
            await DoubtAsync(db, id, lines, cancel),
            await UnpaidAsync(db, id, cancel),
            await FollowedAsync(db, batch, cancel),
            new Evidence(
                Moved(moved, FreeingEvidence.NeverSent), Moved(moved, FreeingEvidence.Rejected),
                Moved(moved, FreeingEvidence.Recalled), Moved(moved, FreeingEvidence.Returned)),
            lines.Where(line => line.FoundInDoubt).Sum(line => line.Count),
            lines.Where(line => line.FoundInDoubt && line.State == InstructionState.Settled).Sum(line => line.Count)
                + late,
            incidents,
            await ForcedAsync(db, id, cancel)));
    }

    /// <summary>The incidents of the batch, and how many are successes after an attempt was freed.</summary>
    private static async Task<(IncidentTally All, long Late)> IncidentsAsync(
        PaymentsDb db, BatchId id, DateTimeOffset now, CancellationToken cancel)
    {
        var incidents = await db.Incidents.AsNoTracking().Where(row => row.BatchId == id)
            .GroupBy(row => new { row.Kind, row.State }).Select(group => new
            {
                group.Key.Kind,
                group.Key.State,
                Count = group.LongCount(),
                LossMinor = group.Sum(row => row.LossMinor),
                RecoveredMinor = group.Sum(row => row.RecoveredMinor),
                WrittenOffMinor = group.Sum(row => row.WrittenOffMinor),
            }).ToListAsync(cancel);
        var overdue = await db.Incidents.Where(row => row.BatchId == id)
            .Where(OverdueIncidents.Within(true, now)).LongCountAsync(cancel);
        var all = new IncidentTally(
            incidents.Where(row => !IncidentLifecycle.Ended.Contains(row.State)).Sum(row => row.Count),
            incidents.Where(row => IncidentLifecycle.Ended.Contains(row.State)).Sum(row => row.Count),
            overdue,
            incidents.Sum(row => row.LossMinor),
            incidents.Sum(row => row.RecoveredMinor),
            incidents.Sum(row => row.WrittenOffMinor));
        return (all, incidents.Where(row => row.Kind is IncidentKind.LateSuccess or IncidentKind.PaidTwice)
            .Sum(row => row.Count));
    }

    private static async Task<ForcedTally> ForcedAsync(PaymentsDb db, BatchId id, CancellationToken cancel)
    {
        var attempts = await (
            from obligation in db.Obligations
            where obligation.BatchId == id
            join attempt in db.Instructions on obligation.Id equals attempt.ObligationId
            where attempt.ForcedBy != null
            group attempt.AmountMinor by attempt.State into state
            select new { State = state.Key, Count = state.LongCount(), Minor = state.Sum() }).ToListAsync(cancel);
        var lost =
            await db.Incidents.Where(
                row => row.BatchId == id && row.Kind == IncidentKind.ForcedLoss && row.LossMinor > 0)
                .Select(row => row.LossMinor).ToListAsync(cancel);
        return new ForcedTally(
            [.. attempts.OrderBy(row => row.State).Select(row => new ForcedRow(row.State, row.Count, row.Minor))],
            new Tally(lost.Count, lost.Sum()));
    }

    private static Task<List<Line>> LinesAsync(PaymentsDb db, BatchId id, CancellationToken cancel) => (
        from obligation in db.Obligations
        where obligation.BatchId == id
        join attempt in db.Instructions on obligation.Id equals attempt.ObligationId
        // An attempt of the batch that is followed up belongs to that batch.
        where attempt.BatchId == id
        group new { attempt.AmountMinor, attempt.SettledMinor } by new
        {
            attempt.Track,
            attempt.Channel,
            attempt.State,
            attempt.Evidence,
            BySwitch = attempt.SwitchId != null,
            Held = attempt.FoundInDoubtBy != null,
            Waits = attempt.State == InstructionState.Planned && obligation.UnpaidReason == null,
        }
        into line
        select new Line(
            line.Key.Track, line.Key.Channel, line.Key.State, line.Key.Evidence, line.Key.BySwitch, line.Key.Held,
            line.Key.Waits,
            line.LongCount(), line.Sum(row => row.AmountMinor), line.Sum(row => row.SettledMinor))).ToListAsync(cancel);

    private static async Task<DoubtTally> DoubtAsync(
        PaymentsDb db, BatchId id, List<Line> lines, CancellationToken cancel)
    {
        var doubt = Sum(lines.Where(line => line.State == InstructionState.InDoubt));
        if (doubt.Count == 0)
        {
            return new DoubtTally(0, 0, null);
        }

        var oldest = await (
            from obligation in db.Obligations
            where obligation.BatchId == id
            join attempt in db.Instructions on obligation.Id equals attempt.ObligationId
            where attempt.State == InstructionState.InDoubt
            select (DateTimeOffset?)attempt.ChangedAt).MinAsync(cancel);
        return new DoubtTally(doubt.Count, doubt.Minor, oldest);
    }

    private static async Task<IReadOnlyDictionary<string, Tally>> UnpaidAsync(
        PaymentsDb db, BatchId id, CancellationToken cancel)
    {
        var own = await db.Obligations.Where(row => row.BatchId == id && row.UnpaidReason != null)
            .GroupBy(row => row.UnpaidReason!)
            .Select(group => new
            {
                Reason = group.Key,
                Count = group.LongCount(),
                Minor = group.Sum(row => row.AmountMinor)
            }).ToListAsync(cancel);
        var left =
            await db.Obligations.Where(row => row.LeftByBatch == id && row.BatchId == null && row.UnpaidReason != null)
                .GroupBy(row => row.UnpaidReason!)
            .Select(group => new
            {
                Reason = group.Key,
                Count = group.LongCount(),
                Minor = group.Sum(row => row.AmountMinor)
            }).ToListAsync(cancel);
        return own.Concat(left).OrderBy(row => row.Reason, StringComparer.Ordinal)
            .ToDictionary(row => row.Reason, row => new Tally(row.Count, row.Minor));
    }

    /// <summary>What a follow-up took, without what is back in no batch because that follow-up was given up.</summary>
    private static async Task<Tally> FollowedAsync(PaymentsDb db, Batch batch, CancellationToken cancel)
    {
        var back = await db.Obligations
            .Where(row => row.LeftByBatch == batch.Id && row.BatchId == null && row.RemainderOf == null)
            .GroupBy(row => 1).Select(group => new
            {
                Count = group.LongCount(),
                Minor = group.Sum(row => row.AmountMinor)
            }).SingleOrDefaultAsync(cancel);
        return new Tally(batch.FollowedCount - (back?.Count ?? 0), batch.FollowedMinor - (back?.Minor ?? 0));
    }

    private static Tally Sum(IEnumerable<Line> lines) =>
        lines.Aggregate(new Tally(0, 0), (sum, line) => new Tally(sum.Count + line.Count, sum.Minor + Minor(line)));

    private static long Minor(Line line) => line.State == InstructionState.Settled ? line.Delivered : line.Ordered;

    private static long Moved(List<Line> moved, FreeingEvidence evidence) =>
        moved.Where(line => line.EvidenceWord == Word.Of(evidence)).Sum(line => line.Count);
}
