using System.Text.Json;

namespace TwinTrack.EndToEnd.Tests;

/// <summary>One run of <c>./twintrack demo</c>, for all that is claimed of it.</summary>
public sealed class DemonstrationRun : IAsyncLifetime
{
    internal CommandLine Line { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Line = await CommandLine.RunAsync(new Dictionary<string, string>(), "demo", "--households", "600", "--seed",
            "7", "--json");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class The_demonstration(DemonstrationRun run) : IClassFixture<DemonstrationRun>
{
    [Fact]
    public void Pays_a_suspended_cycle_with_no_one_paid_twice_and_no_one_lost()
    {
        run.Line.Code.Should().Be(0, run.Line.All);
        var totals = run.Line.Json;
        Number(totals, "paidTwice").Should().Be(0);
        Number(totals, "lost").Should().Be(0);
        Number(totals, "ledgerSum").Should().Be(0);
        Number(totals, "breaksOpen").Should().Be(0);
        totals.GetProperty("auditVerified").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public void Says_what_it_was_given_and_what_it_did_not_take()
    {
        var totals = run.Line.Json;

        totals.GetProperty("currency").GetString().Should().Be("XOF");
        Number(totals, "households").Should().Be(600);
        Number(totals, "rowsRejected").Should().BeGreaterThan(0);
        Number(totals, "duplicates").Should().BeGreaterThan(0);
    }

    [Fact]
    public void Pays_over_both_tracks_and_accounts_for_every_obligation()
    {
        var totals = run.Line.Json;
        var (first, second, doubt) = (totals.GetProperty("settledTrack1"), totals.GetProperty("settledTrack2"),
            totals.GetProperty("inDoubt"));
        var unpaid = totals.GetProperty("unpaid").EnumerateObject().Sum(reason => reason.Value.GetInt64());

        Number(first, "count").Should().BeGreaterThan(0);
        Number(second, "count").Should().BeGreaterThan(0);
        (Number(first, "count") + Number(second, "count") + Number(doubt, "count") + unpaid).Should()
            .Be(Number(totals, "obligations"));
    }

    [Fact]
    public void Moves_by_evidence_and_holds_what_is_in_doubt()
    {
        var moved = run.Line.Json.GetProperty("movedByEvidence");

        Number(moved, "neverSent").Should().BeGreaterThan(0);
        Number(moved, "rejected").Should().BeGreaterThan(0);
        Number(run.Line.Json, "heldInDoubt").Should().BeGreaterThan(0);
    }

    private static long Number(JsonElement from, string name) => from.GetProperty(name).GetInt64();
}
