namespace TwinTrack.Simulators.MobileMoney;

/// <summary>
/// Executes accepted requests after a delay, each order by its behaviour, and calls back. Requests are only in memory,
/// so a restart forgets them. The ledger still knows who was paid. Safe for several threads.
/// </summary>
internal sealed class MobileOperator(SimulatorOptions options, ProviderLedger ledger, Callbacks callbacks,
    TimeProvider clock)
    : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, OperatorRequest> _byCorrelation = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, OperatorRequest> _byState = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, OperatorRequest> _byObject = [];
    private readonly List<(OperatorRequest Request, Disbursement Order, DateTimeOffset CameIn)> _late = [];
    private readonly Dictionary<string, (string Id, Disbursement Order)> _reversals = new(
        StringComparer.OrdinalIgnoreCase);
    private readonly List<Task> _work = [];
    private readonly CancellationTokenSource _stop = new();
    private int _transactions;

    /// <summary>Accepts a request and returns it; null when this correlation id was used before.</summary>
    public OperatorRequest? Accept(string correlationId, bool single, string? callbackUrl,
        IReadOnlyList<Disbursement> orders, Dialect dialect)
    {
        lock (_gate)
        {
            if (_byCorrelation.ContainsKey(correlationId))
            {
                return null;
            }

            var request = new OperatorRequest(
                correlationId, Guid.CreateVersion7(clock.GetUtcNow()).ToString("d"),
                single ? NextTransaction() : Invariant($"B{_byCorrelation.Count + 1}"), single, callbackUrl, orders,
                clock.GetUtcNow(), dialect);
            _byCorrelation.Add(correlationId, request);
            _byState.Add(request.StateId, request);
            _byObject.Add(request.ObjectId, request);
            Start(() => options.TwoSteps && !single ? ParseAsync(request) : WorkOffAsync(request));
            return request;
        }
    }

    /// <summary>The second step of a batch; false when it does not wait for one.</summary>
    public bool Approve(string id)
    {
        lock (_gate)
        {
            if (!_byObject.TryGetValue(id, out var request) || !request.AwaitsApproval)
            {
                return false;
            }

            request.AwaitsApproval = false;
            Start(() => WorkOffAsync(request));
            return true;
        }
    }

    /// <summary>
    /// Reverses a payment, once for each correlation id. Returns the reversal's reference and the order. Null when the
    /// id was used before or nothing was paid.
    /// </summary>
    public (string Id, Disbursement Order)? Reverse(string correlationId, string transaction)
    {
        lock (_gate)
        {
            var paid = _byCorrelation.Values.SelectMany(request => request.Completions)
                .FirstOrDefault(row => row.TransactionReference == transaction).Order;
            if (paid is null || _reversals.ContainsKey(correlationId) || !ledger.Return(paid.Reference))
            {
                return null;
            }

            return _reversals[correlationId] = (NextTransaction(), paid);
        }
    }

    public (string Id, Disbursement Order)? Reversal(Func<string, (string Id, Disbursement Order), bool> wanted)
    {
        lock (_gate)
        {
            return _reversals.Where(one => wanted(one.Key, one.Value)).Select(one => ((string, Disbursement)?)one.Value)
                .FirstOrDefault();
        }
    }

    /// <summary>Reads a request under the lock; the default when there is none.</summary>
    public T? ByCorrelation<T>(string id, Func<OperatorRequest, T> read) => Look(_byCorrelation, id, read);

    public T? ByState<T>(string id, Func<OperatorRequest, T> read) => Look(_byState, id, read);

    public T? ByObject<T>(string id, Func<OperatorRequest, T> read) => Look(_byObject, id, read);

    /// <summary>Arrival times of the requests with an order that may still be paid.</summary>
    public IReadOnlyList<DateTimeOffset> Undecided()
    {
        lock (_gate)
        {
            return [.. _byCorrelation.Values.Where(request => request.DoneAt is null)
                .Concat(_late.Select(late => late.Request)).Select(request => request.CameAt)];
        }
    }

    /// <summary>Pays and reports all late orders now.</summary>
    public void SettleLate()
    {
        lock (_gate)
        {
            foreach (var (request, order, cameIn) in _late)
            {
                PayLate(request, order, cameIn);
            }

            _late.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] work;
        lock (_gate)
        {
            _stop.Cancel();
            work = [.. _work];
        }

        await Task.WhenAll(work);
        _stop.Dispose();
    }

    private async Task ParseAsync(OperatorRequest request)
    {
        await Task.Delay(options.Delay, clock, _stop.Token);
        lock (_gate)
        {
            request.AwaitsApproval = true;
        }
    }

    private async Task WorkOffAsync(OperatorRequest request)
    {
        await Task.Delay(options.Delay, clock, _stop.Token);
        object[] reports;
        lock (_gate)
        {
            foreach (var order in request.Orders)
            {
                Execute(request, order);
            }

            request.DoneAt = clock.GetUtcNow();
            reports = [.. Reports(request)];
        }

        await ReportAsync(request, reports);
    }

    /// <summary>The true report, perhaps repeated, perhaps followed by a false report.</summary>
    /// <remarks>Needs the lock.</remarks>
    private IEnumerable<object> Reports(OperatorRequest request)
    {
        if (!request.HasEnded)
        {
            yield break;
        }

        var treatments = request.Orders.Select(order => SimulatedTreatment.Of(options, order.Msisdn)).ToList();
        var endings = request.Dialect.Endings(request).ToList();
        var doubled = treatments.Exists(treatment => treatment.Duplicates);
        foreach (var report in doubled ? [.. endings, .. endings] : endings)
        {
            yield return report;
        }

        if (treatments.Exists(treatment => treatment.Contradicts))
        {
            yield return request.Dialect.Opposite(request, clock.GetUtcNow());
        }
    }

    private async Task ReportAsync(OperatorRequest request, params object[] reports)
    {
        foreach (var report in request.CallbackUrl is null ? [] : reports)
        {
            await callbacks.SendAsync(request.Dialect.CallbackMethod, request.CallbackUrl!, report, _stop.Token);
        }
    }

    /// <remarks>Needs the lock.</remarks>
    private void Execute(OperatorRequest request, Disbursement order)
    {
        // It was paid before, under a request that a restart forgot. It stays paid.
        var ending = ledger.IsPaid(order.Reference) ? Ending.Pays : SimulatedTreatment.Of(options, order.Msisdn).Ending;
        if (order.Refusal is not null || ending == Ending.Rejects
            || !SimulatedTreatment.HasAccount(options, order.Msisdn))
        {
            request.Rejections.Add(
                (order, order.Refusal ?? (ending == Ending.Rejects ? "maxBalanceExceeded" : "identifierError"),
                    clock.GetUtcNow()));
            return;
        }

        switch (ending)
        {
            case Ending.Lost:
                break;
            case Ending.Silent:
                ledger.Pay(order.Reference, order.EndToEnd, order.Msisdn, order.AmountMinor, order.Currency);
                break;
            case Ending.Late:
                var late = (request, order, clock.GetUtcNow());
                _late.Add(late);
                Start(() => PayLateAsync(late));
                break;
            case Ending.Returns:
                Pay(request, order);
                Start(() => ReturnAsync(order));
                break;
            default:
                Pay(request, order);
                break;
        }
    }

    /// <remarks>Needs the lock.</remarks>
    private void Pay(OperatorRequest request, Disbursement order)
    {
        ledger.Pay(order.Reference, order.EndToEnd, order.Msisdn, order.AmountMinor, order.Currency);
        request.Completions.Add((order, request.Single ? request.ObjectId : NextTransaction(), clock.GetUtcNow()));
    }

    /// <remarks>Needs the lock.</remarks>
    private void PayLate(OperatorRequest request, Disbursement order, DateTimeOffset cameIn)
    {
        if (!options.Lapsed(cameIn, clock.GetUtcNow()))
        {
            Pay(request, order);
        }
    }

    private async Task PayLateAsync((OperatorRequest Request, Disbursement Order, DateTimeOffset CameIn) late)
    {
        await Task.Delay(options.LateAfter, clock, _stop.Token);
        object[] reports;
        lock (_gate)
        {
            if (!_late.Remove(late))
            {
                return;
            }

            PayLate(late.Request, late.Order, late.CameIn);
            reports = [.. late.Request.Dialect.Endings(late.Request)];
        }

        await ReportAsync(late.Request, reports);
    }

    private async Task ReturnAsync(Disbursement order)
    {
        await Task.Delay(options.Delay, clock, _stop.Token);
        ledger.Return(order.Reference);
    }

    /// <summary>Runs work later, without a caller that waits.</summary>
    public void Later(Func<CancellationToken, Task> work)
    {
        lock (_gate)
        {
            Start(async () =>
            {
                await Task.Delay(options.Delay, clock, _stop.Token);
                await work(_stop.Token);
            });
        }
    }

    /// <remarks>Needs the lock.</remarks>
    private void Start(Func<Task> work)
    {
        _work.RemoveAll(task => task.IsCompleted);
        _work.Add(Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException)
            {
                // The simulator stopped, so the rest is not done.
            }
        }));
    }

    /// <remarks>Needs the lock.</remarks>
    private string NextTransaction() => Invariant($"T{++_transactions}");

    private T? Look<T>(Dictionary<string, OperatorRequest> requests, string id, Func<OperatorRequest, T> read)
    {
        lock (_gate)
        {
            return requests.TryGetValue(id, out var request) ? read(request) : default;
        }
    }
}
