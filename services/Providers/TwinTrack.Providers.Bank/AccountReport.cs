using System.Globalization;
using System.Xml.Linq;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// camt.053 (statement), camt.054 (notification) and camt.052 (interim report), read as a stream. Memory holds one
/// transaction at a time, and the kept part of each. A whole statement counts only when opening balance + booked
/// entries = closing balance.
/// </summary>
/// <param name="account">The account that the channel pays from, as the bank writes it.</param>
internal sealed class AccountReport(Currency currency, string account)
{
    private readonly List<BookedMovement> _movements = [];
    private readonly Dictionary<string, StatementPages> _statements = [];
    private DateTimeOffset? _createdAt;
    private (string? Number, string? Last) _messagePage;
    private int _entries;
    private int _reports;
    private bool _final = true;

    internal IReadOnlyList<BookedMovement> Movements => _movements;

    internal string? MessageId { get; private set; }

    /// <summary>The page of a message with several pages. All pages have the same message id.</summary>
    internal string? MessagePage => _messagePage.Number;

    /// <summary>The statement's own id; the message's id where a message holds several statements.</summary>
    internal string Reference { get; private set; } = "";

    /// <summary>
    /// Whether absence from this report proves that an order was not executed. Every statement must be whole, of the
    /// channel's account, and show each payment. It must have a closing booked balance, and a period with beginning and
    /// end. If a page is missing, absence proves nothing.
    /// </summary>
    internal bool Final => _final && _statements.Values.All(statement => statement.IsClosed);

    internal DateTimeOffset? CoversUntil { get; private set; }

    /// <summary>
    /// The latest beginning of a period. Null when a period has no beginning; then the report is not final.
    /// </summary>
    internal DateTimeOffset? CoversFrom { get; private set; }

    /// <summary>
    /// Reads the document that the stream stands in; called again for each further page in the same envelope.
    /// </summary>
    internal Refusal? Read(IsoStream stream, IsoForm form)
    {
        var before = _reports;
        while (stream.Next())
        {
            if (stream is { Level: 2, Ends: false, Name: "GrpHdr" })
            {
                Head(stream.Take());
            }
            else if (stream is { Level: 2, Ends: false } && stream.Name == form.Part)
            {
                if (Part(stream, form) is { } refusal)
                {
                    return refusal;
                }
            }
            else if (stream is { Level: 2, Ends: false })
            {
                stream.Skip();
            }
        }

        return _reports == before ? BankRefusals.FieldMissing("The document", form.Part!) : null;
    }

    /// <summary>Call it after the last page: whole statements must balance.</summary>
    internal Refusal? Finish() => _statements.Values.Select(statement => statement.Check())
        .FirstOrDefault(refusal => refusal is not null);

    private void Head(XElement header)
    {
        MessageId = header.Text("MsgId");
        _createdAt = Instant(header.Text("CreDtTm"));
        _messagePage = (header.Text("MsgPgntn", "PgNb"), header.Text("MsgPgntn", "LastPgInd"));
    }

    private Refusal? Part(IsoStream stream, IsoForm form)
    {
        var (part, where) = (new ReportPart(currency, Invariant($"Statement {++_reports}")), _reports);
        while (stream.Next() && !(stream.Ends && stream.Level == 2))
        {
            if (stream is not { Level: 3, Ends: false })
            {
                continue;
            }

            var refusal = stream.Name == "Ntry" ? Entry(stream, part) : part.Keep(stream, form);
            if (refusal is not null)
            {
                return refusal;
            }
        }

        return Close(part, form, where == 1);
    }

    private Refusal? Entry(IsoStream stream, ReportPart part)
    {
        if (!AccountEntry.Read(stream, currency, Invariant($"Entry {++_entries}"))
            .Allows(out var entry, out var refusal))
        {
            return refusal;
        }

        _movements.AddRange(entry.Movements);
        part.Booked += entry.Movements.Sum(movement => movement.Signed);
        part.Itemised &= entry.Itemised;
        return null;
    }

    private Refusal? Close(ReportPart part, IsoForm form, bool first)
    {
        if (part.Account is not null && !string.Equals(part.Account, account, StringComparison.OrdinalIgnoreCase))
        {
            return BankRefusals.OtherAccount(part.Where);
        }

        Reference = first || part.Id == Reference ? part.Id ?? MessageId ?? "" : MessageId ?? Reference;
        CoversFrom = first || part.From > CoversFrom ? part.From : CoversFrom;
        CoversUntil = Earlier(CoversUntil, part.Until ?? part.CreatedAt ?? _createdAt);
        _final &= part.Account is not null && part.From is not null && part.Until is not null && part.Itemised;
        if (form.Kind != IsoKind.Statement)
        {
            _final = false;
            return null;
        }

        var key = part.Id ?? "";
        if (!_statements.TryGetValue(key, out var statement))
        {
            _statements[key] = statement = new StatementPages(part.Where);
        }

        var (number, last) = part.Page.Number is null ? _messagePage : part.Page;
        return statement.Add(part, number, last);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) =>
        left is null ? right : right is null || left < right ? left : right;

    internal static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
