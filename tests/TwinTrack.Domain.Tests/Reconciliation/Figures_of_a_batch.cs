using TwinTrack.Reconciliation.Domain;

namespace TwinTrack.Domain.Tests.Reconciliation;

public sealed class Figures_of_a_batch
{
    /// <summary>Ten obligations, 1,000 in all: 560 and 40 of partial deliveries, 300 unpaid, 100 untouched.</summary>
    internal static readonly BatchFigures Balanced = new(
        Obligations: new BatchTotal(10, 1_000),
        Settled: new BatchTotal(6, 560),
        InFlight: new BatchTotal(0, 0),
        InDoubt: new BatchTotal(0, 0),
        Unpaid: new BatchTotal(3, 300),
        NoInstruction: new BatchTotal(1, 100),
        FollowedUp: new BatchTotal(0, 0),
        Undelivered: new BatchTotal(1, 40),
        SettledTwice: 0,
        Unreleased: 0,
        ByState: [new StateTotal(InstructionState.Settled, 6, 560), new StateTotal(InstructionState.Rejected, 3, 300)],
        ByTrack: [new TrackTotal(1, 4, 400), new TrackTotal(2, 5, 500)],
        ByFundingSource: [new SourceTotal("treasury", 9, 900)],
        Matched: 6,
        Unmatched: 0,
        BreaksOpen: 0,
        Ledger: new BatchLedger(1_000, 0, 560, 440),
        LedgerSumMinor: 0,
        Incidents: [new IncidentTotal("paid_twice", "treasury", 1, 90, 50, 0, 0, 0, 0, 0, 0)]);

    private static readonly Dictionary<string, BatchFigures> UnderWay = new()
    {
        ["1 whose release has not arrived"] = Balanced with { Unreleased = 1 },
        ["1 in flight"] = Balanced with { InFlight = new(1, 0) },
        ["1 in doubt"] = Balanced with { InDoubt = new(1, 0) },
        ["1 settled without a statement line"] = Balanced with { Unmatched = 1 },
        ["1 open breaks"] = Balanced with { BreaksOpen = 1 },
        ["no instruction has arrived"] = Balanced with { NoInstruction = Balanced.Obligations },
    };

    private static readonly Dictionary<string, BatchFigures> Differing = new()
    {
        ["11 obligations, 10 parts"] = Balanced with { Obligations = new(11, 1_000) },
        ["9 obligations, 10 parts"] = Balanced with { Obligations = new(9, 1_000) },
        ["one more settled"] = Balanced with { Settled = new(7, 560) },
        ["one more unpaid"] = Balanced with { Unpaid = new(4, 300) },
        ["one more without an instruction"] = Balanced with { NoInstruction = new(2, 100) },
        ["a unit more released"] = Balanced with { Obligations = new(10, 1_001) },
        ["a unit less released"] = Balanced with { Obligations = new(10, 999) },
        ["a unit more in flight"] = Balanced with { InFlight = new(0, 1) },
        ["a unit more in doubt"] = Balanced with { InDoubt = new(0, 1) },
        ["a unit more unpaid"] = Balanced with { Unpaid = new(3, 301) },
        ["a unit more without an instruction"] = Balanced with { NoInstruction = new(1, 101) },
        ["one more followed up"] = Balanced with { FollowedUp = new(1, 0) },
        ["a unit more followed up"] = Balanced with { FollowedUp = new(0, 1) },
        ["a unit more undelivered"] = Balanced with { Undelivered = new(1, 41) },
        ["more instructions than obligations"] = Balanced with { Unpaid = new(5, 300), NoInstruction = new(-1, 100) },
        ["more ordered than released"] = Balanced with { Unpaid = new(3, 401), NoInstruction = new(1, -1) },
        ["a settlement that the ledger lacks"] = Balanced with { Ledger = new(1_000, 0, 559, 441) },
        ["a payment that only the ledger has"] = Balanced with { Ledger = new(1_000, 0, 561, 439) },
        ["money in flight in the ledger alone"] = Balanced with { Ledger = new(1_001, 1, 560, 440) },
        ["less than nothing in flight"] = Balanced with { Ledger = new(999, -1, 560, 440) },
        ["more committed than the ledger's parts"] = Balanced with { Ledger = new(1_001, 0, 560, 440) },
        ["less committed than the ledger's parts"] = Balanced with { Ledger = new(999, 0, 560, 440) },
        ["a ledger that sums to a unit"] = Balanced with { LedgerSumMinor = 1 },
        ["a ledger that sums to less than nothing"] = Balanced with { LedgerSumMinor = -1 },
    };

    public static TheoryData<string> NamesUnderWay => [.. UnderWay.Keys];

    public static TheoryData<string> NamesDiffering => [.. Differing.Keys];

    [Fact]
    public void That_add_up_can_be_certified() => Balanced.NotYet().Should().BeNull();

    [Theory]
    [MemberData(nameof(NamesUnderWay))]
    public void Name_what_is_still_under_way(string inTheWay)
    {
        var refusal = UnderWay[inTheWay].NotYet()!;

        refusal.Code.Should().Be("certificate.not_yet");
        refusal.Reason.Should().Contain(": " + inTheWay + ". ");
    }

    [Theory]
    [MemberData(nameof(NamesDiffering))]
    public void That_do_not_add_up_are_never_certified(string difference) =>
        Differing[difference].NotYet()!.Code.Should().Be("certificate.not_yet");

    [Fact]
    public void Name_everything_that_is_under_way_with_its_count() =>
        (Balanced with { Unreleased = 2, InDoubt = new(3, 30), BreaksOpen = 4 }).NotYet()!.Reason.Should()
            .Contain(": 2 whose release has not arrived, 3 in doubt, 4 open breaks. ");

    [Fact]
    public void Are_not_compared_while_a_payment_is_under_way() =>
        (Balanced with { InFlight = new(2, 20) }).NotYet()!.Reason.Should()
            .Contain(": 2 in flight. ", "the sums agree only when nothing moves any more");

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(2, 2, false)]
    [InlineData(2, 1, true)]
    public void Of_a_batch_that_has_not_begun_are_not_certified(long released, long untouched, bool certified)
    {
        var begun = released - untouched;
        var figures = Balanced with
        {
            Obligations = new(released, released),
            Settled = new(begun, begun),
            Unpaid = new(0, 0),
            NoInstruction = new(untouched, untouched),
            Undelivered = new(0, 0),
            Ledger = new(released, 0, begun, untouched),
        };

        (figures.NotYet() is null).Should().Be(certified);
    }

    [Fact]
    public void That_differ_are_told_with_both_numbers()
    {
        Reason(Balanced with { Settled = new(7, 560) }).Should()
            .Contain("10 obligations released but 11 accounted for");
        Reason(Balanced with { Unpaid = new(3, 301) }).Should().Contain("1000 released but 1001 accounted for");
        Reason(Balanced with { Ledger = new(1_000, 0, 559, 441) }).Should()
            .Contain("the ledger has 559 disbursed and 0 in flight, the instructions 560 and 0");
        Reason(Balanced with { LedgerSumMinor = 1 }).Should().Contain("the ledger does not balance");
    }

    [Fact]
    public void Do_not_hold_a_batch_up_for_the_cost_of_incidents_or_a_second_payment() =>
        (Balanced with { SettledTwice = 1, Matched = 0 }).NotYet().Should().BeNull();

    private static string Reason(BatchFigures figures) => figures.NotYet()!.Reason;
}
