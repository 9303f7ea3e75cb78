using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;
using TwinTrack.Providers.Answers;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Jobs;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Features;

/// <summary>
/// POST /providers/channels/{channel}/statements: imports a provider's own account of what it paid. It is stored raw,
/// and read or refused as a whole. A job applies it. The same bytes are the same statement.
/// </summary>
internal static class ImportStatement
{
    private const long BodyMaxBytes = 128L * 1024 * 1024;
    private const int NameMax = 200;

    internal sealed record Response(StatementId Id, StatementState State, bool AlreadyKnown);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/channels/{channel}/statements", AnswerAsync)
        .RequireRole(Role.Reconciler)
        .WithOwnTransaction()
        .WithMetadata(new BodyLimit(BodyMaxBytes))
        .WithName(nameof(ImportStatement))
        .WithSummary("Import a provider's statement; the body is the file.")
        .TakesUpload("The provider's file as it came, at most 128 MB.", "application/octet-stream")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Accepted<Response>, ProblemHttpResult>> AnswerAsync(
        string channel, HttpRequest request, ClaimsPrincipal user, Handler handler, CancellationToken cancel,
        string name = "statement")
    {
        var result = await handler.HandleAsync(
            channel, Path.GetFileName(name.Length <= NameMax ? name : name[..NameMax]), request.Body, user.ToActor(),
            cancel);
        return result.Match<Results<Accepted<Response>, ProblemHttpResult>>(
            done => TypedResults.Accepted($"/providers/statements/{done.Id}", done),
            refusal => refusal.ToProblem());
    }

    internal sealed class Handler(
        ProvidersDb db, ChannelConnections connections, EvidenceStore store, AuditTrail<ProvidersDb> audit,
        CommitSignal<ProvidersDb> commitSignal, TimeProvider clock)
    {
        public async Task<Result<Response>> HandleAsync(
            string channel, string name, Stream body, Actor actor, CancellationToken cancel)
        {
            var opened = await connections.OpenAsync(channel, cancel);
            if (!opened.Allows(out var connection, out var refusal))
            {
                return refusal;
            }

            var file = await SpoolAsync(body, cancel);
            if (file.Bytes == 0)
            {
                File.Delete(file.Draft);
                return ProviderRefusals.UploadEmpty;
            }

            var evidence = await store.KeepAsync(channel, EvidenceKind.Statement, name, file, cancel);
            if (await db.Statements.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Channel == channel && row.Sha256 == file.Sha256, cancel) is { } known)
            {
                return new Response(known.Id, known.State, AlreadyKnown: true);
            }

            var content = await File.ReadAllBytesAsync(Path.Combine(store.Folder, file.Sha256), cancel);
            var read = connection.Adapter.ReadStatement(connection.Connection, new Document(name, content))
                .Then(statement => StatementCheck.Of(statement, connection.Connection.Currency));
            if (!read.Allows(out var sound, out var unreadable))
            {
                await store.CloseAsync(evidence.Id, EvidenceState.Unreadable, $"{unreadable.Code}: {unreadable.Reason}",
                    0, cancel);
                return unreadable;
            }

            return await KeepAsync(evidence, sound, connection.Connection.Currency, actor, cancel);
        }

        /// <summary>Writes to disk and hashes in one pass, so that a large statement is not in memory twice.</summary>
        private async Task<(string Draft, string Sha256, long Bytes)> SpoolAsync(Stream body, CancellationToken cancel)
        {
            var draft = Path.Combine(store.Folder, $"{Guid.CreateVersion7(clock.GetUtcNow()):n}.tmp");
            try
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                await using var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None);
                var buffer = new byte[64 * 1024];
                for (var read = await body.ReadAsync(buffer, cancel); read > 0; read =
                    await body.ReadAsync(buffer, cancel))
                {
                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), cancel);
                }

                file.Flush(flushToDisk: true);
                return (draft, Convert.ToHexStringLower(hash.GetHashAndReset()), file.Length);
            }
            catch
            {
                File.Delete(draft);
                throw;
            }
        }

        private async Task<Response> KeepAsync(
            Evidence evidence, Statement read, Currency currency, Actor actor, CancellationToken cancel)
        {
            var now = Micros.Of(clock.GetUtcNow());
            var statement = new ImportedStatement
            {
                Id = StatementId.New(clock),
                Channel = evidence.Channel,
                Name = evidence.Name,
                EvidenceId = evidence.Id,
                Sha256 = evidence.Sha256,
                Reference = read.Reference,
                State = StatementState.Applying,
                Final = read.Final,
                CoversFrom = Micros.Of(read.CoversFrom),
                CoversUntil = Micros.Of(read.CoversUntil < now ? read.CoversUntil : now),
                Currency = currency.Code,
                Lines = read.Lines.Count,
                PaidMinor = read.Lines.Where(one => !one.Returned).Sum(one => one.AmountMinor),
                ReturnedMinor = read.Lines.Where(one => one.Returned).Sum(one => one.AmountMinor),
                ImportedBy = actor.ToString(),
                ImportedAt = now,
            };
            await db.InTransactionAsync(
                async () =>
                {
                    await db.BulkInsertAsync([statement], cancel);
                    await db.BulkInsertAsync(
                        [.. read.Lines.Select((one, index) => LineOf(statement.Id, one, index + 1))], cancel);
                    await db.StartJobAsync(JobKinds.Statement, statement.Id.Text, now, cancel);
                    await audit.RecordAsync(actor, "import-statement", statement.Id.Text, new
                    {
                        channel = statement.Channel,
                        sha256 = statement.Sha256,
                        lines = statement.Lines,
                        paidMinor = statement.PaidMinor,
                        returnedMinor = statement.ReturnedMinor,
                        final = statement.Final,
                        coversFrom = statement.CoversFrom,
                        coversUntil = statement.CoversUntil,
                    }, cancel);
                },
                cancel);
            commitSignal.Committed();
            return new Response(statement.Id, statement.State, AlreadyKnown: false);
        }

        private static ImportedStatementLine LineOf(StatementId id, StatementLine line, int place) => new()
        {
            StatementId = id,
            Place = place,
            Line = line.Line,
            InstructionId = WireReference.TryRead(line.Reference, out var instruction) ? instruction : null,
            Reference = line.Reference,
            Returned = line.Returned,
            AmountMinor = line.AmountMinor,
            Currency = line.Currency,
            BookedOn = line.BookedOn,
            ProviderReference = line.ProviderReference,
        };
    }
}
