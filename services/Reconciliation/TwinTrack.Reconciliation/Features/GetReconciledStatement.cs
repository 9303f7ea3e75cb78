using System.Linq.Expressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Reconciliation.Domain;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation.Features;

/// <summary>
/// GET /statements and GET /statements/{id}: the progress of statements, and the verdicts on their lines.
/// </summary>
internal static class GetReconciledStatement
{
    private const int PageMax = 1_000;

    /// <param name="LinesExpected">Null until the end has arrived, like all its declared values.</param>
    internal sealed record Item(
        StatementId Id,
        string Channel,
        StatementState State,
        long Lines,
        long? LinesExpected,
        long PaidMinor,
        long ReturnedMinor,
        string? Currency,
        bool Final,
        DateTimeOffset? CoversUntil,
        string? Sha256,
        string? ImportedBy,
        string? Refusal);

    internal sealed record VerdictCount(LineVerdict Verdict, long Count);

    internal sealed record Response(
        StatementId Id,
        string Channel,
        StatementState State,
        long Lines,
        long? LinesExpected,
        long PaidMinor,
        long ReturnedMinor,
        string? Currency,
        bool Final,
        DateTimeOffset? CoversUntil,
        string? Sha256,
        string? ImportedBy,
        string? Refusal,
        IReadOnlyList<VerdictCount> Verdicts);

    internal sealed record Page(IReadOnlyList<Item> Items, string? Next);

    private static readonly Expression<Func<Statement, Item>> ToItem = row => new Item(
        row.Id, row.Channel, row.State, row.Lines, row.LinesExpected, row.PaidMinor, row.ReturnedMinor, row.Currency,
        row.Final, row.CoversUntil, row.Sha256, row.ImportedBy, row.Refusal);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/statements", ListAsync)
            .WithName("ListReconciledStatements").WithSummary("Statements, the latest first.")
            .RequireRole(ReconciliationReadRoles.Roles);
        routes.MapGet("/statements/{id}", AnswerAsync)
            .ReadsOneState<ReconciliationDb>()
            .WithName("GetReconciledStatement").WithSummary("One statement with the verdicts on its lines.")
            .RequireRole(ReconciliationReadRoles.Roles);
    }

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        StatementId id, ReconciliationDb db, CancellationToken cancel)
    {
        var item = await db.Statements.AsNoTracking().Where(row => row.Id == id).Select(ToItem)
            .SingleOrDefaultAsync(cancel);
        if (item is null)
        {
            return ReconciliationRefusals.StatementUnknown.ToProblem();
        }

        var verdicts = await db.StatementLines.Where(line => line.StatementId == id).GroupBy(line => line.Verdict)
            .Select(group => new VerdictCount(group.Key, group.LongCount())).ToListAsync(cancel);
        return TypedResults.Ok(new Response(
            item.Id,
            item.Channel,
            item.State,
            item.Lines,
            item.LinesExpected,
            item.PaidMinor,
            item.ReturnedMinor,
            item.Currency,
            item.Final,
            item.CoversUntil,
            item.Sha256,
            item.ImportedBy,
            item.Refusal,
            [.. verdicts.OrderBy(row => row.Verdict)]));
    }

    private static async Task<Results<Ok<Page>, ProblemHttpResult>> ListAsync(
        ReconciliationDb db, CancellationToken cancel, string? channel = null, StatementId? after = null,
        int limit = 100)
    {
        var before = after is { } id
            ? await db.Statements.Where(row => row.Id == id).Select(row => (DateTimeOffset?)row.ReceivedAt)
                .SingleOrDefaultAsync(cancel)
            : DateTimeOffset.MaxValue;
        if (before is not { } instant)
        {
            return ReconciliationRefusals.CursorUnreadable.ToProblem();
        }

        var size = Math.Clamp(limit, 1, PageMax);
        var items = await db.Statements.AsNoTracking()
            .Where(row => row.ReceivedAt < instant && (channel == null || row.Channel == channel))
            .OrderByDescending(row => row.ReceivedAt)
            .Take(size)
            .Select(ToItem)
            .ToListAsync(cancel);
        return TypedResults.Ok(new Page(items, items.Count == size ? items[^1].Id.Text : null));
    }
}
