using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Domain;

/// <summary>The totals that a provider declared for its statement, to compare with the received lines.</summary>
/// <param name="Final">Nothing executed before <paramref name="CoversUntil"/> is missing.</param>
/// <param name="Sha256">Of the file as received, 64 hex digits.</param>
public sealed record StatementTotals(
    int Chunks, long Lines, long PaidMinor, long ReturnedMinor, string Currency, bool Final, DateTimeOffset CoversUntil,
    string Sha256, string ImportedBy);

/// <summary>One statement of a provider. Its parts and its end may arrive in any order.</summary>
public sealed class Statement
{
    public required StatementId Id { get; init; }

    public required string Channel { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public StatementState State { get; private set; }

    /// <summary>Counts the changes, so that only one of two concurrent writers succeeds.</summary>
    public int Version { get; private set; }

    public int Chunks { get; private set; }

    public long Lines { get; private set; }

    /// <summary>Minor units, of the lines that arrived.</summary>
    public long PaidMinor { get; private set; }

    /// <summary>Minor units, of the lines that arrived.</summary>
    public long ReturnedMinor { get; private set; }

    /// <summary>What was declared; null until the end arrives.</summary>
    public int? ChunksExpected { get; private set; }

    public long? LinesExpected { get; private set; }

    public long? PaidExpectedMinor { get; private set; }

    public long? ReturnedExpectedMinor { get; private set; }

    public string? Currency { get; private set; }

    public bool Final { get; private set; }

    public DateTimeOffset? CoversUntil { get; private set; }

    public string? Sha256 { get; private set; }

    public string? ImportedBy { get; private set; }

    /// <summary>Code of why it was refused; null otherwise.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Adds a part that was not added before.</summary>
    public Result<Statement> Take(long lines, long paidMinor, long returnedMinor)
    {
        if (State != StatementState.Receiving)
        {
            return new Refusal("statement.not_receiving",
                "The statement is complete and takes no more parts.", RefusalKind.Conflict);
        }

        Chunks++;
        Lines += lines;
        PaidMinor += paidMinor;
        ReturnedMinor += returnedMinor;
        Version++;
        return CompleteIfAllCame();
    }

    public Result<Statement> End(StatementTotals totals)
    {
        if (State != StatementState.Receiving || ChunksExpected is not null)
        {
            return new Refusal("statement.not_receiving", "The statement has already ended.", RefusalKind.Conflict);
        }

        (ChunksExpected, LinesExpected, PaidExpectedMinor, ReturnedExpectedMinor) =
            (totals.Chunks, totals.Lines, totals.PaidMinor, totals.ReturnedMinor);
        (Currency, Final, CoversUntil, Sha256, ImportedBy) =
            (totals.Currency, totals.Final, totals.CoversUntil, totals.Sha256, totals.ImportedBy);
        Version++;
        return CompleteIfAllCame();
    }

    public Result<Statement> Finish() => Change(StatementTrigger.Finish);

    private Result<Statement> CompleteIfAllCame()
    {
        if (Chunks != ChunksExpected)
        {
            return this;
        }

        if (Lines == LinesExpected && PaidMinor == PaidExpectedMinor && ReturnedMinor == ReturnedExpectedMinor)
        {
            return Change(StatementTrigger.Complete);
        }

        Refusal = "statement.totals_differ";
        return Change(StatementTrigger.Refuse);
    }

    private Result<Statement> Change(StatementTrigger trigger) =>
        StatementLifecycle.Table.Next(State, trigger).Then<Statement>(next =>
    {
        State = next;
        Version++;
        return this;
    });
}
