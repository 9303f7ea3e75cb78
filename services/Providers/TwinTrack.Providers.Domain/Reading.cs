namespace TwinTrack.Providers.Domain;

/// <summary>
/// The outcome that a provider reports for an order. There is no "failed": either the provider says that it will not
/// pay, or the result is unknown.
/// </summary>
public enum Outcome
{
    /// <summary>The result is unknown: time-out, 5xx, 404 or an unlisted code. It never frees an obligation.</summary>
    Unknown,

    /// <summary>Accepted or on its way; not final.</summary>
    Accepted,

    /// <summary>Paid.</summary>
    Settled,

    /// <summary>Will never be paid: refused before execution.</summary>
    Rejected,

    /// <summary>Our recall was granted before execution.</summary>
    Recalled,

    /// <summary>Our recall was refused or came too late. The order remains in force.</summary>
    RecallRefused,

    /// <summary>Paid, and the money is booked back.</summary>
    Returned,
}

/// <summary>How strong the evidence is. Only A and B free an obligation.</summary>
public enum Grade
{
    /// <summary>Final: paid, or never to be executed.</summary>
    A,

    /// <summary>Executed and undone, proved by the booking of the returned money.</summary>
    B,

    /// <summary>A promise, or in progress.</summary>
    C,

    /// <summary>No information.</summary>
    D,
}

/// <summary>The content of one document or answer, or a silence.</summary>
/// <param name="Units">
/// Outcomes of whole units. They apply to each order that <paramref name="Lines"/> does not name.
/// </param>
/// <param name="Lines">Outcomes of single orders.</param>
/// <param name="Whole">
/// All or nothing: no line counts when one line names no order of the channel, or an amount above what was due.
/// </param>
/// <param name="OnlyUnit">
/// The unit that the document is about; null for any. With <paramref name="Whole"/>, no line counts when one names an
/// order of another unit.
/// </param>
public sealed record Reading(IReadOnlyList<UnitAnswer> Units, IReadOnlyList<Answer> Lines, bool Whole = false,
    string? OnlyUnit = null)
{
    public static readonly Reading Nothing = new([], []);

    public static Reading OfUnit(string unitReference, Verdict verdict, string? providerReference = null) =>
        new([new UnitAnswer(unitReference, verdict, providerReference)], []);

    /// <summary>Whether a line may speak of an order that was sent in this unit.</summary>
    public bool IsAbout(string? unit) => OnlyUnit is null || OnlyUnit == unit;
}

/// <param name="UnitReference">Our reference of the unit.</param>
public sealed record UnitAnswer(string UnitReference, Verdict Verdict, string? ProviderReference);

/// <param name="Reference">Our reference of the order.</param>
/// <param name="AmountMinor">The delivered amount, if stated; null means the whole amount.</param>
/// <param name="Row">Its place in the document, as in <see cref="RowFault"/>; 0 where places have no meaning.</param>
public sealed record Answer(string Reference, Verdict Verdict, string? ProviderReference = null,
    long? AmountMinor = null, int Row = 0);

/// <param name="Code">The provider's own code, for people and for the record.</param>
public readonly record struct Verdict(Outcome Outcome, Grade Grade, string Code)
{
    public static Verdict Unknown(string why) => new(Outcome.Unknown, Grade.D, why);

    /// <summary>
    /// Whether this ends the order without payment, so that the obligation may be paid by another attempt.
    /// </summary>
    public bool Frees => Grade is Grade.A or Grade.B
        && Outcome is (Outcome.Rejected or Outcome.Recalled or Outcome.Returned);
}

/// <summary>The meaning of one code of a provider.</summary>
/// <param name="Message">The message that carries the code: pain.002, camt.029, requeststate, return-file ... .</param>
/// <param name="Source">Standard and clause, or code list.</param>
public sealed record StatusRow(string Message, string Code, Outcome Outcome, Grade Grade, string Source);

/// <summary>
/// The codes of a protocol as a table. A code that is not listed is unknown, grade D. Codes are compared ignoring case.
/// </summary>
public sealed class StatusMap(params StatusRow[] rows)
{
    private readonly Dictionary<(string, string), StatusRow> _rows =
        rows.ToDictionary(row => (row.Message, row.Code.ToUpperInvariant()));

    public IReadOnlyList<StatusRow> Rows => rows;

    public bool Lists(string message, string code) => _rows.ContainsKey((message, code.ToUpperInvariant()));

    public Verdict Read(string message, string? code) =>
        code is not null && _rows.TryGetValue((message, code.ToUpperInvariant()), out var row)
            ? new Verdict(row.Outcome, row.Grade, code)
            : Verdict.Unknown(code ?? "NOT_SAID");
}

/// <summary>A provider's own account of what it paid.</summary>
/// <param name="Final">
/// It declares that nothing executed from <paramref name="CoversFrom"/> to <paramref name="CoversUntil"/> is missing.
/// </param>
/// <param name="CoversFrom">
/// Earlier executions are on earlier statements. Absence from this statement proves nothing about them.
/// </param>
public sealed record Statement(string Reference, bool Final, DateTimeOffset CoversFrom, DateTimeOffset CoversUntil,
    IReadOnlyList<StatementLine> Lines);

/// <param name="Line">From 1.</param>
/// <param name="Reference">Our reference of the order; null when the line carries no reference of ours.</param>
/// <param name="Returned">Money that came back; false for money that went out.</param>
public sealed record StatementLine(
    int Line, string? Reference, bool Returned, long AmountMinor, string Currency, DateOnly BookedOn,
    string? ProviderReference);
