using System.Globalization;
using System.Text;

namespace TwinTrack.Simulators;

/// <param name="ReturnedMinor">How much of it came back; 0 to <paramref name="AmountMinor"/>.</param>
public sealed record LedgerPayment(
    string Reference, string EndToEnd, string Payee, long AmountMinor, string Currency, DateTimeOffset PaidAt,
    long ReturnedMinor);

/// <summary>One movement of the provider's account: money out, or money back.</summary>
/// <param name="Number">From 1, in the order of booking.</param>
/// <param name="AmountMinor">Of this movement; above zero.</param>
public sealed record LedgerMovement(int Number, LedgerPayment Row, bool Returned, long AmountMinor, DateTimeOffset At);

/// <summary>What a statement shows.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Earlier">What earlier statements have shown: the opening balance comes from it.</param>
/// <param name="Entries">Booked since then.</param>
/// <param name="Since">
/// End of the time that the statement before covered. The first statement covers everything.
/// </param>
/// <param name="At">
/// End of the covered time. An order that came in before and is not shown was not paid and never will be.
/// </param>
public sealed record LedgerStatement(int Number, IReadOnlyList<LedgerMovement> Earlier,
    IReadOnlyList<LedgerMovement> Entries,
    DateTimeOffset Since, DateTimeOffset At);

/// <summary>
/// The provider's own record of who was paid. A reference is paid only once. With a directory, each movement is
/// appended to <c>ledger.csv</c> before it counts. So a killed provider restarts with the same record. Safe for several
/// threads.
/// </summary>
public sealed class ProviderLedger : IDisposable
{
    private const string Header = "reference,endToEnd,payee,amountMinor,currency,paidAt,returnedMinor";
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LedgerPayment> _rows = [];
    private readonly List<LedgerMovement> _entries = [];
    private readonly TimeProvider _clock;
    private readonly StreamWriter? _file;
    private readonly string? _statementsPath;
    private int _statements;
    private int _shown;
    private DateTimeOffset _stated = DateTimeOffset.UnixEpoch;

    public ProviderLedger(string? directory, TimeProvider clock)
    {
        _clock = clock;
        if (directory is null)
        {
            return;
        }

        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "ledger.csv");
        _statementsPath = Path.Combine(directory, "statements.csv");
        Load(path);
        _file = new StreamWriter(path, append: true, new UTF8Encoding(false));
    }

    /// <summary>One row an order, in the order of payment.</summary>
    public IReadOnlyList<LedgerPayment> Rows
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries.Where(entry => !entry.Returned).Select(entry => _rows[entry.Row.Reference])];
            }
        }
    }

    public bool IsPaid(string reference)
    {
        lock (_gate)
        {
            return _rows.ContainsKey(reference);
        }
    }

    /// <summary>Pays, once: false when this reference has been paid before.</summary>
    public bool Pay(string reference, string endToEnd, string payee, long amountMinor, string currency)
    {
        lock (_gate)
        {
            if (_rows.ContainsKey(reference))
            {
                return false;
            }

            var now = _clock.GetUtcNow();
            Enter(new LedgerPayment(reference, endToEnd, payee, amountMinor, currency, now, 0), now, write: true);
            return true;
        }
    }

    /// <summary>Takes back what is left of a payment: false when there is nothing.</summary>
    public bool Return(string reference)
    {
        lock (_gate)
        {
            if (!_rows.TryGetValue(reference, out var row) || row.ReturnedMinor >= row.AmountMinor)
            {
                return false;
            }

            Enter(row with { ReturnedMinor = row.AmountMinor }, _clock.GetUtcNow(), write: true);
            return true;
        }
    }

    /// <summary>All movements that no statement has shown yet. Taking it marks them as shown.</summary>
    /// <param name="undecided">
    /// Arrival times of orders that may still be paid. No statement may claim to cover them.
    /// </param>
    public LedgerStatement TakeStatement(IEnumerable<DateTimeOffset> undecided)
    {
        lock (_gate)
        {
            var until = undecided.Append(_clock.GetUtcNow()).Min();
            var statement = new LedgerStatement(
                ++_statements, _entries[.._shown], _entries[_shown..], _stated, until > _stated ? until : _stated);
            (_shown, _stated) = (_entries.Count, statement.At);
            if (_statementsPath is not null)
            {
                File.AppendAllText(_statementsPath,
                    Csv.Line(Text(_statements), Text(_shown), _stated.ToString("O", CultureInfo.InvariantCulture)));
            }

            return statement;
        }
    }

    /// <summary>All movements of these orders so far.</summary>
    public IReadOnlyList<LedgerMovement> EntriesOf(IReadOnlyCollection<string> references)
    {
        lock (_gate)
        {
            var wanted = references.ToHashSet();
            return [.. _entries.Where(entry => wanted.Contains(entry.Row.Reference))];
        }
    }

    public string ToCsv()
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var row in Rows)
        {
            text.Append(Csv.Line(Cells(row)));
        }

        return text.ToString();
    }

    public void Dispose() => _file?.Dispose();

    private void Enter(LedgerPayment row, DateTimeOffset at, bool write)
    {
        var before = _rows.GetValueOrDefault(row.Reference);
        if (write && _file is not null)
        {
            _file.Write(Csv.Line([.. Cells(row), at.ToString("O", CultureInfo.InvariantCulture)]));
            _file.Flush();
        }

        _rows[row.Reference] = row;
        _entries.Add(before is null
            ? new LedgerMovement(_entries.Count + 1, row, Returned: false, row.AmountMinor, at)
            : new LedgerMovement(_entries.Count + 1, row, Returned: true, row.ReturnedMinor - before.ReturnedMinor,
                at));
    }

    private void Load(string path)
    {
        if (File.Exists(path))
        {
            // A kill can cut the last line. An incomplete line does not count.
            var text = File.ReadAllText(path);
            var whole = text[..(text.LastIndexOf('\n') + 1)];
            if (whole.Length != text.Length)
            {
                File.WriteAllText(path, whole);
            }

            foreach (var cells in Csv.Read(whole))
            {
                var row =
                    new LedgerPayment(cells[0], cells[1], cells[2], Minor(cells[3]), cells[4], Instant(cells[5]),
                        Minor(cells[6]));
                Enter(row, Instant(cells[7]), write: false);
            }
        }

        if (File.Exists(_statementsPath)
            && Csv.Read(File.ReadAllText(_statementsPath)) is [.., [var number, var shown, var stated]])
        {
            (_statements, _shown, _stated) = ((int)Minor(number), (int)Minor(shown), Instant(stated));
        }
    }

    private static string[] Cells(LedgerPayment row) =>
    [
        row.Reference, row.EndToEnd, row.Payee, Text(row.AmountMinor), row.Currency,
        row.PaidAt.ToString("O", CultureInfo.InvariantCulture),
        Text(row.ReturnedMinor),
    ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Minor(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
