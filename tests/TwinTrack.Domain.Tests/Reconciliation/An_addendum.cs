using System.Text.Json;
using TwinTrack.Kernel;
using TwinTrack.Reconciliation.Domain;

namespace TwinTrack.Domain.Tests.Reconciliation;

public sealed class An_addendum
{
    private static readonly BatchFigures Signed = Figures_of_a_batch.Balanced;

    /// <summary>One payment of 100 came back, and its money went back to its fund.</summary>
    private static readonly BatchFigures Later = Signed with
    {
        Settled = new(5, 460),
        Unpaid = new(4, 400),
        Ledger = new(900, 0, 460, 440),
    };

    [Fact]
    public void Is_not_written_while_the_figures_are_those_that_were_signed() =>
        Next(Signed, Signed).Should().BeNull();

    [Fact]
    public void Is_not_written_when_the_closing_gives_back_what_was_not_paid() =>
        Next(Signed, Signed with { Ledger = new(560, 0, 560, 0) }).Should().BeNull();

    [Fact]
    public void Has_each_figure_that_changed_and_by_how_much() =>
        Next(Signed, Later)!.Changes.Should().Equal(
            new FigureChange("settled", -1, -100),
            new FigureChange("unpaid", 1, 100),
            new FigureChange("ledger.committed", 0, -100),
            new FigureChange("ledger.disbursed", 0, -100));

    [Fact]
    public void Is_numbered_and_names_the_hash_before_it()
    {
        var addendum = Next(Signed, Later)!;

        (addendum.Number, addendum.PreviousHash, addendum.SignedBy).Should().Be((3, "beef", "ada@government"));
        Addendum.Read(addendum.ToJson()).ToJson().Should().Be(addendum.ToJson());
    }

    [Fact]
    public void Has_what_an_incident_came_to_cost()
    {
        var changes = Next(Signed, Signed with
        {
            Incidents = [Signed.Incidents[0] with { RecoveredMinor = 90 },
                new IncidentTotal("late_success", "treasury", 1, 0, 0, 0, 0, 0, 100, 0, 0)],
        })!.Changes;

        changes.Should().BeEquivalentTo(
        [
            new FigureChange("incidents.paid_twice.treasury.recovered", 0, 40),
            new FigureChange("incidents.late_success.treasury.loss", 1, 0),
            new FigureChange("incidents.late_success.treasury.stands", 0, 100),
        ]);
    }

    [Fact]
    public void Follows_a_certificate_that_was_signed_before_there_were_follow_ups()
    {
        var certificate = Certificate.Of(
            new ReleasedBatch
            {
                Id = BatchId.From(new Guid(1, 0, 0, new byte[8])),
                CycleId = CycleId.From(new Guid(2, 0, 0, new byte[8])),
                Programme = "NE-SSN",
                Currency = "XOF",
                Count = 10,
                SumMinor = 1_000,
                ContentHash = "c0ffee",
                ReleasedAt = default,
            },
            Signed, [], new CertifiedBreaks(0, 0), new Actor("ada", "government"), DateTimeOffset.UnixEpoch);
        var old = certificate.ToJson().Replace("\"followedUp\":{\"count\":0,\"sumMinor\":0},", "",
            StringComparison.Ordinal);

        CertifiedFigures.Of(Signed).Since(CertifiedFigures.Of(Certificate.Read(old))).Should().BeEmpty();
        JsonDocument.Parse(old).RootElement.TryGetProperty("followedUp", out _).Should().BeFalse();
    }

    private static Addendum? Next(BatchFigures signed, BatchFigures now) => Addendum.Next(
        "bat_1", 2, "beef", CertifiedFigures.Of(signed), CertifiedFigures.Of(now), new Actor("ada", "government"),
        DateTimeOffset.UnixEpoch);
}
