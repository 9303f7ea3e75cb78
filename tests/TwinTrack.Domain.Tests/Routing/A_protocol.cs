using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class A_protocol
{
    private static readonly Actor Omar = new("omar", "government");
    private static readonly DateOnly Today = DateOnly.FromDateTime(Given.At.UtcDateTime);

    private static readonly ProtocolTerms Strict = Given.ProtocolTerms() with
    {
        Reasons = [SwitchReason.FundsSuspended, SwitchReason.Security, SwitchReason.Return],
        ProposerParties = ["government"],
        Triggers =
            [new ProtocolTrigger("donor-letter", SwitchReason.FundsSuspended,
                "The donors have suspended disbursement in writing.")],
        Facilitator = "fatou",
        NoticeHours = 12,
        TentativeDaysMax = 90,
        ReturnPlanRequired = true,
        Freezes = [new FreezePeriod(Today.AddDays(10), Today.AddDays(12), EmergencyAllowed: true, "elections"),
            new FreezePeriod(Today.AddDays(13), Today.AddDays(13), EmergencyAllowed: false, "count")],
        Emergency = new EmergencyTerms
        {
            Reasons = [SwitchReason.FundsSuspended],
            Quorum = new Dictionary<string, int> { ["government"] = 1 },
            RatificationQuorum = new Dictionary<string, int> { ["government"] = 1, ["partner"] = 1 },
            RatifyWithinHours = 48,
        },
    };

    private static SwitchProposal Good =>
        Given.Proposal() with
        {
            Trigger = "donor-letter",
            Until = Today.AddDays(60),
            ReturnCriteria = "Treasury pays salaries again."
        };

    public static TheoryData<string, string, SwitchProposal, Actor, string, int> Cells => new()
    {
        { "everything is there", "", Good, Omar, Role.Operator, 0 },
        { "another role", "switch.proposer_role", Good, Omar, Role.Auditor, 0 },
        { "the facilitator needs no role", "", Good, new Actor("fatou", "neutral"), Role.Auditor, 0 },
        { "another party", "protocol.proposer_party", Good, new Actor("boris", "partner"), Role.Operator, 0 },
        { "another reason", "switch.reason_not_allowed", Good with { Reason = SwitchReason.Saturated }, Omar,
            Role.Operator, 0 },
        { "no trigger", "protocol.trigger", Good with { Trigger = null }, Omar, Role.Operator, 0 },
        { "the trigger of another reason", "protocol.trigger", Good with { Reason = SwitchReason.Security }, Omar,
            Role.Operator, 0 },
        { "no day of return", "protocol.return_date", Good with { Until = null }, Omar, Role.Operator, 0 },
        { "a day of return that is over", "protocol.return_date", Good with { Until = Today }, Omar, Role.Operator, 0 },
        { "no criteria", "protocol.return_criteria", Good with { ReturnCriteria = " " }, Omar, Role.Operator, 0 },
        { "too long a stay", "protocol.tentative_until", Good with { Until = Today.AddDays(91) }, Omar, Role.Operator,
            0 },
        { "the longest stay", "", Good with { Until = Today.AddDays(90) }, Omar, Role.Operator, 0 },
        { "an emergency", "", Good with { Emergency = true }, Omar, Role.Operator, 0 },
        { "no emergency by the book", "protocol.emergency",
            Good with { Emergency = true, Reason = SwitchReason.Return, Scope = Good.Scope with { ToTrack = 1 } }, Omar,
            Role.Operator, 0 },
        { "the day before the freeze", "", Good, Omar, Role.Operator, 9 },
        { "its first day", "protocol.freeze", Good, Omar, Role.Operator, 10 },
        { "its last day", "protocol.freeze", Good, Omar, Role.Operator, 12 },
        { "its first day, in an emergency", "", Good with { Emergency = true }, Omar, Role.Operator, 10 },
        { "a day that bars emergencies too", "protocol.freeze", Good with { Emergency = true }, Omar, Role.Operator,
            13 },
        { "the day after", "", Good, Omar, Role.Operator, 14 },
        { "a return needs neither trigger nor plan", "", Given.Proposal(1, SwitchReason.Return, "t2-agency"), Omar,
            Role.Operator, 0 },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Refuses_by_the_name_of_the_rule(
        string what, string code, SwitchProposal proposal, Actor by, string role, int day)
    {
        var refusal =
            ProtocolRules.Judge(Given.Protocol(Strict),
                new ProposalContext(proposal, by, [role], Given.At.AddDays(day)));

        (refusal?.Code ?? "").Should().Be(code, what);
        (refusal?.Reason ?? "psn * v1").Should().Contain("psn * v1", "the refusal names the protocol");
    }

    [Fact]
    public void Has_a_cell_for_each_rule() =>
        Cells.Select(cell => cell.Data.Item2).Where(code => code.Length > 0).Distinct().Should()
            .BeEquivalentTo(ProtocolRules.Table.Select(rule => rule.Code));

    public static TheoryData<string, SwitchProposal, Actor, string, int> Words => new()
    {
        { "operator, admin may propose; you are auditor", Good, Omar, Role.Auditor, 0 },
        { "people of government may propose; you act for partner", Good, new Actor("boris", "partner"), Role.Operator,
            0 },
        { "the reasons are funds_suspended, security, return; yours is saturated",
            Good with { Reason = SwitchReason.Saturated }, Omar, Role.Operator, 0 },
        { "for funds_suspended one of the triggers donor-letter must be named; yours is none",
            Good with { Trigger = null }, Omar, Role.Operator, 0 },
        { "for security one of the triggers none must be named; yours is donor-letter",
            Good with { Reason = SwitchReason.Security }, Omar, Role.Operator, 0 },
        { "a stay on track 2 needs the day of its planned return, after 2026-03-01; yours is none",
            Good with { Until = null }, Omar, Role.Operator, 0 },
        { "a stay on track 2 needs the day of its planned return, after 2026-03-01; yours is 2026-03-01",
            Good with { Until = Today }, Omar, Role.Operator, 0 },
        { "a stay on track 2 needs the criteria of its return; you gave none", Good with { ReturnCriteria = null },
            Omar, Role.Operator, 0 },
        { "a stay on track 2 may be meant to last 90 days; yours is until 2026-05-31",
            Good with { Until = Today.AddDays(91) }, Omar, Role.Operator, 0 },
        { "emergencies are funds_suspended; yours is return",
            Good with { Emergency = true, Reason = SwitchReason.Return, Scope = Good.Scope with { ToTrack = 1 } }, Omar,
            Role.Operator, 0 },
        { "no change but an emergency from 2026-03-11 until 2026-03-13: elections; today is 2026-03-11", Good, Omar,
            Role.Operator, 10 },
        { "no change from 2026-03-14 until 2026-03-14: count; today is 2026-03-14", Good, Omar, Role.Operator, 13 },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public void Refuses_with_what_it_says_beside_what_was_asked(
        string words, SwitchProposal proposal, Actor by, string role, int day) =>
        ProtocolRules.Judge(
            Given.Protocol(Strict with { ProposerRoles = [Role.Operator, Role.Admin] }),
            new ProposalContext(proposal, by, [role], Given.At.AddDays(day)))!.Reason.Should()
            .Be($"Protocol psn * v1: {words}.");

    [Fact]
    public void Asks_for_the_day_of_return_when_it_limits_the_stay_or_wants_a_plan()
    {
        var open = Given.ProtocolTerms();

        Code(open with { TentativeDaysMax = 90 }, null).Should().Be("protocol.return_date");
        Code(open with { ReturnPlanRequired = true }, null).Should().Be("protocol.return_date");
        Code(open with { ReturnPlanRequired = true }, Today.AddDays(900)).Should().Be("protocol.return_criteria");
        Code(open with { TentativeDaysMax = 90 }, Today.AddDays(1)).Should().BeEmpty("it asks for no criteria");

        static string Code(ProtocolTerms terms, DateOnly? until) => ProtocolRules.Judge(Given.Protocol(terms),
            new ProposalContext(Given.Proposal() with { Until = until }, Omar, [Role.Operator], Given.At))?.Code ?? "";
    }

    [Fact]
    public void Without_emergencies_allows_none() =>
        ProtocolRules.Judge(Given.Protocol(), new ProposalContext(
            Given.Proposal() with { Emergency = true }, Omar, [Role.Operator], Given.At))!.Reason.Should()
            .Be("Protocol psn * v1: emergencies are none; yours is funds_suspended.");

    [Fact]
    public void Without_the_newer_terms_asks_for_nothing_more()
    {
        ProtocolRules.Judge(Given.Protocol(), new ProposalContext(Given.Proposal(), Omar, [Role.Operator], Given.At))
            .Should().BeNull();
        Governance.Of(Given.Chosen(), Given.Proposal(), Given.At).EffectiveFrom(Given.At).Should().Be(Given.At);
    }

    [Theory]
    [InlineData("NE003", "psn NE003 v4")]
    [InlineData("NE003001", "psn NE003* v2")]
    [InlineData("NE007", "psn * v1")]
    [InlineData("NE003001 NE003002", "psn NE003* v2")]
    [InlineData("", "psn * v1")]
    [InlineData("NE003 NE003001", "protocol.mixed")]
    [InlineData("NE003001 NE007", "protocol.mixed")]
    public void The_most_specific_wins_and_an_area_more_is_no_way_round_it(string areas, string expected)
    {
        Protocol[] inForce = [Given.Protocol(), Given.Protocol(area: "NE003*", version: 2),
            Given.Protocol(area: "NE003", version: 4)];

        ProtocolChoice.For(inForce, areas.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Match(chosen => chosen.Protocol.ToString(), refusal => refusal.Code).Should().Be(expected);
    }

    [Fact]
    public void Of_another_area_covers_nobody_else() =>
        ProtocolChoice.For([Given.Protocol(area: "NE003*")], ["NE007"]).Match(_ => "", refusal => refusal.Code).Should()
            .Be("switch.no_protocol");

    [Fact]
    public void A_quorum_before_the_notice_is_over_waits_and_can_still_be_taken_back()
    {
        var subject = Rehearsed(Good);
        Vote(subject, "amina", "government", Given.At);
        Vote(subject, "boris", "partner", Given.At);
        subject.State.Should().Be(SwitchState.Rehearsed);
        subject.EffectiveFrom(Given.At).Should().Be(Given.At.AddHours(12));

        Given.CodeOf(subject.TakeBack(new Actor("boris", "partner"))).Should().Be("");
        subject.Decide(Actor.System, Given.At.AddHours(13));
        subject.State.Should().Be(SwitchState.Rehearsed, "the partner's vote is gone");

        Vote(subject, "boris", "partner", Given.At.AddHours(14));
        subject.State.Should().Be(SwitchState.Voted);
    }

    [Fact]
    public void A_freeze_holds_a_quorum_until_the_day_after_it()
    {
        var governance =
            Governance.Of(new ChosenProtocol(Given.Protocol(Strict), ""), Good, Given.At.AddDays(9).AddHours(14));

        governance.EffectiveFrom(Given.At.AddDays(9)).Should()
            .Be(new DateTimeOffset(Today.AddDays(14).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
    }

    [Fact]
    public void The_facilitator_prepares_and_has_no_vote()
    {
        var subject = Rehearsed(Good);

        Given.CodeOf(subject.Cast(new Actor("fatou", "government"), true, subject.Hash!, true, Given.At)).Should()
            .Be("vote.by_facilitator");
    }

    [Fact]
    public void An_emergency_goes_at_once_by_its_own_quorum_and_is_ratified_afterwards()
    {
        var subject = Rehearsed(Good with { Emergency = true });
        Given.CodeOf(subject.Ratify(new Actor("boris", "partner"), true, subject.Hash!, true, Given.At)).Should()
            .Be("ratification.not_needed");
        Vote(subject, "amina", "government", Given.At);
        subject.State.Should().Be(SwitchState.Voted);
        RatificationBallot.Count(subject, Given.At).Should().Be(Ratification.Open);

        Given.CodeOf(subject.Ratify(new Actor("boris", "partner"), false, subject.Hash!, true, Given.At)).Should()
            .Be("vote.not_cochair");
        Given.CodeOf(subject.Ratify(new Actor("zoe", "observer"), true, subject.Hash!, true, Given.At)).Should()
            .Be("vote.party_not_asked");
        Given.CodeOf(subject.Ratify(Omar, true, subject.Hash!, true, Given.At)).Should().Be("vote.by_proposer");
        Given.CodeOf(subject.Ratify(new Actor("fatou", "partner"), true, subject.Hash!, true, Given.At)).Should()
            .Be("vote.by_facilitator");
        Given.CodeOf(subject.Ratify(new Actor("boris", "partner"), true, "other", true, Given.At)).Should()
            .Be("vote.stale_hash");

        subject.NoteOverdueRatification(Given.At.AddHours(48)).Should().BeFalse();
        subject.NoteOverdueRatification(Given.At.AddHours(49)).Should().BeTrue();
        subject.NoteOverdueRatification(Given.At.AddHours(50)).Should().BeFalse("it is said once");
        subject.State.Should().Be(SwitchState.Voted, "silence takes nothing back");
        subject.Ratify(new Actor("amina", "government"), true, subject.Hash!, true, Given.At.AddHours(51)).Should()
            .Be((Result<Ratification>)Ratification.Overdue);
        Given.CodeOf(subject.Ratify(new Actor("amina", "government"), true, subject.Hash!, true, Given.At.AddHours(51)))
            .Should().Be("vote.already_cast");
        subject.Ratify(new Actor("boris", "partner"), true, subject.Hash!, true, Given.At.AddHours(52)).Should()
            .Be((Result<Ratification>)Ratification.Ratified);
        Given.CodeOf(subject.Ratify(new Actor("carla", "partner"), true, subject.Hash!, false, Given.At.AddHours(53)))
            .Should().Be("ratification.over");
    }

    [Fact]
    public void Terms_that_cannot_be_meant_are_refused()
    {
        ProtocolTerms[] faulty =
        [
            Strict with { NoticeHours = 24 },
            Strict with { TentativeDaysMax = 0 },
            Strict with { ProposerRoles = ["king"] },
            Strict with { Triggers = [.. Strict.Triggers, .. Strict.Triggers] },
            Strict with { Freezes = [new FreezePeriod(Today, Today.AddDays(-1), false, "backwards")] },
            Strict with { Emergency = Strict.Emergency! with { Quorum = new Dictionary<string, int>() } },
            Strict with { Emergency = Strict.Emergency! with { RatifyWithinHours = 0 } },
            Strict with { Emergency = Strict.Emergency! with { PauseRoles = [Role.Auditor] } },
        ];

        Strict.Fault().Should().BeNull();
        faulty.Should().OnlyContain(terms => terms.Fault() != null);
    }

    private static Switch Rehearsed(SwitchProposal proposal)
    {
        var subject = Switch.Propose(Given.Swi, proposal, Given.Chosen(Strict), Omar, Given.At);
        subject.Rehearsed(Rehearsal.Of(1, proposal.Scope, new DispositionCount("aa", 0, 0, []), Map, Given.At)
            with
        { Warnings = [] }, Given.At);
        return subject;
    }

    private static TwinTrack.Routing.Domain.Tables.RoutingFacts Map => TwinTrack.Routing.Domain.Tables.RoutingFacts.Of(
        TwinTrack.Routing.Domain.Tables.RoutingTable.None, [Given.Channel("t1-momo"), Given.Channel("t2-agency", 2)],
        [], "XOF");

    private static void Vote(Switch subject, string user, string party, DateTimeOffset at) =>
        Given.CodeOf(subject.Cast(new Actor(user, party), true, subject.Hash!, true, at)).Should().Be("");
}
