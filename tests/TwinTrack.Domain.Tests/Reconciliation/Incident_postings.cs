using TwinTrack.Kernel;
using TwinTrack.Reconciliation.Domain;

namespace TwinTrack.Domain.Tests.Reconciliation;

public sealed class Incident_postings
{
    private static readonly BatchId Batch = BatchId.From(new Guid(1, 0, 0, new byte[8]));

    [Theory]
    [InlineData("claimed", null, "receivable:p:s > overpaid:c")]
    [InlineData("recovered", null, "overpaid:c > receivable:p:s")]
    [InlineData("waived", null, "overpaid:c > receivable:p:s")]
    [InlineData("written_off", "donor", "loss:p:donor > receivable:p:s; overpaid:c > funds:p:donor")]
    [InlineData("owed", null, "overpaid:c > payable:p:s")]
    [InlineData("given_back", null, "payable:p:s > overpaid:c")]
    [InlineData("not_owed", null, "payable:p:s > overpaid:c")]
    [InlineData("stands", null, "disbursed-late:c > committed:BATCH:s")]
    [InlineData("stands_after_close", null, "disbursed-late:c > funds:p:s")]
    [InlineData("risked", "donor", "at-risk:p:donor > funds:p:donor")]
    [InlineData("risk_ended", "donor", "funds:p:donor > at-risk:p:donor")]
    [InlineData("forced_loss", "donor", "loss:p:donor > at-risk:p:donor")]
    [InlineData("forced_recovered", "donor", "funds:p:donor > loss:p:donor")]
    [InlineData("forced_waived", "donor", "funds:p:donor > loss:p:donor")]
    [InlineData("risked", null, "incident.unknown_kind")]
    [InlineData("forced_loss", null, "incident.unknown_kind")]
    [InlineData("written_off", null, "incident.unknown_kind")]
    [InlineData("claimed", "donor", "incident.unknown_kind")]
    [InlineData("stolen", null, "incident.unknown_kind")]
    public void Debit_and_credit_are_as_drawn(string kind, string? bearer, string expected)
    {
        var booked = IncidentPostingRules.Of(new ReportedIncidentMovement(kind, "p", Batch, "c", "s", bearer, 70));

        booked.Match(all => string.Join("; ", all.Select(one => $"{one.Debit} > {one.Credit}")), no => no.Code)
            .Should().Be(expected.Replace("BATCH", Batch.Text, StringComparison.Ordinal));
        booked.Match(BookedPosting.Together, _ => []).SelectMany(one => one.Entries).Sum(entry => entry.AmountMinor)
            .Should().Be(0);
    }

    [Fact]
    public void A_claim_recovered_or_borne_leaves_nothing_receivable_and_nothing_overpaid()
    {
        ReportedIncidentMovement[] movements =
        [
            new("claimed", "p", Batch, "c", "s", null, 100),
            new("recovered", "p", Batch, "c", "s", null, 60),
            new("written_off", "p", Batch, "c", "s", "donor", 40),
        ];

        Balances(movements).Should().BeEquivalentTo(new Dictionary<string, long>
        {
            ["receivable:p:s"] = 0,
            ["overpaid:c"] = 0,
            ["loss:p:donor"] = 40,
            ["funds:p:donor"] = -40,
        });
    }

    [Fact]
    public void A_bearer_loses_only_what_was_paid_twice_and_did_not_come_back()
    {
        ReportedIncidentMovement[] movements =
        [
            new("risked", "p", Batch, "c", "s", "donor", 100),
            new("risk_ended", "p", Batch, "c", "s", "donor", 30),
            new("forced_loss", "p", Batch, "c", "s", "donor", 70),
            new("forced_recovered", "p", Batch, "c", "s", "donor", 50),
        ];

        Balances(movements).Should().BeEquivalentTo(
            new Dictionary<string, long> { ["at-risk:p:donor"] = 0, ["loss:p:donor"] = 20, ["funds:p:donor"] = -20 });
    }

    private static Dictionary<string, long> Balances(ReportedIncidentMovement[] movements) =>
        movements.SelectMany(movement => IncidentPostingRules.Of(movement).Match(all => all, _ => []))
            .SelectMany(
            posting => new[] { (Account: posting.Debit, Minor: posting.AmountMinor),
                (Account: posting.Credit, Minor: -posting.AmountMinor) })
            .GroupBy(entry => entry.Account).ToDictionary(group => group.Key, group => group.Sum(entry => entry.Minor));
}
