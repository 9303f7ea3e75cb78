using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Aborting_a_switch
{
    private static readonly Actor Proposer = new("omar", "government");
    private static readonly Actor Minister = new("amina", "government");
    private static readonly Actor Partner = new("boris", "partner");
    private static readonly DateTimeOffset Later = Given.At.AddHours(1);

    [Fact]
    public void The_last_vote_ends_it_and_its_routes()
    {
        var subject = Moving();

        Vote(subject, Minister).Should().Be(SwitchState.Moving);
        subject.RoutesEnded.Should().BeNull();
        Vote(subject, Partner).Should().Be(SwitchState.Aborted);

        subject.RoutesEnded.Should().Be(Later);
        subject.Note.Should().Be("the bank pays again");
        subject.AbortDecision().Should()
            .Be("amina@government: the bank pays again; boris@partner: the bank pays again");
    }

    [Fact]
    public void A_repeated_vote_changes_nothing()
    {
        var subject = Moving();

        Vote(subject, Minister).Should().Be(SwitchState.Moving);
        Vote(subject, Minister).Should().Be(SwitchState.Moving);

        subject.AbortVotes.Should().ContainSingle();
    }

    [Fact]
    public void Every_party_gives_its_votes()
    {
        var subject = Moving();

        Vote(subject, Minister);
        Vote(subject, new Actor("awa", "government")).Should().Be(SwitchState.Moving);

        AbortBallot.Missing([.. subject.AbortVotes], subject.Quorum).Should().Equal("partner 1");
    }

    [Fact]
    public void One_person_never_ends_it_alone()
    {
        var one = new Dictionary<string, int> { ["government"] = 1 };
        var votes = new[] { "amina", "awa" }.Select(user => new AbortVote
        {
            SwitchId = Given.Swi,
            User = user,
            Party = "government",
            Hash = "aa",
            Reason = "the bank pays again",
            At = Given.At,
        }).ToList();

        AbortBallot.IsCarried(votes[..1], one).Should().BeFalse();
        AbortBallot.IsCarried([votes[0], votes[0]], one).Should().BeFalse();
        AbortBallot.IsCarried(votes, one).Should().BeTrue();
        AbortBallot.Missing(votes[..1], one).Should().BeEmpty();
    }

    [Fact]
    public void An_emergency_of_one_vote_is_ended_with_a_party_that_ratifies()
    {
        var subject = Moving(emergency: true);

        Vote(subject, Minister).Should().Be(SwitchState.Moving);
        Vote(subject, Partner).Should().Be(SwitchState.Aborted);
    }

    [Fact]
    public void Refusals_come_by_name_and_in_order()
    {
        var subject = Moving("fatou");
        string Refused(Actor by, bool isCoChair = true, string? hash = null, string reason = "why") =>
            Given.CodeOf(subject.Abort(by, isCoChair, hash, reason, Later));

        Given.CodeOf(Proposed(null).Abort(Minister, true, null, "why", Later)).Should().Be("lifecycle.not_allowed");
        Refused(Minister, reason: " ").Should().Be("switch.invalid");
        Refused(Minister, isCoChair: false).Should().Be("vote.not_cochair");
        Refused(new Actor("zoe", "observer")).Should().Be("vote.party_not_asked");
        Refused(new Actor("fatou", "partner")).Should().Be("vote.by_facilitator");
        Refused(Minister, hash: "stale").Should().Be("vote.stale_hash");
        Refused(Proposer, hash: subject.Hash).Should().BeEmpty("whoever proposed a switch may help to end it");
    }

    private static SwitchState Vote(Switch subject, Actor by) =>
        subject.Abort(by, true, subject.Hash, "the bank pays again", Later)
            .Match(state => state, refusal => throw new InvalidOperationException(refusal.Reason));

    private static Switch Proposed(string? facilitator, bool emergency = false) => Switch.Propose(
        Given.Swi, Given.Proposal() with { Emergency = emergency },
        Given.Chosen(Given.ProtocolTerms() with
        {
            Facilitator = facilitator,
            Emergency = new EmergencyTerms
            {
                Reasons = [SwitchReason.FundsSuspended],
                Quorum = new Dictionary<string, int> { ["government"] = 1 },
                RatificationQuorum = new Dictionary<string, int> { ["partner"] = 1 },
                RatifyWithinHours = 48,
            },
        }), Proposer, Given.At);

    private static Switch Moving(string? facilitator = null, bool emergency = false)
    {
        var subject = Proposed(facilitator, emergency);
        subject.Rehearsed(
            Rehearsal.Of(1, subject.Scope, new DispositionCount("aa", 0, 0, []),
                RoutingFacts.Of(RoutingTable.None, [Given.Channel("t1-momo")], [], "XOF"), Given.At), Given.At);
        foreach (var chair in (Actor[])[Minister, Partner])
        {
            subject.Cast(chair, true, subject.Hash!, true, Given.At, confirmReach: true);
        }

        foreach (var trigger in (SwitchTrigger[])[SwitchTrigger.Stop, SwitchTrigger.Move])
        {
            subject.Go(trigger, Actor.System, Given.At);
        }

        subject.BeginRouting(Given.At);
        subject.State.Should().Be(SwitchState.Moving);
        return subject;
    }
}
