using TwinTrack.Reconciliation.Domain;

namespace TwinTrack.Domain.Tests.Reconciliation;

public sealed class A_settlement_between_tracks
{
    /// <summary>Whose money × who paid.</summary>
    [Theory]
    [InlineData("treasury", 1, 0, 0)]
    [InlineData("treasury", 2, 1, 2)]
    [InlineData("donor", 1, 2, 1)]
    [InlineData("donor", 2, 0, 0)]
    public void Who_holds_the_source_owes_whoever_paid_out_of_it(string source, int paidBy, int debtor, int creditor)
    {
        var settlement = Of([new TrackPayments(source, paidBy, "c", "XOF", 2, 500)]);

        if (debtor == 0)
        {
            settlement.Owed.Should().BeEmpty();
        }
        else
        {
            settlement.Owed.Should().ContainSingle().Which.Should()
                .Match<InterTrackClaim>(
                owed => owed.Debtor == debtor && owed.Creditor == creditor && owed.AmountMinor == 500
                    && owed.Count == 2);
            settlement.Net.Should().Equal(new NetInterTrackClaim("XOF", debtor, creditor, 500));
        }
    }

    [Fact]
    public void One_way_is_set_against_the_other_in_each_currency()
    {
        var settlement =
            Of([new("treasury", 2, "t2-a", "XOF", 3, 900), new("treasury", 2, "t2-b", "XOF", 1, 100),
                new("donor", 1, "t1-a", "XOF", 1, 400), new("donor", 1, "t1-b", "USD", 1, 7)]);

        settlement.Owed.Single(owed => owed.FundingSource == "treasury").Channels.Should().Equal("t2-a", "t2-b");
        settlement.Net.Should().Equal(new NetInterTrackClaim("USD", 2, 1, 7), new NetInterTrackClaim("XOF", 1, 2, 600));
    }

    [Fact]
    public void It_says_where_the_ledger_comes_to_something_else()
    {
        var settlement =
            Settlement.Of([new TrackPayments("treasury", 2, "c", "XOF", 1, 500)], new HashSet<string>(),
                new Dictionary<(string, string), long> { [("c", "XOF")] = 400, [("d", "XOF")] = 0 });

        settlement.Agrees.Should().BeFalse();
        settlement.Differences.Should().Equal(new SettlementDifference("c", "XOF", 500, 400));
    }

    private static Settlement Of(TrackPayments[] paid) => Settlement.Of(
        paid, new HashSet<string> { "donor" },
        paid.GroupBy(line => (line.Channel, line.Currency))
            .ToDictionary(group => group.Key, group => group.Sum(line => line.AmountMinor)));
}
