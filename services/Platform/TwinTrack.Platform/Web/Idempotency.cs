using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Web;

/// <summary>The answer to a request with this key. A repeated request gets it again.</summary>
public sealed class StoredAnswer
{
    /// <summary>User and key.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body.</summary>
    public required string Fingerprint { get; init; }

    public required int Status { get; init; }

    public string? ContentType { get; init; }

    public string? Location { get; init; }

    public required byte[] Body { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>
/// Wraps every unsafe request. One transaction holds the effect, the audit record, the messages and the stored answer.
/// An <c>Idempotency-Key</c> is required. The same request gets the stored answer again. Another request under the same
/// key is refused (IETF draft idempotency-key-header). A refusal is not stored, because the same request may succeed
/// later. After a lost race the request runs again from the start.
/// </summary>
internal sealed class IdempotentTransaction<TDb>(TDb db, CommitSignal<TDb> commitSignal, TimeProvider clock)
    : IEndpointFilter
    where TDb : ServiceDb
{
    private const string Header = IdempotencyKey.Header;
    private const int KeyMax = IdempotencyKey.LengthMax;
    private const int RunsMax = 4;
    private static readonly TimeSpan PauseFirst = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(200);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method)
            || http.GetEndpoint()?.Metadata.GetMetadata<OwnTransaction>() is not null)
        {
            return await next(context);
        }

        var given = http.Request.Headers[Header].ToString();
        if (given.Length is 0 or > KeyMax)
        {
            return new Refusal("request.no_idempotency_key",
                $"The header {Header} is missing or too long. Send 1 to {KeyMax} characters, with a new value for "
                + "each new request.",
                RefusalKind.Invalid).ToProblem();
        }

        var key = $"{http.User.Identity?.Name}:{given}";
        var fingerprint = await FingerprintAsync(http);
        for (var run = 1; ; run++)
        {
            try
            {
                return await OnceAsync(context, next, key, fingerprint);
            }
            catch (Exception fault) when (fault.IsRace() && run < RunsMax)
            {
                // The writes are rolled back. The read rows and the prepared answer are stale.
                db.ChangeTracker.Clear();
                http.Response.Clear();
                await Task.Delay(BackOff.Of(run, PauseFirst, PauseMax), clock, http.RequestAborted);
            }
        }
    }

    private async Task<object?> OnceAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next,
        string key, string fingerprint)
    {
        var http = context.HttpContext;
        using var turn = await SqliteWriteQueue.TakeAsync(db, http.RequestAborted);
        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        if (!await IsAloneAsync(key, http.RequestAborted))
        {
            http.Response.Headers.RetryAfter = "1";
            return IdempotencyKey.StillRunning.ToProblem();
        }

        if (await db.StoredAnswers.AsNoTracking()
            .SingleOrDefaultAsync(answer => answer.Key == key, http.RequestAborted) is { } stored)
        {
            return stored.Fingerprint == fingerprint
                ? new Replay(stored)
                : IdempotencyKey.Reused.ToProblem();
        }

        var result = await next(context);
        var answer = await ExecuteAsync(http, result, key, fingerprint);
        if (answer.Status < StatusCodes.Status400BadRequest)
        {
            db.StoredAnswers.Add(answer);
            // The work is complete, so it is committed even if the caller disconnects. A repeated request then finds it
            // done.
            await db.SaveChangesAsync(CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
            commitSignal.Committed();
        }

        return new Replay(answer);
    }

    /// <summary>
    /// Whether no other request holds this key now. On SQLite the transaction has already waited for the other one.
    /// </summary>
    private async Task<bool> IsAloneAsync(string key, CancellationToken cancel) =>
        db.IsSqlite()
            || await db.Database.SqlQuery<bool>(
                $"select pg_try_advisory_xact_lock(hashtextextended({key}, 0)) as \"Value\"").SingleAsync(cancel);

    private static async Task<string> FingerprintAsync(HttpContext http)
    {
        var request = http.Request;
        request.Body.Position = 0;
        var body = await SHA256.HashDataAsync(request.Body, http.RequestAborted);
        var text =
            $"{request.Method} {request.PathBase}{request.Path}{request.QueryString} {Convert.ToHexString(body)}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Writes the result into memory, so that its exact bytes can be stored with the effect.</summary>
    private async Task<StoredAnswer> ExecuteAsync(HttpContext http, object? result, string key, string fingerprint)
    {
        var wire = http.Response.Body;
        using var buffer = new MemoryStream();
        http.Response.Body = buffer;
        try
        {
            await (result as IResult ?? TypedResults.Ok(result)).ExecuteAsync(http);
        }
        finally
        {
            http.Response.Body = wire;
        }

        return new StoredAnswer
        {
            Key = key,
            Fingerprint = fingerprint,
            Status = http.Response.StatusCode,
            ContentType = http.Response.ContentType,
            Location = http.Response.Headers.Location,
            Body = buffer.ToArray(),
            At = clock.GetUtcNow(),
        };
    }

    private sealed class Replay(StoredAnswer answer) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = answer.Status;
            httpContext.Response.ContentType = answer.ContentType;
            if (answer.Location is not null)
            {
                httpContext.Response.Headers.Location = answer.Location;
            }

            await httpContext.Response.Body.WriteAsync(answer.Body, httpContext.RequestAborted);
        }
    }
}

/// <summary>
/// Marks an endpoint that is idempotent by its own means, such as an upload known by its hash or a provider's callback.
/// </summary>
public sealed class OwnTransaction;

public static class IdempotencyEndpoints
{
    /// <summary>Every unsafe endpoint mapped on the answer runs in one transaction, once a key.</summary>
    public static RouteGroupBuilder InTransactions<TDb>(this IEndpointRouteBuilder routes)
        where TDb : ServiceDb =>
        routes.MapGroup("").WithMetadata(new TakesIdempotencyKey())
            .AddEndpointFilter<RouteGroupBuilder, IdempotentTransaction<TDb>>();

    /// <summary>Leaves this endpoint out of <see cref="InTransactions{TDb}"/>.</summary>
    public static TBuilder WithOwnTransaction<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new OwnTransaction());
}
