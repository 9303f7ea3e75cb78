namespace TwinTrack.Simulators;

/// <param name="Unit">The file or list that it came in.</param>
internal sealed record ProcessedOrder(
    string Reference, string EndToEnd, string Payee, long AmountMinor, string Currency, string Unit);

/// <summary>A report that the provider will send about an order.</summary>
/// <param name="Paid">False: refused.</param>
/// <param name="AmountMinor">What was paid; 0 when refused.</param>
/// <param name="False">The report contradicts the ledger.</param>
internal sealed record OrderReport(ProcessedOrder Order, bool Paid, long AmountMinor, bool Duplicates, bool False);

internal enum StopAnswer
{
    /// <summary>Was not executed and never will be.</summary>
    Stopped,

    /// <summary>Too late.</summary>
    Refused,

    /// <summary>No answer: unknown here, refused before, or lost.</summary>
    Nothing,
}

/// <summary>
/// Processes orders like a provider that executes some time after acceptance. Until then an order can be stopped. After
/// that its behaviour decides. Stopped orders are recorded in <c>stopped.csv</c>. Safe for several threads.
/// </summary>
internal sealed class OrderProcessing
{
    private readonly Lock _gate = new();
    private readonly SimulatorOptions _options;
    private readonly ProviderLedger _ledger;
    private readonly TimeProvider _clock;
    private readonly string _stoppedPath;
    private readonly HashSet<string> _stopped;
    private readonly Dictionary<string, Stage> _stages = [];
    private readonly Dictionary<string, int> _open = [];
    private readonly Queue<(DateTimeOffset Due, ProcessedOrder Order)> _waiting = [];
    private readonly Dictionary<string, DateTimeOffset> _cameIn = [];
    private readonly List<(DateTimeOffset Due, ProcessedOrder Order)> _late = [];
    private readonly List<(DateTimeOffset Due, OrderReport Report)> _reports = [];

    internal OrderProcessing(SimulatorOptions options, string directory, ProviderLedger ledger, TimeProvider clock)
    {
        (_options, _ledger, _clock) = (options, ledger, clock);
        _stoppedPath = Path.Combine(directory, "stopped.csv");
        _stopped = File.Exists(_stoppedPath) ? [.. File.ReadAllLines(_stoppedPath)] : [];
    }

    private enum Stage
    {
        Waiting,
        Late,
        Paid,
        Refused,
        Lost,
        Stopped,
    }

    /// <summary>Accepts an order, only once.</summary>
    /// <param name="order">To be paid.</param>
    /// <param name="cameIn">First arrival: now, or the earlier time after a restart.</param>
    internal void Take(ProcessedOrder order, DateTimeOffset cameIn)
    {
        lock (_gate)
        {
            var stage = _ledger.IsPaid(order.Reference)
                ? Stage.Paid : _stopped.Contains(order.Reference) ? Stage.Stopped : Stage.Waiting;
            if (_stages.TryAdd(order.Reference, stage) && stage == Stage.Waiting)
            {
                _cameIn[order.Reference] = cameIn;
                _open[order.Unit] = _open.GetValueOrDefault(order.Unit) + 1;
                _waiting.Enqueue((_clock.GetUtcNow() + _options.ExecuteAfter, order));
            }
        }
    }

    internal StopAnswer Stop(string reference)
    {
        lock (_gate)
        {
            switch (_stages.GetValueOrDefault(reference, Stage.Lost))
            {
                case Stage.Waiting:
                    File.AppendAllText(_stoppedPath, reference + "\n");
                    _stopped.Add(reference);
                    _stages[reference] = Stage.Stopped;
                    return StopAnswer.Stopped;
                case Stage.Stopped:
                    return StopAnswer.Stopped;
                case Stage.Late or Stage.Paid:
                    return StopAnswer.Refused;
                default:
                    return StopAnswer.Nothing;
            }
        }
    }

    /// <summary>The late ones are paid now.</summary>
    internal void SettleLate()
    {
        lock (_gate)
        {
            PayLate(DateTimeOffset.MaxValue);
        }
    }

    /// <summary>Arrival times of the orders that may still be paid.</summary>
    internal IReadOnlyList<DateTimeOffset> Undecided()
    {
        lock (_gate)
        {
            return [.. _waiting.Concat(_late).Select(open => _cameIn[open.Order.Reference])];
        }
    }

    /// <summary>Whether a unit's orders are all processed and reported.</summary>
    internal bool IsOver(string unit)
    {
        lock (_gate)
        {
            return _open.GetValueOrDefault(unit) == 0;
        }
    }

    /// <summary>Executes due orders and returns due reports.</summary>
    internal IReadOnlyList<OrderReport> Tick()
    {
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            while (_waiting.TryPeek(out var next) && next.Due <= now)
            {
                _waiting.Dequeue();
                Execute(next.Order, now);
            }

            PayLate(now);
            var due = _reports.Where(report => report.Due <= now).Select(report => report.Report).ToList();
            _reports.RemoveAll(report => report.Due <= now);
            foreach (var report in due)
            {
                Report(report);
            }

            return due;
        }
    }

    private void Execute(ProcessedOrder order, DateTimeOffset now)
    {
        if (_stages[order.Reference] == Stage.Stopped)
        {
            _open[order.Unit]--;
            return;
        }

        if (_options.Lapsed(_cameIn[order.Reference], now))
        {
            _stages[order.Reference] = Stage.Lost;
            _open[order.Unit]--;
            return;
        }

        switch (SimulatedTreatment.Of(_options, order.Payee).Ending)
        {
            case Ending.Rejects:
                _stages[order.Reference] = Stage.Refused;
                Report(order, paidMinor: 0, now);
                break;
            case Ending.Lost:
                _stages[order.Reference] = Stage.Lost;
                _open[order.Unit]--;
                break;
            case Ending.Late:
                _stages[order.Reference] = Stage.Late;
                _late.Add((now + _options.LateAfter, order));
                break;
            case Ending.Silent:
                Pay(order, order.AmountMinor);
                _open[order.Unit]--;
                break;
            case Ending.Partial when order.AmountMinor > 1:
                Pay(order, order.AmountMinor / 2);
                Report(order, order.AmountMinor / 2, now);
                break;
            default:
                Pay(order, order.AmountMinor);
                Report(order, order.AmountMinor, now);
                break;
        }
    }

    private void PayLate(DateTimeOffset until)
    {
        var now = _clock.GetUtcNow();
        foreach (var (_, order) in _late.Where(late => late.Due <= until).ToList())
        {
            if (_options.Lapsed(_cameIn[order.Reference], now))
            {
                _stages[order.Reference] = Stage.Lost;
                _open[order.Unit]--;
                continue;
            }

            Pay(order, order.AmountMinor);
            Report(order, order.AmountMinor, now);
        }

        _late.RemoveAll(late => late.Due <= until);
    }

    private void Pay(ProcessedOrder order, long minor)
    {
        _ledger.Pay(order.Reference, order.EndToEnd, order.Payee, minor, order.Currency);
        _stages[order.Reference] = Stage.Paid;
    }

    private void Report(ProcessedOrder order, long paidMinor, DateTimeOffset now)
    {
        var treatment = SimulatedTreatment.Of(_options, order.Payee);
        _reports.Add(
            (now + _options.Delay,
                new OrderReport(order, paidMinor > 0, paidMinor, treatment.Duplicates, False: false)));
        if (treatment.Contradicts)
        {
            var opposite = paidMinor > 0 ? 0 : order.AmountMinor;
            _reports.Add(
                (now + (2 * _options.Delay) + TimeSpan.FromMilliseconds(1),
                    new OrderReport(order, opposite > 0, opposite, treatment.Duplicates, False: true)));
        }
    }

    private void Report(OrderReport report)
    {
        if (report.False)
        {
            return;
        }

        _open[report.Order.Unit]--;
        if (SimulatedTreatment.Of(_options, report.Order.Payee).Ending == Ending.Returns)
        {
            _ledger.Return(report.Order.Reference);
        }
    }
}
