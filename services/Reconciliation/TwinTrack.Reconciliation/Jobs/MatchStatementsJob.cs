using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Reconciliation.Domain;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation.Jobs;

/// <summary>
/// Gives every line of complete statements its verdict, a thousand at a time. Then looks for payments that a final
/// statement should show and does not. Statements are processed one after another, because their order decides which
/// line is the duplicate.
/// </summary>
internal sealed class MatchStatementsJob(ReconciliationDb db, AuditTrail<ReconciliationDb> audit, TimeProvider clock)
    : IJob<ReconciliationDb>
{
    internal const string Kind = "match-statements";
    internal const string Subject = "all";

    private const int RowsMax = 1_000;

    public Task<JobStep> StepAsync(Job job, CancellationToken cancel) =>
        db.InTransactionAsync(() => NextAsync(job, cancel), cancel);

    private async Task<JobStep> NextAsync(Job job, CancellationToken cancel)
    {
        var cursor = Cursor.Parse(job.Cursor);
        var statement = cursor is null
            ? await db.Statements.Where(row => row.State == StatementState.Matching).OrderBy(row => row.ReceivedAt)
                .FirstOrDefaultAsync(cancel)
            : await db.Statements.SingleAsync(row => row.Id == cursor.Statement, cancel);
        if (statement is null)
        {
            return JobStep.Finished;
        }

        cursor ??= new Cursor(statement.Id, 0, null);
        var next = cursor.Absent is { } last
            ? await FindAbsentAsync(job, statement, cursor, last, cancel)
            : await JudgeLinesAsync(job, statement, cursor, cancel);
        if (next is null)
        {
            await FinishAsync(statement, cancel);
        }

        job.Cursor = next?.ToString();
        return JobStep.Again;
    }

    private async Task<Cursor?> JudgeLinesAsync(Job job, Statement statement, Cursor cursor, CancellationToken cancel)
    {
        var lines = await db.StatementLines.AsNoTracking()
            .Where(line => line.StatementId == statement.Id && line.Line > cursor.Line)
            .OrderBy(line => line.Line).Take(RowsMax).ToListAsync(cancel);
        if (lines.Count == 0)
        {
            return statement.Final ? cursor with { Absent = Guid.Empty } : null;
        }

        var ids = lines.Where(line => line.InstructionId != null).Select(line => line.InstructionId!.Value).Distinct()
            .ToList();
        var expectations = await db.Expectations.AsNoTracking().Where(row => ids.Contains(row.InstructionId))
            .ToDictionaryAsync(row => row.InstructionId, cancel);
        var earlier = (await db.StatementLines.AsNoTracking()
                .Where(line => line.InstructionId != null && ids.Contains(line.InstructionId.Value)
                    && line.Verdict != LineVerdict.Pending).ToListAsync(cancel))
            .GroupBy(line => line.InstructionId!.Value).ToDictionary(group => group.Key, group => group.ToList());
        var judged = lines.ConvertAll(line => Judge(line, expectations, earlier));
        await db.SetVerdictsAsync(judged, cancel);
        var now = clock.GetUtcNow();
        await db.OpenBreaksAsync(
            judged.Where(line => BreakKinds.Of(line.Verdict) is not null).Select(line => Break.OfLine(
                BreakId.New(clock), BreakKinds.Of(line.Verdict)!.Value, line, Of(line, expectations), now)),
            cancel);
        job.Done += lines.Count;
        return cursor with { Line = lines[^1].Line };
    }

    private static StatementLine Judge(StatementLine line, Dictionary<Guid, Expectation> expectations,
        Dictionary<Guid, List<StatementLine>> earlier)
    {
        if (line.InstructionId is not { } instruction)
        {
            return line with { Verdict = LineVerdict.UnknownReference };
        }

        var before = earlier.TryGetValue(instruction, out var seen) ? seen : earlier[instruction] = [];
        var judged = line with { Verdict = StatementLineRule.Judge(line, Of(line, expectations), before) };
        before.Add(judged);
        return judged;
    }

    private static Expectation? Of(StatementLine line, Dictionary<Guid, Expectation> expectations) =>
        line.InstructionId is { } instruction ? expectations.GetValueOrDefault(instruction) : null;

    private async Task<Cursor?> FindAbsentAsync(
        Job job, Statement statement, Cursor cursor, Guid last, CancellationToken cancel)
    {
        var absent = await db.Expectations.AsNoTracking()
            .Where(row => row.Channel == statement.Channel && row.State == InstructionState.Settled
                && row.SettledAt <= statement.CoversUntil && row.InstructionId > last)
            .Where(row => !db.StatementLines.Any(
                line => line.InstructionId == row.InstructionId && line.Kind == LineKind.Paid
                    && line.Verdict != LineVerdict.Pending))
            .Where(row => !db.Batches.Any(batch => batch.Id == row.BatchId && batch.State == BatchState.Certified))
            .OrderBy(row => row.InstructionId).Take(RowsMax).ToListAsync(cancel);
        if (absent.Count == 0)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        await db.OpenBreaksAsync(absent.Select(row => Break.OfAbsence(BreakId.New(clock), row, statement.Id, now)),
            cancel);
        job.Done += absent.Count;
        return cursor with { Absent = absent[^1].InstructionId };
    }

    private async Task FinishAsync(Statement statement, CancellationToken cancel)
    {
        if (statement.Finish() is Result<Statement>.No(var refusal))
        {
            throw new InvalidOperationException(refusal.Reason);
        }

        var verdicts = await db.StatementLines.Where(line => line.StatementId == statement.Id)
            .GroupBy(line => line.Verdict).Select(group => new { Verdict = group.Key, Count = group.Count() })
            .ToListAsync(cancel);
        await audit.RecordAsync(
            Actor.System,
            "match-statement",
            statement.Id.Text,
            new
            {
                statement.Channel,
                statement.Sha256,
                statement.Lines,
                statement.PaidMinor,
                statement.ReturnedMinor,
                verdicts
            },
            cancel);
        // Our own state may have changed while the lines were judged.
        await db.WakeJobAsync(ReviewBreaksJob.Kind, ReviewBreaksJob.Subject, clock.GetUtcNow(), cancel);
    }

    /// <summary>
    /// The statement under way, its last judged line and, once its lines are done, the last instruction looked for.
    /// </summary>
    private sealed record Cursor(StatementId Statement, int Line, Guid? Absent)
    {
        public static Cursor? Parse(string? text) => text?.Split('|') is [var statement, var line, var absent]
            ? new Cursor(TypedId.Parse<StatementId>(statement), int.Parse(line, CultureInfo.InvariantCulture),
                absent.Length == 0 ? null : Guid.Parse(absent))
            : null;

        public override string ToString() =>
            Invariant($"{Statement}|{Line}|{Absent}");
    }
}
