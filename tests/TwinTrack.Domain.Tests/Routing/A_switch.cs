using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class A_switch
{
    private static readonly Actor Omar = new("omar", "government");
    private static readonly Actor Amina = new("amina", "government");
    private static readonly Actor Boris = new("boris", "partner");
    private static readonly DateTimeOffset Later = Given.At.AddHours(1);

    [Fact]
    public void Copies_the_terms_of_its_protocol_at_the_proposal()
    {
        var proposal = new SwitchProposal(
            new SwitchScope("psn", Given.Cycle, ["NE004", "NE003", "NE004"], ["t2-b", "t2-a", "t2-b"], 1, 20),
            SwitchReason.Return, RuleGiven.Day, "salaries are paid");

        var subject = Switch.Propose(Given.Swi, proposal, Given.Chosen(), Omar, Given.At);

        subject.Scope.Should().BeEquivalentTo(
            new SwitchScope("psn", Given.Cycle, ["NE003", "NE004"], ["t2-a", "t2-b"], 1, 20));
        subject.IsReturn.Should().BeTrue();
        (subject.Reason, subject.Until, subject.ReturnCriteria).Should()
            .Be((SwitchReason.Return, RuleGiven.Day, "salaries are paid"));
        (subject.ProposedBy, subject.ProposedAt, subject.ExpiresAt).Should()
            .Be(("omar@government", Given.At, Given.At.AddHours(24)));
        subject.Quorum.Should().BeEquivalentTo(new Dictionary<string, int> { ["government"] = 1, ["partner"] = 1 });
        subject.WatchSeconds.Should().Be(60);
        (subject.Governance!.Area, subject.Governance.Version, subject.Governance.Why).Should()
            .Be(("*", 1, "the only one"));
        Proposed().IsReturn.Should().BeFalse();
    }

    [Fact]
    public void Routes_what_its_scope_says()
    {
        var scope = new SwitchScope("psn", Given.Cycle, ["NE003"], ["t2-a"], 1, 20);
        var overlay = Switch.Propose(
            Given.Swi, new SwitchProposal(scope, SwitchReason.Return, null, null), Given.Chosen(), Omar, Given.At)
            .Overlay;

        overlay.Areas.Should().Equal("NE003");
        overlay.From.Should().Equal("t2-a");
        (overlay.SwitchId, overlay.Programme, overlay.CycleId, overlay.ToTrack, overlay.PilotPercent).Should()
            .Be((Given.Swi, "psn", Given.Cycle, 1, 20));
    }

    [Fact]
    public void Notes_each_state_that_it_enters_with_number_time_and_person()
    {
        var subject = Proposed();

        Given.CodeOf(subject.Go(SwitchTrigger.Withdraw, Amina, Later)).Should().BeEmpty();

        subject.Steps.Select(step => (step.SwitchId, step.Number, step.State, step.At, step.By)).Should().Equal(
            (Given.Swi, 1, SwitchState.Proposed, Given.At, "omar@government"),
            (Given.Swi, 2, SwitchState.Withdrawn, Later, "amina@government"));
    }

    [Fact]
    public void Stays_where_it_is_when_a_step_is_refused()
    {
        var subject = Proposed();
        subject.CommandsSent(Later);

        Given.CodeOf(subject.Go(SwitchTrigger.Carry, Omar, Later)).Should().Be("lifecycle.not_allowed");

        subject.State.Should().Be(SwitchState.Proposed);
        subject.Steps.Should().ContainSingle();
        subject.CommandsSentAt.Should().Be(Later);
    }

    [Fact]
    public void Has_sent_no_commands_in_a_state_that_it_has_just_entered()
    {
        var subject = Proposed();
        subject.CommandsSent(Given.At);

        subject.Go(SwitchTrigger.Rehearse, Actor.System, Later);

        subject.CommandsSentAt.Should().BeNull();
    }

    [Fact]
    public void Numbers_what_it_asks_and_asks_again_under_the_same_number()
    {
        var subject = Proposed();

        subject.Ask(CountPurpose.Rehearsal, Given.At);
        subject.Ask(CountPurpose.Verification, Later);
        (subject.CountNumber, subject.CountPurpose, subject.AskedAt).Should().Be((2, CountPurpose.Verification, Later));

        subject.AskAgain(Later.AddHours(1));
        (subject.CountNumber, subject.CountPurpose, subject.AskedAt).Should()
            .Be((2, CountPurpose.Verification, Later.AddHours(1)));
    }

    [Fact]
    public void Keeps_its_latest_rehearsal_with_both_hashes()
    {
        var subject = Proposed();
        subject.Ask(CountPurpose.Rehearsal, Given.At);
        var rehearsal = Rehearse("aa");

        Given.CodeOf(subject.Rehearsed(rehearsal, Later)).Should().BeEmpty();

        (subject.State, subject.Hash, subject.ListHash, subject.CountPurpose).Should()
            .Be((SwitchState.Rehearsed, rehearsal.Hash, "aa", CountPurpose.None));
        subject.Rehearsal.Should().BeSameAs(rehearsal);
        subject.Steps[^1].By.Should().Be("system@system");
    }

    [Fact]
    public void Takes_no_rehearsal_once_the_votes_have_decided()
    {
        var subject = Voted();
        var hash = subject.Hash;

        Given.CodeOf(subject.Rehearsed(Rehearse("bb"), Later)).Should().Be("lifecycle.not_allowed");

        subject.Hash.Should().Be(hash);
        subject.Votes.Should().OnlyContain(vote => !vote.Voided);
    }

    [Fact]
    public void Keeps_each_vote_with_party_hash_and_time_and_one_a_person()
    {
        var subject = Rehearsed();
        subject.Cast(Amina, true, subject.Hash!, true, Given.At);
        subject.Rehearsed(Rehearse("bb"), Given.At);

        subject.Cast(Amina with { Party = "partner" }, true, subject.Hash!, true, Later);

        var vote = subject.Votes.Single();
        (vote.SwitchId, vote.User, vote.Party, vote.Approve, vote.Hash, vote.At, vote.Voided).Should()
            .Be((Given.Swi, "amina", "partner", true, subject.Hash!, Later, false));
    }

    [Fact]
    public void Turns_a_voided_approval_into_a_rejection_when_the_person_votes_against()
    {
        var subject = Rehearsed();
        subject.Cast(Amina, true, subject.Hash!, true, Given.At);
        subject.Rehearsed(Rehearse("bb"), Given.At);

        subject.Cast(Amina, true, subject.Hash!, false, Later);

        subject.State.Should().Be(SwitchState.Rejected);
        subject.Steps[^1].By.Should().Be("amina@government");
    }

    [Fact]
    public void Can_be_voted_on_until_the_last_moment_and_not_after_it()
    {
        var subject = Rehearsed();

        Given.CodeOf(subject.Cast(Amina, true, subject.Hash!, true, Given.At.AddHours(24))).Should().BeEmpty();
        Given.CodeOf(subject.Cast(Boris, true, subject.Hash!, true, Given.At.AddHours(24).AddTicks(1))).Should()
            .Be("vote.expired");
    }

    [Fact]
    public void Gives_a_voided_vote_to_nobody_who_takes_it_back()
    {
        var subject = Rehearsed();
        subject.Cast(Amina, true, subject.Hash!, true, Given.At);
        subject.Rehearsed(Rehearse("bb"), Given.At);

        Given.CodeOf(subject.TakeBack(Amina)).Should().Be("vote.none");
    }

    [Fact]
    public void Takes_back_only_the_vote_of_the_person_who_asks()
    {
        var subject = Rehearsed();
        subject.Cast(Amina, true, subject.Hash!, true, Given.At);

        Given.CodeOf(subject.TakeBack(Boris)).Should().Be("vote.none");
        subject.TakeBack(Amina).Match(vote => vote.User, refusal => refusal.Code).Should().Be("amina");
        subject.Votes.Should().BeEmpty();
    }

    [Fact]
    public void Names_for_the_record_whose_standing_votes_carried_it_in_order_of_time()
    {
        var subject = Rehearsed();
        subject.Cast(new Actor("awa", "government"), true, subject.Hash!, true, Given.At);
        subject.Rehearsed(Rehearse("bb"), Given.At);
        subject.Cast(Boris, true, subject.Hash!, true, Later.AddHours(1));
        subject.Cast(Amina, true, subject.Hash!, true, Later);

        subject.Decision().Should().Be($"amina@government, boris@partner on {subject.Hash}");
    }

    [Fact]
    public void Begins_to_route_once()
    {
        var subject = Voted();

        subject.BeginRouting(Given.At);
        subject.BeginRouting(Later);

        subject.RoutesSince.Should().Be(Given.At);
    }

    [Fact]
    public void Ends_its_routes_with_the_reason_when_it_is_voided()
    {
        var subject = Voted();

        Given.CodeOf(subject.Void("the list has changed", Later)).Should().BeEmpty();

        (subject.State, subject.Note, subject.RoutesEnded).Should()
            .Be((SwitchState.Voided, "the list has changed", Later));
    }

    [Fact]
    public void Is_not_voided_before_it_was_voted()
    {
        var subject = Rehearsed();

        Given.CodeOf(subject.Void("the list has changed", Later)).Should().Be("lifecycle.not_allowed");

        (subject.Note, subject.RoutesEnded).Should().Be((null, null));
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void Waits_for_late_answers_as_long_as_its_protocol_says(int seconds, bool over)
    {
        var subject = Proposed();
        subject.WindowOver(Given.At.AddDays(9)).Should().BeFalse("nothing has been counted yet");
        subject.ChangedAt = Given.At;

        subject.WindowOver(Given.At.AddSeconds(seconds)).Should().Be(over);
    }

    [Fact]
    public void Notes_once_that_the_day_of_its_return_is_over()
    {
        var subject = Tentative();
        subject.BeginRouting(Given.At);
        var lastMoment = Given.At.Date.AddDays(1).AddTicks(-1);

        subject.NoteOverdueReturn(new DateTimeOffset(lastMoment, TimeSpan.Zero)).Should().BeFalse("it is its last day");
        subject.NoteOverdueReturn(Given.At.AddDays(1)).Should().BeTrue();
        subject.NoteOverdueReturn(Given.At.AddDays(2)).Should().BeFalse("it is said once");
        subject.Governance!.ReturnOverdueAt.Should().Be(Given.At.AddDays(1));
    }

    [Fact]
    public void Has_no_overdue_return_before_it_routes_or_after_its_routes_have_ended()
    {
        var waiting = Tentative();
        waiting.NoteOverdueReturn(Given.At.AddDays(9)).Should().BeFalse();

        var voided = Tentative();
        Carry(voided);
        voided.BeginRouting(Given.At);
        voided.Void("the list has changed", Given.At);
        voided.NoteOverdueReturn(Given.At.AddDays(9)).Should().BeFalse();
    }

    [Fact]
    public void Has_no_overdue_return_without_a_day_or_when_it_is_the_return()
    {
        var open = Proposed();
        open.BeginRouting(Given.At);
        open.NoteOverdueReturn(Given.At.AddDays(9)).Should().BeFalse();

        var back = Switch.Propose(Given.Swi,
            Given.Proposal(1, SwitchReason.Return, "t2-agency") with { Until = RuleGiven.Day }, Given.Chosen(), Omar,
            Given.At);
        back.BeginRouting(Given.At);
        back.NoteOverdueReturn(Given.At.AddDays(9)).Should().BeFalse();
    }

    private static Switch Tentative() =>
        Switch.Propose(Given.Swi, Given.Proposal() with { Until = RuleGiven.Day }, Given.Chosen(), Omar, Given.At);

    private static Switch Proposed() => Switch.Propose(Given.Swi, Given.Proposal(), Given.Chosen(), Omar, Given.At);

    private static Switch Rehearsed()
    {
        var subject = Proposed();
        subject.Rehearsed(Rehearse("aa"), Given.At);
        return subject;
    }

    private static Switch Voted()
    {
        var subject = Proposed();
        Carry(subject);
        return subject;
    }

    private static void Carry(Switch subject)
    {
        subject.Rehearsed(Rehearse("aa"), Given.At);
        subject.Cast(Amina, true, subject.Hash!, true, Given.At);
        subject.Cast(Boris, true, subject.Hash!, true, Given.At);
        subject.State.Should().Be(SwitchState.Voted);
    }

    private static Rehearsal Rehearse(string listHash) => Rehearsal.Of(
        1, Given.Proposal().Scope, new DispositionCount(listHash, 0, 0, []),
        RoutingFacts.Of(RoutingTable.None, [Given.Channel("t1-momo"), Given.Channel("t2-agency", 2)], [], "XOF"),
        Given.At) with
    { Warnings = [] };
}
