using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Domain.Tests.Routing;

/// <summary>Laws of the count, over thousands of ballots drawn from a seed.</summary>
public sealed class A_ballots_laws
{
    private static readonly string[] Parties = ["government", "partner", "donor", "observer"];
    private static readonly Dictionary<string, int> Quorum = new() { ["government"] = 2, ["partner"] = 1 };

    [Fact]
    public void The_order_of_the_votes_means_nothing() => Each((votes, random) =>
        Ballot.Count([.. votes.OrderBy(_ => random.Next())], Quorum).Should().Be(Ballot.Count(votes, Quorum)));

    [Fact]
    public void A_persons_vote_told_twice_counts_once() => Each((votes, random) =>
        Ballot.Count([.. votes, .. votes.Take(random.Next(votes.Count + 1))], Quorum).Should()
            .Be(Ballot.Count(votes, Quorum)));

    [Fact]
    public void A_party_that_is_not_asked_decides_nothing() => Each((votes, _) =>
        Ballot.Count(votes.Where(vote => Quorum.ContainsKey(vote.Party)), Quorum).Should()
            .Be(Ballot.Count(votes, Quorum)));

    [Fact]
    public void No_number_of_votes_of_one_party_stands_for_another() => Each((votes, _) =>
        Ballot.Count(votes.Where(vote => vote.Party == "government"), Quorum).Should().NotBe(BallotOutcome.Carried));

    [Fact]
    public void It_is_carried_just_when_every_party_brought_its_number_and_none_said_no() => Each((votes, _) =>
    {
        var standing = votes.Where(vote => !vote.Voided && Quorum.ContainsKey(vote.Party)).ToList();
        var full = Quorum.All(party => standing.Count(vote => vote.Party == party.Key && vote.Approve) >= party.Value);
        (Ballot.Count(votes, Quorum) == BallotOutcome.Carried).Should()
            .Be(full && standing.TrueForAll(vote => vote.Approve));
    });

    private static void Each(Action<IReadOnlyList<Vote>, Random> law)
    {
        var random = new Random(20_260_301);
        for (var round = 0; round < 2_000; round++)
        {
            law(
                [
                    .. Enumerable.Range(0, random.Next(8)).Select(user => new Vote
                    {
                        SwitchId = Given.Swi,
                        User = Invariant($"user-{user}"),
                        Party = Parties[random.Next(Parties.Length)],
                        Approve = random.Next(5) > 0,
                        Hash = "aa",
                        At = Given.At,
                        Voided = random.Next(6) == 0,
                    }),
                ],
                random);
        }
    }
}
