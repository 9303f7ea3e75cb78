using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;
using TwinTrack.Reconciliation.Domain;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation.Features;

/// <summary>
/// The three acts of people on a break: POST /breaks/{id}/resolve explains it, and POST /breaks/{id}/write-off proposes
/// to bear it. With POST /breaks/{id}/write-off/decision the second person decides on the proposal.
/// </summary>
internal static class ResolveBreak
{
    internal sealed record Request(string? Note);

    internal sealed record Decision(bool Approve, string? Note);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/breaks/{id}/resolve", ResolveAsync)
            .WithName(nameof(ResolveBreak)).WithSummary("Close a difference with an explanation.")
            .RequireRole(Role.Reconciler);
        routes.MapPost("/breaks/{id}/write-off", ProposeAsync)
            .WithName("ProposeWriteOff").WithSummary("Propose to bear a difference.").RequireRole(Role.Reconciler);
        routes.MapPost("/breaks/{id}/write-off/decision", DecideAsync)
            .WithName("DecideWriteOff").WithSummary("Decide, as a second person, whether to bear a difference.")
            .RequireRole(Role.Finance, Role.Reconciler);
    }

    private static Task<Results<Ok<ListBreaks.Item>, ProblemHttpResult>> ResolveAsync(
        BreakId id, Request request, ClaimsPrincipal user, Handler handler, CancellationToken cancel) =>
        AnswerAsync(
            handler.ActAsync(id, user.ToActor(), "resolve-break",
                (row, actor, at) => row.Resolve(actor, request.Note, at), cancel));

    private static Task<Results<Ok<ListBreaks.Item>, ProblemHttpResult>> ProposeAsync(
        BreakId id, Request request, ClaimsPrincipal user, Handler handler, CancellationToken cancel) =>
        AnswerAsync(
            handler.ActAsync(id, user.ToActor(), "propose-write-off",
                (row, actor, _) => row.ProposeWriteOff(actor, request.Note), cancel));

    private static Task<Results<Ok<ListBreaks.Item>, ProblemHttpResult>> DecideAsync(
        BreakId id, Decision request, ClaimsPrincipal user, Handler handler, CancellationToken cancel) =>
        AnswerAsync(handler.ActAsync(
            id,
            user.ToActor(),
            request.Approve ? "approve-write-off" : "reject-write-off",
            (row, actor, at) => row.DecideWriteOff(actor, request.Approve, request.Note, at),
            cancel));

    private static async Task<Results<Ok<ListBreaks.Item>,
        ProblemHttpResult>> AnswerAsync(Task<Result<ListBreaks.Item>> act) =>
        (await act).Match<Results<Ok<ListBreaks.Item>, ProblemHttpResult>>(
            done => TypedResults.Ok(done), refusal => refusal.ToProblem());

    internal sealed class Handler(ReconciliationDb db, AuditTrail<ReconciliationDb> audit, TimeProvider clock)
    {
        public async Task<Result<ListBreaks.Item>> ActAsync(
            BreakId id, Actor actor, string action, Func<Break, Actor, DateTimeOffset, Result<Break>> act,
            CancellationToken cancel)
        {
            var row = await db.Breaks.SingleOrDefaultAsync(found => found.Id == id.Value, cancel);
            if (row is null)
            {
                return ReconciliationRefusals.BreakUnknown;
            }

            if (!act(row, actor, clock.GetUtcNow()).Allows(out _, out var refusal))
            {
                return refusal;
            }

            await audit.RecordAsync(
                actor, action, id.Text, new
                {
                    kind = BreakKinds.WordOf(row.Kind),
                    row.ExpectedMinor,
                    row.FoundMinor,
                    row.Currency,
                    row.Note
                }, cancel);
            return ListBreaks.ToItem(row);
        }
    }
}
