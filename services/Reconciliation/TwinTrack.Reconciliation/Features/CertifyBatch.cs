using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Reconciliation.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Reconciliation.Domain;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation.Features;

/// <summary>
/// POST /batches/{id}/certificate: a person certifies that a batch adds up, or gets the reasons why it does not. Sends
/// <see cref="BatchCertified"/>. The certificate is valid once Payments has closed the batch. A repeated request gets
/// the existing certificate.
/// </summary>
internal static partial class CertifyBatch
{
    /// <param name="State">Closing until Payments has closed the batch, then Certified.</param>
    /// <param name="Hash">SHA-256 of the certificate's exact JSON, 64 hex digits.</param>
    /// <param name="Addenda">The first hundred. <see cref="ListCertificateChanges"/> has all.</param>
    internal sealed record Response(BatchState State, string Hash, JsonElement Certificate,
        IReadOnlyList<ListCertificateChanges.Item> Addenda);

    private const int AddendaMax = 100;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/batches/{id}/certificate", AnswerAsync)
            .WithName(nameof(CertifyBatch))
            .WithSummary(
            "Certify that a batch adds up, or get what is missing. 202 until Payments has closed the batch.")
            .Produces<Response>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .RequireRole(Role.Reconciler);
        routes.MapGet("/batches/{id}/certificate", ShowAsync)
            .WithName("GetCertificate")
            .WithSummary("A batch's certificate with its addenda.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequireRole(ReconciliationReadRoles.Roles);
    }

    private static async Task<Results<Ok<Response>, Accepted<Response>, ProblemHttpResult>> AnswerAsync(
        BatchId id, ClaimsPrincipal user, Handler handler, CancellationToken cancel)
    {
        var result = await handler.HandleAsync(id, user.ToActor(), cancel);
        return result.Match<Results<Ok<Response>, Accepted<Response>, ProblemHttpResult>>(
            done => done.State == BatchState.Certified
                ? TypedResults.Ok(done) : TypedResults.Accepted($"/reconciliation/batches/{id}", done),
            refusal => refusal.ToProblem());
    }

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> ShowAsync(
        BatchId id, ReconciliationDb db, CancellationToken cancel) =>
        await db.Batches.AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == id, cancel) is { State: BatchState.Certified } batch
            ? TypedResults.Ok(await ToResponseAsync(db, batch, cancel))
            : ReconciliationRefusals.CertificateNone.ToProblem();

    private static async Task<Response> ToResponseAsync(
        ReconciliationDb db, ReleasedBatch batch, CancellationToken cancel)
    {
        var addenda = await db.Addenda.AsNoTracking().Where(row => row.BatchId == batch.Id)
            .OrderBy(row => row.Number).Take(AddendaMax).ToListAsync(cancel);
        return new Response(batch.State, batch.CertificateHash!,
            JsonSerializer.Deserialize<JsonElement>(batch.Certificate!),
            addenda.ConvertAll(ListCertificateChanges.Item.Of));
    }

    internal sealed class Handler(
        ReconciliationDb db, Outbox<ReconciliationDb> outbox, AuditTrail<ReconciliationDb> audit, TimeProvider clock,
        ILogger<Handler> logger)
    {
        public async Task<Result<Response>> HandleAsync(BatchId id, Actor actor, CancellationToken cancel)
        {
            var batch = await db.Batches.SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (batch is null)
            {
                return ReconciliationRefusals.BatchUnknown;
            }

            if (batch.State != BatchState.Open)
            {
                return await ToResponseAsync(db, batch, cancel);
            }

            var figures = await db.FiguresAsync(batch, cancel);
            if (figures.NotYet() is { } notYet)
            {
                LogNotYet(logger, id, notYet.Reason);
                return notYet;
            }

            var now = clock.GetUtcNow();
            var json =
                Certificate.Of(batch, figures, await StatementsAsync(id, cancel), await BreaksAsync(id, cancel), actor,
                    now).ToJson();
            var hash = Certificate.HashOf(json);
            if (!batch.Sign(json, hash, actor, now).Allows(out _, out var refusal))
            {
                return refusal;
            }

            await audit.RecordAsync(actor, "sign-certificate", id.Text,
                new { certificateHash = hash, figures.Obligations, figures.Settled }, cancel);
            outbox.Send(
                new BatchCertified(id.Text, hash, actor.ToString(), figures.Settled.Count, figures.Settled.SumMinor,
                    now));
            return await ToResponseAsync(db, batch, cancel);
        }

        private async Task<List<CertifiedStatement>> StatementsAsync(BatchId id, CancellationToken cancel)
        {
            var lines = db.StatementLines.Join(
                db.Expectations.Where(row => row.BatchId == id), line => line.InstructionId, row => row.InstructionId,
                (line, row) => line.StatementId);
            var statements = await db.Statements.AsNoTracking()
                .Where(statement => statement.State == StatementState.Matched && lines.Contains(statement.Id))
                .OrderBy(statement => statement.ReceivedAt)
                .ToListAsync(cancel);
            return statements.ConvertAll(statement => new CertifiedStatement(
                statement.Id.Text, statement.Channel, statement.Sha256!, statement.Lines, statement.PaidMinor,
                statement.ReturnedMinor));
        }

        private async Task<CertifiedBreaks> BreaksAsync(BatchId id, CancellationToken cancel) => new(
            await db.Breaks.LongCountAsync(row => row.BatchId == id && row.State == BreakState.Resolved, cancel),
            await db.Breaks.LongCountAsync(row => row.BatchId == id && row.State == BreakState.WrittenOff, cancel));
    }

    [LoggerMessage(EventId = 7001, Level = LogLevel.Information,
        Message = "Batch {BatchId} cannot be certified. {Reason}")]
    private static partial void LogNotYet(ILogger logger, BatchId batchId, string reason);
}
