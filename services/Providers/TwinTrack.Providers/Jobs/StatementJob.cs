using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Answers;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Jobs;

/// <summary>
/// Applies a statement. First come its lines, 500 per step, and each chunk also goes to Reconciliation. If the
/// statement is final, orders that it does not name may be proved lapsed. At last the statement's end is sent.
/// </summary>
internal sealed class StatementJob(
    ProvidersDb db, VerdictWriter answers, Outbox<ProvidersDb> outbox, AuditTrail<ProvidersDb> audit,
    ChannelConnections connections, StatementMatcher matcher) : IJob<ProvidersDb>
{
    private const int LinesMax = 500;
    private const int UnitsMax = 200;
    private const string LinesDone = "lines-done:";

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var id = StatementId.Parse(job.Subject, null);
        var statement = await db.Statements.SingleAsync(row => row.Id == id, cancel);
        if (statement.State == StatementState.Applied)
        {
            return JobStep.Finished;
        }

        if (job.Cursor?.StartsWith(LinesDone, StringComparison.Ordinal) != true)
        {
            await db.InTransactionAsync(() => ApplyLinesAsync(statement, job, cancel), cancel);
            return JobStep.Again;
        }

        // The connection defines how long an order stays valid. Without a connection no order counts as lapsed.
        var tempo = (await connections.OpenAsync(statement.Channel, cancel)).Match<Tempo?>(
            connection => connection.Tempo, _ => null);
        var ended = await db.InTransactionAsync(() => ApplyAbsenceAsync(statement, tempo, job, cancel), cancel);
        return ended ? JobStep.Finished : JobStep.Again;
    }

    private async Task ApplyLinesAsync(ImportedStatement statement, Job job, CancellationToken cancel)
    {
        var after = job.Cursor is null ? 0 : int.Parse(job.Cursor, CultureInfo.InvariantCulture);
        var chunk = await db.StatementLines.AsNoTracking()
            .Where(line => line.StatementId == statement.Id && line.Place > after)
            .OrderBy(line => line.Place).Take(LinesMax).ToListAsync(cancel);
        var ours = await matcher.MatchAsync(statement.Channel, chunk, cancel);
        await answers.ApplyAsync(
            statement.Channel,
            [.. chunk.Where(line => ours.ContainsKey(line.Place)).Select(line => AnswerOf(ours[line.Place], line))],
            AnswerSource.Statement(statement.EvidenceId), cancel);
        statement.LinesApplied += chunk.Count;
        statement.UnmatchedLines += chunk.Count - ours.Count;
        job.Done = statement.LinesApplied;
        if (chunk.Count > 0)
        {
            outbox.Send(
                new StatementChunk(statement.Id.Text, statement.Channel, after / LinesMax,
                    [.. chunk.Select(line => RowOf(line, ours))]));
        }

        job.Cursor = chunk.Count == LinesMax ? (after + LinesMax).ToString(CultureInfo.InvariantCulture) : LinesDone;
    }

    private static ProviderAnswer AnswerOf(InstructionId order, ImportedStatementLine line) => line.Returned
        ? new ProviderAnswer(order, new Verdict(Outcome.Returned, Grade.B, ReportCodes.Statement),
            line.ProviderReference, line.AmountMinor)
        : new ProviderAnswer(order, new Verdict(Outcome.Settled, Grade.A, ReportCodes.Statement),
            line.ProviderReference, line.AmountMinor);

    private static StatementRow RowOf(ImportedStatementLine line, Dictionary<int, InstructionId> ours) => new(
        line.Line, ours.TryGetValue(line.Place, out var order) ? order.Text : null,
        line.Returned ? StatementLineKinds.Returned : StatementLineKinds.Paid, line.AmountMinor, line.Currency,
        line.BookedOn, line.ProviderReference);

    /// <summary>
    /// Some units per step, at most 1,000 orders. Only orders that the provider may no longer execute at the
    /// statement's end. Their call must have ended, so that no second sending is under way.
    /// </summary>
    private async Task<bool> ApplyAbsenceAsync(
        ImportedStatement statement, Tempo? tempo, Job job, CancellationToken cancel)
    {
        var after = job.Cursor![LinesDone.Length..];
        var units = new List<SentUnit>();
        if (statement.Final && tempo is not null)
        {
            var sentUntil = statement.CoversUntil - tempo.Validity;
            var sentFrom = await UnbrokenSinceAsync(statement, cancel);
            units = await db.Units.AsNoTracking()
                .Where(row => row.Channel == statement.Channel && row.Open && row.State == UnitState.Called
                    && row.CreatedAt >= sentFrom && row.CreatedAt <= sentUntil)
#pragma warning disable CA1309 // The database compares.
                .Where(row => string.Compare(row.Reference, after) > 0)
#pragma warning restore CA1309
                .OrderBy(row => row.Reference).Take(UnitsMax)
                .ToListAsync(cancel);
        }

        if (units.Count == 0)
        {
            await EndAsync(statement, cancel);
            return true;
        }

        var orders = 0;
        var some = units.TakeWhile((unit, index) => (orders += unit.Orders) <= VerdictWriter.VerdictsMax || index == 0)
            .ToList();
        var absent = await matcher.AbsentAsync(statement, some, cancel);
        var lapsed = new Verdict(Outcome.Rejected, Grade.A, ReportCodes.ExpiredAbsent);
        await answers.ApplyAsync(statement.Channel, [.. absent.Select(id => new ProviderAnswer(id, lapsed))],
            AnswerSource.Statement(statement.EvidenceId), cancel);
        statement.ExpiredAbsent += absent.Count;
        job.Cursor = LinesDone + some[^1].Reference;
        return false;
    }

    private async Task<DateTimeOffset> UnbrokenSinceAsync(ImportedStatement statement, CancellationToken cancel)
    {
        var earlier = await db.Statements.AsNoTracking()
            .Where(row => row.Channel == statement.Channel && row.Final && row.State == StatementState.Applied)
            .Select(row => new CoveredTime(row.CoversFrom, row.CoversUntil)).ToListAsync(cancel);
        return StatementCoverage.UnbrokenSince(statement.CoversFrom, earlier);
    }

    private async Task EndAsync(ImportedStatement statement, CancellationToken cancel)
    {
        statement.State = StatementState.Applied;
        await db.Evidence.Where(row => row.Id == statement.EvidenceId).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, EvidenceState.Applied)
                .SetProperty(row => row.Unmatched, (int)statement.UnmatchedLines), cancel);
        var chunks = (int)((statement.Lines + LinesMax - 1) / LinesMax);
        outbox.Send(new StatementEnded(
            statement.Id.Text, statement.Channel, chunks, statement.Lines, statement.PaidMinor, statement.ReturnedMinor,
            statement.Currency,
            statement.Final, statement.CoversUntil, statement.Sha256, statement.ImportedBy));
        await audit.RecordAsync(Actor.System, "apply-statement", statement.Id.Text, new
        {
            channel = statement.Channel,
            sha256 = statement.Sha256,
            lines = statement.Lines,
            unmatched = statement.UnmatchedLines,
            paidMinor = statement.PaidMinor,
            returnedMinor = statement.ReturnedMinor,
            expiredAbsent = statement.ExpiredAbsent,
        }, cancel);
    }
}
