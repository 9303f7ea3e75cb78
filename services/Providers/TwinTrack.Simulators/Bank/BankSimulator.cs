using System.Xml;
using TwinTrack.Kernel;

namespace TwinTrack.Simulators.Bank;

/// <summary>
/// A bank that takes pain.001 and camt.055 files. It answers with pain.002, camt.029, camt.054 and, over HTTP,
/// camt.053, in the versions of its dialect. It checks a file's totals and refuses a repeated message id (DU01). It
/// executes some time after acceptance and keeps its own ledger.
/// </summary>
public sealed class BankSimulator : IAsyncDisposable
{
    private readonly ProviderFolder _folder;
    private readonly OrderProcessing _processing;
    private readonly TimeProvider _clock;
    private readonly HashSet<string> _messages = [];
    private readonly SimulatorOptions _options;
    private readonly BankDialect _dialect;
    private readonly Dictionary<string, int> _sizes = [];
    private FileSimulator? _running;
    private BankReports? _reports;
    private BankMessages _words;
    private string? _lastId;
    private long _messageIds;
    private long _attacks;

    private BankSimulator(SimulatorOptions options, string directory, TimeProvider clock)
    {
        (_clock, _options, _dialect) = (clock, options, BankDialect.Of(options.Dialect));
        _words = new BankMessages(_dialect, "pain.001.001.09");
        _folder = new ProviderFolder(directory, clock);
        Ledger = new ProviderLedger(directory, clock);
        _processing = new OrderProcessing(options, directory, Ledger, clock);
    }

    public ProviderLedger Ledger { get; }

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
        bank._running = await FileSimulator.StartAsync(
            options, bank.Ledger, bank._processing, bank.Work, bank.Statement, "application/xml", clock);
        return bank;
    }

    public ValueTask DisposeAsync() => _running!.DisposeAsync();

    /// <summary>After a restart: it knows the files received before and continues their unfinished orders.</summary>
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

        Report(_processing.Tick());
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
            return _words.GroupStatus(NextId(), _clock.GetUtcNow(), "NOTPROVIDED", "RJCT", "FF01");
        }

        _words = new BankMessages(_dialect, file.Message);
        if (_messages.Contains(file.MessageId))
        {
            return _words.GroupStatus(NextId(), _clock.GetUtcNow(), file.MessageId, "RJCT", "DU01");
        }

        if (file.Wrong is not null)
        {
            return _words.GroupStatus(NextId(), _clock.GetUtcNow(), file.MessageId, "RJCT", file.Wrong);
        }

        Accept(file, cameIn);
        return _words.GroupStatus(NextId(), _clock.GetUtcNow(), file.MessageId, "ACTC", null);
    }

    private void Accept(CreditTransferFile file, DateTimeOffset cameIn)
    {
        _messages.Add(file.MessageId);
        _sizes[file.MessageId] = file.Orders.Count;
        var currency = Currency.Of(file.Orders[0].Currency)
            .Match(known => known, refusal => throw new FormatException(refusal.Reason));
        _reports = new BankReports(_dialect, file.Account, currency);
        foreach (var order in file.Orders)
        {
            _processing.Take(order, cameIn);
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
            // A file that names no payment cannot get answers by payment.
            return;
        }

        var answers = request.Transactions
            .Select(one => (one.InstrId, one.EndToEndId, Answer: _processing.Stop(one.InstrId)))
            .Where(one => one.Answer != StopAnswer.Nothing)
            .ToList();
        if (answers.Count > 0)
        {
            _folder.Write("answer.camt029.xml",
                _words.CancellationAnswer(NextId(), _clock.GetUtcNow(), request.Unit, answers));
        }
    }

    private void Report(IReadOnlyList<OrderReport> reports)
    {
        foreach (var unit in reports.GroupBy(report => (report.Order.Unit, report.False)))
        {
            Say(unit.Key.Unit, [.. unit]);
            if (unit.Where(report => report.Duplicates).ToList() is { Count: > 0 } again)
            {
                Say(unit.Key.Unit, again);
            }

            if (_options.Hostile > 0
                && SimulatedTreatment.Roll(_options.Seed, "hostile", Invariant($"{_attacks}")) < _options.Hostile)
            {
                _folder.Write("status.pain002.xml", HostileFiles.Make(_attacks, _dialect, _lastId!, unit.Key.Unit));
            }

            _attacks++;
        }
    }

    /// <summary>
    /// Writes one status report with every transaction. With the option for three levels it does what many banks do. It
    /// lists refusals only, or refuses the whole file, and notifies of bookings.
    /// </summary>
    private void Say(string unit, IReadOnlyList<OrderReport> reports)
    {
        if (!_options.Levels)
        {
            _folder.Write("status.pain002.xml", _words.TransactionStatus(NextId(), _clock.GetUtcNow(), unit, reports));
            return;
        }

        var refused = reports.Where(report => !report.Paid).ToList();
        if (refused.Count > 0)
        {
            _folder.Write("status.pain002.xml", refused.Count == _sizes[unit]
                ? _words.GroupStatus(NextId(), _clock.GetUtcNow(), unit, "RJCT", "AC04")
                : _words.PartlyRefused(NextId(), _clock.GetUtcNow(), unit, refused));
        }

        var booked =
            Ledger.EntriesOf([.. reports.Where(report => report.Paid).Select(report => report.Order.Reference)]);
        if (booked.Count > 0)
        {
            _folder.Write("booked.camt054.xml", _reports!.Notification(NextId(), _clock.GetUtcNow(), booked));
        }
    }

    /// <summary>
    /// Unread files first, then undecided orders. A file that is read in between is in the second part, so none is
    /// missed.
    /// </summary>
    private IEnumerable<DateTimeOffset> Undecided() => [.. _folder.Unread(".pain001.xml"), .. _processing.Undecided()];

    private byte[]? Statement(bool final) =>
        _reports?.Statement(Ledger.TakeStatement(Undecided()), final, _options.Pages);

    /// <summary>Unique over restarts, at most 35 characters.</summary>
    private string NextId() =>
        _lastId = Invariant($"BK{_clock.GetUtcNow():yyyyMMddHHmmssfff}{Interlocked.Increment(ref _messageIds):D8}");
}
