using System.Text;

namespace TwinTrack.Simulators.Agency;

/// <summary>
/// A partner agency that takes distribution lists and stop lists as files. It answers with acknowledgements and return
/// files and, over HTTP, with its statement. It checks a list against its control file and hands out money some time
/// after acceptance. It keeps its own ledger.
/// </summary>
public sealed class AgencySimulator : IAsyncDisposable
{
    private readonly SimulatorOptions _options;
    private readonly AgencyStyle _style;
    private readonly ProviderFolder _folder;
    private readonly OrderProcessing _processing;
    private readonly TimeProvider _clock;
    private readonly HashSet<string> _lists = [];

    /// <summary>
    /// Orders not handed out so far, by list. They are reported again, as final, when the list closes.
    /// </summary>
    private readonly Dictionary<string, List<OrderReport>> _undelivered = [];

    private FileSimulator? _running;
    private PartnerCourier? _courier;
    private string? _currency;
    private int _hostile;

    private AgencySimulator(SimulatorOptions options, string directory, TimeProvider clock)
    {
        (_options, _style, _clock) = (options, AgencyStyle.Of(options.Style), clock);
        _folder = new ProviderFolder(directory, clock);
        Ledger = new ProviderLedger(directory, clock);
        _processing = new OrderProcessing(options, directory, Ledger, clock);
    }

    public ProviderLedger Ledger { get; }

    public Uri Address => _running!.Address;

    /// <summary>Runs until the process is told to stop.</summary>
    public static async Task RunAsync(SimulatorOptions options)
    {
        await using var agency = await StartAsync(options, TimeProvider.System);
        await agency._running!.WaitForShutdownAsync();
    }

    public static async Task<AgencySimulator> StartAsync(SimulatorOptions options, TimeProvider clock)
    {
        var directory = options.Directory ?? throw new ArgumentException("An agency needs --directory.");
        var agency = new AgencySimulator(options, directory, clock);
        agency.Remember();
        agency._running = await FileSimulator.StartAsync(
            options, agency.Ledger, agency._processing, agency.Work, agency.Statement, "text/csv", clock);
        agency._courier = options.Api is { } api
            ? new PartnerCourier(new Uri(api), options.Token ?? "", directory, clock) : null;
        return agency;
    }

    public async ValueTask DisposeAsync()
    {
        if (_courier is not null)
        {
            await _courier.DisposeAsync();
        }

        await _running!.DisposeAsync();
    }

    /// <summary>After a restart: it knows the lists received before and continues their unfinished orders.</summary>
    private void Remember()
    {
        foreach (var path in _folder.Worked(ListEnding))
        {
            if (AgencyList.Read(path, _style) is { Wrong: null } list)
            {
                Accept(list, ProviderFolder.CameIn(path));
            }
        }
    }

    private void Work()
    {
        foreach (var path in _folder.Incoming(ListEnding))
        {
            var list = AgencyList.Read(path, _style);
            var status = _lists.Contains(list.Reference) ? "duplicate" : list.Wrong is null ? "accepted" : "refused";
            if (status == "accepted")
            {
                Accept(list, ProviderFolder.CameIn(path));
            }

            Write("list.ack.csv", list.Acknowledgement(status));
            _folder.SetAside(path);
            _folder.SetAside(list.ControlPath);
        }

        foreach (var path in _folder.Incoming(".stop.csv"))
        {
            Stop(Encoding.UTF8.GetString(ProviderFolder.Read(path)));
            _folder.SetAside(path);
        }

        Report(_processing.Tick());
        Close();
    }

    private void Accept(AgencyList list, DateTimeOffset cameIn)
    {
        _lists.Add(list.Reference);
        _currency = list.Orders[0].Currency;
        foreach (var order in list.Orders)
        {
            _processing.Take(order, cameIn);
        }
    }

    private void Stop(string text)
    {
        var answers = Csv.Read(text).Skip(1)
            .Select(row => (PaymentId: row[0], Answer: _processing.Stop(row[0])))
            .Where(row => row.Answer != StopAnswer.Nothing)
            .Select(row => Csv.Line(row.PaymentId, row.Answer == StopAnswer.Stopped ? "stopped" : "refused"))
            .ToList();
        if (answers.Count > 0)
        {
            Write("stop.stopack.csv", "payment_id,status\n" + string.Concat(answers));
        }
    }

    private void Report(IReadOnlyList<OrderReport> reports)
    {
        foreach (var list in reports.GroupBy(report => (report.Order.Unit, report.False)))
        {
            var all = list.ToList();
            WriteReturns(all, closed: list.Key.False);
            if (all.Where(report => report.Duplicates).ToList() is { Count: > 0 } again)
            {
                WriteReturns(again, closed: list.Key.False);
            }

            if (!list.Key.False && all.Where(report => !report.Paid).ToList() is { Count: > 0 } undelivered)
            {
                _undelivered[list.Key.Unit] = [.. _undelivered.GetValueOrDefault(list.Key.Unit) ?? [], .. undelivered];
            }
        }
    }

    /// <summary>Closes lists that are over. An order that is undelivered now is never delivered.</summary>
    private void Close()
    {
        foreach (var list in _undelivered.Keys.Where(_processing.IsOver).ToList())
        {
            WriteReturns(_undelivered[list], closed: true);
            _undelivered.Remove(list);
        }
    }

    private string ListEnding => $".list.{_style.Ending}";

    private void WriteReturns(List<OrderReport> reports, bool closed)
    {
        foreach (var report in reports.Where(
            report => SimulatedTreatment.Roll(_options.Seed, "hostile", report.Order.Reference) < _options.Hostile))
        {
            var (name, content) = HostileAgency.File(_style, report.Order, _hostile++);
            _folder.Write(name, content);
        }

        var lines =
            reports.Select(
                report => _style.Line(report, AgencyList.Known(report.Order.Currency), closed, _clock.GetUtcNow()))
                .OfType<string[]>().ToList();
        if (lines.Count > 0)
        {
            _folder.Write($"list.{(closed && _style.NamesClosed ? "closed-return" : "return")}.{_style.Ending}",
                _style.Write(lines));
        }
    }

    /// <summary>
    /// Unread files first, then undecided orders. A file that is read in between is in the second part, so none is
    /// missed.
    /// </summary>
    private IEnumerable<DateTimeOffset> Undecided() => [.. _folder.Unread(ListEnding), .. _processing.Undecided()];

    private byte[]? Statement(bool final) =>
        _currency is { } currency
            ? Encoding.UTF8.GetBytes(AgencyAccount.Write(Ledger.TakeStatement(Undecided()), currency, final)) : null;

    private void Write(string name, string text) => _folder.Write(name, Encoding.UTF8.GetBytes(text));
}
