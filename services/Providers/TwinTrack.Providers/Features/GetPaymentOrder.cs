using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Features;

/// <summary>
/// GET /providers/instructions/{id}: one order's journal and every answer about it, with the source of each.
/// </summary>
internal static class GetPaymentOrder
{
    private const int AnswersMax = 1_000;

    internal sealed record Response(
        InstructionId Id,
        ObligationId ObligationId,
        string BatchId,
        string Channel,
        long Epoch,
        long AmountMinor,
        string Currency,
        string Area,
        PaymentOrderState State,
        string? Code,
        DateTimeOffset OrderedAt,
        DateTimeOffset? SentAt,
        DateTimeOffset? RecallRequestedAt,
        string? Unit,
        IReadOnlyList<Line> Journal,
        IReadOnlyList<Answer> Answers);

    /// <param name="Sequence">Sequence in the channel's submission journal; null for a recall.</param>
    /// <param name="Kind">submit or recall.</param>
    internal sealed record Line(long? Sequence, string Kind, string Unit, DateTimeOffset At);

    internal sealed record Answer(
        string Outcome,
        Grade Grade,
        string Code,
        string Source,
        string? ProviderReference,
        long AmountMinor,
        bool Contradiction,
        EvidenceId? EvidenceId,
        DateTimeOffset At);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/instructions/{id}", AnswerAsync)
        .RequireRole(Role.Admin, Role.Operator, Role.Finance, Role.Reconciler, Role.Auditor, Role.ProgrammeManager,
            Role.Grievance)
        .WithName(nameof(GetPaymentOrder))
        .WithSummary("One order's journal and answers.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        InstructionId id, ProvidersDb db, CancellationToken cancel)
    {
        var row = await db.PaymentOrders.AsNoTracking().SingleOrDefaultAsync(one => one.InstructionId == id, cancel);
        if (row is null)
        {
            return ProviderRefusals.PaymentOrderUnknown.ToProblem();
        }

        var sent = await db.Journal.AsNoTracking().Where(line => line.InstructionId == id)
            .Select(line => new Line(line.Sequence, "submit", line.UnitReference, line.At)).ToListAsync(cancel);
        var recalls = await db.Recalls.AsNoTracking().Where(line => line.InstructionId == id)
            .Select(line => new Line(null, "recall", line.UnitReference, line.At)).ToListAsync(cancel);
        var answers = await db.Answers.AsNoTracking().Where(answer => answer.InstructionId == id)
            .OrderBy(answer => answer.At).ThenBy(answer => answer.Id).Take(AnswersMax)
            .Select(answer => new Answer(
                answer.Outcome, answer.Grade, answer.Code, answer.Source, answer.ProviderReference, answer.AmountMinor,
                answer.Contradiction, answer.EvidenceId, answer.At))
            .ToListAsync(cancel);
        return TypedResults.Ok(new Response(
            row.InstructionId, row.ObligationId, row.BatchId, row.Channel, row.Epoch, row.AmountMinor, row.Currency,
            row.Area, row.State, row.Code,
            row.OrderedAt, row.SentAt, row.RecallRequestedAt, row.UnitReference,
            [.. sent.Concat(recalls).OrderBy(line => line.At)], answers));
    }
}
