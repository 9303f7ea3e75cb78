using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Web;
using TwinTrack.Providers.Callbacks;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Features;

/// <summary>
/// POST or PUT /providers/callbacks/{token}: a provider calls back about one unit. It is authenticated as the channel's
/// connection says, and stored as a hint. The provider is then asked, and only its own answer counts. Some providers
/// answer questions by calling back. For them the question names this path with <c>?of=ask</c>. The adapter reads what
/// arrives there and accepts only a proved answer. An unknown token has no effect.
/// </summary>
internal static class ReceiveCallback
{
    private const int TokenLength = 64;
    private static readonly string[] Methods = [HttpMethods.Post, HttpMethods.Put];

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/callbacks/{token}", Methods, AnswerAsync)
        .AllowAnonymous()
        .WithOwnTransaction()
        .WithMetadata(new BodyLimit(CallbackReceiver.BodyMaxBytes))
        .WithName(nameof(ReceiveCallback))
        .WithSummary("A provider's callback about one unit. It is stored as a hint, and the provider is asked.")
        .TakesUpload("The callback as the provider wrote it, at most 256 KB.", "application/json",
            "application/octet-stream")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status408RequestTimeout)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> AnswerAsync(
        string token, HttpContext http, ProvidersDb db, CallbackSettingsCache callbackSettings, CallbackReceiver intake,
        CancellationToken cancel)
    {
        var unit = token.Length != TokenLength
            ? null
            : await db.Units.AsNoTracking().Where(row => row.CallbackToken == token)
                .Select(row => new { row.Reference, row.Channel, row.TraceParent }).SingleOrDefaultAsync(cancel);
        if (unit is null)
        {
            return TypedResults.NotFound();
        }

        Activity.Current.LinkTo([unit.TraceParent]);
        // While the connection cannot be used, callers cannot be authenticated. The provider must try again.
        return await callbackSettings.OfAsync(unit.Channel, cancel) is { } settings
            ? TypedResults.StatusCode(
                await intake.TakeAsync(http, settings, unit.Channel, unit.Reference, http.Request.Query["of"] == "ask"))
            : TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }
}
