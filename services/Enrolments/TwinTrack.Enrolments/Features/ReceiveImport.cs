using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Enrolments.Jobs;
using TwinTrack.Enrolments.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Enrolments.Features;

/// <summary>POST /imports: upload a registry file. Idempotent by the file's hash, not by a key.</summary>
internal static partial class ReceiveImport
{
    private const int NameMax = 140;

    /// <param name="Repeated">The same file was uploaded before. This is its import.</param>
    internal sealed record Response(ImportId Id, ImportState State, bool Repeated);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/imports", AnswerAsync)
        .RequireRole(Role.Registrar)
        .WithOwnTransaction()
        .WithMetadata(new BodyLimit())
        .WithName(nameof(ReceiveImport))
        .WithSummary("Upload a registry as CSV with one row for each household member, at most 256 MB.")
        .TakesUpload("The registry file, at most 256 MB; docs/using/registry-file.md lists its columns.", "text/csv")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge);

    private static async Task<Results<Accepted<Response>, ProblemHttpResult>> AnswerAsync(
        HttpRequest request, string? name, ClaimsPrincipal user, Handler handler, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > NameMax || name.Any(char.IsControl))
        {
            return EnrolmentRefusals.FileName.ToProblem();
        }

        if (request.ContentLength > FileRefusals.FileMaxBytes)
        {
            return TooLarge();
        }

        var result = await handler.HandleAsync(request.Body, Path.GetFileName(name), user.ToActor(), cancel);
        return result.Match<Results<Accepted<Response>, ProblemHttpResult>>(
            done => TypedResults.Accepted($"/enrolments/imports/{done.Id}", done),
            refusal => refusal == FileRefusals.TooLarge ? TooLarge() : refusal.ToProblem());
    }

    /// <summary>A refusal with an HTTP status of its own.</summary>
    private static ProblemHttpResult TooLarge() => TypedResults.Problem(
        type: $"urn:twintrack:refusal:{FileRefusals.TooLarge.Code}",
        title: FileRefusals.TooLarge.Code,
        detail: FileRefusals.TooLarge.Reason,
        statusCode: StatusCodes.Status413PayloadTooLarge);

    /// <summary>The server's own limit is just above ours, so that our refusal is sent.</summary>
    private sealed class BodyLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => FileRefusals.FileMaxBytes + FileRefusals.LineMaxBytes;
    }

    internal sealed partial class Handler(
        EnrolmentsDb db, Uploads uploads, AuditTrail<EnrolmentsDb> audit, CommitSignal<EnrolmentsDb> commitSignal,
        TimeProvider clock, ILogger<Handler> logger)
    {
        internal async Task<Result<Response>> HandleAsync(
            Stream body, string name, Actor actor, CancellationToken cancel)
        {
            var id = ImportId.New(clock);
            if (!(await uploads.ReceiveAsync(id, body, cancel)).Allows(out var upload, out var refusal))
            {
                return refusal;
            }

            var response = await db.InTransactionAsync(() => RecordAsync(id, upload, name, actor, cancel), cancel);
            if (response.Repeated)
            {
                uploads.Delete(id);
            }

            commitSignal.Committed();
            LogReceived(logger, response.Id, upload.Bytes, response.Repeated);
            return response;
        }

        private async Task<Response> RecordAsync(
            ImportId id, Upload upload, string name, Actor actor, CancellationToken cancel)
        {
            var before = await db.Imports.AsNoTracking().Where(import => import.Sha256 == upload.Sha256)
                .OrderByDescending(import => import.Attempt).FirstOrDefaultAsync(cancel);
            if (before is { State: not (ImportState.Refusing or ImportState.Refused) })
            {
                return new Response(before.Id, before.State, Repeated: true);
            }

            var now = clock.GetUtcNow();
            db.Imports.Add(new Import
            {
                Id = id,
                Number = (await db.Imports.MaxAsync(import => (long?)import.Number, cancel) ?? 0) + 1,
                Name = name,
                Sha256 = upload.Sha256,
                Attempt = (before?.Attempt ?? 0) + 1,
                Bytes = upload.Bytes,
                ImportedBy = actor.ToString(),
                ReceivedAt = now,
            });
            await db.StartJobAsync(ImportJob.Kind, id.Text, now, cancel);
            await audit.RecordAsync(actor, "receive-import", id.Text, new { upload.Sha256, upload.Bytes }, cancel);
            return new Response(id, ImportState.Received, Repeated: false);
        }

        [LoggerMessage(EventId = 2002, Level = LogLevel.Information,
            Message = "Import {ImportId} of {Bytes} bytes received; repeated: {Repeated}")]
        private static partial void LogReceived(ILogger logger, ImportId importId, long bytes, bool repeated);
    }
}
