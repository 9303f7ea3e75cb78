using System.Globalization;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;

namespace TwinTrack.Domain.Tests.Payments;

public sealed class Incident_rules
{
    // Written by hand and changed with every rule. Each line has kind, end, condition, effect on the obligation, and 2
    // if two parties must agree.
    private static readonly string[] Ends =
    [
        "LateSuccess Stands NoLiveAttempt StaysBlocked",
        "LateSuccess NotPaid NoLiveAttempt Unblocked 2",
        "PaidTwice Recovered Nothing StaysBlocked",
        "PaidTwice WrittenOff Nothing StaysBlocked 2",
        "PaidTwice NoLoss SettledAttempt Unblocked",
        "PaidTwice Stands NoLiveAttempt StaysBlocked",
        "PaidTwice NotPaid NoLiveAttempt Unblocked 2",
        "Contradiction Recovered Nothing StaysBlocked",
        "Contradiction WrittenOff Nothing StaysBlocked 2",
        "Contradiction NoLoss SettledAttempt Unblocked",
        "Contradiction NotPaid NoLiveAttempt Unblocked 2",
        "ReturnedTwice Recovered Nothing Unblocked",
        "ReturnedTwice NoLoss Nothing Unblocked",
        "ForcedLoss Recovered Nothing StaysBlocked",
        "ForcedLoss WrittenOff Nothing StaysBlocked 2",
        "ForcedLoss NoLoss SettledAttempt Unblocked",
        "ForcedLoss Stands NoLiveAttempt StaysBlocked",
    ];

    private static readonly string[] Kinds =
    [
        "LateSuccess operator 24 OwedToUs Take,Close",
        "PaidTwice finance 72 OwedToUs Take,Recover,WriteOff,Close",
        "Contradiction reconciler 48 OwedToUs Take,Claim,Recover,WriteOff,Close",
        "ReturnedTwice finance 120 OwedByUs Take,Claim,Recover,Close",
        "ForcedLoss finance 72 Borne Take,Recover,WriteOff,Close",
    ];

    [Fact]
    public void Every_kind_is_as_drawn_and_has_an_owner_and_a_clock()
    {
        IncidentKindRules.Rules.Select(
            rule => Invariant(
                $"{rule.Kind} {rule.OwnerRole} {rule.DueHours} {rule.Side} {string.Join(',', rule.Acts)}")).Should()
            .Equal(Kinds);
        IncidentKindRules.Rules.Select(rule => rule.Kind).Should().Equal(Enum.GetValues<IncidentKind>());
        IncidentKindRules.Rules.Should().OnlyContain(rule => Role.Staff.Contains(rule.OwnerRole));
    }

    [Fact]
    public void Every_end_is_as_drawn() =>
        IncidentEndRules.Rules.Select(
            rule => $"{rule.Kind} {rule.End} {rule.Need} {rule.After}{(rule.TwoParties ? " 2" : "")}").Should()
            .Equal(Ends);

    [Fact]
    public void Every_other_end_is_refused_whatever_lives()
    {
        foreach (var kind in Enum.GetValues<IncidentKind>())
        {
            foreach (var end in Enum.GetValues<IncidentEnd>())
            {
                foreach (var live in InstructionLifecycle.Live.Cast<InstructionState?>().Append(null))
                {
                    var rule = Array.Find(IncidentEndRules.Rules, one => one.Kind == kind && one.End == end);
                    var expected = rule?.Need switch
                    {
                        null => "incident.other_end",
                        IncidentPrecondition.SettledAttempt when live != InstructionState.Settled =>
                            "incident.no_payment",
                        IncidentPrecondition.NoLiveAttempt when live is not null => "incident.still_live",
                        _ => "",
                    };
                    IncidentEndRules.Of(kind, end, live).Match(_ => "", refusal => refusal.Code).Should()
                        .Be(expected, $"{kind} {end} beside {live}");
                }
            }
        }
    }

    [Fact]
    public void An_obligation_is_freed_by_two_parties_or_while_its_payment_stands_alone() =>
        IncidentEndRules.Rules.Where(
            rule => rule.After == ObligationOutcome.Unblocked && rule.Kind != IncidentKind.ReturnedTwice)
            .Should().OnlyContain(rule => rule.TwoParties || rule.Need == IncidentPrecondition.SettledAttempt);

    [Fact]
    public void An_incident_blocks_while_it_is_open_and_after_an_end_that_does_not_unblock()
    {
        foreach (var kind in Enum.GetValues<IncidentKind>())
        {
            foreach (var end in Enum.GetValues<IncidentEnd>().Cast<IncidentEnd?>().Append(null))
            {
                foreach (var state in Enum.GetValues<IncidentState>())
                {
                    var lifted = state is IncidentState.Recovered or IncidentState.WrittenOff or IncidentState.Closed
                        && Ends.Any(line => line.StartsWith($"{kind} {end} ", StringComparison.Ordinal)
                            && line.Contains("Unblocked", StringComparison.Ordinal));
                    IncidentEndRules.Blocks(kind, state, end).Should().Be(!lifted, $"{kind} {state} {end}");
                }
            }
        }
    }

    [Theory]
    [InlineData(IncidentKind.LateSuccess, IncidentState.Closed, IncidentEnd.Stands, true)]
    [InlineData(IncidentKind.LateSuccess, IncidentState.Closed, IncidentEnd.NotPaid, false)]
    [InlineData(IncidentKind.PaidTwice, IncidentState.Recovered, IncidentEnd.Recovered, true)]
    [InlineData(IncidentKind.Contradiction, IncidentState.WrittenOff, IncidentEnd.WrittenOff, true)]
    [InlineData(IncidentKind.ForcedLoss, IncidentState.Closed, IncidentEnd.NoLoss, false)]
    [InlineData(IncidentKind.PaidTwice, IncidentState.ReleaseProposed, IncidentEnd.NotPaid, true)]
    [InlineData(IncidentKind.Contradiction, IncidentState.Closed, null, true)]
    public void A_payment_that_stands_blocks_for_good_and_one_that_was_none_does_not(
        IncidentKind kind, IncidentState state, IncidentEnd? end, bool blocks) =>
        IncidentEndRules.Blocks(kind, state, end).Should().Be(blocks);

    [Fact]
    public void A_late_payment_counts_until_it_is_found_to_be_none()
    {
        foreach (var kind in Enum.GetValues<IncidentKind>())
        {
            Enum.GetValues<IncidentEnd>().Cast<IncidentEnd?>().Prepend(null)
                .Where(end => IncidentEndRules.IsPaid(kind, end)).Should()
                .Equal(kind is IncidentKind.LateSuccess or IncidentKind.ForcedLoss
                    ? new IncidentEnd?[] { null, IncidentEnd.Stands } : []);
        }
    }

    [Fact]
    public void Parts_add_up_and_never_to_more_than_the_loss()
    {
        var claimed = Ok(IncidentMoney.None.Claim(100, 100));

        var part = Ok(claimed.Recover(60));

        part.OutstandingMinor.Should().Be(40);
        Code(part.Recover(41)).Should().Be("incident.recovery");
        Code(part.Recover(0)).Should().Be("incident.recovery");
        Ok(part.Recover(40)).OutstandingMinor.Should().Be(0);
        part.WriteOff().Should().Be(new IncidentMoney(100, 60, 40));
        part.Waive().Should().Be(new IncidentMoney(60, 60, 0));
        Code(IncidentMoney.None.Claim(101, 100)).Should().Be("incident.claim");
        Code(IncidentMoney.None.Claim(0, 100)).Should().Be("incident.claim");
    }

    [Fact]
    public void The_least_claim_and_the_least_part_are_one_minor_unit()
    {
        Ok(IncidentMoney.None.Claim(1, 100)).Should().Be(new IncidentMoney(1, 0, 0));
        Ok(new IncidentMoney(100, 0, 0).Recover(1)).Should().Be(new IncidentMoney(100, 1, 0));
    }

    [Fact]
    public void A_later_claim_adds_to_the_loss_and_to_what_is_outstanding()
    {
        var settled = new IncidentMoney(100, 60, 40);

        settled.OutstandingMinor.Should().Be(0);
        Code(settled.Recover(1)).Should().Be("incident.recovery");
        var more = Ok(settled.Claim(30, 30));
        more.Should().Be(new IncidentMoney(130, 60, 40));
        more.OutstandingMinor.Should().Be(30);
        Ok(more.Recover(10)).Should().Be(new IncidentMoney(130, 70, 40));
        more.WriteOff().Should().Be(new IncidentMoney(130, 60, 70));
        more.Waive().Should().Be(settled);
    }

    [Theory]
    [InlineData(IncidentKind.LateSuccess, "2026-03-02T08:00:00Z")]
    [InlineData(IncidentKind.Contradiction, "2026-03-03T08:00:00Z")]
    [InlineData(IncidentKind.ReturnedTwice, "2026-03-06T08:00:00Z")]
    public void Every_kind_is_due_its_hours_after_it_was_opened(IncidentKind kind, string due) =>
        IncidentKindRules.RuleOf(kind).DueAt(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero)).Should()
            .Be(DateTimeOffset.Parse(due, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(Contradiction.LateSuccess, IncidentKind.LateSuccess)]
    [InlineData(Contradiction.ConflictingReports, IncidentKind.Contradiction)]
    [InlineData(Contradiction.ReturnedTwice, IncidentKind.ReturnedTwice)]
    [InlineData(Contradiction.ForcedLoss, IncidentKind.ForcedLoss)]
    public void Every_contradiction_opens_its_kind(Contradiction contradiction, IncidentKind kind) =>
        IncidentKindRules.Of(contradiction).Should().Be(kind);

    [Fact]
    public void What_contradicts_nothing_opens_no_incident() =>
        FluentActions.Invoking(() => IncidentKindRules.Of(Contradiction.None)).Should()
            .Throw<ArgumentOutOfRangeException>();

    [Theory]
    [InlineData("oumar", "government", "ann", "partner", "")]
    [InlineData("ann", "partner", "oumar", "government", "")]
    [InlineData("oumar", "government", "oumar", "partner", "incident.same_person")]
    [InlineData("oumar", "government", "fati", "government", "incident.same_party")]
    [InlineData("oumar", "government", "momo", "t1-momo", "incident.no_party")]
    [InlineData("oumar", "government", "system", "system", "incident.no_party")]
    public void The_second_word_is_another_persons_of_the_other_party(
        string first, string firstParty, string second, string secondParty, string refusal) =>
        TwoParties.Second(new Actor(first, firstParty), new Actor(second, secondParty)).Match(_ => "", no => no.Code)
            .Should().Be(refusal);

    [Theory]
    [InlineData("government", "")]
    [InlineData("partner", "")]
    [InlineData("system", "incident.no_party")]
    [InlineData("t1-momo", "incident.no_party")]
    public void The_first_word_is_a_partys(string party, string refusal) =>
        TwoParties.First(new Actor("one", party)).Match(_ => "", no => no.Code).Should().Be(refusal);

    [Theory]
    [InlineData(100, Contradiction.None)]
    [InlineData(0, Contradiction.None)]
    [InlineData(60, Contradiction.ReturnedTwice)]
    [InlineData(200, Contradiction.ReturnedTwice)]
    public void A_return_of_another_amount_after_the_return_is_money_that_is_not_ours(
        long amountMinor, Contradiction expected)
    {
        var effect = ReportRule.Apply(InstructionState.Returned, 100, 100, InstructionTrigger.Return, amountMinor);

        effect.Should().BeEquivalentTo(new { Steps = Array.Empty<InstructionState>(), Contradiction = expected });
        if (expected != Contradiction.None)
        {
            IncidentKindRules.Of(expected).Should().Be(IncidentKind.ReturnedTwice);
        }
    }

    private static IncidentMoney Ok(Result<IncidentMoney> result) =>
        result.Match(ok => ok, no => throw new InvalidOperationException(no.Reason));

    private static string Code(Result<IncidentMoney> result) => result.Match(_ => "", no => no.Code);
}
