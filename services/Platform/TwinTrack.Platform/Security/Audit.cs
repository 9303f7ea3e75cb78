using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Platform.Security;

/// <summary>One link of a service's audit chain. Never changed, never deleted.</summary>
public sealed class AuditEntry
{
    /// <summary>From 1, without gaps.</summary>
    public required long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who, as <see cref="Actor"/> writes it.</summary>
    public required string Actor { get; init; }

    /// <summary>The act: verb and noun, e.g. <c>approve-batch</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The id of the changed thing.</summary>
    public required string Subject { get; init; }

    /// <summary>
    /// JSON with camelCase keys; ids, amounts and hashes, never personal data. Rows of earlier builds have PascalCase
    /// keys and keep them, because the hash covers the text.
    /// </summary>
    public required string Details { get; init; }

    public required string PreviousHash { get; init; }

    /// <summary>
    /// SHA-256, 64 hex digits, over the fields above in order, each ended by a line feed, instants as UTC microseconds.
    /// </summary>
    public required string Hash { get; init; }

    /// <summary>
    /// What <see cref="Hash"/> must be. Anyone with the entries can compute it; docs/operating says how.
    /// </summary>
    public static string HashOf(long sequence, DateTimeOffset at, string actor, string action, string subject,
        string details, string previousHash)
    {
        var micros = (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        var text =
            Invariant($"{sequence}\n{micros}\n{actor}\n{action}\n{subject}\n{details}\n{previousHash}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

/// <summary>
/// Appends to the chain inside the transaction of the act. So the act and its record are committed together, or
/// neither.
/// </summary>
public abstract class AuditTrail(ServiceDb db, TimeProvider clock)
{
    /// <summary>The previous hash of the first entry.</summary>
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";

    // Keys of a dictionary are data, such as the code of an area: they stay as they are.
    private static readonly JsonSerializerOptions CamelCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
    };

    public async Task RecordAsync(Actor actor, string action, string subject, object details, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("An audit record belongs in the transaction of what it records.");
        }

        var last = db.Audit.Local.OrderBy(entry => entry.Sequence).LastOrDefault() ?? await LastAsync(cancel);
        var sequence = (last?.Sequence ?? 0) + 1;
        var at = clock.GetUtcNow();
        var previous = last?.Hash ?? Genesis;
        var json = JsonSerializer.Serialize(details, CamelCase);
        db.Audit.Add(new AuditEntry
        {
            Sequence = sequence,
            At = at,
            Actor = actor.ToString(),
            Action = action,
            Subject = subject,
            Details = json,
            PreviousHash = previous,
            Hash = AuditEntry.HashOf(sequence, at, actor.ToString(), action, subject, json, previous),
        });
    }

    private async Task<AuditEntry?> LastAsync(CancellationToken cancel)
    {
        // Only one writer at a time may extend the chain.
        await db.LockAsync("audit", cancel);
        return await db.Audit.AsNoTracking().OrderByDescending(entry => entry.Sequence).FirstOrDefaultAsync(cancel);
    }
}

/// <summary>The chain in one service's database.</summary>
public sealed class AuditTrail<TDb>(TDb db, TimeProvider clock) : AuditTrail(db, clock)
    where TDb : ServiceDb;

public static class AuditEndpoint
{
    private const int PageMax = 1_000;

    public sealed record Page(IReadOnlyList<AuditEntry> Entries, long? Next);

    /// <summary>GET /audit: the chain itself, page by page, for an outsider to verify.</summary>
    public static void MapAudit<TDb>(this IEndpointRouteBuilder routes)
        where TDb : ServiceDb =>
        routes.OfService<TDb>().MapGet("/audit", AnswerAsync)
            .WithName("ListAudit").WithSummary("The audit chain, in order.").RequireRole(Role.Auditor, Role.Admin);

    private static async Task<Ok<Page>> AnswerAsync(
        EndpointService service, CancellationToken cancel, long after = 0, int limit = PageMax)
    {
        var size = Math.Clamp(limit, 1, PageMax);
        var entries = await service.Db.Audit.AsNoTracking().Where(entry => entry.Sequence > after)
            .OrderBy(entry => entry.Sequence).Take(size).ToListAsync(cancel);
        return TypedResults.Ok(new Page(entries, entries.Count == size ? entries[^1].Sequence : null));
    }
}
