using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Domain;

/// <summary>A difference with an owner. A person closes it, or the missing message arrives and closes it.</summary>
public sealed class Break
{
    private const int NoteMax = 1_000;

    /// <summary>The number of a <see cref="BreakId"/>. It is a plain Guid, because pages follow its order.</summary>
    public required Guid Id { get; init; }

    /// <summary>
    /// Identifies the difference. The same difference found again has the same key, so it is not opened twice.
    /// </summary>
    public required string Key { get; init; }

    public required BreakKind Kind { get; init; }

    /// <summary>Party and role.</summary>
    public required string Owner { get; init; }

    public BatchId? BatchId { get; init; }

    /// <summary>An instruction id's number.</summary>
    public Guid? InstructionId { get; init; }

    public ObligationId? ObligationId { get; init; }

    public required string Channel { get; init; }

    /// <summary>The line that shows it; null when it is the absence of a line.</summary>
    public StatementId? StatementId { get; init; }

    public int? Line { get; init; }

    /// <summary>Our amount, minor units; null when we know of none.</summary>
    public long? ExpectedMinor { get; init; }

    /// <summary>The provider's amount, minor units; null when it shows none.</summary>
    public long? FoundMinor { get; init; }

    public required string Currency { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public BreakState State { get; private set; }

    /// <summary>Counts the changes, so that only one of two concurrent people succeeds.</summary>
    public int Version { get; private set; }

    public string? ProposedBy { get; private set; }

    public string? ClosedBy { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public string? Note { get; private set; }

    public static Break OfLine(BreakId id, BreakKind kind, StatementLine line, Expectation? expectation,
        DateTimeOffset at) => new()
        {
            Id = id.Value,
            Key = KeyOf(kind, line),
            Kind = kind,
            Owner = BreakKinds.OwnerOf(kind, expectation?.Track ?? 0),
            BatchId = expectation?.BatchId,
            InstructionId = line.InstructionId,
            ObligationId = expectation?.ObligationId,
            Channel = line.Channel,
            StatementId = line.StatementId,
            Line = line.Line,
            ExpectedMinor = expectation?.DeliveredMinor ?? expectation?.OrderedMinor,
            FoundMinor = line.AmountMinor,
            Currency = line.Currency,
            OpenedAt = at,
        };

    public static Break OfAbsence(BreakId id, Expectation expectation, StatementId statement, DateTimeOffset at) =>
        new()
        {
            Id = id.Value,
            Key = KeyOfAbsence(expectation.InstructionId),
            Kind = BreakKind.SettledNotOnStatement,
            Owner = BreakKinds.OwnerOf(BreakKind.SettledNotOnStatement, expectation.Track),
            BatchId = expectation.BatchId,
            InstructionId = expectation.InstructionId,
            ObligationId = expectation.ObligationId,
            Channel = expectation.Channel,
            StatementId = statement,
            ExpectedMinor = expectation.DeliveredMinor,
            Currency = expectation.Currency,
            OpenedAt = at,
        };

    /// <summary>
    /// One break per instruction and kind. A duplicate line is a break for itself. For a line without our reference,
    /// the provider's reference identifies the break.
    /// </summary>
    public static string KeyOf(BreakKind kind, StatementLine line) => (kind, line) switch
    {
        (BreakKind.DuplicateLine, _) => Invariant($"{kind}|{line.StatementId}|{line.Line}"),
        (_, { InstructionId: { } instruction }) => $"{kind}|{instruction:n}|{line.Kind}",
        (_, { ProviderReference: { } reference }) => $"{kind}|{line.Channel}|{line.Kind}|{reference}",
        _ => Invariant($"{kind}|{line.StatementId}|{line.Line}"),
    };

    public static string KeyOfAbsence(Guid instruction) => $"{BreakKind.SettledNotOnStatement}|{instruction:n}";

    /// <summary>A person explains why there is no real difference.</summary>
    public Result<Break> Resolve(Actor actor, string? note, DateTimeOffset at) =>
        Checked(note).Then(text => Change(BreakTrigger.Resolve)).Then(_ => End(actor, note!, at));

    public Result<Break> ProposeWriteOff(Actor actor, string? note) =>
        Checked(note).Then(text => Change(BreakTrigger.ProposeWriteOff)).Then<Break>(_ =>
        {
            (ProposedBy, Note) = (actor.ToString(), note);
            return this;
        });

    /// <summary>The decision about a write-off. The proposer may reject it, but not approve it.</summary>
    public Result<Break> DecideWriteOff(Actor actor, bool approve, string? note, DateTimeOffset at)
    {
        if (approve && ProposedBy is { } proposer && actor.IsSamePersonAs(Actor.Parse(proposer)))
        {
            return new Refusal("break.same_person",
                "You proposed this write-off, so you cannot approve it. Another person must approve it.");
        }

        return Checked(note).Then(_ => Change(approve ? BreakTrigger.ApproveWriteOff : BreakTrigger.RejectWriteOff))
            .Then(_ => approve ? End(actor, note!, at) : Reopened(note!));
    }

    private Result<Break> End(Actor actor, string note, DateTimeOffset at)
    {
        (ClosedBy, ClosedAt, Note) = (actor.ToString(), at, note);
        return this;
    }

    private Result<Break> Reopened(string note)
    {
        (ProposedBy, Note) = (null, note);
        return this;
    }

    private static Result<string> Checked(string? note) =>
        FreeText.IsGiven(note, NoteMax)
            ? note
            : new Refusal("break.no_note",
                $"The note is missing or too long. Give 1 to {NoteMax} characters.", RefusalKind.Invalid);

    private Result<Break> Change(BreakTrigger trigger) => BreakLifecycle.Table.Next(State, trigger).Then<Break>(next =>
    {
        State = next;
        Version++;
        return this;
    });
}
