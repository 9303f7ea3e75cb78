using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform;
using TwinTrack.Providers.Answers;
using TwinTrack.Providers.Jobs;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Features;

/// <summary>
/// POST or PUT /providers/callbacks/{token}: a provider calls back about one unit. Nobody signs it, so it is kept and taken as a hint: the provider is
/// asked at once, and only its own answer counts. Where a provider answers questions by calling back, the question named this path with <c>?of=ask</c>: what
/// comes there is read by the adapter, which believes only an answer that proves to be one. An unknown token has no effect.
/// </summary>
internal static class ReceiveCallback
{
    private const int BodyMaxBytes = 64 * 1024;
    private const int TokenLength = 64;
    private static readonly string[] Methods = [HttpMethods.Post, HttpMethods.Put];
    private static readonly string[] Headers = ["Content-Type", "Date", "User-Agent", "X-CorrelationID", "X-Date"];
    private const int HeaderMax = 200;

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/callbacks/{token}", Methods, AnswerAsync)
        .AllowAnonymous()
        .WithOwnTransaction()
        .WithMetadata(new BodyLimit(BodyMaxBytes))
        .WithName(nameof(ReceiveCallback))
        .WithSummary("A provider's callback: kept, and taken as a hint to ask.")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge);

    private static async Task<Results<NoContent, NotFound>> AnswerAsync(string token, HttpRequest request, Handler handler, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancel);
        var headers = Headers.Where(request.Headers.ContainsKey).ToDictionary(name => name, name => Clip(request.Headers[name].ToString()));
        return await handler.HandleAsync(token, body.ToArray(), JsonSerializer.Serialize(headers), request.Query["of"] == "ask", cancel) ? TypedResults.NoContent() : TypedResults.NotFound();
    }

    private static string Clip(string text) => text.Length <= HeaderMax ? text : text[..HeaderMax];

    internal sealed class Handler(ProvidersDb db, EvidenceStore store, Pulse<ProvidersDb> pulse, TimeProvider clock)
    {
        public async Task<bool> HandleAsync(string token, byte[] body, string headers, bool answers, CancellationToken cancel)
        {
            if (token.Length != TokenLength
                || await db.Units.AsNoTracking().SingleOrDefaultAsync(unit => unit.CallbackToken == token, cancel) is not { } unit)
            {
                return false;
            }

            Activity.Current.LinkTo([unit.TraceParent]);
            await db.InTransactionAsync(
                async () =>
                {
                    await store.KeepCallbackAsync(unit, body, headers, answers, cancel);
                    if (!answers)
                    {
                        // To be asked about now. An answer asks for no new question, or each would bring the next.
                        await db.Units.Where(row => row.Reference == unit.Reference)
                            .ExecuteUpdateAsync(set => set.SetProperty(row => row.AskedAt, DateTimeOffset.UnixEpoch), cancel);
                    }

                    await db.WakeJobAsync(JobKinds.Ask, unit.Channel, clock.GetUtcNow(), cancel);
                },
                cancel);
            pulse.Committed();
            return true;
        }
    }

    internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
