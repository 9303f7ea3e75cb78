using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Platform.Messaging;

/// <summary>A service's messages for its operators: waiting and failed messages, and how to retry them.</summary>
public static class MessageEndpoints
{
    private const int PageMax = 1_000;

    /// <param name="Queues">Where this service's messages wait to be sent or for their receipts.</param>
    /// <param name="Failing">Messages to this service that failed and will come again by themselves.</param>
    /// <param name="Dead">Messages to this service that wait for a person.</param>
    /// <param name="Retrying">Of those, the ones that a person has sent again.</param>
    public sealed record Overview(IReadOnlyList<QueueView> Queues, int Failing, int Dead, int Retrying);

    /// <param name="Queue">The consumer's queue.</param>
    /// <param name="Waiting">Rows that are not sent yet.</param>
    /// <param name="InFlight">Rows that are sent, or just being sent, and have no receipt.</param>
    /// <param name="Attempts">The most often that one of them was sent.</param>
    /// <param name="OldestSeconds">Age of the oldest: the outbox's lag.</param>
    public sealed record QueueView(string Queue, int Waiting, int InFlight, int Attempts, long OldestSeconds);

    /// <param name="Failures">Failed deliveries.</param>
    /// <param name="Reason">Kinds of the last fault, never its words.</param>
    public sealed record LetterView(
        Guid MessageId, string Queue, string? Type, string? Sender, DeadLetterState State, int Failures, string Reason,
        DateTimeOffset FirstAt, DateTimeOffset LastAt, int Bytes, string Sha256);

    public sealed record Page(IReadOnlyList<LetterView> Items, Guid? Next);

    /// <param name="Letter">As in the list.</param>
    /// <param name="Body">The message with all that could be personal hidden; null when it could not be read.</param>
    public sealed record Detail(LetterView Letter, JsonNode? Body);

    public static void MapMessages<TDb>(this IEndpointRouteBuilder routes)
        where TDb : ServiceDb
    {
        string[] readers = [Role.Operator, Role.Admin, Role.Auditor];
        var messages = routes.InTransactions<TDb>().OfService<TDb>();
        messages.MapGet("/messages", OverviewAsync)
            .WithName("ListQueues").WithSummary(
            "Numbers of messages that wait in the outbox, are under way, or failed.").RequireRole(readers);
        messages.MapGet("/messages/dead", ListAsync)
            .WithName("ListDeadLetters").WithSummary("Messages that this service could not handle.")
            .RequireRole(readers);
        messages.MapGet("/messages/dead/{id}", ShowAsync)
            .WithName("GetDeadLetter").WithSummary("One failed message. Text that may be personal is hidden.")
            .RequireRole(Role.Operator, Role.Admin);
        messages.MapPost("/messages/dead/{id}/retry", RetryAsync)
            .WithName("RetryDeadLetter").WithSummary("Send a failed message again.")
            .RequireRole(Role.Operator, Role.Admin);
        messages.MapPost("/messages/dead/{id}/discard", DiscardAsync)
            .WithName("DiscardDeadLetter").WithSummary(
            "Discard an unreadable message. A readable message may be a payment, so it is never discarded.")
            .RequireRole(Role.Operator, Role.Admin);
    }

    private static async Task<Ok<Overview>> OverviewAsync(
        EndpointService service, TimeProvider clock, CancellationToken cancel)
    {
        var db = service.Db;
        var now = clock.GetUtcNow();
        var queues = await db.Outbox.AsNoTracking().GroupBy(row => row.Destination)
            .Select(group => new
            {
                Queue = group.Key,
                Waiting = group.Count(row => row.DueAt <= now),
                InFlight = group.Count(row => row.DueAt > now),
                Attempts = group.Max(row => row.Attempts),
            })
            .OrderBy(row => row.Queue)
            .ToListAsync(cancel);
        var oldest = new Dictionary<string, Guid>();
        foreach (var queue in queues.Select(row => row.Queue))
        {
            oldest[queue] = await db.Outbox.Where(row => row.Destination == queue).OrderBy(row => row.MessageId)
                .Select(row => row.MessageId).FirstOrDefaultAsync(cancel);
        }

        var letters = await db.DeadLetters.GroupBy(row => row.State)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count, cancel);
        return TypedResults.Ok(new Overview(
            queues.ConvertAll(
                row => new QueueView(row.Queue, row.Waiting, row.InFlight, row.Attempts,
                    AgeSeconds(oldest[row.Queue], now))),
            letters.GetValueOrDefault(DeadLetterState.Failing),
            letters.GetValueOrDefault(DeadLetterState.Dead),
            letters.GetValueOrDefault(DeadLetterState.Retrying)));
    }

    private static async Task<Ok<Page>> ListAsync(
        EndpointService service, CancellationToken cancel, Guid? after = null, int limit = PageMax)
    {
        var size = Math.Clamp(limit, 1, PageMax);
        var cursor = after ?? Guid.Empty;
        // Guid defines no comparison in C#, so it is in SQL. Each engine uses the same order in condition and result.
        var rows = await service.Db.DeadLetters.FromSql($"SELECT * FROM dead_letters WHERE message_id > {cursor}")
            .AsNoTracking()
            .OrderBy(row => row.MessageId).Take(size).ToListAsync(cancel);
        return TypedResults.Ok(new Page(rows.ConvertAll(View), rows.Count == size ? rows[^1].MessageId : null));
    }

    private static async Task<Results<Ok<Detail>, ProblemHttpResult>> ShowAsync(
        Guid id, EndpointService service, CancellationToken cancel) =>
        await service.Db.DeadLetters.AsNoTracking()
            .SingleOrDefaultAsync(row => row.MessageId == id, cancel) is { } letter
            ? TypedResults.Ok(new Detail(View(letter), letter.Body is null ? null : Masking.Mask(letter.Body)))
            : NotFound().ToProblem();

    /// <summary>Sends it again through this service's own outbox, as reliably as any message.</summary>
    private static async Task<Results<Accepted<LetterView>, ProblemHttpResult>> RetryAsync(
        Guid id, EndpointService service, MessageRoutes known, TimeProvider clock, ClaimsPrincipal user,
        CancellationToken cancel)
    {
        var db = service.Db;
        var letter = await db.DeadLetters.SingleOrDefaultAsync(row => row.MessageId == id, cancel);
        if (letter is null)
        {
            return NotFound().ToProblem();
        }

        var why = letter.Body is null || letter.Type is null
            ? "Unreadable" : known.WhyUnreadable(letter.Type, letter.Body);
        if (why is not null)
        {
            return new Refusal("message.unreadable",
                $"This service cannot read the message ({why}), so it cannot be handled again. Retry it with a "
                + "build that knows its form.").ToProblem();
        }

        if (letter.State == DeadLetterState.Failing)
        {
            return new Refusal("message.still_failing",
                "The sender still repeats this message by itself. Retry it only when it has become a dead "
                + "letter.").ToProblem();
        }

        if (letter.State == DeadLetterState.Dead)
        {
            letter.State = DeadLetterState.Retrying;
            if (!letter.Queue.StartsWith($"{service.Name}.", StringComparison.Ordinal))
            {
                // A message of this service to another service. Its outbox row holds it again until the receipt.
                db.DeadLetters.Remove(letter);
            }

            db.Outbox.Add(
                new OutboxMessage
                {
                    MessageId = id,
                    Destination = letter.Queue,
                    Type = letter.Type!,
                    Body = letter.Body!,
                    DueAt = clock.GetUtcNow()
                });
            await service.Audit.RecordAsync(user.ToActor(), "retry-message", $"{id:n}",
                new { letter.Queue, letter.Type, letter.Failures, letter.Reason, letter.Sha256 }, cancel);
        }

        return TypedResults.Accepted((string?)null, View(letter));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DiscardAsync(
        Guid id, EndpointService service, ClaimsPrincipal user, CancellationToken cancel)
    {
        var db = service.Db;
        var letter = await db.DeadLetters.SingleOrDefaultAsync(row => row.MessageId == id, cancel);
        if (letter is null)
        {
            return NotFound().ToProblem();
        }

        if (letter.Body is not null)
        {
            return new Refusal("message.readable",
                "This message can be read, so it must not be discarded. Repair the cause and retry it.").ToProblem();
        }

        db.DeadLetters.Remove(letter);
        await service.Audit.RecordAsync(user.ToActor(), "discard-message", $"{id:n}",
            new { letter.Queue, letter.Bytes, letter.Sha256 }, cancel);
        return TypedResults.NoContent();
    }

    private static Refusal NotFound() => new(
        "message.not_found",
            "No dead letter has this id. It may have been handled meanwhile; read the list again.",
            RefusalKind.NotFound);

    private static LetterView View(DeadLetter row) => new(
        row.MessageId, row.Queue, row.Type, row.Sender, row.State, row.Failures, row.Reason, row.FirstAt, row.LastAt,
        row.Bytes, row.Sha256);

    private static long AgeSeconds(Guid oldest, DateTimeOffset now) =>
        Math.Max(0, (long)(now - ServiceObservation<ServiceDb>.BornAt(oldest)).TotalSeconds);
}
