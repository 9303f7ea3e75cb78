using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;

namespace TwinTrack.Domain.Tests.Payments;

public sealed class Approval_policy
{
    private const string Hash = "aa";
    private static readonly Actor Maker = new("amina", "government");
    private static readonly Actor First = new("idrissa", "government");
    private static readonly Actor Second = new("mariama", "government");

    [Theory]
    [InlineData("XOF", 1_000_000, 1)]
    [InlineData("XOF", 1_000_001, 2)]
    [InlineData("USD", 100_000_000, 1)]
    [InlineData("USD", 100_000_001, 2)]
    [InlineData("TND", 1_000_000_000, 1)]
    [InlineData("TND", 1_000_000_001, 2)]
    [InlineData("XOF", 1, 1)]
    [InlineData("XOF", long.MaxValue, 2)]
    public void Up_to_a_million_major_units_one_approves_above_two(string currency, long sumMinor, int steps) =>
        ApprovalPolicy.StepsFor(sumMinor, Known(currency)).Should().Be(steps);

    [Fact]
    public void The_first_and_the_second_approver_take_the_first_and_the_second_step()
    {
        Step(ApprovalPolicy.Approve(BatchState.AwaitingApproval, Maker, Hash, [], First, Hash)).Should().Be("1");
        Step(ApprovalPolicy.Approve(BatchState.AwaitingApproval, Maker, Hash, [new(1, First.ToString())], Second, "AA"))
            .Should().Be("2");
    }

    [Fact]
    public void Nobody_approves_what_they_made() =>
        Step(ApprovalPolicy.Approve(BatchState.AwaitingApproval, Maker, Hash, [], Maker, Hash)).Should()
            .Be("approval.own_batch");

    [Fact]
    public void Nobody_approves_twice() =>
        Step(ApprovalPolicy.Approve(BatchState.AwaitingApproval, Maker, Hash, [new(1, First.ToString())], First, Hash))
            .Should().Be("approval.twice");

    [Fact]
    public void Neither_of_two_approvers_approves_again_or_releases()
    {
        GivenApproval[] given = [new(1, First.ToString()), new(2, Second.ToString())];
        foreach (var approver in new[] { First, Second })
        {
            Step(ApprovalPolicy.Approve(BatchState.AwaitingApproval, Maker, Hash, given, approver, Hash)).Should()
                .Be("approval.twice");
            Step(ApprovalPolicy.Release(BatchState.Approved, Maker, Hash, given, approver, Hash)).Should()
                .Be("release.approver");
        }
    }

    [Fact]
    public void Nobody_approves_what_they_did_not_see() =>
        Step(ApprovalPolicy.Approve(BatchState.AwaitingApproval, Maker, Hash, [], First, "bb")).Should()
            .Be("approval.hash_differs");

    [Fact]
    public void An_unsealed_batch_has_no_hash_that_anyone_could_have_seen() =>
        Step(ApprovalPolicy.Approve(BatchState.AwaitingApproval, Maker, null, [], First, "")).Should()
            .Be("approval.hash_differs");

    [Theory]
    [InlineData(BatchState.Planning)]
    [InlineData(BatchState.Approved)]
    [InlineData(BatchState.Released)]
    [InlineData(BatchState.Certified)]
    [InlineData(BatchState.Refused)]
    [InlineData(BatchState.Cancelled)]
    public void Only_what_awaits_approval_is_approved_and_that_comes_first(BatchState state) =>
        Step(ApprovalPolicy.Approve(state, Maker, Hash, [new(1, Maker.ToString())], Maker, "bb")).Should()
            .Be("approval.not_awaiting");

    [Fact]
    public void The_releaser_is_neither_maker_nor_approver_and_has_seen_it()
    {
        GivenApproval[] given = [new(1, First.ToString())];

        Step(ApprovalPolicy.Release(BatchState.Approved, Maker, Hash, given, Second, Hash)).Should().Be("True");
        Step(ApprovalPolicy.Release(BatchState.Approved, Maker, Hash, given, First, Hash)).Should()
            .Be("release.approver");
        Step(ApprovalPolicy.Release(BatchState.Approved, Maker, Hash, given, Maker, Hash)).Should().Be("release.maker");
        Step(ApprovalPolicy.Release(BatchState.Approved, Maker, Hash, given, Second, "bb")).Should()
            .Be("release.hash_differs");
        Step(ApprovalPolicy.Release(BatchState.AwaitingApproval, Maker, Hash, given, Second, Hash)).Should()
            .Be("release.not_approved");
    }

    [Theory]
    [InlineData("government")]
    [InlineData("partner")]
    [InlineData("t1-momo")]
    [InlineData("")]
    public void Nobody_becomes_another_person_by_a_change_of_party(string party)
    {
        var maker = new Actor(Maker.User, party);
        var approver = new Actor(First.User, party);
        GivenApproval[] given = [new(1, First.ToString())];

        Step(ApprovalPolicy.Approve(BatchState.AwaitingApproval, Maker, Hash, [], maker, Hash)).Should()
            .Be("approval.own_batch");
        Step(ApprovalPolicy.Approve(BatchState.AwaitingApproval, Maker, Hash, given, approver, Hash)).Should()
            .Be("approval.twice");
        Step(ApprovalPolicy.Release(BatchState.Approved, Maker, Hash, given, maker, Hash)).Should()
            .Be("release.maker");
        Step(ApprovalPolicy.Release(BatchState.Approved, Maker, Hash, given, approver, Hash)).Should()
            .Be("release.approver");
    }

    private static string Step<T>(Result<T> result) =>
        result.Match(value => value!.ToString()!, refusal => refusal.Code);

    private static Currency Known(string code) =>
        Currency.Of(code).Match(known => known, no => throw new InvalidOperationException(no.Reason));
}
