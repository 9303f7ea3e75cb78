using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Two_switches_that_meet
{
    private static readonly Actor Omar = new("omar", "government");

    [Theory]
    [InlineData("psn", "t1-momo", "", true)]
    [InlineData("psn", "t1-momo", "NE001", true)]
    [InlineData("psn", "t1-bank t1-momo", "NE001 NE009", true)]
    [InlineData("psn", "t1-momo", "NE002", false)]
    [InlineData("psn", "t1-bank", "", false)]
    [InlineData("other", "t1-momo", "", false)]
    public void Overlap_in_the_payments_that_both_take_from_one_channel(string programme, string from, string areas,
        bool overlap)
    {
        var one = Scope("psn", "t1-momo", "NE001");
        var other = Scope(programme, from, areas);

        (one.StopsSameAs(other), other.StopsSameAs(one)).Should().Be((overlap, overlap));
    }

    [Fact]
    public void Overlap_where_both_are_of_all_areas() =>
        Scope("psn", "t1-momo", "").StopsSameAs(Scope("psn", "t1-momo", "")).Should().BeTrue();

    [Theory]
    [InlineData(SwitchState.Stopping, SwitchState.Voted, true)]
    [InlineData(SwitchState.Voted, SwitchState.Voted, true)]
    [InlineData(SwitchState.Rehearsed, SwitchState.Voted, false)]
    [InlineData(SwitchState.Moving, SwitchState.Voted, false)]
    [InlineData(SwitchState.Voided, SwitchState.Voted, false)]
    public void Let_the_earlier_go_first_until_it_has_stopped(SwitchState earlier, SwitchState later, bool waits)
    {
        var (first, second) = (In(earlier, 1), In(later, 2));

        SwitchLifecycle.GoesFirst(first, second).Should().Be(waits);
        SwitchLifecycle.GoesFirst(second, second).Should().BeFalse("it does not wait for itself");
    }

    [Fact]
    public void Never_wait_for_each_other()
    {
        SwitchState[] leaving = [.. SwitchLifecycle.Leaving];
        foreach (var (one, other) in leaving.SelectMany(one => leaving.Select(other => (one, other))))
        {
            var (first, second) = (In(one, 1), In(other, 2));
            // Only a voted switch waits.
            (one == SwitchState.Voted && SwitchLifecycle.GoesFirst(second, first)
                && other == SwitchState.Voted && SwitchLifecycle.GoesFirst(first, second)).Should()
                .BeFalse($"{one} and {other}");
        }

        SwitchLifecycle.GoesFirst(In(SwitchState.Stopping, 2), In(SwitchState.Voted, 1)).Should()
            .BeTrue("one that stops already goes first");
        SwitchLifecycle.GoesFirst(In(SwitchState.Voted, 2), In(SwitchState.Voted, 1)).Should().BeFalse();
    }

    [Fact]
    public void Do_not_wait_where_they_do_not_overlap() =>
        SwitchLifecycle.GoesFirst(In(SwitchState.Stopping, 1, "NE001"), In(SwitchState.Voted, 2, "NE002")).Should()
            .BeFalse();

    [Fact]
    public void Show_whom_they_wait_for()
    {
        var waiting = In(SwitchState.Voted, 2);

        waiting.WaitFor(Given.Swi);
        waiting.Note.Should().Be($"waits until switch {Given.Swi} has stopped the same payments");
        waiting.WaitFor(null);
        waiting.Note.Should().BeNull();
    }

    private static SwitchScope Scope(string programme, string from, string areas) => new(programme, Given.Cycle,
        areas.Split(' ', StringSplitOptions.RemoveEmptyEntries), from.Split(' '), 2);

    /// <param name="number">Later switches have higher numbers.</param>
    private static Switch In(SwitchState state, int number, string areas = "")
    {
        var id = new SwitchId(Guid.CreateVersion7(Given.At.AddMinutes(number)));
        var proposal = Given.Proposal() with { Scope = Scope("psn", "t1-momo", areas) };
        var subject = Switch.Propose(id, proposal, Given.Chosen(), Omar, Given.At);
        SwitchTrigger[] way = [SwitchTrigger.Rehearse, SwitchTrigger.Carry, SwitchTrigger.Stop, SwitchTrigger.Move];
        foreach (var trigger in way.TakeWhile(_ => subject.State != state && state != SwitchState.Voided))
        {
            subject.Go(trigger, Actor.System, Given.At);
        }

        if (state == SwitchState.Voided)
        {
            subject.Go(SwitchTrigger.Rehearse, Actor.System, Given.At);
            subject.Go(SwitchTrigger.Carry, Actor.System, Given.At);
            subject.Void("another list", Given.At);
        }

        subject.State.Should().Be(state);
        return subject;
    }
}
