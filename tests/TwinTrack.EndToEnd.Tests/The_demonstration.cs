using System.Text.Json;

namespace TwinTrack.EndToEnd.Tests;

public sealed class The_demonstration
{
    [Fact]
    public async Task Pays_a_suspended_cycle_over_both_tracks_with_no_one_paid_twice_and_no_one_lost()
    {
        var run = await CommandLine.RunAsync(new Dictionary<string, string>(), "demo", "--households", "600", "--seed", "7", "--json");

        run.Code.Should().Be(0, run.All);
        var totals = run.Json;
        Number(totals, "paidTwice").Should().Be(0);
        Number(totals, "lost").Should().Be(0);
        Number(totals, "ledgerSum").Should().Be(0);
        Number(totals, "breaksOpen").Should().Be(0);
        totals.GetProperty("auditVerified").GetBoolean().Should().BeTrue();
        totals.GetProperty("currency").GetString().Should().Be("XOF");
        Number(totals, "households").Should().Be(600);
        Number(totals, "rowsRejected").Should().BeGreaterThan(0);
        Number(totals, "duplicates").Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task Adds_up_and_uses_both_tracks_and_more_than_one_kind_of_evidence()
    {
        var run = await CommandLine.RunAsync(new Dictionary<string, string>(), "demo", "--households", "600", "--seed", "11", "--json");

        run.Code.Should().Be(0, run.All);
        var totals = run.Json;
        var (first, second, doubt) = (totals.GetProperty("settledTrack1"), totals.GetProperty("settledTrack2"), totals.GetProperty("inDoubt"));
        var unpaid = totals.GetProperty("unpaid").EnumerateObject().Sum(reason => reason.Value.GetInt64());
        Number(first, "count").Should().BeGreaterThan(0);
        Number(second, "count").Should().BeGreaterThan(0);
        (Number(first, "count") + Number(second, "count") + Number(doubt, "count") + unpaid).Should().Be(Number(totals, "obligations"));
        var moved = totals.GetProperty("movedByEvidence");
        Number(moved, "neverSent").Should().BeGreaterThan(0);
        Number(moved, "rejected").Should().BeGreaterThan(0);
        Number(totals, "heldInDoubt").Should().BeGreaterThan(0);
    }

    private static long Number(JsonElement from, string name) => from.GetProperty(name).GetInt64();
}
