using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Forced;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>
/// GET /moves/{id}/forced: the attempts in doubt in the scope of a moving switch, with the hash to decide on. Also
/// lists earlier forced moves.
/// </summary>
internal static class ListForceableInstructions
{
    private const int ShownMax = 1_000;
    private const int EarlierMax = 100;

    internal sealed record Item(InstructionId Id, ObligationId ObligationId, string Channel, string FundingSource,
        long AmountMinor);

    internal sealed record Earlier(
        ForcedMoveId Id, ForcedMoveState State, string ListHash, long Count, long SumMinor, string Bearer,
        string ProposedBy, string? DecidedBy, string Note);

    /// <param name="Hash">SHA-256 over every instruction id and amount, in order of id; 64 hex digits.</param>
    /// <param name="Count">At most ten thousand, the bound of one decision.</param>
    /// <param name="Beyond">How many more are in doubt. They need a further decision.</param>
    /// <param name="Items">The first thousand.</param>
    /// <param name="Forced">The last hundred forced moves proposed in this switch, newest first.</param>
    internal sealed record Response(SwitchId SwitchId, string Hash, long Count, long SumMinor, long Beyond,
        IReadOnlyList<Item> Items, IReadOnlyList<Earlier> Forced);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/moves/{id}/forced", AnswerAsync)
        .RequireRole(PaymentsReadRoles.All)
        .WithName(nameof(ListForceableInstructions))
        .WithSummary("The attempts in doubt in a switch's scope, and those that were given up.")
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        SwitchId id, PaymentsDb db, ForcedMoveExecution execution, CancellationToken cancel)
    {
        if (!(await execution.ReadAsync(id, cancel)).Allows(out var list, out var refusal))
        {
            return refusal.ToProblem();
        }

        var earlier = await db.ForcedMoves.AsNoTracking().Where(row => row.SwitchId == id)
            .OrderByDescending(row => row.Id).Take(EarlierMax).ToListAsync(cancel);
        return TypedResults.Ok(new Response(
            id,
            list.Hash,
            list.Lines.Count,
            list.SumMinor,
            list.Beyond,
            [.. list.Lines.Take(ShownMax).Select(
                line => new Item(line.Id, line.ObligationId, line.Channel, line.FundingSource, line.AmountMinor))],
            [.. earlier.Select(
                row => new Earlier(row.Id, row.State, row.ListHash, row.Count, row.SumMinor, row.Bearer, row.ProposedBy,
                    row.DecidedBy, row.Note))]));
    }
}
