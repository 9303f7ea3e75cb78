using System.Text.Json;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Platform.Messaging;
using TwinTrack.Providers.Domain;
using TwinTrack.Simulation.Hosting;
using TwinTrack.Simulation.Providers;
using TwinTrack.Simulation.World;

namespace TwinTrack.Simulation.Checks;

/// <summary>
/// Invariants after every step. They are checked on the tables and the providers' own ledgers, never on the services'
/// answers. The numbers are those of the reliability design.
/// </summary>
internal sealed class Invariants(SimulatedWorld world)
{
    /// <summary>Every state that can follow a state, by any number of arrows (I15).</summary>
    private static readonly Dictionary<InstructionState, HashSet<InstructionState>> Reachable =
        Enum.GetValues<InstructionState>().ToDictionary(from => from, Reach);

    private readonly Dictionary<string, InstructionState> _last = [];
    private readonly Dictionary<string, long> _journaled = [];
    private readonly HashSet<string> _inJournal = [];
    private List<InstructionRow> _instructions = [];
    private Dictionary<string, InstructionRow> _byId = [];
    private (int Payments, int Providers, int Books) _seen = (-1, -1, -1);

    /// <summary>State changes of instructions that occurred, as <c>From → To</c>.</summary>
    public HashSet<string> Arrows { get; } = [];

    public SortedDictionary<string, int> Evidence { get; } = new(StringComparer.Ordinal);

    public void AfterStep()
    {
        var seen = (world.Host.Payments.Store.Changes, world.Host.Providers.Store.Changes,
            world.Providers.Sum(provider => provider.Counter.Changes));
        if (seen == _seen)
        {
            return;
        }

        if (seen.Item1 != _seen.Payments)
        {
            _instructions = Tables.Instructions(world.Host.Payments.Store);
            _byId = _instructions.ToDictionary(row => row.Id);
            Attempts();
        }

        if (seen.Item2 != _seen.Providers)
        {
            Gates();
        }

        Books();
        _seen = seen;
    }

    /// <summary>I13: every sent order is in the journal, and the journal is committed.</summary>
    public void AtTheWire(string channel, Unit unit)
    {
        var store = world.Host.Providers.Store;
        if (!store.IsAtRest)
        {
            throw new SimulatedViolation("I13: a provider is called inside a transaction");
        }

        foreach (var order in unit.Orders)
        {
            if (store.Count(
                "SELECT COUNT(*) FROM journal WHERE instruction_id = @0 AND channel = @1 AND amount_minor = @2",
                Tables.Stored(order.Reference), channel, order.AmountMinor) != 1)
            {
                throw new SimulatedViolation(
                    "I13: an order leaves without its one line in the journal", order.EndToEnd);
            }
        }
    }

    /// <summary>Records the messages between services when they are committed.</summary>
    public void Published(string queue, string body)
    {
        if (queue.EndsWith(".instruction-states-changed", StringComparison.Ordinal))
        {
            foreach (var row in JsonSerializer.Deserialize<InstructionStatesChanged>(body, MessageJson.Options)!.Rows)
            {
                Go(Word.Parse<InstructionState>(row.From, "from"), Word.Parse<InstructionState>(row.To, "to"),
                    TypedId.Parse<ObligationId>(row.ObligationId).Value.ToString("n"));
            }
        }
        else if (queue.EndsWith(".instructions-reported", StringComparison.Ordinal))
        {
            foreach (var row in JsonSerializer.Deserialize<InstructionsReported>(body, MessageJson.Options)!.Rows)
            {
                var kind = row.Code is ReportCodes.NeverSent or ReportCodes.Held or ReportCodes.Statement
                    or ReportCodes.ExpiredAbsent
                    ? $"{row.Outcome} {row.Grade} {row.Code}" : $"{row.Outcome} {row.Grade}";
                Evidence[kind] = Evidence.GetValueOrDefault(kind) + 1;
            }
        }
    }

    private void Go(InstructionState from, InstructionState to, string obligation)
    {
        if (!InstructionLifecycle.Table.Rows.Any(arrow => arrow.From == from && arrow.To == to))
        {
            throw new SimulatedViolation($"I15: {from} → {to} is no arrow of the lifecycle", obligation);
        }

        Arrows.Add($"{from} → {to}");
    }

    private void Attempts()
    {
        var claims = Tables.Claims(world.Host.Payments.Store);
        InstructionRow? before = null;
        InstructionRow? live = null;
        InstructionRow? late = null;
        foreach (var row in _instructions)
        {
            if (before?.Obligation != row.Obligation)
            {
                (before, live, late) = (null, null, null);
            }

            if (late is not null && InstructionLifecycle.IsLive(row.State)
                && _last.GetValueOrDefault(row.Id, InstructionState.Planned) == InstructionState.Planned)
            {
                throw new SimulatedViolation(
                    Invariant($"I3: attempt {row.Generation} leaves although attempt {late.Generation}, which was ")
                        + "given up, is known to be paid", row.Obligation);
            }

            Absorb(row);
            if (InstructionLifecycle.Forced.Contains(row.State) && !row.Forced)
            {
                throw new SimulatedViolation($"I6: {row.State}, and nobody decided it", row.Obligation);
            }

            late = row.State == InstructionState.SettledLate ? row : late;
            if (before is not null && !InstructionLifecycle.IsFreed(before.State)
                && !InstructionLifecycle.Forced.Contains(before.State))
            {
                throw new SimulatedViolation(
                    Invariant($"I6: attempt {row.Generation} stands beside attempt {before.Generation}, ")
                        + $"which is {before.State}",
                    row.Obligation);
            }

            if (InstructionLifecycle.IsLive(row.State))
            {
                if (live is not null)
                {
                    throw new SimulatedViolation(
                        Invariant($"I2: attempts {live.Generation} and {row.Generation} live at once"), row.Obligation);
                }

                live = row;
                if (claims.GetValueOrDefault(row.Obligation) != row.Id)
                {
                    throw new SimulatedViolation($"I2: a live attempt ({row.State}) without its claim", row.Obligation);
                }
            }
            else if (claims.GetValueOrDefault(row.Obligation) == row.Id)
            {
                throw new SimulatedViolation($"I2: a claim is held by an attempt that is {row.State}", row.Obligation);
            }

            before = row;
        }
    }

    private void Absorb(InstructionRow row)
    {
        var last = _last.GetValueOrDefault(row.Id, InstructionState.Planned);
        if (last != row.State)
        {
            if (!Reachable[last].Contains(row.State))
            {
                throw new SimulatedViolation($"I15: {last} became {row.State}", row.Obligation);
            }

            if (last == InstructionState.Planned && row.State == InstructionState.Withdrawn)
            {
                Arrows.Add($"{last} → {row.State}");
            }

            _last[row.Id] = row.State;
        }
    }

    /// <summary>I9: every new journal line left through an open gate, and no stop that was proved covers it.</summary>
    private void Gates()
    {
        foreach (var gate in Tables.Gates(world.Host.Providers.Store))
        {
            var known = _journaled.GetValueOrDefault(gate.Channel);
            if (gate.LastSequence == known)
            {
                continue;
            }

            var lines = Tables.Journal(world.Host.Providers.Store, gate.Channel, known);
            if (lines.Count != gate.LastSequence - known)
            {
                throw new SimulatedViolation(
                    Invariant(
                        $"I13: the gate of {gate.Channel} has counted {gate.LastSequence} lines and the journal has ")
                        + Invariant($"{known + lines.Count}"));
            }

            var stops = Tables.Stops(world.Host.Providers.Store, gate.Channel);
            foreach (var line in lines)
            {
                _inJournal.Add(line.Instruction);
                var attempt = _byId.GetValueOrDefault(line.Instruction);
                if (!gate.Open)
                {
                    throw new SimulatedViolation(
                        $"I9: {gate.Channel} sends although its gate is closed", attempt?.Obligation);
                }

                var epoch = attempt?.Epoch ?? line.OrderEpoch;
                if (stops.Find(stop => stop.IsBrokenBy(line, epoch)) is { } broken)
                {
                    throw new SimulatedViolation(
                        Invariant($"I9: {gate.Channel} sends an order of epoch {epoch} after the stop of epoch ")
                            + Invariant($"{broken.Epoch}"), attempt?.Obligation);
                }

                if (attempt is not null && attempt.AmountMinor != line.AmountMinor)
                {
                    throw new SimulatedViolation("I5: the amount changed after approval", attempt.Obligation);
                }
            }

            _journaled[gate.Channel] = gate.LastSequence;
        }
    }

    /// <summary>
    /// I1, I3, I6, I13 against the providers' own ledgers. No obligation is paid twice, except by an attempt that two
    /// parties gave up. Orders that count as ended or paid are so in the ledger. The ledgers hold no unknown payment.
    /// </summary>
    private void Books()
    {
        var outByObligation = new Dictionary<string, (long Out, long Due)>();
        foreach (var provider in world.Providers)
        {
            foreach (var order in provider.Counter.Orders.Values)
            {
                var attempt = _byId.GetValueOrDefault(order.Reference);
                if (!order.BrokeItsWord && order.OutMinor > order.AmountMinor)
                {
                    throw new SimulatedViolation(
                        Invariant($"I1: {order.OutMinor} of {order.AmountMinor} went out for one order"),
                        order.EndToEnd);
                }

                if (!order.BrokeItsWord && order.OutMinor > 0 && attempt is not { Forced: true })
                {
                    var sum = order.OutMinor + outByObligation.GetValueOrDefault(order.EndToEnd).Out;
                    outByObligation[order.EndToEnd] = (sum, order.AmountMinor);
                    if (sum > order.AmountMinor)
                    {
                        throw new SimulatedViolation(
                            Invariant($"I3: {sum} of {order.AmountMinor} went out, and no provider broke its word"),
                            order.EndToEnd);
                    }
                }

                if (!_inJournal.Contains(order.Reference))
                {
                    throw new SimulatedViolation(
                        $"I13: the provider of {provider.Channel} has an order that no journal knows", order.EndToEnd);
                }

                if (attempt is not null)
                {
                    Judge(attempt, order);
                }
            }

            foreach (var reference in provider.Counter.UnderWay)
            {
                if (_byId.TryGetValue(reference, out var attempt) && InstructionLifecycle.IsFreed(attempt.State)
                    && !provider.Counter.Orders.ContainsKey(reference))
                {
                    throw new SimulatedViolation(
                        $"I6: {attempt.State}, and the order is on the wire", attempt.Obligation);
                }
            }
        }
    }

    private void Judge(InstructionRow attempt, ProviderOrder order)
    {
        if (attempt.State == InstructionState.Withdrawn)
        {
            throw new SimulatedViolation($"I6: said never to have left, and the provider has it: {order}",
                attempt.Obligation);
        }

        if (attempt.State is InstructionState.Rejected or InstructionState.Recalled && !order.BrokeItsWord
            && (order.Fate == OrderFate.Paid || order.MayStillPay(world.Now)))
        {
            throw new SimulatedViolation($"I6: {attempt.State} without proof, for the provider's book says {order}",
                attempt.Obligation);
        }

        if (attempt.State == InstructionState.Returned && order.ReturnedAt is null)
        {
            throw new SimulatedViolation($"I6: Returned without money back: {order}", attempt.Obligation);
        }

        if (attempt.State is InstructionState.Settled or InstructionState.SettledLate && order.TimesPaid == 0)
        {
            throw new SimulatedViolation($"I1: counts as paid, and the provider's book says {order}",
                attempt.Obligation);
        }
    }

    private static HashSet<InstructionState> Reach(InstructionState from)
    {
        var reached = new HashSet<InstructionState>();
        var left = new Stack<InstructionState>([from]);
        while (left.TryPop(out var state))
        {
            foreach (var arrow in InstructionLifecycle.Table.Rows.Where(
                arrow => arrow.From == state && reached.Add(arrow.To)))
            {
                left.Push(arrow.To);
            }
        }

        return reached;
    }
}
