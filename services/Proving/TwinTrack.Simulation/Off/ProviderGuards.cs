using TwinTrack.Providers.Domain;
using TwinTrack.Simulation.Hosting;
using TwinTrack.Simulation.Providers;
using TwinTrack.Simulation.World;

namespace TwinTrack.Simulation.Off;

/// <summary>Silence counts as a refusal: an order whose call has no answer is rejected for good.</summary>
internal sealed class TimeoutIsFailure : Guards
{
    public override Reading? OnSilence(IEnumerable<PaymentOrder> orders) =>
        new([], [
            .. orders.Select(order => new Answer(order.Reference, new Verdict(Outcome.Rejected, Grade.A, "TIMEOUT")))]);
}

/// <summary>"I do not know this order" is taken for "I will never pay it".</summary>
internal sealed class NotFoundIsFailure : Guards
{
    public override Answer OnWord(Answer answer) =>
        answer.Verdict.Code == "NOT_FOUND"
            ? answer with { Verdict = new Verdict(Outcome.Rejected, Grade.A, "NOT_FOUND") } : answer;
}

/// <summary>A promise to stop is taken for a stop.</summary>
internal sealed class PromiseIsProof : Guards
{
    public override Answer OnWord(Answer answer) =>
        answer.Verdict is { Grade: Grade.C, Outcome: Outcome.Recalled }
            ? answer with { Verdict = answer.Verdict with { Grade = Grade.A } } : answer;
}

/// <summary>The provider pays a reference as often as it gets it, and we rely on it not to.</summary>
internal sealed class ProviderIgnoresKey : Guards
{
    public override void KnownReference(SimulatedOrderProcessing counter, ProviderOrder order)
    {
        if (order.Fate == OrderFate.Paid)
        {
            counter.PayAgain(order);
        }
    }
}

/// <summary>The gate is not looked at before a unit is cut: it counts as open for as long as the step lasts.</summary>
internal sealed class GateNotLocked : Guards
{
    private long _closed;

    public override void BeforeJob(DueJob job)
    {
        if (job.Kind == "submit")
        {
            _closed = job.Service.Store.Do("UPDATE gates SET open = 1 WHERE channel = @0 AND open = 0", job.Subject);
        }
    }

    public override void AfterJob(DueJob job)
    {
        if (job.Kind == "submit" && _closed > 0)
        {
            job.Service.Store.Do("UPDATE gates SET open = 0 WHERE channel = @0", job.Subject);
        }
    }
}

/// <summary>Units are sent before the commit that holds their lines in the journal.</summary>
internal sealed class JournalAfterCall : Guards
{
    public override void Enter(SimulatedWorld world)
    {
        base.Enter(world);
        world.Life.BeforeCommit = transaction =>
        {
            if (transaction.Connection == world.Host.Providers.Store.Live)
            {
                SendAhead(world, transaction);
            }
        };
    }

    private static void SendAhead(SimulatedWorld world, System.Data.Common.DbTransaction transaction)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            "SELECT u.reference, u.channel, j.instruction_id, s.obligation_id, j.amount_minor FROM sent_units u JOIN "
                + "journal j ON j.unit_reference = u.reference "
            + "JOIN payment_orders s ON s.instruction_id = j.instruction_id WHERE u.state = 'Journaled' ORDER BY "
                + "j.sequence";
        var lines = new List<(string Unit, string Channel, PaymentOrder Order)>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                lines.Add((reader.GetString(0), reader.GetString(1), new PaymentOrder(
                    Checks.Tables.Plain(reader.GetString(2)), Checks.Tables.Plain(reader.GetString(3)),
                    new Payee("", "", "", null, null, null), reader.GetInt64(4), "", "")));
            }
        }

        foreach (var unit in lines.GroupBy(line => (line.Unit, line.Channel)))
        {
            var sent = new Unit(unit.Key.Unit, world.Now, "", [.. unit.Select(line => line.Order)]);
            world.Providers.Single(provider => provider.Channel == unit.Key.Channel).Counter.Take(sent);
        }
    }
}

/// <summary>No questions, no collecting and no statements: only callbacks are processed.</summary>
internal sealed class NoSweep : Guards
{
    public override bool LetsRun(DueJob job) => job.Kind is not ("ask" or "statement");
}
