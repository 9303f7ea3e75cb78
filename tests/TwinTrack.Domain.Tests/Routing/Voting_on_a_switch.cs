using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Voting_on_a_switch
{
    private static readonly Actor Minister = new("amina", "government");
    private static readonly Actor Partner = new("boris", "partner");
    private static readonly Actor Proposer = new("omar", "government");

    [Fact]
    public void One_vote_of_each_party_carries_it()
    {
        var subject = Rehearsed();

        subject.Cast(Minister, true, subject.Hash!, true, Given.At);
        subject.State.Should().Be(SwitchState.Rehearsed);
        subject.Cast(Partner, true, subject.Hash!, true, Given.At);

        subject.State.Should().Be(SwitchState.Voted);
        subject.Decision().Should().Contain("amina@government").And.Contain("boris@partner").And.Contain(subject.Hash);
    }

    [Fact]
    public void Two_votes_of_one_party_do_not()
    {
        var subject = Rehearsed();

        subject.Cast(Minister, true, subject.Hash!, true, Given.At);
        subject.Cast(new Actor("awa", "government"), true, subject.Hash!, true, Given.At);

        subject.State.Should().Be(SwitchState.Rehearsed);
    }

    [Fact]
    public void One_no_rejects()
    {
        var subject = Rehearsed();

        subject.Cast(Partner, true, subject.Hash!, false, Given.At);

        subject.State.Should().Be(SwitchState.Rejected);
    }

    [Fact]
    public void Refusals_come_by_name_and_in_order()
    {
        var subject = Rehearsed();
        subject.Cast(Minister, true, subject.Hash!, true, Given.At);

        Given.CodeOf(subject.Cast(Partner, false, subject.Hash!, true, Given.At)).Should().Be("vote.not_cochair");
        Given.CodeOf(subject.Cast(Partner, true, subject.Hash!, true, Given.At.AddHours(25))).Should()
            .Be("vote.expired");
        Given.CodeOf(subject.Cast(new Actor("zoe", "observer"), true, subject.Hash!, true, Given.At)).Should()
            .Be("vote.party_not_asked");
        Given.CodeOf(subject.Cast(Proposer, true, "stale", true, Given.At)).Should().Be("vote.by_proposer");
        Given.CodeOf(subject.Cast(Minister, true, "stale", true, Given.At)).Should().Be("vote.stale_hash");
        Given.CodeOf(subject.Cast(Minister, true, subject.Hash!, true, Given.At)).Should().Be("vote.already_cast");
        Given.CodeOf(Proposed().Cast(Partner, true, "any", true, Given.At)).Should().Be("vote.not_open");
        Given.CodeOf(subject.TakeBack(Partner)).Should().Be("vote.none");
    }

    [Fact]
    public void A_vote_can_be_taken_back_before_the_quorum_and_cast_again()
    {
        var subject = Rehearsed();
        subject.Cast(Minister, true, subject.Hash!, true, Given.At);

        Given.CodeOf(subject.TakeBack(Minister)).Should().Be("");
        subject.Cast(Partner, true, subject.Hash!, true, Given.At);
        subject.State.Should().Be(SwitchState.Rehearsed, "the government's vote no longer stands");

        subject.Cast(Minister, true, subject.Hash!, true, Given.At);
        subject.State.Should().Be(SwitchState.Voted);
        Given.CodeOf(subject.TakeBack(Minister)).Should().Be("vote.not_open");
    }

    [Fact]
    public void Another_hash_voids_the_votes_and_the_same_hash_keeps_them()
    {
        var subject = Rehearsed();
        subject.Cast(Minister, true, subject.Hash!, true, Given.At);

        subject.Rehearsed(Rehearse("aa"), Given.At);
        subject.Votes.Single().Voided.Should().BeFalse();

        subject.Rehearsed(Rehearse("bb"), Given.At);
        subject.Votes.Single().Voided.Should().BeTrue();
        subject.Cast(Partner, true, subject.Hash!, true, Given.At);
        subject.State.Should().Be(SwitchState.Rehearsed);
        subject.Cast(Minister, true, subject.Hash!, true, Given.At);
        subject.State.Should().Be(SwitchState.Voted);
    }

    [Theory]
    [InlineData(2, SwitchReason.Return, "t1-momo", "switch.return_mismatch")]
    [InlineData(1, SwitchReason.FundsSuspended, "t2-agency", "switch.return_mismatch")]
    [InlineData(2, SwitchReason.Security, "t1-momo", "switch.reason_not_allowed")]
    [InlineData(2, SwitchReason.FundsSuspended, "ghost", "switch.unknown_channel")]
    [InlineData(2, SwitchReason.FundsSuspended, "t2-agency", "switch.wrong_track")]
    [InlineData(2, SwitchReason.FundsSuspended, "t1-momo", "")]
    [InlineData(1, SwitchReason.Return, "t2-agency", "")]
    public void A_proposal_outside_the_protocol_is_refused_by_name(
        int toTrack, SwitchReason reason, string from, string code) =>
        Given.CodeOf(
            Given.Proposal(toTrack, reason, from).Judge(
                [Given.Protocol()], Proposer, [Role.Operator], Channels, Given.At)).Should().Be(code);

    [Fact]
    public void Who_may_not_propose_is_told_so()
    {
        Given.CodeOf(Given.Proposal().Judge([Given.Protocol()], Proposer, [Role.Auditor], Channels, Given.At))
            .Should().Be("switch.proposer_role");
        Given.CodeOf(Given.Proposal().Judge([], Proposer, [Role.Operator], Channels, Given.At)).Should()
            .Be("switch.no_protocol");
    }

    private static readonly Channel[] Channels =
        [Given.Channel("t1-momo"), Given.Channel("t2-agency", 2)];

    private static Switch Proposed() => Switch.Propose(Given.Swi, Given.Proposal(), Given.Chosen(), Proposer, Given.At);

    private static Switch Rehearsed()
    {
        var subject = Proposed();
        subject.Rehearsed(Rehearse("aa"), Given.At);
        return subject;
    }

    private static Rehearsal Rehearse(string listHash) => Rehearsal.Of(
        1, Given.Proposal().Scope, new DispositionCount(listHash, 0, 0, []),
        RoutingFacts.Of(RoutingTable.None, Channels, [], "XOF"), Given.At) with
    { Warnings = [] };
}
