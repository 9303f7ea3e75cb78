using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;
using TwinTrack.Reconciliation.Domain;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation.Jobs;

/// <summary>
/// Checks the open breaks again, because our own state may have been behind the provider's. It is woken when an
/// instruction with an open break changes, and by time while a break is open.
/// </summary>
internal sealed class ReviewBreaksJob(ReconciliationDb db, TimeProvider clock) : IJob<ReconciliationDb>
{
    internal const string Kind = "review-breaks";
    internal const string Subject = "open";

    private const int RowsMax = 500;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(5);
    private static readonly BreakKind[] Changeable = [.. Enum.GetValues<BreakKind>().Where(BreakReview.CanChange)];

    public Task<JobStep> StepAsync(Job job, CancellationToken cancel) =>
        db.InTransactionAsync(() => NextAsync(job, cancel), cancel);

    private async Task<JobStep> NextAsync(Job job, CancellationToken cancel)
    {
        var after = job.Cursor is null ? Guid.Empty : Guid.Parse(job.Cursor);
        var open = await Reviewable().Where(row => row.Id > after).OrderBy(row => row.Id).Take(RowsMax)
            .ToListAsync(cancel);
        if (open.Count == 0)
        {
            job.Cursor = null;
            return await Reviewable().AnyAsync(cancel) ? JobStep.After(LookAgain) : JobStep.Finished;
        }

        await ApplyAsync(await FindAsync(open, cancel), cancel);
        job.Cursor = open[^1].Id.ToString("n");
        job.Done += open.Count;
        return JobStep.Again;
    }

    private IQueryable<Break> Reviewable() => db.Breaks.AsNoTracking()
        .Where(row => row.State == BreakState.Open && Changeable.Contains(row.Kind) && row.InstructionId != null);

    private async Task<List<(Break Row, BreakFinding Finding, Expectation? Expectation)>> FindAsync(
        List<Break> open, CancellationToken cancel)
    {
        var ids = open.Select(row => row.InstructionId!.Value).Distinct().ToList();
        var expectations = await db.Expectations.AsNoTracking().Where(row => ids.Contains(row.InstructionId))
            .ToDictionaryAsync(row => row.InstructionId, cancel);
        var lines = (await db.StatementLines.AsNoTracking()
            .Where(line => line.InstructionId != null && ids.Contains(line.InstructionId.Value)
                && line.Verdict != LineVerdict.Pending)
            .ToListAsync(cancel)).ToLookup(line => line.InstructionId!.Value);
        var findings = new List<(Break, BreakFinding, Expectation?)>();
        foreach (var row in open)
        {
            var expectation = expectations.GetValueOrDefault(row.InstructionId!.Value);
            if (BreakReview.Look(row, lines[row.InstructionId.Value], expectation) is { } finding)
            {
                findings.Add((row, finding, expectation));
            }
        }

        return findings;
    }

    private async Task ApplyAsync(List<(Break Row, BreakFinding Finding, Expectation? Expectation)> findings,
        CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        foreach (var group in findings.GroupBy(found => found.Finding.Note))
        {
            await db.ClearBreaksAsync([.. group.Select(found => found.Row.Id)], group.Key, now, cancel);
        }

        await db.SetVerdictsAsync(
            findings.Where(found => found.Finding.Line is not null).Select(found => found.Finding.Line!), cancel);
        await db.OpenBreaksAsync(
            from found in findings
            let line = found.Finding.Line
            where line is not null && BreakKinds.Of(line.Verdict) is not null
            select Break.OfLine(BreakId.New(clock), BreakKinds.Of(line.Verdict)!.Value, line, found.Expectation, now),
            cancel);
    }
}
