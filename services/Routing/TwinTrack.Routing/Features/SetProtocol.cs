using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform;
using TwinTrack.Routing.Domain;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>PUT /protocols/{programme}: who may change the track, why, and whose votes it takes. Switches under way keep the terms they began with.</summary>
internal static class SetProtocol
{
    internal sealed record Request(
        string Currency,
        IReadOnlyList<string> Reasons,
        IReadOnlyList<string> ProposerRoles,
        IReadOnlyDictionary<string, int> Quorum,
        int ProposalValidHours,
        int WatchSeconds);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/protocols/{programme}", AnswerAsync)
        .RequireRole(Role.Admin)
        .WithName(nameof(SetProtocol))
        .WithSummary("Set a programme's rules for changing the track.");

    private static async Task<Results<Ok<ProtocolView>, ProblemHttpResult>> AnswerAsync(
        string programme, Request request, ClaimsPrincipal user, RoutingDb db, AuditTrail<RoutingDb> audit, CancellationToken cancel)
    {
        var reasons = (request.Reasons ?? []).Select(Word.Read<SwitchReason>).ToList();
        if (reasons.Contains(null))
        {
            return SwitchRefusals.Invalid($"reasons: some of {Word.All<SwitchReason>()}.").ToProblem();
        }

        var asked = new Protocol
        {
            Programme = programme,
            Currency = request.Currency ?? "",
            Reasons = [.. reasons.OfType<SwitchReason>().Distinct()],
            ProposerRoles = request.ProposerRoles ?? [],
            Quorum = request.Quorum ?? new Dictionary<string, int>(),
            ProposalValidHours = request.ProposalValidHours,
            WatchSeconds = request.WatchSeconds,
        };
        if (!asked.Checked().Allows(out var protocol, out var refusal))
        {
            return refusal.ToProblem();
        }

        if (await db.Protocols.SingleOrDefaultAsync(row => row.Programme == programme, cancel) is { } known)
        {
            db.Entry(known).CurrentValues.SetValues(protocol);
        }
        else
        {
            db.Protocols.Add(protocol);
        }

        await audit.RecordAsync(user.ToActor(), "set-protocol", programme, request, cancel);
        return TypedResults.Ok(ProtocolView.Of(protocol));
    }
}

/// <summary>A protocol as it is set and read.</summary>
internal sealed record ProtocolView(
    string Programme,
    string Currency,
    IEnumerable<string> Reasons,
    IReadOnlyList<string> ProposerRoles,
    IReadOnlyDictionary<string, int> Quorum,
    int ProposalValidHours,
    int WatchSeconds)
{
    public static ProtocolView Of(Protocol protocol) => new(
        protocol.Programme,
        protocol.Currency,
        protocol.Reasons.Select(Word.Of),
        protocol.ProposerRoles,
        protocol.Quorum,
        protocol.ProposalValidHours,
        protocol.WatchSeconds);
}
