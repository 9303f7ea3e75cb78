using Microsoft.AspNetCore.Http.HttpResults;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Providers.Channels;

namespace TwinTrack.Providers.Features;

/// <summary>
/// GET /providers/channels/{channel}/probe: probes the provider over the channel's own connection. It orders nothing,
/// so it is allowed while fenced.
/// </summary>
internal static class ProbeChannel
{
    /// <param name="Code">Why the probe failed; null when it succeeded, or when the protocol has no probe.</param>
    /// <param name="Milliseconds">Time until the answer.</param>
    internal sealed record Response(string Channel, bool Alive, string? Code, long Milliseconds);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/channels/{channel}/probe", AnswerAsync)
        .RequireRole(Role.Admin, Role.Operator)
        .WithName(nameof(ProbeChannel))
        .WithSummary("Check whether a channel's provider answers.")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        string channel, ChannelConnections connections, TimeProvider clock, CancellationToken cancel)
    {
        var opened = await connections.OpenAsync(channel, cancel);
        if (!opened.Allows(out var connection, out var refusal))
        {
            return refusal.ToProblem();
        }

        var begun = clock.GetTimestamp();
        var code = await ProviderCall.ProbeAsync(connection, clock, cancel);
        return TypedResults.Ok(
            new Response(channel, code is null, code, (long)clock.GetElapsedTime(begun).TotalMilliseconds));
    }
}
