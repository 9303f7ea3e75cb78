using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Simulation.Checks;
using TwinTrack.Simulation.Hosting;
using TwinTrack.Simulation.World;

namespace TwinTrack.Simulation.Off;

/// <summary>Orders carry no epoch: whatever arrives counts as routed after every stop.</summary>
internal sealed class EpochDropped : Guards
{
    private const long Newest = 1_000_000;

    public override object OnDelivery(UndeliveredMessage letter, object message) =>
        message is SubmitInstructions order ? order with { Epoch = Newest } : message;
}

/// <summary>No claim is kept, so a second attempt may be live beside the first.</summary>
internal sealed class ClaimsIgnored : Guards
{
    public override void AfterJob(DueJob job) => World.Host.Payments.Store.Do("DELETE FROM obligation_claims");
}

/// <summary>A move treats attempts in doubt as freed.</summary>
internal sealed class MoveTakesInDoubt : Guards
{
    public override void BeforeJob(DueJob job)
    {
        if (job.Kind == "plan-again"
            && job.Service.Store.Count("SELECT COUNT(*) FROM moves WHERE state = 'Active'") > 0)
        {
            FreeWhere(job.Service.Store, "InDoubt");
        }
    }

    internal static void FreeWhere(Store payments, string state)
    {
        payments.Do(
            "UPDATE obligations SET unpaid_reason = 'recalled' WHERE id IN (SELECT obligation_id FROM instructions "
                + "WHERE state = @0)", state);
        payments.Do(
            "DELETE FROM obligation_claims WHERE instruction_id IN (SELECT id FROM instructions WHERE state = @0)",
            state);
        payments.Do("UPDATE instructions SET state = 'Recalled', version = version + 1 WHERE state = @0", state);
    }
}

/// <summary>A suspension forgets what is already on its way.</summary>
internal sealed class SuspensionForgets : Guards
{
    public override void AfterDelivery(UndeliveredMessage letter, object message)
    {
        if (message is ChannelFenced or ScopeStopped)
        {
            MoveTakesInDoubt.FreeWhere(World.Host.Payments.Store, "Sent");
            MoveTakesInDoubt.FreeWhere(World.Host.Payments.Store, "Accepted");
        }
    }
}

/// <summary>Whatever is reported last is true, whatever stood there before.</summary>
internal sealed class NoTransitionGuard : Guards
{
    public override void AfterDelivery(UndeliveredMessage letter, object message)
    {
        if (message is InstructionsReported report)
        {
            foreach (var row in report.Rows.Where(row => row.Outcome is "sent" or "accepted" or "rejected"))
            {
                World.Host.Payments.Store.Do(
                    "UPDATE instructions SET state = @0 WHERE id = @1",
                    char.ToUpperInvariant(row.Outcome[0]) + row.Outcome[1..],
                    Kernel.TypedId.Parse<Kernel.InstructionId>(row.InstructionId).Value.ToString("D")
                        .ToUpperInvariant());
            }
        }
    }
}

/// <summary>What is reported of an attempt in one of these states is thrown away.</summary>
internal abstract class ReportsDropped(string outcome, params string[] states) : Guards
{
    private readonly string _query =
        $"SELECT COUNT(*) FROM instructions WHERE id = @0 AND state IN ('{string.Join("', '", states)}')";

    public override object OnDelivery(UndeliveredMessage letter, object message) =>
        message is InstructionsReported report
        ? report with
        {
            Rows =
            [.. report.Rows.Where(row => row.Outcome != outcome || !IsOneOfThem(row.InstructionId))]
        }
        : message;

    private bool IsOneOfThem(string id) =>
        World.Host.Payments.Store.Count(_query,
            Kernel.TypedId.Parse<Kernel.InstructionId>(id).Value.ToString("D").ToUpperInvariant()) > 0;
}

/// <summary>A payment that is reported after its end is thrown away.</summary>
internal sealed class LateSuccessDropped() : ReportsDropped("settled", "Withdrawn", "Rejected", "Recalled", "Returned");

/// <summary>A report that an abandoned attempt was paid is ignored.</summary>
internal sealed class GivenUpIgnored() : ReportsDropped("settled", "Abandoned");

/// <summary>
/// A message that was handled before is handled again, and what it ordered is forgotten: neither inbox nor business
/// key.
/// </summary>
internal sealed class NoDeduplication : Guards
{
    public override object OnDelivery(UndeliveredMessage letter, object message)
    {
        letter.To.Store.Do("DELETE FROM inbox WHERE message_id = @0", letter.Id);
        if (message is SubmitInstructions order)
        {
            foreach (var row in order.Rows)
            {
                var id = Kernel.TypedId.Parse<Kernel.InstructionId>(row.InstructionId).Value.ToString("D")
                    .ToUpperInvariant();
                letter.To.Store.Do("DELETE FROM payment_orders WHERE instruction_id = @0", id);
                letter.To.Store.Do("DELETE FROM queued_orders WHERE instruction_id = @0", id);
            }
        }

        return message;
    }
}

/// <summary>The receipt goes before the commit: what dies in between is lost.</summary>
internal sealed class AcknowledgedBeforeCommit : Guards
{
    public override bool AcknowledgesAnyway(UndeliveredMessage letter) => true;
}

/// <summary>A vote counts whatever its hash is.</summary>
internal sealed class VoteHashIgnored : Guards
{
    public override Call OnVote(Call call, string current) =>
        call with { Body = new { hash = current, approve = true, confirmReach = true } };
}
