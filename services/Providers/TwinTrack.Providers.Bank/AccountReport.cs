using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// camt.053.001.08 (statement) and camt.054.001.08 (notification), read as a stream: memory holds one entry at a time, however long the statement.
/// A statement counts only when opening balance + booked entries = closing balance.
/// </summary>
internal sealed class AccountReport
{
    internal const string Statement = "camt.053.001.08";
    internal const string Notification = "camt.054.001.08";

    private readonly Currency _currency;
    private readonly bool _balanced;
    private readonly List<Movement> _movements = [];
    private readonly List<XElement> _head = [];
    private string? _message;
    private DateTimeOffset? _createdAt;
    private long _booked;
    private int _entries;
    private int _reports;

    private AccountReport(Currency currency, bool balanced) => (_currency, _balanced) = (currency, balanced);

    internal IReadOnlyList<Movement> Movements => _movements;

    /// <summary>The statement's own id; the message's where one message holds several.</summary>
    internal string Reference { get; private set; } = "";

    /// <summary>Every statement in it has a closing booked balance and a period with beginning and end, and no page follows.</summary>
    internal bool Final { get; private set; } = true;

    internal DateTimeOffset? CoversUntil { get; private set; }

    /// <summary>The latest beginning of a period in it; null where one is not said, and then it is not final.</summary>
    internal DateTimeOffset? CoversFrom { get; private set; }

    internal static Result<AccountReport> Read(byte[] content, string message, Currency currency)
    {
        try
        {
            var report = new AccountReport(currency, balanced: message == Statement);
            return report.Walk(content, message) is { } refusal ? refusal : report;
        }
        catch (XmlException broken)
        {
            return BankRefusals.NotXml(IsoReader.Where(broken));
        }
    }

    private Refusal? Walk(byte[] content, string message)
    {
        var (ns, part) = (IsoReader.NamespaceRoot + message, message == Statement ? "Stmt" : "Ntfctn");
        using var reader = IsoReader.Open(content);
        reader.MoveToContent();
        if (reader.NamespaceURI != ns || reader.LocalName != "Document")
        {
            return BankRefusals.UnknownDocument();
        }

        while (!reader.EOF)
        {
            var refusal = (Refusal?)null;
            if (reader is { NodeType: XmlNodeType.Element, Depth: 2, LocalName: "GrpHdr" })
            {
                Head((XElement)XNode.ReadFrom(reader));
                continue;
            }

            if (reader is { NodeType: XmlNodeType.Element, Depth: 3 })
            {
                var child = (XElement)XNode.ReadFrom(reader);
                refusal = child.Name.LocalName == "Ntry" ? Take(child) : Keep(child);
            }
            else
            {
                refusal = reader is { NodeType: XmlNodeType.EndElement, Depth: 2 } && reader.LocalName == part ? Close() : null;
                reader.Read();
            }

            if (refusal is not null)
            {
                return refusal;
            }
        }

        return _reports == 0 ? BankRefusals.FieldMissing("The document", part) : null;
    }

    private void Head(XElement header)
    {
        _message = header.Text("MsgId");
        _createdAt = Instant(header.Text("CreDtTm"));
        Final &= header.Text("MsgPgntn", "LastPgInd") is null or "true" or "1";
    }

    private Refusal? Keep(XElement child)
    {
        _head.Add(child);
        return null;
    }

    private Refusal? Take(XElement entry)
    {
        if (!AccountEntry.Read(entry, _currency, $"Entry {++_entries}").Allows(out var movements, out var refusal))
        {
            return refusal;
        }

        _movements.AddRange(movements);
        _booked += movements.Sum(movement => movement.Signed);
        return null;
    }

    /// <summary>At the end of one statement: its balances must agree with its entries.</summary>
    private Refusal? Close()
    {
        var where = $"Statement {++_reports}";
        var frame = new XElement(_head.Count > 0 ? _head[0].Name.Namespace + "Stmt" : "Stmt", _head);
        Reference = _reports == 1 ? frame.Text("Id") ?? _message ?? "" : _message ?? Reference;
        var until = Instant(frame.Text("FrToDt", "ToDtTm"));
        var from = Instant(frame.Text("FrToDt", "FrDtTm"));
        CoversFrom = _reports == 1 || from > CoversFrom ? from : CoversFrom;
        CoversUntil = Earlier(CoversUntil, until ?? Instant(frame.Text("CreDtTm")) ?? _createdAt);
        var refusal = _balanced ? Balance(frame, where) : null;
        Final &= from is not null && until is not null && Find(frame, "CLBD") is not null && frame.Text("StmtPgntn", "LastPgInd") is null or "true" or "1";
        _head.Clear();
        _booked = 0;
        return refusal;
    }

    private Refusal? Balance(XElement statement, string where)
    {
        var interim = statement.Children("Bal").Where(balance => Code(balance) == "ITBD").ToList();
        var opening = Find(statement, "OPBD") ?? Find(statement, "PRCD") ?? (interim.Count > 1 ? interim[0] : null);
        var closing = Find(statement, "CLBD") ?? interim.LastOrDefault();
        if (opening is null || closing is null)
        {
            return BankRefusals.FieldMissing(where, opening is null ? "opening balance (OPBD or PRCD)" : "closing balance (CLBD or ITBD)");
        }

        if (!AccountEntry.Signed(opening, null, _currency, where).Allows(out var before, out var refusal)
            || !AccountEntry.Signed(closing, null, _currency, where).Allows(out var after, out refusal))
        {
            return refusal;
        }

        return before + _booked == after ? null : BankRefusals.BalancesDoNotAddUp(where);
    }

    private static XElement? Find(XElement statement, string code) => statement.Children("Bal").FirstOrDefault(balance => Code(balance) == code);

    private static string? Code(XElement balance) => balance.Text("Tp", "CdOrPrtry", "Cd");

    private static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) =>
        left is null ? right : right is null || left < right ? left : right;

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
