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

    [Fact]
    public void Has_its_rows_in_the_order_of_their_codes_in_every_language()
    {
        var settlement =
            Settlement.Of([new("a", 2, "c", "XOF", 1, 5), new("Z", 2, "D", "XOF", 1, 5)], new HashSet<string>(),
                new Dictionary<(string, string), long>());

        settlement.Owed.Select(owed => owed.FundingSource).Should().Equal("Z", "a");
        settlement.Differences.Select(row => row.Channel).Should().Equal("D", "c");
    }

    [Fact]
    public void One_source_is_one_claim_for_each_currency_and_payer()
    {
        var settlement = Of(
            [new("treasury", 2, "t2-b", "XOF", 3, 900), new("treasury", 2, "t2-a", "XOF", 2, 100),
                new("treasury", 2, "t2-a", "USD", 1, 7), new("other", 2, "t2-a", "XOF", 1, 5)]);

        settlement.Owed.Select(owed => (owed.FundingSource, owed.Currency, owed.Count, owed.AmountMinor)).Should()
            .Equal(("other", "XOF", 1L, 5L), ("treasury", "USD", 1L, 7L), ("treasury", "XOF", 5L, 1_000L));
        settlement.Owed[2].Channels.Should().Equal("t2-a", "t2-b");
    }

    [Fact]
    public void Money_that_came_back_whole_is_not_owed()
    {
        var settlement = Of([new TrackPayments("treasury", 2, "c", "XOF", 1, 0)]);

        settlement.Owed.Should().BeEmpty();
        settlement.Net.Should().BeEmpty();
        settlement.Paid.Should().ContainSingle("it is shown all the same");
    }

    [Fact]
    public void Equal_claims_leave_nobody_owing() =>
        Of([new("treasury", 2, "t2-a", "XOF", 1, 400), new("donor", 1, "t1-a", "XOF", 2, 400)]).Net.Should()
            .Equal(new NetInterTrackClaim("XOF", 0, 0, 0));

    [Fact]
    public void It_agrees_when_every_channel_of_the_ledger_comes_to_what_was_paid()
    {
        var settlement = Of([new("treasury", 1, "c", "XOF", 1, 500), new("donor", 2, "c", "XOF", 1, 30)]);

        settlement.Agrees.Should().BeTrue();
        settlement.Differences.Should().BeEmpty();
    }

    [Fact]
    public void It_says_where_only_one_side_knows_of_payments()
    {
        var settlement = Settlement.Of(
            [new TrackPayments("treasury", 1, "c", "XOF", 1, 500)], new HashSet<string>(),
            new Dictionary<(string, string), long> { [("c", "USD")] = 500, [("b", "XOF")] = 9 });

        settlement.Agrees.Should().BeFalse();
        settlement.Differences.Should().Equal(
            new SettlementDifference("b", "XOF", 0, 9), new SettlementDifference("c", "USD", 0, 500),
            new SettlementDifference("c", "XOF", 500, 0));
    }

    private static Settlement Of(TrackPayments[] paid) => Settlement.Of(
        paid, new HashSet<string> { "donor" },
        paid.GroupBy(line => (line.Channel, line.Currency))
            .ToDictionary(group => group.Key, group => group.Sum(line => line.AmountMinor)));
}
