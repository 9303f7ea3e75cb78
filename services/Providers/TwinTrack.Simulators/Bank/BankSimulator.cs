using System.Globalization;
using System.Xml;

namespace TwinTrack.Simulators.Bank;

/// <summary>
/// A bank that takes pain.001 and camt.055 files and answers with pain.002, camt.029 and, over HTTP, camt.053. It checks a file's totals, refuses a message id
/// that it has seen (DU01), executes some time after acceptance, and keeps its own book.
/// </summary>
public sealed class BankSimulator : IAsyncDisposable
{
    private readonly ProviderFolder _folder;
    private readonly Desk _desk;
    private readonly TimeProvider _clock;
    private readonly HashSet<string> _messages = [];
    private FileSimulator? _running;
    private string? _currency;
    private long _said;

    private BankSimulator(SimulatorOptions options, string directory, TimeProvider clock)
    {
        _clock = clock;
        _folder = new ProviderFolder(directory, clock);
        Book = new Book(directory, clock);
        _desk = new Desk(options, directory, Book, clock);
    }

    public Book Book { get; }

    public Uri Address => _running!.Address;

    /// <summary>Runs until the process is told to stop.</summary>
    public static async Task RunAsync(SimulatorOptions options)
    {
        await using var bank = await StartAsync(options, TimeProvider.System);
        await bank._running!.WaitForShutdownAsync();
    }

    public static async Task<BankSimulator> StartAsync(SimulatorOptions options, TimeProvider clock)
    {
        var directory = options.Directory ?? throw new ArgumentException("A bank needs --directory.");
        var bank = new BankSimulator(options with { Partial = 0 }, directory, clock);
        bank.Remember();
        bank._running = await FileSimulator.StartAsync(options, bank.Book, bank._desk, bank.Work, bank.Statement, "application/xml", clock);
        return bank;
    }

    public ValueTask DisposeAsync() => _running!.DisposeAsync();

    /// <summary>After a restart: the files taken in before are known, and their unfinished orders are taken up again.</summary>
    private void Remember()
    {
        foreach (var path in _folder.Worked(".pain001.xml"))
        {
            if (CreditTransferFile.Read(ProviderFolder.Read(path)) is { Wrong: null } file)
            {
                Accept(file, ProviderFolder.CameIn(path));
            }
        }
    }

    private void Work()
    {
        foreach (var path in _folder.Incoming(".pain001.xml"))
        {
            _folder.Write("status.pain002.xml", Answer(ProviderFolder.Read(path), ProviderFolder.CameIn(path)));
            _folder.SetAside(path);
        }

        foreach (var path in _folder.Incoming(".camt055.xml"))
        {
            Recall(ProviderFolder.Read(path));
            _folder.SetAside(path);
        }

        Report(_desk.Tick());
    }

    private byte[] Answer(byte[] content, DateTimeOffset cameIn)
    {
        CreditTransferFile file;
        try
        {
            file = CreditTransferFile.Read(content);
        }
        catch (Exception unreadable) when (unreadable is XmlException or FormatException)
        {
            return BankMessages.GroupStatus(NextId(), _clock.GetUtcNow(), "NOTPROVIDED", "RJCT", "FF01");
        }

        if (_messages.Contains(file.MessageId))
        {
            return BankMessages.GroupStatus(NextId(), _clock.GetUtcNow(), file.MessageId, "RJCT", "DU01");
        }

        if (file.Wrong is not null)
        {
            return BankMessages.GroupStatus(NextId(), _clock.GetUtcNow(), file.MessageId, "RJCT", file.Wrong);
        }

        Accept(file, cameIn);
        return BankMessages.GroupStatus(NextId(), _clock.GetUtcNow(), file.MessageId, "ACTC", null);
    }

    private void Accept(CreditTransferFile file, DateTimeOffset cameIn)
    {
        _messages.Add(file.MessageId);
        _currency = file.Orders[0].Currency;
        foreach (var order in file.Orders)
        {
            _desk.Take(order, cameIn);
        }
    }

    private void Recall(byte[] content)
    {
        CancellationFile request;
        try
        {
            request = CancellationFile.Read(content);
        }
        catch (Exception unreadable) when (unreadable is XmlException or FormatException)
        {
            // What names no payment cannot be answered by payment.
            return;
        }

        var answers = request.Transactions
            .Select(one => (one.InstrId, one.EndToEndId, Answer: _desk.Stop(one.InstrId)))
            .Where(one => one.Answer != StopAnswer.Nothing)
            .ToList();
        if (answers.Count > 0)
        {
            _folder.Write("answer.camt029.xml", BankMessages.CancellationAnswer(NextId(), _clock.GetUtcNow(), request.Unit, answers));
        }
    }

    private void Report(IReadOnlyList<DeskReport> reports)
    {
        foreach (var unit in reports.GroupBy(report => (report.Order.Unit, report.False)))
        {
            var all = unit.ToList();
            _folder.Write("status.pain002.xml", BankMessages.TransactionStatus(NextId(), _clock.GetUtcNow(), unit.Key.Unit, all));
            if (all.Where(report => report.Duplicates).ToList() is { Count: > 0 } again)
            {
                _folder.Write("status.pain002.xml", BankMessages.TransactionStatus(NextId(), _clock.GetUtcNow(), unit.Key.Unit, again));
            }
        }
    }

    /// <summary>First what is not read, then what is not decided: what is read in between is in the second, and nothing is missed.</summary>
    private IEnumerable<DateTimeOffset> Undecided() => [.. _folder.Unread(".pain001.xml"), .. _desk.Undecided()];

    private byte[]? Statement(bool final) =>
        _currency is { } currency ? BankStatement.Write(Book.TakeStatement(Undecided()), currency, final) : null;

    /// <summary>Unique over restarts, at most 35 characters.</summary>
    private string NextId() => string.Create(
        CultureInfo.InvariantCulture, $"BK{_clock.GetUtcNow():yyyyMMddHHmmssfff}{Interlocked.Increment(ref _said):D8}");
}
