using TwinTrack.Providers.Domain;
using TwinTrack.Simulation.World;

namespace TwinTrack.Simulation.Providers;

/// <summary>
/// Processes a provider's orders: its ledger, its documents for us, and its statements. It does not use TwinTrack's
/// tables.
/// </summary>
internal sealed class SimulatedOrderProcessing(SimulatedProvider provider, SimulatedWorld world)
{
    private readonly Dictionary<string, ProviderOrder> _orders = [];
    private readonly HashSet<string> _underWay = [];
    private DateTimeOffset _stated = DateTimeOffset.UnixEpoch;
    private int _papers;

    public IReadOnlyDictionary<string, ProviderOrder> Orders => _orders;

    /// <summary>Orders that are on the wire and not in the book yet.</summary>
    public IReadOnlySet<string> UnderWay => _underWay;

    public List<Document> Documents { get; } = [];

    /// <summary>Grows with every change of the book.</summary>
    public int Changes { get; private set; }

    /// <summary>Whether something was booked that no final statement has shown yet.</summary>
    public bool HasUnstated => _orders.Values.Any(order => order.PaidAt > _stated || order.ReturnedAt > _stated);

    public void TakeLater(Unit unit, TimeSpan after)
    {
        _underWay.UnionWith(unit.Orders.Select(order => order.Reference));
        world.After(after, $"{provider.Channel} takes {unit.Reference[^6..]} late", () => Take(unit));
    }

    /// <summary>A known reference is ignored, so it is paid once.</summary>
    public void Take(Unit unit)
    {
        Changes++;
        foreach (var order in unit.Orders)
        {
            _underWay.Remove(order.Reference);
            if (_orders.TryGetValue(order.Reference, out var known))
            {
                world.Guards.KnownReference(this, known);
                continue;
            }

            var fresh = new ProviderOrder
            {
                Reference = order.Reference,
                EndToEnd = order.EndToEnd,
                Unit = unit.Reference,
                AmountMinor = order.AmountMinor,
                Behaviour = (ProviderBehaviour)world.Random.Weighted(world.Rates.Behaviours),
                ValidUntil = unit.CreatedAt + SimulatedProvider.Validity,
            };
            _orders[order.Reference] = fresh;
            world.Count($"provider {fresh.Behaviour}");
            Work(fresh);
        }
    }

    /// <summary>What the provider says of an order when it is asked; null when it says nothing.</summary>
    public Answer? WordOn(string reference)
    {
        if (!_orders.TryGetValue(reference, out var order) || !order.Speaks)
        {
            return world.Random.Chance(0.5) ? new Answer(reference, Verdict.Unknown("NOT_FOUND")) : null;
        }

        return order.Behaviour == ProviderBehaviour.DeniesThenPays && order.Fate == OrderFate.Pending
            ? new Answer(reference, Verdict.Unknown("NOT_FOUND"))
            : new Answer(reference, VerdictOn(order));
    }

    /// <summary>Honoured, refused, promised (and kept later, if it can be) or overtaken; null: no word.</summary>
    public Answer? Recall(string reference)
    {
        Changes++;
        if (!_orders.TryGetValue(reference, out var order) || !order.Speaks)
        {
            return null;
        }

        if (!order.MayStillPay(world.Now))
        {
            world.Count("recall overtaken");
            return new Answer(
                reference, order.Fate == OrderFate.Paid
                    ? new Verdict(Outcome.RecallRefused, Grade.C, "TOO_LATE") : VerdictOn(order));
        }

        if (world.Random.Chance(world.Rates.RecallHonoured))
        {
            world.Count("recall honoured");
            order.Fate = OrderFate.Recalled;
            return new Answer(reference, VerdictOn(order));
        }

        if (world.Random.Chance(0.5))
        {
            world.Count("recall refused");
            return new Answer(reference, new Verdict(Outcome.RecallRefused, Grade.C, "NO"));
        }

        world.Count("recall promised");
        Later(order, world.Random.Between(10, 200), KeepPromise);
        return new Answer(reference, new Verdict(Outcome.Recalled, Grade.C, "WE_WILL_SEE"));
    }

    public void LayDown(IReadOnlyList<Answer> words)
    {
        if (words.Count == 0)
        {
            return;
        }

        Documents.Add(SimulatedDocuments.Write(Invariant($"{provider.Channel}-{++_papers}"), words));
        if (world.Fails(world.Rates.AnswerTwice, "document twice"))
        {
            Documents.Add(SimulatedDocuments.Write(Invariant($"{provider.Channel}-{++_papers}"), words));
        }
    }

    /// <summary>
    /// The bookings since the last final statement. A statement that is not final may leave out later bookings.
    /// </summary>
    public byte[] Statement(bool final)
    {
        var now = world.Now;
        var shown = _orders.Values.Where(_ => final || world.Random.Chance(0.6)).ToList();
        var paid = shown.Where(order => order.PaidAt > _stated && order.PaidAt <= now)
            .Select(order => (order, Returned: false));
        var returned = shown.Where(order => order.ReturnedAt > _stated && order.ReturnedAt <= now)
            .Select(order => (order, Returned: true));
        var statement = new Statement(
            Invariant($"{provider.Channel}-s{++_papers}"), final, _stated, now,
            [.. paid.Concat(returned).Select(
                (line, index) => new StatementLine(
                    index + 1, line.order.Reference, line.Returned, line.order.AmountMinor, "XOF", default, null))]);
        _stated = final ? now : _stated;
        return SimulatedDocuments.Write(statement);
    }

    public void PayAgain(ProviderOrder order)
    {
        order.TimesPaid++;
        Changes++;
    }

    private static Verdict VerdictOn(ProviderOrder order) => order switch
    {
        { ReturnedAt: not null } => new Verdict(Outcome.Returned, Grade.B, "RETURNED"),
        { Fate: OrderFate.Paid } => new Verdict(Outcome.Settled, Grade.A, "PAID"),
        { Fate: OrderFate.Rejected } => new Verdict(Outcome.Rejected, Grade.A, "NO_SUCH_ACCOUNT"),
        { Fate: OrderFate.Recalled } => new Verdict(Outcome.Recalled, Grade.A, "CANCELLED"),
        _ => new Verdict(Outcome.Accepted, Grade.C, "IN_HAND"),
    };

    private void Work(ProviderOrder order)
    {
        var random = world.Random;
        switch (order.Behaviour)
        {
            case ProviderBehaviour.Prompt:
                Later(order, random.Between(0, 5), Pay);
                break;
            case ProviderBehaviour.Late:
                Later(order, random.Between(20, 400), Pay);
                break;
            case ProviderBehaviour.Rejects:
                Later(order, random.Between(0, 30), Reject);
                break;
            case ProviderBehaviour.PaysSilently:
                Later(order, random.Between(0, 300), Pay);
                break;
            case ProviderBehaviour.NeverPays:
                break;
            case ProviderBehaviour.Contradicts:
                Later(order, random.Between(0, 20), Reject);
                Later(order, random.Between(30, 300), PayAfterAll);
                break;
            case ProviderBehaviour.Returns:
                Later(order, random.Between(0, 5), Pay);
                Later(order, random.Between(20, 300), Return);
                break;
            case ProviderBehaviour.DeniesThenPays:
                Later(order, random.Between(20, 200), Pay);
                break;
            default:
                throw new InvalidOperationException($"No way to work {order.Behaviour}.");
        }
    }

    private void Later(ProviderOrder order, TimeSpan after, Action<ProviderOrder> act) =>
        world.After(after, $"{provider.Channel} {act.Method.Name} {order.Reference[^6..]}", () =>
    {
        Changes++;
        act(order);
        if (!provider.Answers && order.Speaks && order.Fate != OrderFate.Pending
            && !world.Fails(world.Rates.AnswerLost, "document lost"))
        {
            LayDown([new Answer(order.Reference, VerdictOn(order))]);
        }
    });

    private void Pay(ProviderOrder order)
    {
        if (order.MayStillPay(world.Now))
        {
            (order.Fate, order.PaidAt) = (OrderFate.Paid, world.Now);
            order.TimesPaid++;
        }
    }

    private void PayAfterAll(ProviderOrder order)
    {
        if (order.Fate == OrderFate.Rejected && world.Now <= order.ValidUntil)
        {
            (order.Fate, order.PaidAt, order.BrokeItsWord) = (OrderFate.Paid, world.Now, true);
            order.TimesPaid++;
            world.Count("provider broke its word");
        }
    }

    private void Reject(ProviderOrder order) =>
        order.Fate = order.MayStillPay(world.Now) ? OrderFate.Rejected : order.Fate;

    private void KeepPromise(ProviderOrder order) =>
        order.Fate = order.MayStillPay(world.Now) ? OrderFate.Recalled : order.Fate;

    private void Return(ProviderOrder order) =>
        order.ReturnedAt = order.Fate == OrderFate.Paid ? world.Now : order.ReturnedAt;
}
