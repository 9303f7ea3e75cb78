using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>
/// PUT /protocols/{programme}: who may change the track, for which reasons, and which votes are needed; for all areas
/// or one. Makes the next version. Switches under way keep their terms. Equal terms make no new version.
/// </summary>
internal static class SetProtocol
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/protocols/{programme}", AnswerAsync)
        .RequireRole(Role.Admin)
        .WithName(nameof(SetProtocol))
        .WithSummary("Set a programme's rules for changing the track.");

    private static async Task<Results<Ok<ProtocolView>, ProblemHttpResult>> AnswerAsync(
        string programme, ProtocolWords request, ClaimsPrincipal user, RoutingDb db, AuditTrail<RoutingDb> audit,
        TimeProvider clock, CancellationToken cancel)
    {
        var inForce = await db.ProtocolsInForceAsync(programme, cancel);
        var area = request.Area ?? Protocol.Everywhere;
        var known = inForce.Find(protocol => protocol.Area == area);
        var asked =
            request.Read()
                .Then(terms =>
                    Protocol.Of(programme, area, terms, (known?.Version ?? 0) + 1, user.ToActor(), clock.GetUtcNow()));
        if (!asked.Allows(out var protocol, out var refusal))
        {
            return refusal.ToProblem();
        }

        if (inForce.Find(other => other.Area != area && other.Currency != protocol.Currency) is { } other)
        {
            return SwitchRefusals.OtherCurrency(other.Currency).ToProblem();
        }

        if (known is not null && JsonColumn.Write(known.Terms) == JsonColumn.Write(protocol.Terms))
        {
            return TypedResults.Ok(ProtocolView.Of(known, null));
        }

        db.Protocols.Add(protocol);
        await audit.RecordAsync(user.ToActor(), "set-protocol", programme,
            new { protocol.Area, protocol.Version, request }, cancel);
        return TypedResults.Ok(ProtocolView.Of(protocol, null));
    }
}
