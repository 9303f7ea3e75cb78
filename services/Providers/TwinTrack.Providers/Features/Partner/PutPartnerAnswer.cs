using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;
using TwinTrack.Providers.Jobs;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Features.Partner;

/// <summary>
/// PUT /providers/partner/{channel}/answers/{name}: an acknowledgement, a return or an answer to a stop list; the body
/// is the file. It is stored and read like a file from a transfer. The same content again changes nothing. Another
/// content under a used name is refused.
/// </summary>
internal static class PutPartnerAnswer
{
    /// <summary>A detached CMS signature in DER, base64.</summary>
    internal const string SignatureHeader = "Detached-Signature";

    private const long BodyMaxBytes = 64L * 1024 * 1024;

    internal sealed record Response(string Name, string Sha256, bool AlreadyKnown);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/partner/{channel}/answers/{name}", AnswerAsync)
        .RequireRole(Role.Partner)
        .WithOwnTransaction()
        .WithMetadata(new BodyLimit(BodyMaxBytes))
        .WithName(nameof(PutPartnerAnswer))
        .WithSummary("Upload an acknowledgement, a return or an answer to a stop list.")
        .TakesUpload("The partner's file as it came, at most 64 MB.", "application/octet-stream")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Accepted<Response>, ProblemHttpResult>> AnswerAsync(
        string channel, string name, HttpRequest request, ClaimsPrincipal user, PartnerAuthorization authorization,
        Handler handler, CancellationToken cancel)
    {
        if (!(await authorization.OpenAsync(channel, user, cancel)).Allows(out var partner, out var refusal))
        {
            return refusal.ToProblem();
        }

        if (!Signature(request).Allows(out var signature, out var unreadable))
        {
            return unreadable.ToProblem();
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancel);
        var result = await handler.HandleAsync(
            partner, name, body.ToArray(), signature.Length == 0 ? null : signature, user.ToActor(), cancel);
        return result.Match<Results<Accepted<Response>, ProblemHttpResult>>(
            done => TypedResults.Accepted($"/providers/partner/{channel}/answers/{name}", done), no => no.ToProblem());
    }

    private static Result<byte[]> Signature(HttpRequest request)
    {
        var text = request.Headers[SignatureHeader].ToString();
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? bytes[..length] : PartnerRefusals.SignatureUnreadable;
    }

    internal sealed class Handler(ProvidersDb db, AuditTrail<ProvidersDb> audit, CommitSignal<ProvidersDb> commitSignal,
        TimeProvider clock)
    {
        public async Task<Result<Response>> HandleAsync(
            PartnerAuthorization.PartnerChannel partner, string name, byte[] content, byte[]? signature, Actor actor,
            CancellationToken cancel)
        {
            var taken = await partner.Exchange.TakeInAsync(partner.Connection, name, content, signature, cancel);
            if (!taken.Allows(out var fresh, out var refusal))
            {
                return refusal;
            }

            var (channel, sha256) = (partner.ChannelConnection.Channel,
                Convert.ToHexStringLower(SHA256.HashData(content)));
            await db.InTransactionAsync(
                async () =>
                {
                    await audit.RecordAsync(actor, "put-partner-answer", channel,
                        new { name, sha256, bytes = content.Length, again = !fresh }, cancel);
                    await db.WakeJobAsync(JobKinds.Ask, channel, clock.GetUtcNow(), cancel);
                },
                cancel);
            commitSignal.Committed();
            return new Response(name, sha256, !fresh);
        }
    }
}
