using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;

namespace TwinTrack.Domain.Tests.Payments;

public sealed class A_refusal_of_payments
{
    public static TheoryData<Refusal, string, string[]> Refusals => new()
    {
        { PaymentRefusals.CycleNotReady(CycleState.Refused, "the sum differs"), "cycle.not_ready",
            ["is Refused: the sum differs."] },
        { PaymentRefusals.CycleNotReady(CycleState.Arriving, null), "cycle.not_ready", ["is Arriving."] },
        { PaymentRefusals.InsufficientFunds("donor-a"), "funds.insufficient", ["'donor-a'"] },
        { IncidentRefusals.OtherRole("finance"), "incident.other_role", ["'finance'"] },
        { IncidentRefusals.OtherAct(IncidentKind.LateSuccess, IncidentAct.WriteOff), "incident.other_act",
            ["LateSuccess", "WriteOff"] },
        { IncidentRefusals.OtherEnd(IncidentKind.ReturnedTwice, IncidentEnd.WrittenOff), "incident.other_end",
            ["ReturnedTwice", "WrittenOff"] },
        { IncidentRefusals.ClaimTooLarge(1_500), "incident.claim", ["1 to 1500 minor units"] },
        { IncidentRefusals.RecoveryTooLarge(1_500), "incident.recovery", ["1 to 1500 minor units"] },
        { IncidentRefusals.UnknownBearer("donor-a"), "incident.unknown_bearer", ["'donor-a'"] },
        { IncidentRefusals.BearerLacksFunds("donor-a"), "incident.bearer_lacks_funds", ["'donor-a'"] },
        { ApprovalRefusals.NotAwaiting(BatchState.Planning), "approval.not_awaiting", ["is Planning."] },
        { ApprovalRefusals.NotApproved(BatchState.Planning), "release.not_approved", ["is Planning."] },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Names_what_it_is_about(Refusal refusal, string code, string[] named)
    {
        refusal.Code.Should().Be(code);
        refusal.Reason.Should().ContainAll(named).And.MatchRegex(@"^[A-Z][^.]+\. .+\.$", "it says why, and what to do");
    }
}
