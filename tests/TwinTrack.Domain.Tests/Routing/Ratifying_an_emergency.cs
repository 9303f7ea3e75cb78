using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Ratifying_an_emergency
{
    private static readonly Actor Omar = new("omar", "government");
    private static readonly Actor Amina = new("amina", "government");
    private static readonly Actor Boris = new("boris", "partner");

    private static readonly ProtocolTerms Terms = Given.ProtocolTerms() with
    {
        NoticeHours = 12,
        Freezes = [new FreezePeriod(RuleGiven.Day.AddDays(9), RuleGiven.Day.AddDays(9), false, "count")],
        Emergency = new EmergencyTerms
        {
            Reasons = [SwitchReason.FundsSuspended],
            Quorum = new Dictionary<string, int> { ["government"] = 1 },
            RatificationQuorum = new Dictionary<string, int> { ["government"] = 1, ["partner"] = 1 },
            RatifyWithinHours = 48,
        },
    };

    [Fact]
    public void Is_not_asked_of_an_ordinary_switch_even_when_the_protocol_knows_emergencies()
    {
        var subject = Proposed(emergency: false);

        RatificationBallot.Count(subject, Given.At).Should().Be(Ratification.NotNeeded);
        subject.Quorum.Should().BeEquivalentTo(Terms.Quorum);
        (subject.Governance!.RatificationQuorum, subject.Governance.RatifyWithinHours, subject.Governance.NotBefore)
            .Should().Be((null, 0, Given.At.AddHours(12)));
    }

    [Fact]
    public void Is_not_asked_of_an_emergency_that_no_protocol_knows()
    {
        var subject = Switch.Propose(
            Given.Swi, Given.Proposal() with { Emergency = true }, Given.Chosen(), Omar, Given.At);

        subject.Governance!.Emergency.Should().BeFalse();
        subject.Quorum.Should().HaveCount(2);
    }

    [Fact]
    public void Begins_when_the_emergency_was_carried()
    {
        var subject = Proposed(emergency: true);
        RatificationBallot.Count(subject, Given.At).Should().Be(Ratification.NotDue);
        (subject.Governance!.Emergency, subject.Governance.NotBefore, subject.Governance.RatifyWithinHours).Should()
            .Be((true, Given.At, 48));
        Given.CodeOf(subject.Ratify(Boris, true, "any", true, Given.At)).Should().Be("ratification.not_needed");

        Carry(subject);

        RatificationBallot.Count(subject, Given.At).Should().Be(Ratification.Open);
        subject.Governance.RatifyBy.Should().Be(Given.At.AddHours(48));
    }

    [Fact]
    public void Of_an_ordinary_switch_has_no_date_when_it_is_carried()
    {
        var subject = Switch.Propose(Given.Swi, Given.Proposal(), Given.Chosen(), Omar, Given.At);
        subject.Rehearsed(Rehearse(), Given.At);
        subject.Cast(Amina, true, subject.Hash!, true, Given.At);
        subject.Cast(Boris, true, subject.Hash!, true, Given.At);

        subject.State.Should().Be(SwitchState.Voted);
        subject.Governance!.RatifyBy.Should().BeNull();
    }

    [Fact]
    public void Is_refused_by_one_vote_against_and_then_over()
    {
        var subject = Carry(Proposed(emergency: true));

        subject.Ratify(Boris, true, subject.Hash!, false, Given.At).Should()
            .Be((Result<Ratification>)Ratification.Refused);

        Given.CodeOf(subject.Ratify(Amina, true, subject.Hash!, true, Given.At)).Should().Be("ratification.over");
        subject.NoteOverdueRatification(Given.At.AddHours(49)).Should().BeFalse("it is decided");
        subject.State.Should().Be(SwitchState.Voted, "only another switch moves payments back");
    }

    [Fact]
    public void Keeps_each_vote_with_party_and_time()
    {
        var subject = Carry(Proposed(emergency: true));

        subject.Ratify(Boris, true, subject.Hash!, true, Given.At.AddHours(1)).Should()
            .Be((Result<Ratification>)Ratification.Open);

        var vote = subject.Ratifications.Single();
        (vote.SwitchId, vote.User, vote.Party, vote.Approve, vote.At).Should()
            .Be((Given.Swi, "boris", "partner", true, Given.At.AddHours(1)));
    }

    [Fact]
    public void Is_never_overdue_where_there_is_nothing_to_ratify()
    {
        var subject = Proposed(emergency: false);

        subject.NoteOverdueRatification(Given.At.AddDays(9)).Should().BeFalse();
        subject.Governance!.RatificationOverdueAt.Should().BeNull();
    }

    [Fact]
    public void Is_noted_as_overdue_with_the_moment()
    {
        var subject = Carry(Proposed(emergency: true));

        subject.NoteOverdueRatification(Given.At.AddHours(48).AddTicks(1)).Should().BeTrue();
        subject.Governance!.RatificationOverdueAt.Should().Be(Given.At.AddHours(48).AddTicks(1));
    }

    [Fact]
    public void Does_not_lift_a_freeze_that_bars_emergencies_too()
    {
        var governance = Proposed(emergency: true).Governance!;

        governance.EffectiveFrom(Given.At.AddDays(9)).Should()
            .Be(new DateTimeOffset(RuleGiven.Day.AddDays(10).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        governance.EffectiveFrom(Given.At.AddDays(8)).Should().Be(Given.At.AddDays(8));
    }

    [Fact]
    public void Knows_what_the_proposal_named()
    {
        var subject = Switch.Propose(Given.Swi, Given.Proposal() with { Trigger = "letter" },
            Given.Chosen(Terms with { Facilitator = "fatou" }), Omar, Given.At);

        (subject.Governance!.Trigger, subject.Governance.Facilitator).Should().Be(("letter", "fatou"));
    }

    private static Switch Proposed(bool emergency) => Switch.Propose(
        Given.Swi, Given.Proposal() with { Emergency = emergency }, Given.Chosen(Terms), Omar, Given.At);

    private static Switch Carry(Switch subject)
    {
        subject.Rehearsed(Rehearse(), Given.At);
        Given.CodeOf(subject.Cast(Amina, true, subject.Hash!, true, Given.At)).Should().BeEmpty();
        subject.State.Should().Be(SwitchState.Voted);
        return subject;
    }

    private static Rehearsal Rehearse() => Rehearsal.Of(1, Given.Proposal().Scope, new DispositionCount("aa", 0, 0, []),
        RoutingFacts.Of(RoutingTable.None, [Given.Channel("t1-momo")], [], "XOF"), Given.At) with
    { Warnings = [] };
}
