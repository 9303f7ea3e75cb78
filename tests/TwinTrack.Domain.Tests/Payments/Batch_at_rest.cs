using TwinTrack.Payments.Domain;

namespace TwinTrack.Domain.Tests.Payments;

public sealed class Batch_at_rest
{
    private static readonly BatchCompletion Rest = new(false, 0, 0, 0, 0, SettledObligations: 3, SettledMinor: 75_000);

    public static TheoryData<BatchCompletion, string> Restless => new()
    {
        { Rest with { Undispatched = true }, "its release has not finished" },
        { Rest with { InFlight = 2 }, "2 in flight" },
        { Rest with { InDoubt = 5 }, "5 in doubt" },
        { Rest with { ToBePlanned = 7 }, "7 freed and not planned again" },
        { Rest with { Moving = 1 }, "1 switches are moving its cycle" },
        { Rest with { SettledObligations = 4 }, "the ledger has 3 settled with 75000, the instructions 4 with 75000" },
        { Rest with { SettledMinor = 74_999 }, "the ledger has 3 settled with 75000, the instructions 3 with 74999" },
    };

    [Fact]
    public void Is_closed_when_nothing_is_under_way_and_the_books_agree() => Rest.NotYet(3, 75_000).Should().BeNull();

    [Theory]
    [MemberData(nameof(Restless))]
    public void Is_not_closed_while_anything_waits(BatchCompletion rest, string why) =>
        rest.NotYet(3, 75_000)!.Reason.Should().Be($"The batch has not come to rest: {why}. Wait until this is done.");

    [Fact]
    public void Names_everything_that_is_in_the_way() =>
        (Rest with { InFlight = 1, InDoubt = 2 }).NotYet(3, 75_000)!.Reason.Should()
            .Be("The batch has not come to rest: 1 in flight, 2 in doubt. Wait until this is done.");
}
