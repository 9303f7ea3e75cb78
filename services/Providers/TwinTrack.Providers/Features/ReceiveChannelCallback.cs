using TwinTrack.Platform.Web;
using TwinTrack.Providers.Callbacks;

namespace TwinTrack.Providers.Features;

/// <summary>
/// POST or PUT /providers/callbacks/channels/{channel}: one address per channel, for providers that use one address for
/// all callbacks. It exists only where they sign callbacks. A callback is stored as a hint about the references in it.
/// </summary>
internal static class ReceiveChannelCallback
{
    private const int ChannelMax = 64;
    private static readonly string[] Methods = [HttpMethods.Post, HttpMethods.Put];

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/callbacks/channels/{channel}", Methods, AnswerAsync)
        .AllowAnonymous()
        .WithOwnTransaction()
        .WithMetadata(new BodyLimit(CallbackReceiver.BodyMaxBytes))
        .WithName(nameof(ReceiveChannelCallback))
        .WithSummary(
        "A provider's signed callback. It is stored as a hint, and the provider is asked about the named orders.")
        .TakesUpload("The callback as the provider wrote it, at most 256 KB.", "application/json",
            "application/octet-stream")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status408RequestTimeout)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> AnswerAsync(
        string channel, HttpContext http, CallbackSettingsCache callbackSettings, CallbackReceiver intake,
        CancellationToken cancel) =>
        channel.Length <= ChannelMax
            && await callbackSettings.OfAsync(channel, cancel) is { Scheme.IsSigned: true } settings
            ? TypedResults.StatusCode(await intake.TakeAsync(http, settings, channel, unit: null, answers: false))
            : TypedResults.NotFound();
}
