using TwinTrack.Payments.Domain;
using TwinTrack.Simulation.People;
using TwinTrack.Simulation.Providers;
using TwinTrack.Simulation.World;

namespace TwinTrack.Simulation.Checks;

/// <summary>
/// Invariants at rest: faults have ended, statements are final, and nothing changes any more. No payment is lost,
/// ledgers and tables agree, and queues are empty (I3, I8, I10, I12).
/// </summary>
internal static class InvariantsAtRest
{
    /// <summary>Work that is still open; empty at rest.</summary>
    public static List<string> Unrest(SimulatedWorld world)
    {
        var (payments, routing, providers) = (world.Host.Payments.Store, world.Host.Routing.Store,
            world.Host.Providers.Store);
        var unrest = new List<string>();
        if (payments.Text("SELECT state FROM batches LIMIT 1") != "Released")
        {
            unrest.Add("the batch is not released");
        }

        if (world.HasPlans || world.Providers.Any(provider => provider.Counter.HasUnstated))
        {
            unrest.Add("a provider has something to pay or to state");
        }

        unrest.AddRange(world.Bus.Waiting.Take(3).Select(letter => $"message {letter}"));
        unrest.AddRange(
            payments.Read(
                "SELECT state, channel, id FROM instructions WHERE state IN ('Released', 'Sent', 'Accepted', "
                    + "'InDoubt', 'Abandoned') LIMIT 3",
            row => $"instruction {row.GetString(0)} on {row.GetString(1)} {Tables.Plain(row.GetString(2))[^6..]}"));
        unrest.AddRange(
            providers.Read("SELECT channel FROM queued_orders LIMIT 1", row => $"queue of {row.GetString(0)}"));
        unrest.AddRange(
            routing.Read(
                "SELECT state FROM switches WHERE state NOT IN ('Closed', 'Rejected', 'Withdrawn', 'Expired', "
                    + "'Voided', 'Aborted') LIMIT 1", row => $"switch {row.GetString(0)}"));
        unrest.AddRange(
            routing.Read("SELECT code, gate FROM channels WHERE gate <> 'Open'",
                row => $"gate of {row.GetString(0)} {row.GetString(1)}"));
        unrest.AddRange(world.Host.Services.SelectMany(service =>
            service.Store.Read("SELECT kind, error FROM jobs WHERE state = 'Running' AND attempts > 0",
                row => $"job {row.GetString(0)}: {(row.IsDBNull(1) ? "" : row.GetString(1))}")));
        return unrest;
    }

    public static void Check(SimulatedWorld world)
    {
        var payments = world.Host.Payments.Store;
        var orders = world.Providers.SelectMany(provider => provider.Counter.Orders.Values)
            .ToLookup(order => order.EndToEnd);
        var attempts = Tables.Instructions(payments).ToLookup(row => row.Obligation);
        var incidents = payments.Read("SELECT obligation_id FROM incidents", row => Tables.Plain(row.GetString(0)))
            .ToHashSet();
        var obligations =
            payments.Read("SELECT id, amount_minor, unpaid_reason FROM obligations WHERE remainder_of IS NULL", row =>
            (Id: Tables.Plain(row.GetString(0)), Amount: row.GetInt64(1),
                Reason: row.IsDBNull(2) ? null : row.GetString(2)));
        foreach (var (id, amount, reason) in obligations)
        {
            var settled = attempts[id].Count(row => row.State == InstructionState.Settled);
            if (settled == 0 && reason is null)
            {
                throw new SimulatedViolation("I10: neither paid nor unpaid with a reason", id);
            }

            if (settled > 0 && reason is not null)
            {
                throw new SimulatedViolation($"I10: paid, and unpaid because of {reason}", id);
            }

            var forced = attempts[id].Where(row => row.Forced).Select(row => row.Id).ToHashSet();
            var kept = orders[id].Where(order => !order.BrokeItsWord && !forced.Contains(order.Reference))
                .Sum(order => order.OutMinor);
            var broken = orders[id].Where(order => order.BrokeItsWord && order.OutMinor > 0).ToList();
            CheckBroken(id, broken, attempts[id], incidents);
            var settledByItsWord = attempts[id].Any(
                row => row.State == InstructionState.Settled && broken.Exists(order => order.Reference == row.Id));
            if (!settledByItsWord && kept != (settled > 0 ? amount : 0))
            {
                throw new SimulatedViolation(
                    Invariant($"I3: {kept} of {amount} is out, and it counts as {(settled > 0 ? "paid" : "unpaid")}"),
                    id);
            }
        }

        CheckBearer(world, attempts.SelectMany(rows => rows));
    }

    /// <summary>
    /// I3, I8: an attempt that was paid after it was given up has an incident. The bearer's funds are reserved until
    /// the incident ends without a loss.
    /// </summary>
    private static void CheckBearer(SimulatedWorld world, IEnumerable<InstructionRow> attempts)
    {
        var payments = world.Host.Payments.Store;
        var losses =
            payments.Read("SELECT instruction_id, state FROM incidents WHERE kind = 'ForcedLoss'",
                row => (Tables.Plain(row.GetString(0)), row.GetString(1)))
            .ToDictionary(row => row.Item1, row => row.Item2);
        var borne = 0L;
        foreach (var late in attempts.Where(row => row.State == InstructionState.SettledLate))
        {
            if (!losses.TryGetValue(late.Id, out var state))
            {
                throw new SimulatedViolation(
                    "I8: paid after it was given up, and there is no incident", late.Obligation);
            }

            borne += state == nameof(IncidentState.Closed) ? 0 : late.AmountMinor;
        }

        var aside =
            payments.Read("SELECT committed_minor FROM funds WHERE funding_source = @0", row => row.GetInt64(0),
                SimulatedPeople.Bearer).Single();
        if (aside != borne)
        {
            throw new SimulatedViolation(
                Invariant($"I3: {aside} of the bearer's is set aside, and {borne} of what was given up ")
                    + "is paid beside the rest");
        }
    }

    /// <summary>I8: a payment that contradicts a provider's report has an incident and is never dropped.</summary>
    private static void CheckBroken(string id, List<ProviderOrder> broken, IEnumerable<InstructionRow> attempts,
        HashSet<string> incidents)
    {
        foreach (var order in broken)
        {
            if (attempts.Any(row => row.Id == order.Reference && InstructionLifecycle.IsFreed(row.State))
                && !incidents.Contains(id))
            {
                throw new SimulatedViolation(
                    "I8: paid after the provider said that it would not be, and there is no incident", id);
            }
        }
    }
}
