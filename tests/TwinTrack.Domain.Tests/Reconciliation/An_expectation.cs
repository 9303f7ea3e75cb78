using TwinTrack.Kernel;
using TwinTrack.Reconciliation.Domain;
using static TwinTrack.Reconciliation.Domain.InstructionState;

namespace TwinTrack.Domain.Tests.Reconciliation;

public sealed class An_expectation
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch.AddDays(3);
    private static readonly BatchId Batch = BatchId.From(new Guid(3, 0, 0, new byte[8]));

    private static readonly StateChange Release = new(
        InstructionId.From(new Guid(1, 0, 0, new byte[8])),
        ObligationId.From(new Guid(2, 0, 0, new byte[8])),
        Batch,
        "NE-SSN",
        "XOF",
        "t2-momo",
        2,
        "treasury",
        1,
        Planned,
        Released,
        1_000,
        At);

    private static readonly StateChange Settlement = Release with { Version = 3, From = Sent, To = Settled };

    [Fact]
    public void Begins_with_what_the_first_message_tells_of_the_instruction()
    {
        var (row, _) = Expectation.Apply(null, Release);

        row.Should().Be(new Expectation
        {
            InstructionId = Release.Instruction.Value,
            ObligationId = Release.Obligation,
            BatchId = Batch,
            Programme = "NE-SSN",
            Currency = "XOF",
            Channel = "t2-momo",
            Track = 2,
            FundingSource = "treasury",
            State = Released,
            Version = 1,
            OrderedMinor = 1_000,
        });
    }

    [Fact]
    public void That_is_settled_knows_the_delivered_amount_and_the_hour()
    {
        var row = After(Release, Settlement with { AmountMinor = 600, At = At.AddHours(1) });

        (row.State, row.Version, row.OrderedMinor, row.DeliveredMinor, row.SettledAt, row.SettledFromFlight).Should()
            .Be((Settled, 3, 1_000, 600, At.AddHours(1), true));
    }

    [Fact]
    public void That_was_given_up_and_paid_later_knows_the_delivered_amount_too()
    {
        var late = Release with { Version = 4, From = Abandoned, To = SettledLate, AmountMinor = 600 };

        var (row, postings) = Expectation.Apply(After(Release), late);

        (row.State, row.DeliveredMinor, row.SettledAt, row.SettledFromFlight).Should()
            .Be((SettledLate, 600, At, false));
        postings.Should().BeEmpty("its incident books it");
    }

    [Fact]
    public void That_is_returned_keeps_what_was_delivered()
    {
        var returned = Settlement with { Version = 4, From = Settled, To = Returned, AmountMinor = 500 };

        var row = After(Release, Settlement with { AmountMinor = 600 }, returned);

        (row.State, row.OrderedMinor, row.DeliveredMinor).Should().Be((Returned, 1_000, 600));
    }

    [Fact]
    public void Is_not_set_back_by_an_older_message_that_comes_late()
    {
        var sent = Release with { Version = 2, From = Released, To = Sent, AmountMinor = 900 };

        var row = After(Settlement, sent);

        (row.State, row.Version, row.DeliveredMinor, row.OrderedMinor).Should().Be((Settled, 3, 1_000, null));
        After(Settlement, sent, Release).OrderedMinor.Should().Be(1_000, "only the release says what was ordered");
    }

    [Theory]
    [InlineData(600, "Undelivered committed:BATCH:treasury in-flight:t2-momo 400")]
    [InlineData(999, "Undelivered committed:BATCH:treasury in-flight:t2-momo 1")]
    [InlineData(1_000, "")]
    [InlineData(1_001, "")]
    public void Gives_the_rest_of_a_partial_delivery_back_once(long delivered, string expected)
    {
        var settlement = Settlement with { AmountMinor = delivered };
        var returned = Settlement with { Version = 4, From = Settled, To = Returned, AmountMinor = delivered };

        Undelivered(Release, settlement, returned).Should().Be(expected);
        Undelivered(settlement, Release, returned).Should().Be(expected);
        Undelivered(returned, settlement, Release).Should().Be(expected);
    }

    [Fact]
    public void Gives_no_rest_back_that_was_not_in_flight()
    {
        var contradiction = Settlement with { From = Rejected, AmountMinor = 600 };

        Undelivered(Release, contradiction).Should().BeEmpty("the rejection has given everything back");
    }

    [Fact]
    public void Books_each_change_between_two_positions_under_its_name() =>
        Expectation.Apply(null, Release).Postings.Should().Equal(
            new Posting("Planned>Released", "in-flight:t2-momo", $"committed:{Batch}:treasury", 1_000));

    [Fact]
    public void Books_nothing_for_a_change_within_a_position_or_of_no_money()
    {
        Expectation.Apply(null, Release with { From = Released, To = Sent }).Postings.Should().BeEmpty();
        Expectation.Apply(null, Release with { AmountMinor = 0 }).Postings.Should().BeEmpty();
    }

    [Fact]
    public void Follows_a_message_of_many_changes_from_what_is_stored()
    {
        var other = Release with { Instruction = InstructionId.From(new Guid(8, 0, 0, new byte[8])), AmountMinor = 5 };
        var stored = new Dictionary<Guid, Expectation> { [Release.Instruction.Value] = After(Release) };
        var sent = Release with { Version = 2, From = Released, To = Sent };

        var (changed, postings) = Expectation.Apply(stored, [sent, other, Settlement]);

        changed.Select(row => (row.InstructionId, row.State, row.OrderedMinor)).Should().Equal(
            (Release.Instruction.Value, Settled, 1_000L), (other.Instruction.Value, Released, 5L));
        postings.Select(posting => posting.Cause).Should().Equal("Planned>Released", "Sent>Settled");
    }

    private static Expectation After(params StateChange[] changes) => Fold(changes).Row;

    private static string Undelivered(params StateChange[] changes) => string.Join(
        "; ", Fold(changes).Postings.Where(posting => posting.Cause == "Undelivered")
            .Select(one => Invariant($"{one.Cause} {one.Debit} {one.Credit} {one.AmountMinor}")
                .Replace(Batch.Text, "BATCH", StringComparison.Ordinal)));

    private static (Expectation Row, List<Posting> Postings) Fold(StateChange[] changes)
    {
        Expectation? row = null;
        var postings = new List<Posting>();
        foreach (var change in changes)
        {
            (row, var booked) = Expectation.Apply(row, change);
            postings.AddRange(booked);
        }

        return (row!, postings);
    }
}
